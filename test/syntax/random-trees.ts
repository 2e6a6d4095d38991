// Random syntax trees of whole files, doc comments aside: any mixture of clauses that the grammar can write.
import * as fc from "fast-check";
import type * as ast from "../../compiler/syntax/ast.js";

const span = { file: "", start: 0, end: 0 };
const here = fc.constant(span);

const words = fc.constantFrom(
  ..."a b id type order value was comment composite concrete map with as on index check primary key object".split(" "),
  ..."options start cycle sql select table not null true case default set all by".split(" "),
  "odd name",
  'q"q',
  "é",
  "x.y",
);
const name: fc.Arbitrary<ast.Identifier> = words.map((text) => ({ text, span }));
const names = fc.array(name, { minLength: 1, maxLength: 3 });
const path: fc.Arbitrary<ast.NamePath> = fc.record(
  { name, schema: name, span: here },
  { requiredKeys: ["name", "span"] },
);
const text: fc.Arbitrary<ast.StringLiteral> = fc
  .constantFrom("", "it's", "./x.ts", "// no", "ö")
  .map((value) => ({ kind: "string", value, span }));
const number: fc.Arbitrary<ast.NumberLiteral> = fc
  .constantFrom("1", "-5", "2.50")
  .map((digits) => ({ kind: "number", digits, span }));
