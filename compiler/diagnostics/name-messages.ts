// Wording of the S2xxx diagnostics: names that are unknown, declared twice or not usable, and imports.
import type { MessageTable } from "./message-template.js";

export const nameMessages = {
  S2001: {
    severity: "error",
    title: "Unknown table",
    message: (name: string) => `table \`${name}\` is not declared`,
    help: "declare the table, or import the file that does",
  },
  S2002: {
    severity: "error",
    title: "Unknown column",
    message: (table: string, column: string) => `table \`${table}\` has no column \`${column}\``,
  },
  S2003: {
    severity: "error",
    title: "Unknown type",
    message: (name: string) => `\`${name}\` is neither a built-in type nor a declared one`,
  },
  S2004: {
    severity: "error",
    title: "Unknown class",
    message: (name: string) => `no class \`${name}\` is declared`,
  },
  S2005: {
    severity: "error",
    title: "Unknown enum value",
    message: (name: string, value: string) => `enum \`${name}\` has no value '${value}'`,
  },
  S2006: {
    severity: "error",
    title: "Another system's spelling of a type",
    message: (name: string, right: string) => `the type \`${name}\` is spelled \`${right}\` here`,
    help: (_name: string, right: string) => `write \`${right}\``,
  },
  S2007: {
    severity: "error",
    title: "Unknown function",
    message: (name: string) => `\`${name}\` is not one of the portable functions`,
    help: "use one of the portable functions, or write the expression as sql'…'",
  },
  S2008: {
    severity: "error",
    title: "Unknown dialect",
    message: (name: string, known: string) => `\`${name}\` is not a dialect; known are ${known}`,
  },
  S2009: {
    severity: "error",
    title: "Unknown mixin",
    message: (name: string) => `mixin \`${name}\` is not declared`,
    help: "declare the mixin, or import the file that does",
  },
  S2010: {
    severity: "error",
    title: "Table declared twice",
    message: (name: string) => `table \`${name}\` is declared twice`,
    help: "rename or remove one of the two",
  },
  S2011: {
    severity: "error",
    title: "Column declared twice",
    message: (table: string, column: string) => `table \`${table}\` declares column \`${column}\` twice`,
    help: "rename or remove one of the two",
  },
  S2012: {
    severity: "error",
    title: "Class declared twice",
    message: (name: string) => `class \`${name}\` is declared twice`,
    help: "give one of the two another name",
  },
  S2013: {
    severity: "error",
    title: "Enum declared twice",
    message: (name: string) => `enum \`${name}\` is declared twice`,
    help: "rename or remove one of the two",
  },
  S2014: {
    severity: "error",
    title: "Enum value listed twice",
    message: (name: string, value: string) => `enum \`${name}\` lists '${value}' twice`,
    help: "remove one of the two",
  },
  S2015: {
    severity: "error",
    title: "Constraint or index name used twice",
    message: (name: string) => `the name \`${name}\` is used twice`,
    help: "constraints and indexes share one set of names in a database schema: rename one of the two",
  },
  S2016: {
    severity: "error",
    title: "Property declared twice",
    message: (owner: string, property: string) => `\`${owner}\` would have two properties \`${property}\``,
    help: "give one of the two another name; a column takes one with `map`",
  },
  S2017: {
    severity: "error",
    title: "Option given twice",
    message: (owner: string, option: string) => `\`${owner}\` says \`${option}\` twice`,
    help: "remove one of the two",
  },
  S2018: {
    severity: "error",
    title: "Name declared twice",
    message: (name: string, first: string, second: string) =>
      first === second
        ? `${first} \`${name}\` is declared twice`
        : `\`${name}\` is declared as ${article(first)} and as ${article(second)}`,
    help: "rename or remove one of the two",
  },
  S2019: {
    severity: "error",
    title: "An object after something unknown",
    message: (name: string) => `nothing called \`${name}\` is declared for this object to stand after`,
    help: "name a table, view, enum, domain, sequence or object of the schema",
  },
  S2020: {
    severity: "error",
    title: "Property name that objects already use",
    message: (owner: string, property: string) =>
      `\`${owner}\` cannot have a property \`${property}\`: every object already uses that name`,
    help: "choose another name; a column takes one with `map`",
  },
  S2021: {
    severity: "error",
    title: "Property name that is not an identifier",
    message: (owner: string, property: string) => `\`${property}\` in \`${owner}\` is not an identifier in TypeScript`,
    help: "choose another name; a column takes one with `map`",
  },
  S2022: {
    severity: "error",
    title: "Unusable class or enum type name",
    message: (name: string, reason: string) => `\`${name}\` cannot name a class or type: ${reason}`,
    help: "choose another name after `as`",
  },
  S2023: {
    severity: "error",
    title: "Two classes in one module file",
    message: (name: string, other: string) => `classes \`${name}\` and \`${other}\` would share one module file`,
    help: "rename one of the two",
  },
  S2024: {
    severity: "error",
    title: "Property that the class inherits",
    message: (owner: string, property: string) => `\`${owner}\` inherits a property \`${property}\` already`,
    help: "give it another name; a column takes one with `map`",
  },
  S2025: {
    severity: "error",
    title: "Two types with one name",
    message: (name: string, maker: string) => `\`${name}\` is also the name of a type made for ${maker}`,
    help: "rename one of the two",
  },
  S2026: {
    severity: "error",
    title: "Declared type named like a built-in one",
    message: (name: string) => `\`${name}\` is the name of a built-in type`,
    help: "choose another name",
  },
  S2027: {
    severity: "error",
    title: "Circular mixins",
    message: (name: string) => `mixin \`${name}\` would hold itself`,
    help: "remove one `with` of the circle",
  },
  S2028: {
    severity: "error",
    title: "Circular types",
    message: (name: string) => `type \`${name}\` would be made of itself`,
    help: "say what one type of the circle is made of",
  },
  S2029: {
    severity: "error",
    title: "Circular inheritance",
    message: (name: string) => `class \`${name}\` would extend itself`,
    help: "remove one `extends` of the circle",
  },
  S2030: {
    severity: "error",
    title: "Imported file not found",
    message: (path: string) => `the imported file \`${path}\` does not exist`,
  },
  S2031: {
    severity: "error",
    title: "Import outside the project",
    message: (path: string) => `\`${path}\` is no path inside the project's root`,
    help: "write a relative path with forward slashes that stays inside the project, such as './other.schema'",
  },
  S2032: {
    severity: "error",
    title: "Circular import",
    message: (path: string) => `this import of \`${path}\` closes a circle`,
    help: "remove one import of the circle: files that are imported already see each other's declarations",
  },
  S2033: {
    severity: "warning",
    title: "Unused import",
    message: (path: string) => `nothing in this file uses \`${path}\``,
    help: "remove the import, or import the file where it is used",
  },
  S2034: {
    severity: "error",
    title: "Dialects declared outside the root file",
    message: () => "dialects are declared in the root file only",
    help: "move the line to the root file",
  },
  S2035: {
    severity: "error",
    title: "Dialect named twice",
    message: (name: string) => `dialect \`${name}\` is named twice`,
    help: "remove one of the two",
  },
  S2036: {
    severity: "warning",
    title: "Unused mixin",
    message: (name: string) => `nothing has the mixin \`${name}\``,
    help: (name: string) => `add \`with ${name}\` to a table, or remove the mixin`,
  },
  S2037: {
    severity: "error",
    title: "Not a module",
    message: (path: string) => `\`${path}\` is no module that generated code can import`,
    help: "write a relative path with forward slashes, such as './money.ts', or the name of a package",
  },
  S2038: {
    severity: "error",
    title: "Member that does not belong here",
    message: (kind: string, what: string) => `a ${kind} has no ${what}`,
    help: "remove it",
  },
  S2039: {
    severity: "error",
    title: "Named constraint in a mixin",
    message: (mixin: string, name: string) =>
      `mixin \`${mixin}\` cannot name \`${name}\`: every table with the mixin would have that name`,
    help: "remove the name, so that each table makes one of its own",
  },
  S2040: {
    severity: "error",
    title: "Renamed from something that is still there",
    message: (kind: string, name: string) => `${kind} \`${name}\` is still declared, so nothing was renamed from it`,
    help: "`was` names what something was called before: remove it, or the old declaration",
  },
  S2041: {
    severity: "error",
    title: "Declaration that builds on too many others",
    message: (kind: string, name: string, limit: number) => `${kind} \`${name}\` builds on more than ${limit} others`,
    help: "make the chain shorter",
  },
  S2042: {
    severity: "warning",
    title: "A comment that allows nothing",
    message: (code: string) => `\`allow ${code}\` allows nothing: no such warning is given here`,
    help: "remove it; it stands at the end of the line that has the warning, or above the entry that has it",
  },
} satisfies MessageTable;

function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}
