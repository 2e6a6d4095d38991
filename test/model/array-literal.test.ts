// Arrays of literals as PostgreSQL and JSON write them, in the SQL of each dialect.
import { expect, test } from "vitest";
import type { Expression } from "../../model/expression.js";
import { expressionSql } from "../../model/expression-sql.js";

const text = (value: string): Expression => ({ kind: "string", value });
const array = (...elements: readonly Expression[]): Expression => ({ kind: "array", elements });

test.each([
  [array(), "'{}'", "'[]'"],
  [array(text("a"), text("it's")), `'{"a","it''s"}'`, `'["a","it''s"]'`],
  [array(text('"'), text("\\"), { kind: "null" }), String.raw`'{"\"","\\",NULL}'`, String.raw`'["\"","\\",null]'`],
  [
    array(array({ kind: "number", digits: "-1" }), array({ kind: "boolean", value: true })),
    "'{{-1},{true}}'",
    "'[[-1],[true]]'",
  ],
])("%j", (expression, own, json) => {
  expect(expressionSql(expression, "postgresql")).toBe(own);
  expect(expressionSql(expression, "sqlite")).toBe(json);
  expect(expressionSql(expression, "sqlite", { place: "default" })).toBe(`(${json})`);
});
