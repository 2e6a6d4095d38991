// Random schemas of every construct of the language: plain tables that refer to one another, and beside them blocks of
// declarations that hold what tables alone do not.
import * as fc from "fast-check";

/** Names that are awkward somewhere: reserved, taken, long, of other scripts, quoted. */
const names = [
  ..."name length type value class default key order index table select user group to_json id2".split(" "),
  ..."prototype_x then await async static new delete typeof of from import enum metadata insert update Entity".split(
    " ",
  ),
  "Meta",
  "überfall",
  "名前",
  "aB",
  "filla_name_that_goes_on_and_on_until_it_is_sixty_characters",
];

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && name !== "index" && name !== "then" ? name : `"${name}"`;
}

const types = (
  "smallint integer bigint boolean real double numeric(10,2) numeric varchar(20) text bytes date time timestamp " +
  "timestamptz uuid json mood integer[] text[] posint"
).split(" ");

const column = fc.record({
  name: fc.constantFrom(...names),
  type: fc.constantFrom(...types),
  nullable: fc.boolean(),
  option: fc.constantFrom("", "", "", "unique", "comment 'it''s */ `${x}`'", "deferred", "version"),
});

const table = fc.record({
  columns: fc.uniqueArray(column, { maxLength: 8, selector: ({ name }) => name }),
  key: fc.constantFrom(
    "integer  primary key identity",
    "uuid  primary key generate uuid7()",
    "bigint  primary key identity always",
  ),
  isMapped: fc.boolean(),
  parent: fc.option(fc.nat()),
  doc: fc.constantFrom("", "/// Says */ all @this {@link x}\n"),
  unique: fc.boolean(),
});

type TableShape = typeof table extends fc.Arbitrary<infer T> ? T : never;

function tableText(
  { columns, key, isMapped, parent, doc, unique }: TableShape,
  index: number,
  all: readonly TableShape[],
): string {
  const lines = [`  id  ${key}`];
  for (const { name, type: typeName, nullable, option } of columns) {
    const isCounter = option === "version" && (typeName === "integer" || nullable);
    const written = option === "version" && !isCounter ? "" : option;
    if (written === "version" && columns.find((each) => each.option === "version")?.name !== name) continue;
    const shown = written === "version" ? "integer" : `${typeName}${nullable ? "?" : ""}`;
    lines.push(`  ${quoted(name)}  ${shown}  ${/json|\[\]/.test(typeName) && written === "unique" ? "" : written}`);
  }
  const target = parent === null ? undefined : parent % (index + 1);
  const other = target === undefined ? undefined : all[target];
  if (other !== undefined && target !== undefined) {
    const keyType = /^\w+/.exec(other.key)?.[0] ?? "integer";
    lines.push(`  parent_ref  ${keyType}?  references t${target}  index`);
    if (isMapped && other.isMapped) {
      lines.push(
        `  relationship parentOf${index}: T${target}?  foreign_keys (parent_ref)  back_populates childrenOf${index}`,
      );
    }
  }
  for (const [at, child] of all.entries()) {
    const isChild = child.parent !== null && child.parent % (at + 1) === index && child.isMapped && isMapped;
    if (isChild) lines.push(`  relationship childrenOf${at}: T${at}[]  back_populates parentOf${at}`);
  }
  const [first, second] = columns.filter(({ type: name }) => !/json|\[\]/.test(name));
  if (
    unique &&
    first !== undefined &&
    second !== undefined &&
    second.option !== "version" &&
    first.option !== "version"
  ) {
    lines.push(`  unique (${quoted(first.name)}, ${quoted(second.name)})`);
  }
  return `${doc}table t${index} ${isMapped ? `as T${index} ` : ""}{\n${lines.join("\n")}\n}`;
}

/** What a block is filled with. */
interface Filling {
  /** Names that differ from each other. */
  readonly name: (at: number) => string;
  readonly type: string;
  readonly lazy: string;
  readonly collection: string;
}

const filling: fc.Arbitrary<Filling> = fc.record({
  name: fc.shuffledSubarray(names, { minLength: names.length }).map((all) => (at: number) => quoted(all[at] ?? "x")),
  type: fc.constantFrom(...types),
  lazy: fc.constantFrom("select", "joined", "selectin", "subquery", "immediate", "raise"),
  collection: fc.constantFrom("", "collection_class set", "collection_class map by code"),
});

const key = "id  integer  primary key identity";

