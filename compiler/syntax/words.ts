// The words of the schema language: which are keywords, where each is reserved, and when a name needs quotes.
// Words are contextual: a keyword is an ordinary name wherever its place in the grammar does not reserve it.
import { writeQuoted } from "./literals.js";

/** Reserved as the first word of a table member. */
export const memberReservedWords = [
  "primary",
  "foreign",
  "unique",
  "check",
  "constraint",
  "index",
  "relationship",
  "property",
  "proxy",
  "polymorphic",
  "options",
  "object",
  "definition",
] as const;

const literalWords = ["true", "false", "null"] as const;
const caseWords = ["case", "when", "then", "else", "end", "cast"] as const;
const operatorWords = ["and", "or", "not", "in", "is", "between", "like"] as const;

/** Reserved inside expressions. */
export const expressionReservedWords = [...literalWords, ...caseWords, ...operatorWords] as const;

/** Start a declaration. */
export const declarationWords = [
  "dialect",
  "import",
  "enum",
  "type",
  "domain",
  "sequence",
  "mixin",
  "table",
  "class",
  "view",
  "materialized",
  "object",
] as const;

const reservedInMember: ReadonlySet<string> = new Set(memberReservedWords);
const reservedInExpression: ReadonlySet<string> = new Set(expressionReservedWords);
const plainName = /^[A-Za-z_][A-Za-z0-9_$]*$/;

/** Where a name stands: first in a table member, inside an expression, or anywhere else. */
export type NamePosition = "member" | "expression" | "other";

/** Whether `name` must be written in double quotes at `position`. */
export function needsQuoting(name: string, position: NamePosition = "other"): boolean {
  if (!plainName.test(name)) return true;
  if (position === "member") return reservedInMember.has(name);
  return position === "expression" && reservedInExpression.has(name);
}

/** `name` as source text at `position`, quoted only where needed. */
export function writeName(name: string, position: NamePosition = "other"): string {
  return needsQuoting(name, position) ? writeQuoted(name, '"') : name;
}

export function isMemberReservedWord(word: string): boolean {
  return reservedInMember.has(word);
}

export function isExpressionReservedWord(word: string): boolean {
  return reservedInExpression.has(word);
}
