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
    message: (name: string) => `\`${name}\` is neither a type nor a declared enum`,
  },
  S2004: {
    severity: "error",
    title: "Unknown class",
    message: (name: string) => `no table is mapped to a class \`${name}\``,
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
    message: (name: string) => `class \`${name}\` is mapped to two tables`,
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
  S2025: {
    severity: "error",
    title: "Two types with one name",
    message: (name: string, maker: string) => `\`${name}\` is also the name of a type made for ${maker}`,
    help: "rename one of the two",
  },
  S2026: {
    severity: "error",
    title: "Enum named like a type",
    message: (name: string) => `enum \`${name}\` has the name of a built-in type`,
    help: "rename the enum",
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
} satisfies MessageTable;