/** Blocks of declarations of one kind each; `at` keeps the names of several apart. */
const blocks: Readonly<Record<string, (fill: Filling, at: number) => readonly string[]>> = {
  hierarchy: ({ name, type }, at) => [
    `table h${at} as H${at} {\n  ${key}\n  kind  text\n  ${name(0)}  ${type}?\n  polymorphic on kind\n  polymorphic identity 'h'\n  property isIt: boolean = kind = 'h'\n}`,
    `class Ha${at} extends H${at} {\n  ${name(1)}  ${type}?\n  polymorphic identity 'a'\n}`,
    `class Hb${at} extends Ha${at} polymorphic identity 'b' {}`,
    `table hj${at} as Hj${at} extends H${at} polymorphic identity 'j' {\n  own_key  integer  primary key  references h${at}\n  ${name(2)}  ${type}\n}`,
    `table hc${at} as Hc${at} concrete extends H${at} {\n  ${key}\n  kind  text\n  ${name(0)}  ${type}?\n}`,
    `table hr${at} as Hr${at} {\n  ${key}\n  j_id  integer?  index  references hj${at}\n  h_id  integer?  index  references h${at}\n  relationship j: Hj${at}?  lazy select\n  relationship h: H${at}?\n  property which: text? = coalesce(j.kind, h.kind)\n}`,
  ],
  mixins: ({ name, type }, at) => [
    `mixin m${at} {\n  ${name(0)}  ${type}?\n  made_at  timestamptz  default now()  onupdate now()\n}`,
    `mixin n${at} with m${at} {\n  ${name(1)}  text  default 'x'\n  check (${name(1)} <> '')\n}`,
    `table mt${at} as Mt${at} with n${at} {\n  ${key}\n  ${name(0)}  bigint  default 5\n}`,
    `table mu${at} with m${at} {\n  ${key}\n}`,
  ],
  views: ({ name, type }, at) => [
    `view v${at} as V${at} {\n  id  integer  primary key\n  ${name(0)}  ${type}?\n  definition sql'select 1'\n}`,
    `materialized view w${at} comment 'now and then' {\n  ${name(1)}  ${type}\n  definition sql$$\n    select 1\n  $$\n}`,
  ],
  links: ({ name, lazy, collection }, at) => [
    `table la${at} as La${at} {\n  ${key}\n  code  varchar(9)  unique\n  relationship others: Lb${at}[] {\n    secondary ll${at}\n    back_populates others\n    lazy ${lazy}\n    ${collection}\n    order_by code desc\n  }\n  relationship some: Lb${at}[] {\n    secondary ll${at}\n    primaryjoin (this.id = link.a_id and link.note is null)\n    secondaryjoin (link.b_id = other.id and other.code <> 'x')\n    viewonly\n  }\n  proxy codes = others.code\n  property much: bigint = count(others)\n  property least: varchar(9)? = min(some.code)\n}`,
    `table lb${at} as Lb${at} {\n  ${key}\n  code  varchar(9)\n  ${name(0)}  text?  map title\n  relationship others: La${at}[]  secondary ll${at}  back_populates others\n}`,
    `table ll${at} {\n  a_id  integer  references la${at} on delete cascade\n  b_id  integer  index  references lb${at}\n  note  text?\n  primary key (a_id, b_id)\n}`,
  ],
  shortForms: ({ name, lazy, collection }, at) => [
    `table sp${at} as Sp${at} {\n  ${key}\n  ${name(0)}  text?\n}`,
    `table sc${at} as Sc${at} {\n  ${key}\n  code  text\n  p_id  integer {\n    index\n    references sp${at} on delete cascade  relationship ${name(1)} { lazy ${lazy} } backref ${name(2)} {\n      cascade all, delete-orphan\n      ${collection}\n    }\n  }\n}`,
  ],
  properties: ({ name, type }, at) => [
    `table pr${at} as Pr${at} {\n  ${key}\n  ${name(0)}  integer?\n  amount  numeric(10, 2)\n  ${name(1)}  text\n  day  date?\n  x  double\n  y  double?\n  kept  ${type}?\n  property ${name(2)}: numeric(12, 1)? = amount / nullif(${name(0)}, 0)\n  property label: text = ${name(1)} || cast(id as text)\n  property early: boolean? = day < '2024-01-01' or label like 'a%'\n  property size: text = case when amount > 9.5 then 'big' else 'small' end\n  property again: text = upper(size)\n  composite place: Point (x, y) from './point.ts'\n}`,
  ],
  values: ({ name }, at) => [
    `type money${at} = integer as Money from './money.ts'`,
    `domain even${at} = integer default 2 constraint is_even check (value % 2 = 0)`,
    `sequence count${at} as integer start 5 increment 2 cycle`,
    `enum level${at} as Level${at} { low, 'very high' was top }`,
    `table va${at} as Va${at} {\n  ${key}\n  price  money${at}\n  ${name(0)}  even${at}\n  ${name(1)}  level${at}  default 'low'\n  token  uuid  generate uuid7()\n  half  integer  as (id / 2) stored\n  big  integer unsigned?\n  index (lower(${name(2)}) desc) where (${name(2)} is not null)\n  ${name(2)}  text?  was older\n  constraint odd_${at} check (id % 2 = 1 and ${name(2)} not in ('a', 'b'))\n}`,
    `object function f${at}() sql$$ select 1 $$`,
  ],
};

const block = fc.tuple(fc.constantFrom(...Object.values(blocks)), filling);

const shared: readonly string[] = [
  "enum mood { happy, 'in two minds', 'constructor' }",
  "domain posint = integer check (value > 0)",
];

/** The declarations of a schema. */
export const schemaDeclarations: fc.Arbitrary<readonly string[]> = fc
  .tuple(fc.array(table, { minLength: 1, maxLength: 4 }), fc.array(block, { maxLength: 3 }))
  .map(([tables, chosen]) =>
    shared.concat(
      tables.map(tableText),
      chosen.flatMap(([declare, fill], at) => declare(fill, at)),
    ),
  );
