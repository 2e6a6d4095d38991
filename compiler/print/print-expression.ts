// Expressions to source text: parentheses as written, and added only where a tree would otherwise be read differently.
import { assertNever } from "../../model/internal-error.js";
import type { Expression, Identifier, NamePath, OptionValue, RawExpression, TypeReference } from "../syntax/ast.js";
import { precedence, precedenceOfBinary } from "../syntax/build-expression.js";
import { writeFence, writeString } from "../syntax/literals.js";
import { type NamePosition, writeName } from "../syntax/words.js";

/** `name` or `schema.name`, quoted where needed; only the first part's position matters. */
export function printNamePath(path: NamePath, position: NamePosition = "other"): string {
  if (path.schema === undefined) return writeName(path.name.text, position);
  return `${writeName(path.schema.text, position)}.${writeName(path.name.text)}`;
}

export function printNames(names: readonly Identifier[]): string {
  return names.map((name) => writeName(name.text)).join(", ");
}

export function printType(type: TypeReference): string {
  const suffix = "[]".repeat(type.dimensions) + (type.nullable ? "?" : "");
  if (type.kind === "rawType") return printRaw(type.sql) + suffix;
  const list = type.arguments.map(printOptionValue);
  const parts = [
    type.dialect === undefined ? "" : `${writeName(type.dialect.text)}.`,
    printNamePath(type.name),
    list.length === 0 ? "" : `(${list.join(", ")})`,
    type.unsigned ? " unsigned" : "",
    suffix,
  ];
  return parts.join("");
}

export function printRaw(raw: RawExpression): string {
  return raw.variants.map(writeFence).join(" ");
}

export function printOptionValue(value: OptionValue): string {
  if (value.kind === "number") return value.digits;
  return value.kind === "string" ? writeString(value.value) : writeName(value.text);
}

export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case "string":
      return writeString(expression.value);
    case "number":
      return expression.digits;
    case "boolean":
      return String(expression.value);
    case "null":
      return "null";
    case "name":
      return expression.path.map((part, index) => writeName(part.text, index === 0 ? "expression" : "other")).join(".");
    case "call":
      return `${printNamePath(expression.name, "expression")}(${printList(expression.arguments)})`;
    case "raw":
      return printRaw(expression);
    case "array":
      return `[${printList(expression.elements)}]`;
    case "parenthesized":
      return `(${printExpression(expression.expression)})`;
    case "case":
      return printCase(expression);
    case "cast":
      return `cast(${printExpression(expression.operand)} as ${printType(expression.type)})`;
    default:
      return printOperator(expression);
  }
}

type Operator = Extract<Expression, { kind: "unary" | "binary" | "in" | "between" | "like" | "isNull" }>;

function printOperator(expression: Operator): string {
  switch (expression.kind) {
    case "unary":
      return printUnary(expression);
    case "binary": {
      const level = precedenceOfBinary(expression.operator);
      const left = printLeft(expression.left, level);
      return `${left} ${expression.operator} ${wrap(expression.right, opensOnItsLeft(expression.right, level))}`;
    }
    case "in":
      return `${printTested(expression)} in (${printList(expression.values)})`;
    case "between":
      return `${printTested(expression)} between ${printRange(expression)}`;
    case "like":
      return `${printTested(expression)} like ${printArithmetic(expression.pattern)}`;
    case "isNull":
      return `${printLeft(expression.operand, precedence.isNull)} is ${expression.negated ? "not " : ""}null`;
    default:
      return assertNever(expression);
  }
}

function printTested(expression: Extract<Operator, { kind: "in" | "between" | "like" }>): string {
  return printLeft(expression.operand, precedence.range) + (expression.negated ? " not" : "");
}

function printRange({ low, high }: Extract<Operator, { kind: "between" }>): string {
  return `${printArithmetic(low)} and ${printArithmetic(high)}`;
}

function printUnary(expression: Extract<Expression, { kind: "unary" }>): string {
  const { operand, operator } = expression;
  if (operator === "not") return `not ${wrap(operand, looseness(operand) < precedence.not)}`;
  const text = wrap(operand, looseness(operand) < precedence.negation);
  return text.startsWith("-") ? `- ${text}` : `-${text}`;
}

function printCase(expression: Extract<Expression, { kind: "case" }>): string {
  const branches = expression.branches.map(
    (branch) => ` when ${printExpression(branch.when)} then ${printExpression(branch.then)}`,
  );
  const otherwise = expression.otherwise === undefined ? "" : ` else ${printExpression(expression.otherwise)}`;
  return `case${branches.join("")}${otherwise} end`;
}

export function printList(expressions: readonly Expression[]): string {
  return expressions.map(printExpression).join(", ");
}

function wrap(expression: Expression, needed: boolean): string {
  return needed ? `(${printExpression(expression)})` : printExpression(expression);
}

/** The precedence of the expression's own operator. */
function looseness(expression: Expression): number {
  switch (expression.kind) {
    case "binary":
      return precedenceOfBinary(expression.operator);
    case "unary":
      return expression.operator === "not" ? precedence.not : precedence.negation;
    case "isNull":
      return precedence.isNull;
    case "in":
    case "between":
    case "like":
      return precedence.range;
    default:
      return precedence.primary;
  }
}

/** An operand with an operator of `level` after it. */
function printLeft(operand: Expression, level: number): string {
  return wrap(operand, opensOnItsRight(operand, level));
}

/**
 * Whether an operator of `level` after the operand would take only its last part. Tests close themselves, but `between`
 * and `like` end in arithmetic.
 */
function opensOnItsRight(operand: Expression, level: number): boolean {
  const { kind } = operand;
  if (kind === "isNull" || kind === "in") return false;
  if (kind === "between" || kind === "like") return level >= precedence.concatenation;
  return looseness(operand) < level;
}

/** Whether an operator of `level` before the operand would take only its first part. */
function opensOnItsLeft(operand: Expression, level: number): boolean {
  switch (operand.kind) {
    case "binary": {
      const own = looseness(operand);
      return own <= level || exposesLeft(operand.left, own, level);
    }
    case "isNull":
    case "in":
    case "between":
    case "like": {
      const own = looseness(operand);
      return own < level || exposesLeft(operand.operand, own, level);
    }
    default:
      return looseness(operand) < level;
  }
}

/** Whether the first operand of an operator of level `own` is written bare and opens on its left itself. */
function exposesLeft(first: Expression, own: number, level: number): boolean {
  return !opensOnItsRight(first, own) && opensOnItsLeft(first, level);
}

/** Looser than every arithmetic operator, tighter than every test. */
const aboveTests = precedence.concatenation - 0.5;

/** An operand that the grammar reads as arithmetic only. */
function printArithmetic(operand: Expression): string {
  return wrap(operand, opensOnItsLeft(operand, aboveTests));
}
