// Wording of the S4xxx diagnostics: primary keys, uniques, foreign keys and indexes.
import type { MessageTable } from "./message-template.js";

export const keyMessages = {
  S4001: {
    severity: "error",
    title: "Two primary keys",
    message: (table: string) => `table \`${table}\` has two primary keys`,
    help: "write one key of several columns as `primary key (a, b)` on a line of its own",
  },
  S4002: {
    severity: "error",
    title: "Mapped class without a primary key",
    message: (className: string, table: string) =>
      `class \`${className}\` is mapped to \`${table}\`, which has no primary key`,
    help: "add `primary key` to the column that tells the rows apart, or remove `as` to keep the table without a class",
  },
  S4003: {
    severity: "error",
    title: "Primary key column that may be NULL",
    message: (column: string) => `\`${column}\` is part of the primary key and cannot be NULL`,
    help: "remove `?`",
  },
  S4004: {
    severity: "warning",
    title: "Integer key that nothing generates",
    message: (column: string) => `nothing generates the values of \`${column}\``,
    help: "add `identity` to let the database number the rows",
  },
  S4005: {
    severity: "error",
    title: "Column listed twice in a key",
    message: (column: string) => `\`${column}\` is listed twice`,
    help: "remove one of the two",
  },
  S4010: {
    severity: "error",
    title: "Foreign key with the wrong number of columns",
    message: (own: number, target: string, theirs: number) =>
      `the foreign key has ${own} ${plural(own)}, but refers to ${theirs} ${plural(theirs)} of \`${target}\``,
  },
  S4011: {
    severity: "error",
    title: "Foreign key of another type than its target",
    message: (column: string, type: string, target: string, targetType: string) =>
      `\`${column}\` is ${type}, but refers to \`${target}\`, which is ${targetType}`,
    help: (column: string, _type: string, _target: string, targetType: string) => `make \`${column}\` ${targetType}`,
  },
  S4012: {
    severity: "error",
    title: "Foreign key to columns that are not unique",
    message: (table: string, columns: string) => `\`${table} (${columns})\` is neither a primary key nor unique`,
    help: "refer to the primary key, or make the columns unique",
  },
  S4013: {
    severity: "error",
    title: "Foreign key to a table without a primary key",
    message: (table: string) => `table \`${table}\` has no primary key to refer to`,
    help: "name the columns to refer to, or give the table a primary key",
  },
  S4014: {
    severity: "warning",
    title: "Foreign key without an index",
    message: (columns: string) => `no index serves the foreign key \`${columns}\``,
    help: "add `index`: without one, deleting or changing a row it refers to reads the whole table",
  },
  S4015: {
    severity: "warning",
    title: "`set null` on a NOT NULL column",
    message: (column: string, event: string) => `\`on ${event} set null\` cannot work: \`${column}\` is NOT NULL`,
    help: "let the column be NULL with `?` after its type, or choose another action",
  },
  S4016: {
    severity: "error",
    title: "`set default` on a column without a default",
    message: (column: string, event: string) =>
      `\`on ${event} set default\` cannot work: \`${column}\` is NOT NULL and has no default`,
    help: "give the column a default, or choose another action",
  },
  S4017: {
    severity: "error",
    title: "Foreign key to a view",
    message: (view: string) => `\`${view}\` is a view, which no foreign key can refer to`,
    help: "refer to the table that it shows, or relate the classes with `primaryjoin` and `viewonly`",
  },
  S4018: {
    severity: "error",
    title: "Action on a column that is not of the key",
    message: (column: string, key: string) => `\`${column}\` is no column of the foreign key \`${key}\``,
    help: "list columns of the foreign key",
  },
  S4019: {
    severity: "error",
    title: "Columns after an action that takes none",
    message: (action: string) => `\`${action}\` takes no columns`,
    help: "only `on delete set null` and `on delete set default` do",
  },
  S4020: {
    severity: "error",
    title: "Word that this kind of constraint does not take",
    message: (kind: string, word: string) => `${kind} takes no \`${word}\``,
    help: "remove it",
  },
  S4021: {
    severity: "error",
    title: "Unknown conflict resolution",
    message: (word: string) => `\`${word}\` is none of \`rollback\`, \`abort\`, \`fail\`, \`ignore\` and \`replace\``,
  },
  S4022: {
    severity: "error",
    title: "Prefix that is no length",
    message: () => "`prefix` takes a number of characters, from 1",
  },
  S4023: {
    severity: "error",
    title: "View without a definition",
    message: (view: string) => `view \`${view}\` does not say what it shows`,
    help: "add `definition sql'select …'`",
  },
} satisfies MessageTable;

function plural(count: number): string {
  return count === 1 ? "column" : "columns";
}
