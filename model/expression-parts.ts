// Walking schema expressions: the parts of one, for those who look for something in all of them.
import type { Expression, RawSql } from "./expression.js";

/** The expressions directly inside `expression`, in source order. */
export function subexpressions(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "call":
      return expression.arguments;
    case "and":
    case "or":
      return expression.operands;
    case "arithmetic":
    case "comparison":
      return [expression.left, expression.right];
    case "in":
      return [expression.operand, ...expression.values];
    case "between":
      return [expression.operand, expression.low, expression.high];
    case "like":
      return [expression.operand, expression.pattern];
    case "negate":
    case "not":
    case "isNull":
    case "cast":
      return [expression.operand];
    case "case": {
      const otherwise = expression.otherwise === undefined ? [] : [expression.otherwise];
      return [...expression.branches.flatMap(({ when, then }) => [when, then]), ...otherwise];
    }
    default:
      return [];
  }
}

/** Names of the columns anywhere in `expression`, repetitions included. */
export function columnNamesIn(expression: Expression): string[] {
  if (expression.kind === "column") return [expression.name];
  return subexpressions(expression).flatMap(columnNamesIn);
}

/** The text of raw SQL for the dialect called `dialect`: its own, else the fallback; undefined where it has neither. */
export function rawSqlText({ variants }: RawSql, dialect: string): string | undefined {
  const own = variants.find((variant) => variant.dialect === dialect);
  return (own ?? variants.find((variant) => variant.dialect === undefined))?.sql;
}
