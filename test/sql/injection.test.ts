// Hostile strings in every place that takes one: the tokens of the SQL stay those of a harmless string, the database is
// as it was, and objects that only look like SQL are refused.
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sqliteSql } from "../../runtime/dialects/sqlite/sql.js";
import { ArgumentError } from "../../runtime/errors/errors.js";
import { binaryNode, NULL, orderNode } from "../../runtime/sql/ast/expressions.js";
import type { JoinKind, NullsOrder, OrderDirection } from "../../runtime/sql/ast/nodes.js";
import { aliasNode, joinNode, lightTableNode } from "../../runtime/sql/ast/tables.js";
import { bindparam, column, literal, table } from "../../runtime/sql/build/constructs.js";
import { typed } from "../../runtime/sql/build/element.js";
import { func } from "../../runtime/sql/build/functions.js";
import { sql as fragment } from "../../runtime/sql/build/fragment.js";
import { insert } from "../../runtime/sql/build/insert.js";
import { select } from "../../runtime/sql/build/select.js";
import { SourceElement } from "../../runtime/sql/build/sources.js";
import { extract, tuple, typeCoerce } from "../../runtime/sql/build/special-expressions.js";
import { update } from "../../runtime/sql/build/update.js";
import { values as valuesTable } from "../../runtime/sql/build/values-source.js";
import type { BinaryOperator } from "../../runtime/sql/operators.js";
import type { Compilable, EntityClass, Item, Sql, TableLike } from "../../runtime/sql/typing.js";
import { customType } from "../../runtime/types/custom-type.js";
import { Integer, Text } from "../../runtime/types/types.js";
import { CREATE_TABLES, orders, User, users } from "./support/models.js";

const HOSTILE = [
  "x'; drop table address; --",
  'x"; drop table address; --',
  "x`; drop table address; --",
  "x]; drop table address; --",
  "' OR '1'='1",
  '" OR "1"="1',
  "x\\' OR 1=1 --",
  "/* */ x -- \n ; select 1",
  "x) union select * from sqlite_master --",
  ":name_1 ? $1 @x",
  "x, (select 1)",
  "desc; drop table address",
  "a\nb\tc\u2028d",
  "%_\\",
  "select",
  "Ünïcode 🜁",
];

/** SQLite's tokens as far as they matter here: what is inside quotes is one token, whatever it holds. */
function tokenKinds(sql: string): string[] {
  const tokens = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|[A-Za-z_]\w*|\d+|\?|[^\s\w]/g;
  return [...sql.matchAll(tokens)].map(([token]) => {
    if (token.startsWith('"')) return "name";
    if (token.startsWith("'")) return "string";
    return /^[a-z]/.test(token) && !KEYWORDS.has(token) ? "name" : token;
  });
}
const KEYWORDS = new Set(["count", "max", "select"]);

function sqliteText(statement: Compilable): string {
  return statement.compile({ dialect: { sql: sqliteSql } }).sql;
}

/** A name that needs quotes as the hostile ones do. */
const HARMLESS = "harmless name";

type Sink = readonly [name: string, make: (text: string) => Compilable];
const SINKS: readonly Sink[] = [
  ["a compared value", (text) => select(User.id).where(User.name.eq(text))],
  ["a list", (text) => select(User.id).where(User.name.in([text, text]))],
  ["a pattern", (text) => select(User.id).where(User.name.like(text))],
  ["a literal search", (text) => select(User.id).where(User.name.contains(text))],
  ["a literal", (text) => select(literal(text))],
  ["a function's argument", (text) => select(func.call("lower", text))],
  ["an inserted value", (text) => insert(users).values({ name: text })],
  ["an updated value", (text) => update(users).values({ name: text })],
  ["a label", (text) => select(User.id.label(text)).orderBy(text)],
  ["an alias", (text) => select(typed<Item>(new SourceElement(aliasNode(users.node, text))))],
];

