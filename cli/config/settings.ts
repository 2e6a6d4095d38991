// Every setting once: where it stands in the configuration, its flag, and what it takes. Flags, the check of a
// configuration and the reference in docs/ all go by this table.

type SettingKind =
  | { readonly kind: "text"; readonly shape: string }
  | { readonly kind: "list"; readonly shape: string }
  | { readonly kind: "whole number" }
  | { readonly kind: "switch" }
  | { readonly kind: "choice"; readonly values: readonly string[] }
  | { readonly kind: "template" };

export interface Setting {
  /** `output.singleFile` is `["output", "singleFile"]`. */
  readonly path: readonly string[];
  /** Without dashes: `single-file`. */
  readonly flag: string;
  readonly takes: SettingKind;
  readonly description: string;
}

const choice = (...values: string[]): SettingKind => ({ kind: "choice", values });
const text = (shape: string): SettingKind => ({ kind: "text", shape });
const template: SettingKind = { kind: "template" };
const onOff: SettingKind = { kind: "switch" };
const wholeNumber: SettingKind = { kind: "whole number" };

function setting(path: string, flag: string, takes: SettingKind, description: string): Setting {
  return { path: path.split("."), flag, takes, description };
}

/** Which files make the schema; on the command line they are arguments. */
const schemasSetting: Setting = setting(
  "schemas",
  "",
  { kind: "list", shape: "paths" },
  "schema files, and folders to search for them",
);

/** What decides how a schema is read. */
export const schemaSettings: readonly Setting[] = [
  setting(
    "dialects",
    "dialects",
    { kind: "list", shape: "names" },
    "databases to check against, such as sqlite,postgresql",
  ),
  setting("naming.primaryKey", "name-primary-key", template, "names of primary keys, such as pk_{table}"),
  setting("naming.unique", "name-unique", template, "names of unique keys, such as uq_{table}_{columns}"),
  setting(
    "naming.foreignKey",
    "name-foreign-key",
    template,
    "names of foreign keys, such as fk_{table}_{referred_table}",
  ),
  setting("naming.check", "name-check", template, "names of checks, such as ck_{table}_{columns}"),
  setting("naming.index", "name-index", template, "names of indexes, such as ix_{table}_{columns}"),
];

/** What decides how a schema becomes code. */
export const outputSettings: readonly Setting[] = [
  setting("out", "out", text("folder"), "where the TypeScript files go"),
  setting("output.singleFile", "single-file", onOff, "write everything into models.ts"),
  setting(
    "output.importExtension",
    "import-extension",
    choice(".js", ".ts", ""),
    "how generated modules name each other",
  ),
  setting("types.numeric", "numeric", choice("Decimal", "string"), "what a numeric is"),
  setting("types.dates", "dates", choice("Temporal", "string"), "what a date, time or timestamp is"),
  setting("types.timestamptz", "timestamptz", choice("Temporal", "Date", "string"), "what a timestamptz is"),
  setting("formatting.printWidth", "print-width", wholeNumber, "columns of a line"),
  setting("formatting.tabWidth", "tab-width", wholeNumber, "columns of a step of indentation"),
  setting("formatting.useTabs", "use-tabs", onOff, "indent with tabs"),
  setting("formatting.semi", "semi", onOff, "end statements with semicolons"),
  setting("formatting.singleQuote", "single-quote", onOff, "quote with apostrophes"),
  setting(
    "formatting.quoteProps",
    "quote-props",
    choice("as-needed", "consistent", "preserve"),
    "quotes around properties",
  ),
  setting(
    "formatting.trailingComma",
    "trailing-comma",
    choice("all", "es5", "none"),
    "commas after the last of a list",
  ),
  setting("formatting.bracketSpacing", "bracket-spacing", onOff, "blanks inside braces"),
  setting("formatting.endOfLine", "end-of-line", choice("lf", "crlf", "cr", "auto"), "ends of lines"),
];

/** Where the database is. */
const databaseSettings: readonly Setting[] = [
  setting("url", "url", text("url"), "the database, such as sqlite:///app.db"),
];

export const allSettings: readonly Setting[] = [
  schemasSetting,
  ...schemaSettings,
  ...outputSettings,
  ...databaseSettings,
];
