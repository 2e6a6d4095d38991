// Three-valued logic: which expressions may be NULL, operator by operator.
import { expect, test } from "vitest";
import { mayBeNull } from "../../model/expression-nullability.js";
import { compileText } from "../check/compile-case.js";

/** Compiles `expression` as a nullable property of a row with a column that may be NULL and one that may not. */
function isNullable(expression: string, type: string): boolean {
  const { value, diagnostics } = compileText(
    `table t as T {
  id     integer  primary key identity
  some   integer
  maybe  integer?
  word   text?
  up_id  integer?  index  references t
  relationship up: T?     remote_side (id)  back_populates downs
  relationship downs: T[]  remote_side (up_id)  back_populates up
  property p: ${type}? = ${expression}
}
`,
  );
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  const property = value.model?.classes[0]?.properties?.[0];
  if (property === undefined) throw new Error(`${expression} does not compile`);
  return mayBeNull(property.expression, (reference) => reference.kind !== "column" || reference.name !== "some");
}

test.each([
  ["some", "integer", false],
  ["maybe", "integer", true],
  ["some + 1", "integer", false],
  ["some + maybe", "integer", true],
  ["-maybe", "integer", true],
  ["some / 2", "integer", false],
  ["some / some", "integer", true],
  ["some % 0", "integer", true],
  ["some = 1", "boolean", false],
  ["maybe = 1", "boolean", true],
  ["some = 1 and maybe = 1", "boolean", true],
  ["not maybe = 1", "boolean", true],
  ["maybe is null", "boolean", false],
  ["maybe is not null and some > 1", "boolean", false],
  ["some in (1, maybe)", "boolean", true],
  ["some in (1, 2)", "boolean", false],
  ["some between 1 and maybe", "boolean", true],
  ["word like 'a%'", "boolean", true],
  ["'a' || word", "text", true],
  ["coalesce(maybe, some)", "integer", false],
  ["coalesce(maybe, maybe)", "integer", true],
  ["nullif(some, 1)", "integer", true],
  ["upper(coalesce(word, ''))", "text", false],
  ["case when maybe = 1 then 1 else 2 end", "integer", false],
  ["case when some = 1 then 1 end", "integer", true],
  ["cast(maybe as text)", "text", true],
  ["up.some", "integer", true],
  ["count(downs)", "bigint", false],
  ["max(downs.some)", "integer", true],
  ["current_date", "date", false],
  ["null", "integer", true],
  ["sql'1'", "integer", true],
])("%s", (expression, type, expected) => {
  expect(isNullable(expression, type)).toBe(expected);
});
