// Puts the flat parts of an expression together by precedence. PostgreSQL's order, loosest first:
// or, and, not, is, comparisons, in/between/like, ||, + and -, * / and %, unary minus.
import { coverSpans, type Span } from "../text/span.js";
import type { BinaryOperator, Expression } from "./ast.js";

export type ExpressionPart =
  | { readonly kind: "prefix"; readonly operator: "-" | "not"; readonly span: Span }
  | { readonly kind: "binary"; readonly operator: BinaryOperator }
  | { readonly kind: "postfix"; readonly precedence: number; readonly apply: (operand: Expression) => Expression }
  | { readonly kind: "operand"; readonly expression: Expression };

/** How tightly each construct binds; a higher number binds more tightly. */
export const precedence = {
  or: 1,
  and: 2,
  not: 3,
  isNull: 4,
  comparison: 5,
  range: 6,
  concatenation: 7,
  additive: 8,
  multiplicative: 9,
  negation: 10,
  primary: 11,
} as const;

const binaryPrecedence: Readonly<Record<BinaryOperator, number>> = {
  or: precedence.or,
  and: precedence.and,
  "=": precedence.comparison,
  "<>": precedence.comparison,
  "<": precedence.comparison,
  "<=": precedence.comparison,
  ">": precedence.comparison,
  ">=": precedence.comparison,
  "||": precedence.concatenation,
  "+": precedence.additive,
  "-": precedence.additive,
  "*": precedence.multiplicative,
  "/": precedence.multiplicative,
  "%": precedence.multiplicative,
};

export const binaryOperators: readonly BinaryOperator[] = [
  ...(["or", "and", "=", "<>", "<", "<=", ">", ">="] as const),
  ...(["+", "-", "*", "/", "%", "||"] as const),
];

export function precedenceOfBinary(operator: BinaryOperator): number {
  return binaryPrecedence[operator];
}

type Pending = Extract<ExpressionPart, { kind: "prefix" | "binary" }>;

/** The tree for `parts`, in source order; undefined where an operand is missing. */
export function buildExpression(parts: readonly ExpressionPart[]): Expression | undefined {
  const operands: Expression[] = [];
  const pending: Pending[] = [];
  const reduceWhile = (limit: number): boolean => {
    for (let top = pending.at(-1); top !== undefined && tightness(top) >= limit; top = pending.at(-1)) {
      pending.pop();
      if (!reduce(top, operands)) return false;
    }
    return true;
  };
  for (const part of parts) {
    if (part.kind === "operand") operands.push(part.expression);
    else if (part.kind === "prefix") pending.push(part);
    else if (part.kind === "binary") {
      if (!reduceWhile(tightness(part))) return undefined;
      pending.push(part);
    } else {
      if (!reduceWhile(part.precedence)) return undefined;
      const operand = operands.pop();
      if (operand === undefined) return undefined;
      operands.push(part.apply(operand));
    }
  }
  return reduceWhile(0) && operands.length === 1 ? operands[0] : undefined;
}

function tightness(part: Pending): number {
  if (part.kind === "binary") return binaryPrecedence[part.operator];
  return part.operator === "not" ? precedence.not : precedence.negation;
}

/** Applies one operator to the operands on top of the stack; false where they are missing. */
function reduce(part: Pending, operands: Expression[]): boolean {
  const right = operands.pop();
  if (right === undefined) return false;
  if (part.kind === "prefix") {
    operands.push({ kind: "unary", operator: part.operator, operand: right, span: coverSpans(part.span, right.span) });
    return true;
  }
  const left = operands.pop();
  if (left === undefined) return false;
  operands.push({ kind: "binary", operator: part.operator, left, right, span: coverSpans(left.span, right.span) });
  return true;
}
