// Walking schema expressions: the parts of one, for those who look for something in all of them.
import { findCapabilities } from "./capabilities.js";
import type { Expression, RawSql } from "./expression.js";

/** The expressions directly inside `expression`, in source order. */
export function subexpressions(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "call":
      return expression.arguments;
    case "array":
      return expression.elements;
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

/** `expression` with `change` made to each expression directly inside it. */
export function mapSubexpressions(expression: Expression, change: (part: Expression) => Expression): Expression {
  switch (expression.kind) {
    case "call":
      return { ...expression, arguments: expression.arguments.map(change) };
    case "array":
      return { ...expression, elements: expression.elements.map(change) };
    case "and":
    case "or":
      return { ...expression, operands: expression.operands.map(change) };
    case "arithmetic":
    case "comparison":
      return { ...expression, left: change(expression.left), right: change(expression.right) };
    case "in":
      return { ...expression, operand: change(expression.operand), values: expression.values.map(change) };
    case "between":
      return {
        ...expression,
        operand: change(expression.operand),
        low: change(expression.low),
        high: change(expression.high),
      };
    case "like":
      return { ...expression, operand: change(expression.operand), pattern: change(expression.pattern) };
    case "negate":
    case "not":
    case "isNull":
    case "cast":
      return { ...expression, operand: change(expression.operand) };
    case "case": {
      const branches = expression.branches.map(({ when, then }) => ({
        when: change(when),
        // oxlint-disable-next-line unicorn/no-thenable -- the model's own word; nobody awaits a branch
        then: change(then),
      }));
      const { otherwise } = expression;
      return { kind: "case", branches, ...(otherwise === undefined ? {} : { otherwise: change(otherwise) }) };
    }
    default:
      return expression;
  }
}

/** Names of the columns anywhere in `expression`, repetitions included. */
export function columnNamesIn(expression: Expression): string[] {
  if (expression.kind === "column") return [expression.name];
  return subexpressions(expression).flatMap(columnNamesIn);
}

/** The text of raw SQL for the dialect called `dialect`: its own, else the fallback; undefined where it has neither. */
export function rawSqlText({ variants }: RawSql, dialect: string): string | undefined {
  const names = [dialect, ...(findCapabilities(dialect)?.kin ?? []), undefined];
  const found = names.map((name) => variants.find((variant) => variant.dialect === name));
  return found.find((variant) => variant !== undefined)?.sql;
}
