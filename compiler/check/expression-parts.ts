// Walking syntax expressions: the parts that a rule looks for, wherever they are.
import type { Expression } from "../syntax/ast.js";

/** Every part of `expression`, itself included, that `isWanted` wants, in source order. */
export function partsOf(expression: Expression, isWanted: (part: Expression) => boolean): Expression[] {
  const inner = subexpressions(expression).flatMap((part) => partsOf(part, isWanted));
  return isWanted(expression) ? [expression, ...inner] : inner;
}

function subexpressions(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "parenthesized":
      return [expression.expression];
    case "call":
      return expression.arguments;
    case "unary":
    case "isNull":
    case "cast":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "in":
      return [expression.operand, ...expression.values];
    case "between":
      return [expression.operand, expression.low, expression.high];
    case "like":
      return [expression.operand, expression.pattern];
    case "case": {
      const otherwise = expression.otherwise === undefined ? [] : [expression.otherwise];
      return [...expression.branches.flatMap(({ when, then }) => [when, then]), ...otherwise];
    }
    default:
      return [];
  }
}