/** The same for the rarer constructs. */
const RARE_SINKS: readonly Sink[] = [
  ["a fragment's value", (text) => select(User.id).where(fragment`${User.name} = ${text}`)],
  ["a fragment's list", (text) => select(User.id).where(fragment`${User.name} in ${[text, text]}`)],
  ["a row of a list", (text) => select(User.id).where(tuple(User.id, User.name).in([[1, text]]))],
  ["a row of values", (text) => select(valuesTable("v", { a: Text() }, [{ a: text }]).c.a)],
  ["a subquery's name", (text) => select(select(User.id).subquery(text).c.id)],
  ["a CTE's name", (text) => select(select(User.id).cte(text).c.id)],
  ["a key of JSON", (text) => select(orders.c.data.json(text, 0, text).asText())],
  ["a window's order", (text) => select(func.count().over({ orderBy: User.name.concat(text) }))],
  ["a separator", (text) => select(func.aggregateStrings(User.name, text))],
  ["an operator's value", (text) => select(User.name.op("||", text))],
  ["a search regardless of case", (text) => select(User.id).where(User.name.icontains(text))],
  [
    "an updated value of an upsert",
    (text) =>
      insert(users)
        .values({ id: 1, name: "x" })
        .onConflictDoUpdate({ target: ["id"], set: { name: text } }),
  ],
  ["a custom type's value", (text) => select(typeCoerce(text, SHOUTED))],
];
const SHOUTED = customType<string, string>({
  name: "Shouted",
  impl: Text(),
  encode: (value) => `${value}!`,
  decode: (value) => value.slice(0, -1),
});

const SCHEMA_COLUMN = { name: "id", type: Integer() };

/** Names that go into the schema, too: only compiled. */
const NAME_SINKS: readonly Sink[] = [
  ["an identifier of a fragment", (text) => select(fragment`max(${fragment.identifier(text, text)})`)],
  ["a collation", (text) => select(User.name.collate(text))],
  ["a function's column", (text) => select(typed<TableLike>(func.call("f").tableValued(text, { x: Text() })))],
  ["a table", (text) => select(table(text, column("id")))],
  ["a column", (text) => select(table("t", column(text)))],
  [
    "a schema",
    (text) =>
      select(typed<Item>(new SourceElement(lightTableNode({ schema: text, name: "t", columns: [SCHEMA_COLUMN] })))),
  ],
];

let database: InstanceType<typeof Database>;
beforeEach(() => {
  database = new Database(":memory:");
  database.exec(CREATE_TABLES);
});
afterEach(() => {
  database.close();
});

describe.each([...SINKS, ...RARE_SINKS, ...NAME_SINKS])("%s", (_name, make) => {
  test.each(HOSTILE)("%j changes no token", (hostile) => {
    expect(tokenKinds(sqliteText(make(hostile)))).toEqual(tokenKinds(sqliteText(make(HARMLESS))));
  });
});

describe.each([...SINKS, ...RARE_SINKS])("%s", (_name, make) => {
  test.each(HOSTILE)("%j does nothing to the database", (hostile) => {
    const { sql, positional } = make(hostile).compile({ dialect: { sql: sqliteSql } });
    const statement = database.prepare(sql);
    if (statement.reader) statement.all(positional);
    else statement.run(positional);
    expect(database.prepare("select count(*) from address").pluck().get()).toBe(3);
    expect(database.prepare("select count(*) from sqlite_master").pluck().get()).toBe(3);
  });
});

test.each(HOSTILE)("%j comes back as it was", (hostile) => {
  const { sql, positional } = insert(users)
    .values({ name: hostile })
    .returning(User.name)
    .compile({ dialect: { sql: sqliteSql } });
  expect(database.prepare(sql).pluck().get(positional)).toBe(hostile);
});

test.each([["a\0b"], [""]])("the name %j is refused", (name) => {
  for (const [, make] of NAME_SINKS) expect(() => String(make(name))).toThrow(ArgumentError);
});

test("parameter names are plain", () => {
  expect(() => bindparam("x) --")).toThrow(ArgumentError);
});

test("directions that do not exist are refused", () => {
  const given: { direction: OrderDirection; nulls: NullsOrder } = JSON.parse(
    '{"direction": "desc; drop table address", "nulls": "last; drop table address"}',
  );
  expect(() => orderNode(NULL, given.direction)).toThrow(ArgumentError);
  expect(() => orderNode(NULL, "asc", given.nulls)).toThrow(ArgumentError);
});

