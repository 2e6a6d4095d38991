// Expressions that the checks refuse stay the database's own text, and what stands beside them is typed all the same.
import { expect, it } from "vitest";
import { writeSchemaFile } from "../../compiler/unparse/schema-file.js";
import { nameSchema, type ReflectedSchema } from "../../model/reflected-classes.js";
import { typeExpressions } from "../../model/reflected-expressions.js";

const raw = (sql: string) => ({ kind: "raw", variants: [{ dialect: "sqlite", sql }] }) as const;
const column = (name: string, kind: "integer" | "text" | "timestamptz", initial?: string) => ({
  name,
  property: name,
  type: { kind },
  nullable: true,
  ...(initial === undefined ? {} : { default: raw(initial) }),
});

const read: ReflectedSchema = {
  dialects: ["sqlite"],
  enums: [],
  tables: [
    {
      name: "t",
      columns: [
        column("at", "timestamptz", "'1970-01-02 00:00:01'"),
        column("n", "integer", "7"),
        { ...column("label", "text"), generated: { expression: raw("n || 'x'"), stored: false } },
      ],
      uniques: [],
      checks: [
        { name: "small", expression: raw("n < 9") },
        { name: "odd", expression: raw("n || 'x' <> label") },
      ],
      foreignKeys: [],
      indexes: [],
    },
  ],
};

it("column by column, and apart from them what the table says", () => {
  const { text, diagnostics } = writeSchemaFile(
    "test.schema",
    nameSchema(typeExpressions(read, "sqlite")),
    nameSchema(read),
  );
  expect(diagnostics).toEqual([]);
  expect(text).toBe(`dialect sqlite

table t {
  at     timestamptz?  default sql:sqlite'''1970-01-02 00:00:01'''
  n      integer?      default 7
  label  text?         as (sql:sqlite'n || ''x''') virtual

  constraint small check (sql:sqlite'n < 9')
  constraint odd check (sql:sqlite'n || ''x'' <> label')
}
`);
});
