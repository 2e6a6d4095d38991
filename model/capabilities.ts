// What each dialect can hold and how it spells things, as data: the compiler's dialect rules and the printer of
// schema expressions read it. A dialect that is added here is known to both.
import type { ColumnType, ColumnTypeKind } from "./column-type.js";
import type { CurrentValueName } from "./expression.js";
import type { SqlTextStyle } from "./sql-text/tokens.js";

export interface Capabilities {
  readonly name: string;
  /** What else it is called elsewhere. */
  readonly aliases: readonly string[];
  /** Dialects whose own types and SQL it takes for its own. */
  readonly kin: readonly string[];
  /** Where a name of an index or key may stand once. */
  readonly indexNames: "schema" | "table";
  /** Absent: no limit. */
  readonly identifierLimit?: { readonly length: number; readonly unit: "bytes" | "characters" };
  /** Tables or columns whose names differ by case alone are the same. */
  readonly ignoresCase: boolean;
  /** Types it does not have, each with what to use instead. */
  readonly lackedTypes: Partial<Readonly<Record<ColumnTypeKind, string>>>;
  /**
   * Its own types by what their names look like, the first that fits, each with the type whose values they have;
   * without one, whatever was stored. Those that none fits have text.
   */
  readonly nativeTypes: readonly { readonly names: RegExp; readonly values?: ColumnType }[];
  /** Types whose length or precision may be left out elsewhere, but not here. */
  readonly typesThatNeedWidth: readonly ColumnTypeKind[];
  /** Digits that a stored number keeps exactly; wider `numeric` columns are stored as text. */
  readonly exactDigits?: number;
  /** Which column the database can number: the lone primary key, any key's first column, or any column. */
  readonly identity: "lone primary key" | "key" | "any";
  /** A CHECK may read the clock. No index can. */
  readonly clockInChecks: boolean;
  /** A primary key column may be NULL (a quirk that reflected schemas have). */
  readonly nullablePrimaryKey: boolean;
  /** The words that may follow each kind of constraint. */
  readonly constraints: Partial<Readonly<Record<ConstraintWord, readonly ConstraintKind[]>>>;
  readonly foreignKeys: {
    readonly matchFull: boolean;
    readonly actionColumns: boolean;
    readonly setDefault: boolean;
    /** One that no index serves is given one. */
    readonly indexed: boolean;
    /** A table that is there can be given one. */
    readonly addable: boolean;
  };
  readonly indexes: readonly IndexFeature[];
  readonly sequences: boolean;
  readonly materializedViews: boolean;
  /** A view may be created whose columns nobody knows, as it has none or does not work. */
  readonly columnlessViews: boolean;
  /** A partition is declared as a table. */
  readonly partitions: boolean;
  readonly spelling: Spelling;
  /**
   * What the database gives back: the style of its expressions, with every cast spelled out or not; whether true is 1;
   * comments; the clock, where it is a function of the digits of the second's fraction.
   */
  readonly catalogue: SqlTextStyle & {
    readonly casts: boolean;
    readonly numericTruth: boolean;
    readonly comments: boolean;
    readonly clock?: string;
  };
}

type ConstraintWord = "deferrable" | "notValid" | "notEnforced" | "nullsNotDistinct" | "onConflict";
export type ConstraintKind = "primaryKey" | "unique" | "check" | "foreignKey";

/** What an index may have beside columns in an order. */
export type IndexFeature =
  | "expression"
  | "where"
  | "method"
  | "include"
  | "nulls"
  | "nulls not distinct"
  | "storage"
  | "ops"
  | "prefix"
  | "collate";

/** How a dialect writes what others write differently. */
export interface Spelling {
  readonly true: string;
  readonly false: string;
  /** The quote around an identifier; doubled inside it. */
  readonly identifierQuote: string;
  /** A backslash in a string literal escapes what follows, so it must be doubled. */
  readonly backslashEscapes: boolean;
  readonly concatenation: "operator" | "function";
  /** Whether an array is a value of its own or the text of a JSON array. */
  readonly arrays: "own" | "json";
  /** Whether arithmetic on decimals is exact or on binary fractions, where a whole decimal may be an integer. */
  readonly decimals: "exact" | "binary";
  /** Whether truths are values of their own or the numbers 1 and 0. */
  readonly booleans: "own" | "numbers";
  /** Whether dates and times are values of their own or texts of fixed width. */
  readonly times: "own" | "text";
  /** LIKE takes `a` for `A`; GLOB does not. */
  readonly likeIgnoresCase: boolean;
  /** `/` of whole numbers truncates; else the integer operator's name. */
  readonly integerDivision: string;
  /** `default` takes literals and the clock's words bare, and any other expression in parentheses. */
  readonly parenthesizedDefaults: boolean;
  readonly current: Readonly<Record<CurrentValueName, string>>;
  /** The moment, by type of the column that takes it. */
  readonly now: {
    readonly timestamptz: string;
    readonly timestamp: string;
    readonly time: string;
    readonly date: string;
  };
  /** Functions under another name; those that are absent keep theirs. */
  readonly functions: Readonly<Record<string, string>>;
  /** Cast targets under another name. */
  readonly castTypes: Readonly<Record<string, string>>;
}