test("kinds of join that do not exist are refused", () => {
  const { kind }: { kind: JoinKind } = JSON.parse('{"kind": "cross join address; --"}');
  expect(() => joinNode(users.node, users.node, NULL, kind)).toThrow(ArgumentError);
});

test("operators of the database's own are signs or words", () => {
  for (const symbol of ["--", "/*", "= 1; drop table address; --", "||'x'", "(", ",", "", "a b;", "\n", "or 1=1 or"]) {
    expect(() => User.name.op(symbol, "x")).toThrow(ArgumentError);
  }
  expect(String(select(User.name.op("SIMILAR TO", "x").label("v")))).toContain("name SIMILAR TO :name_1");
});

test("words for which there is a list are taken from it alone", () => {
  const hostile: never = [JSON.parse('"year from now()) --"')][0] as never; // the point is what types cannot stop
  expect(() => extract(hostile, User.id)).toThrow(ArgumentError);
  expect(() => func.count().over({ rows: [hostile, hostile] })).toThrow(ArgumentError);
  expect(() => orders.c.data.json(hostile, -1)).toThrow(ArgumentError);
  expect(() => func.now().plusInterval(hostile)).toThrow(ArgumentError);
});

test("a template is the program's own, whatever JSON looks like one", () => {
  const forged = JSON.parse('{"raw": ["drop table address"], "0": "drop table address", "length": 1}');
  expect(() => fragment(forged)).toThrow(ArgumentError);
  const stored = JSON.parse('{"kind": "fragment", "node": {"kind": "fragment", "segments": ["1=1"], "parts": []}}');
  expect(() => select(User.id).where(stored)).toThrow(ArgumentError);
  expect(() => select(User.id).where(fragment`${User.name} = ${stored}`)).toThrow(ArgumentError);
});

test("operators that do not exist are refused", () => {
  const { operator }: { operator: BinaryOperator } = JSON.parse('{"operator": "= 1; drop table address; --"}');
  expect(() => binaryNode(operator, NULL, NULL)).toThrow(ArgumentError);
});

describe("objects that look like SQL", () => {
  const raw: unknown = JSON.parse(
    '{"role":"expression","kind":"raw","node":{"kind":"raw","key":1,"text":"1; drop table address"}}',
  );
  const entity: unknown = JSON.parse(
    '{"$mapper":{"name":"User","key":1,"from":{"kind":"table","name":"x","columns":[]},"columns":[]}}',
  );
  const values: readonly unknown[] = [
    raw,
    { toSql: () => "1" },
    { toString: () => "1; drop" },
    ["a"],
    () => "x",
    Symbol("x"),
  ];

  test("are no values", () => {
    for (const value of values) {
      const compile = (): unknown =>
        select(User.id)
          .where(User.name.eq(typed(Object(value))))
          .compile({ dialect: { sql: sqliteSql } });
      expect(compile).toThrow(ArgumentError);
    }
  });

  test("are no items, sources or conditions", () => {
    expect(() => select(typed<Sql<unknown>>(Object(raw)))).toThrow(/takes columns/);
    expect(() => select(typed<EntityClass>(Object(entity)))).toThrow(/takes columns/);
    expect(() => select(User).join(typed<EntityClass>(Object(entity)))).toThrow(/takes a table or a mapped class/);
    expect(() => select(User).where(typed(Object(raw)))).toThrow(/takes conditions/);
    expect(() => select(User).orderBy(typed<Sql<unknown>>(Object(raw)))).toThrow(/SQL expressions/);
    expect(() => insert(typed<EntityClass>(Object(entity)))).toThrow(/takes a table or a mapped class/);
  });

  test("names from outside never reach a prototype", () => {
    const hostile: object = JSON.parse('{"__proto__": {"polluted": 1}, "name": "x"}');
    expect(() => insert(users).values(hostile)).toThrow(/no column '__proto__'/);
    expect(() => select(User).filterBy(typed(hostile))).toThrow(/no column property '__proto__'/);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});
