// Arrays of literals as one text each: PostgreSQL's own form, and JSON where arrays are stored as that.
import type { Expression } from "./expression.js";
import { InternalError } from "./internal-error.js";

/** `{1,2}`, `{"a","b"}`. */
export function arrayLiteral(expression: Expression): string {
  switch (expression.kind) {
    case "array":
      return `{${expression.elements.map(arrayLiteral).join(",")}}`;
    case "string":
      return `"${expression.value.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`;
    case "null":
      return "NULL";
    default:
      return plainText(expression);
  }
}

/** `[1,2]`, `["a","b"]`. */
export function jsonArray(expression: Expression): string {
  switch (expression.kind) {
    case "array":
      return `[${expression.elements.map(jsonArray).join(",")}]`;
    case "string":
      return JSON.stringify(expression.value);
    case "null":
      return "null";
    default:
      return plainText(expression);
  }
}

function plainText(expression: Expression): string {
  if (expression.kind === "number") return expression.digits;
  if (expression.kind === "boolean") return String(expression.value);
  throw new InternalError(`an array holds a ${expression.kind}`);
}