/** For databases that have no ranges. */
const lackedRanges = {
  int4range: "store both ends in columns of type `integer`",
  int8range: "store both ends in columns of type `bigint`",
  numrange: "store both ends in columns of type `numeric`",
  tsrange: "store both ends in columns of type `timestamp`",
  tstzrange: "store both ends in columns of type `timestamptz`",
  daterange: "store both ends in columns of type `date`",
};

const sqlite: Capabilities = {
  name: "sqlite",
  aliases: ["sqlite3"],
  kin: [],
  indexNames: "schema",
  ignoresCase: true,
  lackedTypes: {
    interval: "store seconds in `bigint`, or text",
    inet: "use `text`",
    cidr: "use `text`",
    macaddr: "use `text`",
    tsvector: "use `text`",
    ...lackedRanges,
  },
  // Its rules of affinity.
  nativeTypes: [
    { names: /^int$/, values: { kind: "integer" } },
    { names: /int/, values: { kind: "bigint" } },
    { names: /char|clob|text/, values: { kind: "text" } },
    { names: /blob/, values: { kind: "bytes" } },
    { names: /real|floa|doub/, values: { kind: "double" } },
    { names: /(?:)/ },
  ],
  typesThatNeedWidth: [],
  exactDigits: 15,
  identity: "lone primary key",
  clockInChecks: false,
  nullablePrimaryKey: true,
  catalogue: {
    identifierQuotes: '"`[',
    backslashEscapes: false,
    introducers: false,
    casts: false,
    numericTruth: true,
    comments: false,
  },
  constraints: { deferrable: ["foreignKey"], onConflict: ["primaryKey", "unique"] },
  foreignKeys: { matchFull: false, actionColumns: false, setDefault: true, indexed: false, addable: false },
  indexes: ["expression", "where", "collate"],
  sequences: false,
  materializedViews: false,
  columnlessViews: true,
  partitions: false,
  spelling: {
    true: "1",
    false: "0",
    identifierQuote: '"',
    backslashEscapes: false,
    concatenation: "operator",
    arrays: "json",
    decimals: "binary",
    booleans: "numbers",
    times: "text",
    likeIgnoresCase: true,
    integerDivision: "/",
    parenthesizedDefaults: true,
    current: {
      current_date: "CURRENT_DATE",
      current_time: "(strftime('%H:%M:%f000','now'))",
      current_timestamp: "(strftime('%Y-%m-%dT%H:%M:%f000Z','now'))",
      localtimestamp: "(strftime('%Y-%m-%dT%H:%M:%f000','now'))",
    },
    // Fixed width, so that text order is time order; SQLite's clock has milliseconds.
    now: {
      timestamptz: "(strftime('%Y-%m-%dT%H:%M:%f000Z','now'))",
      timestamp: "(strftime('%Y-%m-%dT%H:%M:%f000','now'))",
      time: "(strftime('%H:%M:%f000','now'))",
      date: "CURRENT_DATE",
    },
    functions: {},
    castTypes: {
      smallint: "INTEGER",
      bigint: "INTEGER",
      double: "REAL",
      bytes: "BLOB",
      boolean: "INTEGER",
      uuid: "TEXT",
      json: "TEXT",
      jsonb: "TEXT",
      date: "TEXT",
      time: "TEXT",
      timestamp: "TEXT",
      timestamptz: "TEXT",
    },
  },
};

const postgresql: Capabilities = {
  name: "postgresql",
  aliases: ["postgres", "postgre"],
  kin: [],
  indexNames: "schema",
  identifierLimit: { length: 63, unit: "bytes" },
  ignoresCase: false,
  lackedTypes: {},
  nativeTypes: [{ names: /^oid$/, values: { kind: "bigint" } }],
  typesThatNeedWidth: [],
  identity: "any",
  clockInChecks: true,
  nullablePrimaryKey: false,
  catalogue: {
    identifierQuotes: '"',
    backslashEscapes: false,
    introducers: false,
    casts: true,
    numericTruth: false,
    comments: true,
  },
  constraints: {
    deferrable: ["primaryKey", "unique", "foreignKey"],
    notValid: ["check", "foreignKey"],
    notEnforced: ["check", "foreignKey"],
    nullsNotDistinct: ["unique"],
  },
  foreignKeys: { matchFull: true, actionColumns: true, setDefault: true, indexed: false, addable: true },
  indexes: ["expression", "where", "method", "include", "nulls", "nulls not distinct", "storage", "ops", "collate"],
  sequences: true,
  materializedViews: true,
  columnlessViews: true,
  partitions: true,
  spelling: {
    true: "true",
    false: "false",
    identifierQuote: '"',
    backslashEscapes: false,
    concatenation: "operator",
    arrays: "own",
    decimals: "exact",
    booleans: "own",
    times: "own",
    likeIgnoresCase: false,
    integerDivision: "/",
    parenthesizedDefaults: false,
    current: {
      current_date: "CURRENT_DATE",
      current_time: "CURRENT_TIME",
      current_timestamp: "CURRENT_TIMESTAMP",
      localtimestamp: "LOCALTIMESTAMP",
    },
    now: { timestamptz: "now()", timestamp: "now()", time: "now()", date: "now()" },
    functions: {},
    castTypes: { double: "double precision", bytes: "bytea" },
  },
};

