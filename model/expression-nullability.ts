// Whether an expression may be NULL, by SQL's three-valued logic: what its database says and what a getter in
// TypeScript must say too. Each operator's rule stands here once.
import type { Expression } from "./expression.js";
import { subexpressions } from "./expression-parts.js";

/** What stands for a stored value. */
export type StoredReference = Extract<Expression, { kind: "column" | "path" | "aggregate" | "sideColumn" }>;

/** True where some row could give NULL; `isNullable` knows the columns. */
export function mayBeNull(expression: Expression, isNullable: (reference: StoredReference) => boolean): boolean {
  const recur = (part: Expression): boolean => mayBeNull(part, isNullable);
  switch (expression.kind) {
    case "null":
    case "raw":
      return true;
    case "column":
    case "path":
    case "sideColumn":
      return isNullable(expression);
    case "aggregate":
      // Nothing to add up is NULL; nothing to count is 0.
      return expression.function !== "count";
    case "isNull":
    case "current":
    case "array":
      return false;
    case "case":
      return (
        expression.otherwise === undefined ||
        recur(expression.otherwise) ||
        expression.branches.some(({ then }) => recur(then))
      );
    case "call":
      return callMayBeNull(expression, recur);
    case "arithmetic":
      // Not every database refuses to divide by zero: some say NULL.
      if (expression.operator === "/" || expression.operator === "%") {
        if (!isNonZeroNumber(expression.right)) return true;
      }
      return recur(expression.left) || recur(expression.right);
    default:
      return subexpressions(expression).some(recur);
  }
}

function callMayBeNull(call: Extract<Expression, { kind: "call" }>, recur: (part: Expression) => boolean): boolean {
  switch (call.name) {
    case "coalesce":
      return call.arguments.every(recur);
    case "nullif":
      return true;
    default:
      return call.arguments.some(recur);
  }
}

function isNonZeroNumber(expression: Expression): boolean {
  return expression.kind === "number" && Number(expression.digits) !== 0;
}