const raw: fc.Arbitrary<ast.RawExpression> = fc
  .array(
    fc.oneof(
      fc.constantFrom("x", "it's", "").map((sql): ast.RawVariant => ({ sql, span })),
      fc.constantFrom("x\ny", "$$").map((sql): ast.RawVariant => ({ dialect: "sqlite", sql, fence: "t", span })),
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((variants) => ({ kind: "raw", variants, span }));
const word: fc.Arbitrary<ast.OptionValue> = name.map((one) => ({ kind: "name", ...one }));
const optionValue = fc.oneof(number, text, word);

const value: fc.Arbitrary<ast.Expression> = fc.oneof(
  text,
  number,
  raw,
  fc.constant<ast.Expression>({ kind: "null", span }),
  fc.constant<ast.Expression>({ kind: "boolean", value: true, span }),
  name.map((one): ast.Expression => ({ kind: "name", path: [one], span })),
  fc.constant<ast.Expression>({ kind: "array", elements: [{ kind: "number", digits: "1", span }], span }),
  name.map((one): ast.Expression => ({ kind: "call", name: { name: one, span }, arguments: [], span })),
);
const condition: fc.Arbitrary<ast.Expression> = fc.record({
  kind: fc.constant("binary" as const),
  operator: fc.constantFrom("=" as const, "and" as const, "||" as const),
  left: name.map((one): ast.Expression => ({ kind: "name", path: [one, one], span })),
  right: text,
  span: here,
});

const suffix = { dimensions: fc.nat({ max: 2 }), nullable: fc.boolean(), span: here };
const type: fc.Arbitrary<ast.TypeReference> = fc.oneof(
  fc.record({ kind: fc.constant("rawType" as const), sql: raw, ...suffix }),
  fc.record({
    kind: fc.constant("type" as const),
    // Words that SQL's longer spellings begin with are types of their own.
    name: path,
    arguments: fc.array(fc.oneof(number, text, word), { maxLength: 2 }),
    unsigned: fc.boolean(),
    ...suffix,
  }),
);

const flag = <Kind extends string>(...kinds: Kind[]) => fc.constantFrom(...kinds).map((kind) => ({ kind, span }));
const attributes: fc.Arbitrary<ast.ConstraintAttribute[]> = fc.array(
  fc.oneof(
    flag("notValid", "notEnforced", "nullsNotDistinct"),
    fc.boolean().map((initiallyDeferred) => ({ kind: "deferrable" as const, initiallyDeferred, span })),
    name.map((resolution) => ({ kind: "onConflict" as const, resolution, span })),
  ),
  { maxLength: 2 },
);
const constraint = { constraintName: name, was: name, attributes, span: here };
/** A name that something was called before stands behind its name. */
const named = <Node extends { constraintName?: unknown; was?: unknown }>(node: Node): Node => {
  if (node.constraintName === undefined) delete node.was;
  return node;
};

const sequence: fc.Arbitrary<ast.SequenceOption[]> = fc.array(
  fc.oneof(
    flag("cycle"),
    fc.record({
      kind: fc.constantFrom("start", "increment", "minvalue", "maxvalue", "cache"),
      value: number,
      span: here,
    }),
  ),
  { minLength: 1, maxLength: 2 },
);

const indexKey: fc.Arbitrary<ast.IndexKey> = fc.record(
  {
    expression: name.map((one): ast.Expression => ({ kind: "name", path: [one], span })),
    collation: path,
    operatorClass: path,
    prefix: number,
    direction: fc.constantFrom("asc", "desc"),
    nulls: fc.constantFrom("first", "last"),
    span: here,
  },
  { requiredKeys: ["expression", "span"] },
);

const relationshipOption: fc.Arbitrary<ast.RelationshipOption> = fc.oneof(
  flag("singleParent", "viewonly", "postUpdate"),
  name.map((one) => ({ kind: "backPopulates" as const, name: one, span })),
  path.map((table) => ({ kind: "secondary" as const, table, span })),
  name.map((strategy) => ({ kind: "lazy" as const, strategy, span })),
  names.map((columns) => ({ kind: "foreignKeys" as const, columns, span })),
  fc.record({ kind: fc.constantFrom("primaryjoin", "secondaryjoin"), expression: condition, span: here }),
  fc.record(
    { kind: fc.constant("collectionClass" as const), name, by: name, span: here },
    { requiredKeys: ["kind", "name", "span"] },
  ),
  fc.boolean().map((all) => ({ kind: "passiveDeletes" as const, all, span })),
  fc.boolean().map((on) => ({ kind: "passiveUpdates" as const, value: on, span })),
  fc.array(indexKey, { minLength: 1, maxLength: 2 }).map((keys) => ({ kind: "orderBy" as const, keys, span })),
);
const relationshipOptions = fc.array(relationshipOption, { maxLength: 3 });
const inlineRelationship = fc.record({ name, options: relationshipOptions, span: here });

const reference: fc.Arbitrary<ast.ReferenceClause> = fc
  .record(
    {
      table: path,
      columns: names,
      actions: fc.array(
        fc.record(
          {
            event: fc.constantFrom("delete" as const, "update" as const),
            action: fc.constantFrom("cascade", "restrict", "no action", "set null", "set default"),
            columns: names,
            span: here,
          },
          { requiredKeys: ["event", "action", "span"] },
        ),
        { maxLength: 2 },
      ),
      match: fc.record({ full: fc.boolean(), span: here }),
      relationship: inlineRelationship,
      backref: inlineRelationship,
      span: here,
    },
    { requiredKeys: ["table", "actions", "span"] },
  )
  .map((clause) => {
    if (clause.relationship === undefined) delete clause.backref;
    return clause;
  });

const columnOption: fc.Arbitrary<ast.ColumnOption> = fc.oneof(
  flag("autoincrement", "deferred", "version"),
  fc.record({ kind: fc.constantFrom("primaryKey", "unique"), ...constraint }, optionalName("kind")).map(named),
  fc
    .record(
      { kind: fc.constant("check" as const), expression: condition, ...constraint },
      optionalName("kind", "expression"),
    )
    .map(named),
  fc
    .record({ kind: fc.constant("references" as const), reference, ...constraint }, optionalName("kind", "reference"))
    .map(named),
  fc.record(
    { kind: fc.constant("index" as const), unique: fc.boolean(), method: name, span: here },
    { requiredKeys: ["kind", "unique", "span"] },
  ),
  fc.record(
    { kind: fc.constant("identity" as const), always: fc.boolean(), sequence, span: here },
    { requiredKeys: ["kind", "always", "span"] },
  ),
  fc.record(
    { kind: fc.constant("serial" as const), name: path, sequence, span: here },
    { requiredKeys: ["kind", "span"] },
  ),
  fc.record(
    { kind: fc.constant("generate" as const), name, module: text, span: here },
    { requiredKeys: ["kind", "name", "span"] },
  ),
  fc.record({ kind: fc.constant("default" as const), value, span: here }),
  fc.record({ kind: fc.constant("onUpdate" as const), value, span: here }),
  fc.record({ kind: fc.constant("generated" as const), expression: condition, stored: fc.boolean(), span: here }),
  path.map((one) => ({ kind: "collate" as const, name: one, span })),
  text.map((one) => ({ kind: "comment" as const, text: one, span })),
  fc.record({ kind: fc.constantFrom("map", "was"), name, span: here }),
);

function optionalName<Key extends string>(...keys: Key[]): { requiredKeys: (Key | "attributes" | "span")[] } {
  return { requiredKeys: [...keys, "attributes", "span"] };
}

const member: fc.Arbitrary<ast.TableMember> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("column" as const),
      name,
      type,
      options: fc.array(columnOption, { maxLength: 4 }),
      span: here,
    }),
  },
  fc
    .record(
      { kind: fc.constantFrom("primaryKeyConstraint", "uniqueConstraint"), columns: names, ...constraint },
      optionalName("kind", "columns"),
    )
    .map(named),
  fc
    .record(
      { kind: fc.constant("checkConstraint" as const), expression: condition, ...constraint },
      optionalName("kind", "expression"),
    )
    .map(named),
  fc
    .record(
      { kind: fc.constant("foreignKeyConstraint" as const), columns: names, reference, ...constraint },
      optionalName("kind", "columns", "reference"),
    )
    .map(named),
  fc
    .record({ kind: fc.constant("rawElement" as const), sql: raw, ...constraint }, optionalName("kind", "sql"))
    .map(named),
  fc
    .record(
      {
        kind: fc.constant("indexMember" as const),
        unique: fc.boolean(),
        name,
        was: name,
        keys: fc.array(indexKey, { minLength: 1, maxLength: 2 }),
        method: name,
        include: names,
        nullsNotDistinct: fc.constant(true),
        storage: fc.array(fc.record({ name, value: optionValue, span: here }), { minLength: 1, maxLength: 2 }),
        where: condition,
        only: names,
        comment: text,
        span: here,
      },
      { requiredKeys: ["kind", "unique", "keys", "span"] },
    )
    .map((index) => {
      if (index.name === undefined) delete index.was;
      return index;
    }),
  fc.record({
    kind: fc.constant("relationship" as const),
    name,
    target: name,
    arity: fc.constantFrom("many", "one", "optional"),
    options: relationshipOptions,
    span: here,
  }),
  fc.record({ kind: fc.constant("property" as const), name, type, expression: condition, span: here }),
  fc.record({ kind: fc.constant("proxy" as const), name, relationship: name, attribute: name, span: here }),
  fc.record({
    kind: fc.constant("composite" as const),
    name,
    columns: names,
    value: fc.record({ name, module: text, span: here }),
    span: here,
  }),
  name.map((column) => ({ kind: "polymorphicOn" as const, column, span })),
  fc.oneof(text, number).map((one) => ({ kind: "polymorphicIdentity" as const, value: one, span })),
  fc.record({
    kind: fc.constant("options" as const),
    dialect: name,
    entries: fc.array(
      fc.record(
        { words: names, arguments: fc.array(text, { maxLength: 2 }), value: optionValue, span: here },
        { requiredKeys: ["words", "span"] },
      ),
      { maxLength: 3 },
    ),
    span: here,
  }),
  raw.map((sql) => ({ kind: "definition" as const, sql, span })),
);
const members = fc.array(member, { maxLength: 5 });

