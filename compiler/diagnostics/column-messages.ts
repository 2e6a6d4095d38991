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
    title: "Numbered column that is not a whole number",
    message: (column: string, type: string, option: string) =>
      `\`${column}\` is ${type}: only whole numbers can be \`${option}\``,
    help: (_column: string, _type: string, option: string) =>
      `make it \`integer\` or \`bigint\`, or remove \`${option}\``,
  },
  S3015: {
    severity: "error",
    title: "Two identity columns",
    message: (table: string) => `table \`${table}\` has two identity columns`,
    help: "remove `identity` from one of the two",
  },
  S3016: {
    severity: "error",
    title: "Numbered column with a default",
    message: (column: string, option: string) => `\`${column}\` has a default although it is \`${option}\``,
    help: "remove one of the two",
  },
  S3017: {
    severity: "error",
    title: "Numbered column that may be NULL",
    message: (column: string, option: string) => `\`${column}\` is \`${option}\` and cannot be NULL`,
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
  S3027: {
    severity: "error",
    title: "Cast to a type that not every database knows",
    message: () => "a cast is to a built-in type",
    help: "name a built-in type, or write the expression as sql'…'",
  },
  S3028: {
    severity: "error",
    title: "Generated column with another source of values",
    message: (column: string, option: string) => `\`${column}\` is computed, so it has no \`${option}\``,
    help: "remove one of the two",
  },
  S3029: {
    severity: "error",
    title: "Unknown generator",
    message: (name: string) => `\`${name}\` is not one of the generators \`uuid\`, \`uuid7\` and \`now\``,
    help: "a function of yours is named with its module: `generate makeId from './ids.ts'`",
  },
  S3030: {
    severity: "error",
    title: "Array of a custom type",
    message: (path: string, converter: string) => `\`${path}\` is an array, which \`${converter}\` cannot convert`,
    help: "make the array the custom type: `type ids = integer[] as Ids from './ids.ts'`",
  },
  S3031: {
    severity: "error",
    title: "Type alias with `?`",
    message: (name: string) => `type \`${name}\` cannot say \`?\`, which belongs to the column`,
    help: "remove `?` here and write it after the column's type",
  },
  S3032: {
    severity: "error",
    title: "Word as argument of a dialect's type",
    message: (word: string, _dialect: string) => `\`${word}\` is neither a number nor a string`,
    help: (word: string, dialect: string) => `write the type as SQL, such as sql:${dialect}'geometry(${word})'`,
  },
  S3033: {
    severity: "error",
    title: "Generator of another type",
    message: (column: string, type: string, generator: string) =>
      `\`${generator}()\` makes no ${type}, which \`${column}\` is`,
    help: (_column: string, _type: string, generator: string) =>
      generator === "now" ? "make the column `timestamptz`" : "make the column `uuid`, `char(36)` or `text`",
  },
  S3034: {
    severity: "error",
    title: "Version that cannot count",
    message: (column: string) => `\`${column}\` is a version: it must be a whole number and NOT NULL`,
    help: "make it `integer version`",
  },
  S3035: {
    severity: "error",
    title: "Two versions",
    message: (table: string) => `table \`${table}\` has two versions`,
    help: "remove `version` from one of the two",
  },
  S3036: {
    severity: "error",
    title: "Deferred key",
    message: (column: string) => `\`${column}\` is part of the primary key, which is loaded with its object`,
    help: "remove `deferred`",
  },
  S3037: {
    severity: "error",
    title: "Sequence that cannot count",
    message: (owner: string, reason: string) => `the sequence of \`${owner}\` cannot count: ${reason}`,
  },
  S3038: {
    severity: "error",
    title: "Array value that is computed",
    message: (column: string) => `the elements of the array for \`${column}\` must be literals`,
    help: "write the whole value as sql'…'",
  },
  S3039: {
    severity: "error",
    title: "Computed value of another type",
    message: (path: string, type: string, found: string) => `\`${path}\` is ${type}, but what it computes is ${found}`,
    help: "change its type, or convert with `cast (x as t)`",
  },
  S3040: {
    severity: "error",
    title: "Sequence of something else than whole numbers",
    message: (name: string) => `sequence \`${name}\` counts in \`smallint\`, \`integer\` or \`bigint\``,
  },
  S3041: {
    severity: "error",
    title: "Unknown name in a domain's check",
    message: (domain: string, name: string) =>
      `the check of domain \`${domain}\` sees \`value\` alone, not \`${name}\``,
    help: "call what is checked `value`",
  },
  S3042: {
    severity: "error",
    title: "Property that may be NULL",
    message: (path: string) => `what \`${path}\` computes may be NULL`,
    help: "put `?` after its type, or give it a value with `coalesce`",
  },
} satisfies MessageTable;
