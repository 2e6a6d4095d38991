// Wording of the S1xxx diagnostics: lexing, parsing, and words of the language that this version cannot read.
import type { MessageTable } from "./message-template.js";

export const syntaxMessages = {
  S1001: {
    severity: "error",
    title: "Something else was expected",
    message: (expected: string, found: string) => `expected ${expected}, but found ${found}`,
  },
  S1002: {
    severity: "error",
    title: "Not a declaration",
    message: (found: string) => `expected a declaration, but found ${found}`,
    help: "a declaration starts with a word such as `table`, `enum`, `type`, `view` or `import`",
  },
  S1003: {
    severity: "error",
    title: "Text after the end of an entry",
    message: (entry: string, found: string) => `${entry} ends before ${found}`,
    help: "start the next entry on a new line, or separate the two with `;`",
  },
  S1004: {
    severity: "error",
    title: "A bracket is never closed",
    message: (bracket: string) => `\`${bracket}\` is never closed`,
    help: (bracket: string) => `add the missing \`${bracket === "(" ? ")" : bracket === "[" ? "]" : "}"}\``,
  },
  S1005: {
    severity: "error",
    title: "A closing bracket without an opening one",
    message: (bracket: string) => `\`${bracket}\` closes nothing`,
    help: "remove it, or add the bracket that it should close",
  },
  S1006: {
    severity: "error",
    title: "A string is not closed on its line",
    message: () => "this string has no closing `'` on its line",
    help: "close it with `'`; a quote inside a string is written twice: `''`",
  },
  S1007: {
    severity: "error",
    title: "A quoted name is not closed on its line",
    message: () => 'this quoted name has no closing `"` on its line',
    help: 'close it with `"`; a quote inside a name is written twice: `""`',
  },
  S1008: {
    severity: "error",
    title: "A comment is never closed",
    message: () => "this comment has no closing `*/`",
    help: "close it with `*/`, or start each line with `//`",
  },
  S1009: {
    severity: "error",
    title: "Raw SQL is never closed",
    message: (closing: string) => `this raw SQL has no closing \`${closing}\``,
    help: (closing: string) => `close it with \`${closing}\`; SQL over many lines goes between \`sql$$\` and \`$$\``,
  },
  S1010: {
    severity: "error",
    title: "A character that means nothing here",
    message: (characters: string) => `${characters} means nothing in a schema`,
  },
  S1011: {
    severity: "error",
    title: "A name outside ASCII without quotes",
    message: (name: string) =>
      `\`${name}\` needs quotes, because a bare name holds only ASCII letters, digits, \`_\` and \`$\``,
    help: (name: string) => `write it as \`"${name}"\``,
  },
  S1012: {
    severity: "error",
    title: "Broken Unicode",
    message: (unit: string) => `half of a surrogate pair (${unit}) stands alone, so the text is not valid Unicode`,
    help: "save the file as UTF-8 and write the whole character",
  },
  S1013: {
    severity: "error",
    title: "An empty name",
    message: () => "a quoted name cannot be empty",
  },
  S1014: {
    severity: "error",
    title: "A malformed number",
    message: (text: string) => `\`${text}\` is neither a number nor a name`,
    help: (text: string) => `a name that starts with a digit is quoted: \`"${text}"\``,
  },
  S1015: {
    severity: "error",
    title: "An expression that is too deep or too long",
    message: (limit: string) => `this expression has more than ${limit}`,
    help: "split it, use `in (…)`, or keep it as raw SQL: `sql'…'`",
  },
  S1016: {
    severity: "warning",
    title: "A doc comment that documents nothing",
    message: () => "nothing that can be documented follows this doc comment",
    help: "put `///` on a line of its own above what it documents, or use `//`",
  },
  S1017: {
    severity: "error",
    title: "Unknown column option",
    message: (word: string) => `\`${word}\` is not a column option`,
  },
  S1018: {
    severity: "error",
    title: "Unknown relationship option",
    message: (word: string) => `\`${word}\` is not a relationship option`,
  },
  S1020: {
    severity: "error",
    title: "SQL's longer spelling of a type",
    message: (written: string, right: string) => `\`${written}\` is called \`${right}\` here`,
    help: (_written: string, right: string) => `write \`${right}\``,
  },
  S1021: {
    severity: "error",
    title: "NULL and NOT NULL are part of the type",
    message: (written: string) => `\`${written}\` is not a column option`,
    help: (written: string) =>
      written === "null"
        ? "put `?` after the type to allow NULL"
        : "remove it: a column is NOT NULL unless its type ends in `?`",
  },
  S1022: {
    severity: "error",
    title: "A comma at the end of an entry",
    message: () => "the end of the line ends this entry, a comma does not",
    help: "remove the comma",
  },
  S1023: {
    severity: "error",
    title: "An empty list",
    message: (what: string) => `${what} is empty`,
  },
  S1024: {
    severity: "error",
    title: "A column named by a reserved word",
    message: (word: string) => `\`${word}\` at the start of a table member is not a column name`,
    help: (word: string) => `a column of that name is written \`"${word}"\``,
  },
  S1025: {
    severity: "error",
    title: "Brackets nested too deep",
    message: (limit: string) => `more than ${limit} brackets are open here, so nothing from here on was read`,
    help: "close them, or split what stands in them",
  },
  S1026: {
    severity: "error",
    title: "Too many mistakes in one file",
    message: (limit: string, rest: "read" | "listed") =>
      `this file has more than ${limit} mistakes, so what follows was not ${rest}`,
    help: "mend the first ones and compile again; they may be the cause of the others",
  },
  S1027: {
    severity: "error",
    title: "A clause that this declaration cannot have",
    message: (kind: string, clause: string) => `a \`${kind}\` has no \`${clause}\``,
    help: "remove it",
  },
  S1028: {
    severity: "warning",
    title: "A character that changes the order of text",
    message: (character: string) => `${character} makes the text around it read in another order than it stands in`,
    help: "remove it; in a value that needs it, write the value as an expression in SQL",
  },
} satisfies MessageTable;