const object: fc.Arbitrary<ast.ObjectDeclaration> = fc.record(
  {
    kind: fc.constant("object" as const),
    type: name,
    name: path,
    signature: fc.constantFrom("", "integer, text", "a numeric(12, 2)[]", "variadic x.y"),
    after: fc.array(path, { maxLength: 2 }),
    sql: raw,
    span: here,
  },
  { requiredKeys: ["kind", "type", "name", "after", "sql", "span"] },
);

const base = fc.record({ name, concrete: fc.boolean(), span: here });
const identity = fc.record({
  kind: fc.constant("polymorphicIdentity" as const),
  value: fc.oneof(text, number),
  span: here,
});
const mixins = fc.array(name, { maxLength: 2 });

const declaration: fc.Arbitrary<ast.Declaration> = fc.oneof(
  names.map((list) => ({ kind: "dialect" as const, names: list, span })),
  text.map((one) => ({ kind: "import" as const, path: one, span })),
  fc.record(
    {
      kind: fc.constant("enum" as const),
      name: path,
      was: path,
      typeName: name,
      comment: text,
      values: fc.array(
        fc.record(
          { value: fc.constantFrom("a", "was", "in review", "it's"), was: fc.constantFrom("b", "x y"), span: here },
          { requiredKeys: ["value", "span"] },
        ),
        { maxLength: 4 },
      ),
      span: here,
    },
    { requiredKeys: ["kind", "name", "values", "span"] },
  ),
  fc.record(
    {
      kind: fc.constant("typeAlias" as const),
      name,
      type,
      converter: fc.record({ name, module: text, span: here }),
      span: here,
    },
    { requiredKeys: ["kind", "name", "type", "span"] },
  ),
  fc.record({
    kind: fc.constant("domain" as const),
    name: path,
    type,
    options: fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant("default" as const), value, span: here }),
        path.map((one) => ({ kind: "collate" as const, name: one, span })),
        text.map((one) => ({ kind: "comment" as const, text: one, span })),
        name.map((one) => ({
          kind: "check" as const,
          constraintName: one,
          attributes: [],
          expression: { kind: "null" as const, span },
          span,
        })),
      ),
      { maxLength: 3 },
    ),
    span: here,
  }),
  fc.record(
    { kind: fc.constant("sequence" as const), name: path, type, options: sequence, comment: text, span: here },
    { requiredKeys: ["kind", "name", "options", "span"] },
  ),
  fc.record({ kind: fc.constant("mixin" as const), name, mixins, members, span: here }),
  fc.record(
    {
      kind: fc.constant("table" as const),
      name: path,
      was: path,
      className: name,
      module: text,
      mixins,
      base,
      identity,
      partitionOf: fc.record({ parent: path, bound: raw }),
      comment: text,
      members: fc.array(fc.oneof({ weight: 5, arbitrary: member }, object), { maxLength: 5 }),
      span: here,
    },
    { requiredKeys: ["kind", "name", "mixins", "members", "span"] },
  ),
  fc.record(
    { kind: fc.constant("class" as const), name, module: text, mixins, base, identity, members, span: here },
    { requiredKeys: ["kind", "name", "mixins", "members", "span"] },
  ),
  fc.record(
    {
      kind: fc.constant("view" as const),
      materialized: fc.boolean(),
      name: path,
      was: path,
      className: name,
      module: text,
      mixins,
      comment: text,
      members,
      span: here,
    },
    { requiredKeys: ["kind", "materialized", "name", "mixins", "members", "span"] },
  ),
  object,
);

/** Any file that the grammar can write. */
export const anyUnit: fc.Arbitrary<ast.SourceUnit> = fc
  .array(declaration, { maxLength: 4 })
  .map((declarations) => ({ kind: "sourceUnit", file: "any.schema", declarations, span }));
