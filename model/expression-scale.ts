// How many digits after the point an exact number has: what SQLite's binary arithmetic is rounded back to, and what a
// property's own type cuts off. The rules are PostgreSQL's.
import { type ColumnType, isInteger } from "./column-type.js";
import { expressionKind } from "./expression-kind.js";
import type { StoredReference } from "./expression-nullability.js";
import type { Expression } from "./expression.js";

type TypeOf = (reference: StoredReference) => ColumnType | undefined;

/** Undefined for what is no exact number, and for those that have any number of digits, such as quotients. */
export function expressionScale(expression: Expression, typeOf: TypeOf): number | undefined {
  const recur = (part: Expression): number | undefined => expressionScale(part, typeOf);
  switch (expression.kind) {
    case "column":
    case "path":
    case "sideColumn":
      return typeScale(typeOf(expression));
    case "aggregate":
      if (expression.function === "count") return 0;
      return expression.function === "avg" ? undefined : typeScale(typeOf(expression));
    case "number":
      return expression.digits.split(".")[1]?.length ?? 0;
    case "negate":
      return recur(expression.operand);
    case "arithmetic":
      return arithmeticScale(expression, recur);
    case "call":
      return callScale(expression, recur);
    case "cast":
      return /^(?:smallint|integer|bigint)$/.test(expression.type) ? 0 : undefined;
    case "case": {
      const values = expression.branches.map(({ then }) => then);
      return greatest(expression.otherwise === undefined ? values : [...values, expression.otherwise], recur);
    }
    default:
      return undefined;
  }
}

/**
 * `expression` as a value of `type`: whole numbers and numbers of a fixed scale are rounded to it, as a generated
 * column's would be.
 */
export function fittedTo(expression: Expression, type: ColumnType, typeOf: TypeOf): Expression {
  const kind = expressionKind(expression, typeOf);
  if (isInteger(type)) {
    return kind === "numeric" ? { kind: "cast", operand: expression, type: type.kind } : expression;
  }
  if (type.kind !== "numeric" || type.scale === undefined || kind !== "numeric") return expression;
  const scale = expressionScale(expression, typeOf);
  if (scale !== undefined && scale <= type.scale) return expression;
  return { kind: "call", name: "round", arguments: [expression, { kind: "number", digits: String(type.scale) }] };
}

type Recur = (part: Expression) => number | undefined;

function typeScale(type: ColumnType | undefined): number | undefined {
  if (type === undefined) return undefined;
  if (isInteger(type)) return 0;
  // A precision alone is one without digits after the point.
  return type.kind === "numeric" && type.precision !== undefined ? (type.scale ?? 0) : undefined;
}

function arithmeticScale(
  { operator, left, right }: Extract<Expression, { kind: "arithmetic" }>,
  recur: Recur,
): number | undefined {
  const [first, second] = [recur(left), recur(right)];
  if (first === undefined || second === undefined || operator === "/" || operator === "||") return undefined;
  return operator === "*" ? first + second : Math.max(first, second);
}

function callScale({ name, arguments: operands }: Extract<Expression, { kind: "call" }>, recur: Recur) {
  const [first, second] = operands;
  switch (name) {
    case "length":
      return 0;
    case "abs":
    case "nullif":
      return first === undefined ? undefined : recur(first);
    case "coalesce":
      return greatest(operands, recur);
    case "round":
      return second === undefined ? 0 : second.kind === "number" ? Math.max(0, Number(second.digits)) : undefined;
    default:
      return undefined;
  }
}

function greatest(values: readonly Expression[], recur: Recur): number | undefined {
  const scales = values.filter(({ kind }) => kind !== "null").map(recur);
  return scales.includes(undefined) ? undefined : Math.max(0, ...scales.map((scale) => scale ?? 0));
}
