// Wording of the S6xxx diagnostics: what a target dialect cannot hold.
import type { MessageTable } from "./message-template.js";

export const dialectMessages = {
  S6001: {
    severity: "error",
    title: "Type that a target dialect lacks",
    message: (column: string, type: string, dialects: readonly string[]) =>
      `${listOf(dialects)} ${dialects.length === 1 ? "has" : "have"} no type \`${type}\` for \`${column}\``,
  },
  S6002: {
    severity: "error",
    title: "Type that needs a length on a target dialect",
    message: (column: string, type: string, dialects: readonly string[]) =>
      `${listOf(dialects)} must know how wide \`${column}\` is: \`${type}\` does not say`,
    help: (_column: string, type: string) => `write \`${type}(n)\``,
  },
  S6003: {
    severity: "error",
    title: "Name over a target dialect's limit",
    message: (name: string, length: number, limit: string, dialect: string) =>
      `\`${name}\` is ${length} long, but ${dialect} takes at most ${limit}`,
    help: "shorten the name; `map` keeps the property's name",
  },
  S6004: {
    severity: "error",
    title: "Names that differ by case alone",
    message: (name: string, other: string, dialect: string) =>
      `\`${name}\` and \`${other}\` are one name to ${dialect}, which does not tell case apart`,
    help: "rename one of the two",
  },
  S6005: {
    severity: "error",
    title: "Identity that a target dialect cannot number",
    message: (column: string, dialect: string, rule: string) => `${dialect} cannot number \`${column}\`: ${rule}`,
  },
  S6006: {
    severity: "error",
    title: "Raw SQL without a variant for a target dialect",
    message: (dialects: readonly string[]) => `this raw SQL has no variant for ${listOf(dialects)}`,
    help: ([dialect = ""]: readonly string[]) => `add sql:${dialect}'…', or a fallback without a dialect`,
  },
  S6008: {
    severity: "error",
    title: "Clock in a CHECK or an index",
    message: (place: string, dialects: readonly string[]) => `${place} cannot read the clock on ${listOf(dialects)}`,
    help: "compare with a column, or check it in the application",
  },
  S6007: {
    severity: "warning",
    title: "Numbers stored as text",
    message: (column: string, dialect: string) =>
      `${dialect} has no exact type as wide as \`${column}\`: its values are stored as text`,
    help: "give it a precision of at most 15 digits, or accept that the database compares and sorts it as text",
  },
  S6009: {
    severity: "error",
    title: "Feature that a target dialect lacks",
    message: (what: string, dialects: readonly string[]) => `${listOf(dialects)} cannot have ${what}`,
    help: "remove it; an index for some dialects says `only`, and raw SQL can be for one dialect",
  },
} satisfies MessageTable;

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