const mysql: Capabilities = {
  name: "mysql",
  aliases: [],
  kin: ["mariadb"],
  indexNames: "table",
  identifierLimit: { length: 64, unit: "characters" },
  ignoresCase: true,
  lackedTypes: {
    interval: "store seconds in `bigint`",
    inet: "use `varchar(45)`",
    cidr: "use `varchar(49)`",
    macaddr: "use `char(17)`",
    tsvector: "use `text`",
    ...lackedRanges,
  },
  nativeTypes: [
    { names: /^(?:tinyint|smallint|year)$/, values: { kind: "smallint" } },
    { names: /^(?:mediumint|int|integer)$/, values: { kind: "integer" } },
    { names: /^bigint$/, values: { kind: "bigint" } },
    { names: /^float$/, values: { kind: "real" } },
    { names: /^double$/, values: { kind: "double" } },
    { names: /^(?:decimal|numeric)$/, values: { kind: "numeric" } },
    { names: /^datetime$/, values: { kind: "timestamp" } },
    { names: /^timestamp$/, values: { kind: "timestamptz" } },
    { names: /^date$/, values: { kind: "date" } },
    { names: /^json$/, values: { kind: "json" } },
    { names: /blob$|binary$|^bit$/, values: { kind: "bytes" } },
  ],
  typesThatNeedWidth: ["char", "varchar", "numeric"],
  identity: "key",
  clockInChecks: false,
  nullablePrimaryKey: false,
  catalogue: {
    identifierQuotes: "`",
    backslashEscapes: true,
    introducers: true,
    casts: false,
    numericTruth: true,
    comments: true,
    clock: "current_timestamp",
  },
  constraints: { notEnforced: ["check"] },
  foreignKeys: { matchFull: false, actionColumns: false, setDefault: false, indexed: true, addable: true },
  indexes: ["expression", "method", "prefix"],
  sequences: false,
  materializedViews: false,
  columnlessViews: false,
  partitions: false,
  spelling: {
    true: "true",
    false: "false",
    identifierQuote: "`",
    backslashEscapes: true,
    concatenation: "function",
    arrays: "json",
    decimals: "exact",
    booleans: "numbers",
    times: "own",
    likeIgnoresCase: false,
    integerDivision: "DIV",
    parenthesizedDefaults: true,
    current: {
      current_date: "(CURRENT_DATE)",
      current_time: "(CURRENT_TIME(6))",
      current_timestamp: "CURRENT_TIMESTAMP(6)",
      localtimestamp: "LOCALTIMESTAMP(6)",
    },
    now: {
      timestamptz: "CURRENT_TIMESTAMP(6)",
      timestamp: "CURRENT_TIMESTAMP(6)",
      time: "(CURRENT_TIME(6))",
      date: "(CURRENT_DATE)",
    },
    functions: { length: "char_length" },
    castTypes: {
      smallint: "SIGNED",
      integer: "SIGNED",
      bigint: "SIGNED",
      real: "FLOAT",
      numeric: "DECIMAL",
      varchar: "CHAR",
      text: "CHAR",
      bytes: "BINARY",
      timestamp: "DATETIME(6)",
      timestamptz: "DATETIME(6)",
      boolean: "SIGNED",
      uuid: "CHAR(36)",
      jsonb: "JSON",
    },
  },
};

const mariadb: Capabilities = {
  ...mysql,
  name: "mariadb",
  kin: ["mysql"],
  constraints: {},
  indexes: ["method", "prefix"],
  sequences: true,
  // Where a string has one, somebody wrote it.
  catalogue: { ...mysql.catalogue, introducers: false },
};

/** Every dialect, in the order messages list them. */
export const dialects: readonly Capabilities[] = [sqlite, postgresql, mysql, mariadb];

const byName: ReadonlyMap<string, Capabilities> = new Map(dialects.map((dialect) => [dialect.name, dialect]));

/** The dialect called `name`, or undefined where it is unknown. */
export function findCapabilities(name: string): Capabilities | undefined {
  return byName.get(name);
}
