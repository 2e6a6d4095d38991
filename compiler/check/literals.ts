// Which literals are values of which column types: the check behind defaults and comparisons.
import type { ColumnType } from "../../model/column-type.js";
import { isTemporal, temporalText } from "../../model/temporal-text.js";
import type { Expression } from "../syntax/ast.js";

export type LiteralExpression = Extract<Expression, { kind: "string" | "number" | "boolean" | "null" }>;

/** `type`: another kind of value; `format`: the right kind, but not a value of the type; `label`: not in the enum. */
type Misfit = "type" | "format" | "label";

const integerRanges = {
  smallint: [-(2n ** 15n), 2n ** 15n - 1n],
  integer: [-(2n ** 31n), 2n ** 31n - 1n],
  bigint: [-(2n ** 63n), 2n ** 63n - 1n],
} as const;

const uuidPattern = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** The literal that an expression is, parentheses and a minus sign aside; undefined where it is none. */
export function asLiteral(expression: Expression): LiteralExpression | undefined {
  switch (expression.kind) {
    case "string":
    case "number":
    case "boolean":
    case "null":
      return expression;
    case "parenthesized":
      return asLiteral(expression.expression);
    case "unary": {
      const operand = expression.operator === "-" ? asLiteral(expression.operand) : undefined;
      if (operand?.kind !== "number" || operand.digits.startsWith("-")) return undefined;
      return { kind: "number", digits: `-${operand.digits}`, span: expression.span };
    }
    default:
      return undefined;
  }
}

/** Why `literal` is no value of `type`; null fits every type here. `labels` are the values of an enum type. */
export function literalMisfit(
  type: ColumnType,
  literal: LiteralExpression,
  labels: readonly string[],
): Misfit | undefined {
  if (literal.kind === "null") return undefined;
  switch (type.kind) {
    case "smallint":
    case "integer":
    case "bigint":
      return literal.kind === "number" ? integerMisfit(type.kind, type.unsigned === true, literal.digits) : "type";
    case "real":
    case "double":
      return literal.kind === "number" ? undefined : "type";
    case "numeric":
      return literal.kind === "number" ? numericMisfit(literal.digits, type.precision, type.scale) : "type";
    case "boolean":
      return literal.kind === "boolean" ? undefined : "type";
    case "bytes":
    case "binary":
    case "varbinary":
    case "array":
      return "type";
    case "domain":
    case "native":
    case "raw":
      // What they are made of is not known here.
      return undefined;
    case "enum":
      if (literal.kind !== "string") return "type";
      return labels.includes(literal.value) ? undefined : "label";
    default:
      return literal.kind === "string" ? textMisfit(type, literal.value) : "type";
  }
}

/** A literal as messages show it. */
export function describeLiteral(literal: LiteralExpression): string {
  switch (literal.kind) {
    case "string":
      return `the text '${literal.value}'`;
    case "number":
      return `the number ${literal.digits}`;
    case "boolean":
      return String(literal.value);
    case "null":
      return "null";
  }
}

/** What a text must look like for a column of `type`; undefined where any text does. */
export function formatHelp(type: ColumnType): string | undefined {
  switch (type.kind) {
    case "smallint":
    case "integer":
    case "bigint":
    case "numeric":
    case "real":
    case "double":
      return "write a number without quotes, such as 5";
    case "boolean":
      return "write `true` or `false` without quotes";
    case "array":
      return "write it in brackets: `['a', 'b']`, or `[]`";
    case "date":
      return "write it as '2024-12-31'";
    case "time":
      return "write it as '23:59:59'";
    case "timestamp":
      return "write it as '2024-12-31 23:59:59'";
    case "timestamptz":
      return "write it with its offset, as '2024-12-31T23:59:59Z'";
    case "uuid":
      return "write it as '123e4567-e89b-12d3-a456-426614174000'";
    case "json":
    case "jsonb":
      return "write it as JSON, such as '{}' or '\"text\"'";
    case "bytes":
    case "binary":
    case "varbinary":
      return "bytes have no literal: write the value as sql'…'";
    default:
      return undefined;
  }
}

function integerMisfit(kind: keyof typeof integerRanges, unsigned: boolean, digits: string): Misfit | undefined {
  if (!/^[+-]?\d+$/.test(digits)) return "type";
  const value = BigInt(digits.replace("+", ""));
  const [low, high] = integerRanges[kind];
  const [least, most] = unsigned ? [0n, high * 2n + 1n] : [low, high];
  return value < least || value > most ? "format" : undefined;
}

function numericMisfit(digits: string, precision?: number, scale = 0): Misfit | undefined {
  const match = /^[+-]?0*(\d*)(?:\.(\d*?)0*)?$/.exec(digits);
  if (match === null || precision === undefined) return undefined;
  const [, whole = "", fraction = ""] = match;
  return whole.length > precision - scale || fraction.length > scale ? "format" : undefined;
}

function textMisfit(type: ColumnType, text: string): Misfit | undefined {
  if (isTemporal(type)) return temporalText(type, text) === undefined ? "format" : undefined;
  switch (type.kind) {
    case "char":
    case "varchar":
      return type.length !== undefined && [...text].length > type.length ? "format" : undefined;
    case "uuid":
      return uuidPattern.test(text) ? undefined : "format";
    case "json":
    case "jsonb":
      return isJson(text) ? undefined : "format";
    default:
      return undefined;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
