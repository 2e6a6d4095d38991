// Wording of the S3xxx diagnostics: column types, defaults, identity, and the types of expressions.
import type { MessageTable } from "./message-template.js";

export const columnMessages = {
  S3001: {
    severity: "error",
    title: "Wrong number of type arguments",
    message: (type: string, expected: string) => `type \`${type}\` takes ${expected}`,
  },
  S3002: {
    severity: "error",
    title: "Type argument is not a whole number",
    message: (type: string, argument: string) => `type \`${type}\` takes whole numbers, not \`${argument}\``,
  },
  S3003: {
    severity: "error",
    title: "Type argument out of range",
    message: (type: string, what: string, low: number, high: number) =>
      `the ${what} of \`${type}\` must lie between ${low} and ${high}`,
  },
  S3006: {
    severity: "error",
    title: "Type cannot be unsigned",
    message: (type: string) => `type \`${type}\` cannot be \`unsigned\`: whole numbers alone can`,
    help: "remove `unsigned`",
  },
  S3007: {
    severity: "error",
    title: "Arrays are not supported",
    message: (column: string) => `\`${column}\` is an array, which is not supported`,
    help: "use `json`, or a table of its own",
  },
  S3010: {
    severity: "error",
    title: "Default of the wrong type",
    message: (column: string, type: string, value: string) =>
      `the default of \`${column}\` must be a value of type \`${type}\`, not ${value}`,
  },
  S3011: {
    severity: "error",
    title: "Default in the wrong format",
    message: (column: string, type: string, value: string) =>
      `the default of \`${column}\` is not a valid \`${type}\`: ${value}`,
  },
  S3012: {
    severity: "error",
    title: "Null default of a NOT NULL column",
    message: (column: string) => `\`${column}\` is NOT NULL but its default is null`,
    help: "remove the default, or let the column be NULL with `?` after its type",
  },
  S3013: {
    severity: "error",
    title: "Default refers to a column",
    message: (column: string, name: string) => `the default of \`${column}\` cannot refer to \`${name}\``,
    help: "write a text as '…'; a default cannot refer to columns",
  },
  S3014: {
    severity: "error",
    title: "Identity on a column that is not a whole number",
    message: (column: string, type: string) => `\`${column}\` is ${type}: only whole numbers can be \`identity\``,
    help: "make it `integer` or `bigint`, or remove `identity`",
  },
  S3015: {
    severity: "error",
    title: "Two identity columns",
    message: (table: string) => `table \`${table}\` has two identity columns`,
    help: "remove `identity` from one of the two",
  },
  S3016: {
    severity: "error",
    title: "Identity and default",
    message: (column: string) => `\`${column}\` has a default although it is \`identity\``,
    help: "remove one of the two",
  },
  S3017: {
    severity: "error",
    title: "Identity column that may be NULL",
    message: (column: string) => `\`${column}\` is \`identity\` and cannot be NULL`,
    help: "remove `?`",
  },
  S3020: {
    severity: "error",
    title: "Values that cannot be compared",
    message: (operation: string, left: string, right: string) => `${operation} cannot hold ${left} against ${right}`,
    help: "compare values of one kind; `cast (x as t)` makes one into the other",
  },
  S3021: {
    severity: "error",
    title: "Condition expected",
    message: (place: string, found: string) => `${place} must be a condition, not ${found}`,
    help: "compare with something, such as `a > 0`",
  },
  S3022: {
    severity: "error",
    title: "Enum without values",
    message: (name: string) => `enum \`${name}\` lists no values`,
    help: "list at least one value",
  },
  S3023: {
    severity: "error",
    title: "Value not valid for the column",
    message: (column: string, type: string, value: string) =>
      `${value} is not a valid \`${type}\` to hold against \`${column}\``,
  },
  S3024: {
    severity: "error",
    title: "Wrong number of function arguments",
    message: (name: string, expected: string) => `function \`${name}\` takes ${expected}`,
  },
  S3026: {
    severity: "error",
    title: "Operand of the wrong type",
    message: (operation: string, wanted: string, found: string) => `${operation} takes ${wanted}, not ${found}`,
  },
  S3025: {
    severity: "error",
    title: "Table without columns",
    message: (table: string) => `table \`${table}\` has no columns`,
    help: "declare at least one column",
  },
} satisfies MessageTable;
