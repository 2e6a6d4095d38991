// What a table has beside its columns, as written in the fourth argument of `new Table` and `createTable`: composite
// keys, checks, indexes, foreign keys, options. Columns are named by their database names.
import type { ReferentialAction } from "../../model/schema-model.js";
import type { CheckOptions, KeyOptions, ReferenceOptions, UniqueOptions } from "../types/constraint-options.js";
import { ArgumentError } from "../errors/errors.js";
import { describeValue } from "../types/describe-value.js";
import { RawSql } from "../types/raw-sql.js";
import type { ConstraintDetails, ForeignKeyActions, SqlFragment } from "./constraints.js";
import type { ObjectDefinition } from "./schema-objects.js";

export interface IndexKeyOptions {
  readonly direction?: "asc" | "desc";
  readonly nulls?: "first" | "last";
  readonly collation?: string;
  /** PostgreSQL: how values are compared, `name` or `schema.name`. */
  readonly operatorClass?: string;
  /** MySQL: only so many characters of the column. */
  readonly prefix?: number;
}

export interface IndexKey extends IndexKeyOptions {
  readonly kind: "index key";
  /** A column's database name, or an expression. */
  readonly key: string | RawSql;
}

export interface IndexOptions {
  readonly name: string;
  readonly unique?: boolean;
  /** Makes a partial index. */
  readonly where?: SqlFragment;
  /** `gin`, `hash`, MySQL's `fulltext` …; the database's usual one where left out. */
  readonly using?: string;
  /** Columns carried along without being keys. */
  readonly include?: readonly string[];
  /** Two NULLs are the same to a unique index. */
  readonly nullsNotDistinct?: boolean;
  /** Storage parameters. */
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  /** The only dialects that create it. */
  readonly only?: readonly string[];
  readonly comment?: string;
}

/** Options of one dialect: `true` for a word (`strict`), else a value (`engine: "InnoDB"`). They are SQL. */
export type DialectOptions = Readonly<Record<string, string | number | true>>;

export interface TableOptions {
  readonly schema?: string;
  readonly comment?: string;
  /** By dialect: `{ sqlite: { strict: true }, mysql: { engine: "MyISAM" } }`. */
  readonly options?: Readonly<Record<string, DialectOptions>>;
}

export type TableExtra =
  | {
      readonly kind: "primary key";
      readonly name: string | null;
      readonly columns: readonly string[];
      readonly details: ConstraintDetails;
    }
  | {
      readonly kind: "unique";
      readonly name: string | null;
      readonly columns: readonly string[];
      readonly nullsNotDistinct: boolean;
      readonly details: ConstraintDetails;
    }
  | {
      readonly kind: "check";
      readonly name: string | null;
      readonly condition: SqlFragment;
      readonly details: ConstraintDetails;
    }
  | {
      readonly kind: "foreign key";
      readonly name: string | null;
      readonly columns: readonly string[];
      /** As written: `table` or `schema.table`. */
      readonly target: string;
      readonly targetColumns: readonly string[];
      readonly actions: ForeignKeyActions;
      readonly details: ConstraintDetails;
    }
  | { readonly kind: "index"; readonly options: IndexOptions; readonly keys: readonly IndexKey[] }
  | { readonly kind: "element"; readonly name: string | null; readonly sql: SqlFragment }
  | { readonly kind: "partition"; readonly parent: string; readonly bound: SqlFragment }
  | { readonly kind: "object"; readonly object: ObjectDefinition }
  | { readonly kind: "view"; readonly definition: SqlFragment; readonly materialized: boolean }
  | { readonly kind: "options"; readonly options: TableOptions };

/** `PRIMARY KEY (a, b)`. */
export function primaryKey(columns: readonly string[], options: KeyOptions = {}): TableExtra {
  const name = options.name ?? null;
  return { kind: "primary key", name, columns: columnList("primaryKey", columns), details: constraintDetails(options) };
}

/** `UNIQUE (a, b)`. */
export function unique(columns: readonly string[], options: UniqueOptions = {}): TableExtra {
  return {
    kind: "unique",
    name: options.name ?? null,
    columns: columnList("unique", columns),
    nullsNotDistinct: options.nullsNotDistinct === true,
    details: constraintDetails(options),
  };
}

/** `CHECK (condition)`; the condition is SQL and never comes from user input. */
export function check(condition: SqlFragment, options: CheckOptions = {}): TableExtra {
  if (!isFragment(condition)) throw new ArgumentError(`check() takes SQL, got ${describeValue(condition)}.`);
  return { kind: "check", name: options.name ?? null, condition, details: constraintDetails(options) };
}

/** `FOREIGN KEY (a, b) REFERENCES target (x, y)`; the target is `table` or `schema.table`. */
export function foreignKey(
  columns: readonly string[],
  target: string,
  targetColumns: readonly string[],
  options: ReferenceOptions = {},
): TableExtra {
  columnList("foreignKey", columns);
  columnList("foreignKey", targetColumns);
  if (columns.length !== targetColumns.length) {
    throw new ArgumentError(
      `A foreign key from (${columns.join(", ")}) to ${target} (${targetColumns.join(", ")}) pairs unequal numbers.`,
    );
  }
  return {
    kind: "foreign key",
    name: options.name ?? null,
    columns,
    target,
    targetColumns,
    actions: foreignKeyActions(options),
    details: constraintDetails(options),
  };
}

/** `CREATE [UNIQUE] INDEX`; a string key is a column, `sql("lower(name)")` an expression. */
export function index(keys: readonly (string | RawSql | IndexKey)[], options: IndexOptions): TableExtra {
  if (keys.length === 0) throw new ArgumentError("index() needs at least one key.");
  if (typeof options.name !== "string" || options.name === "") throw new ArgumentError("index() needs a name.");
  return {
    kind: "index",
    options,
    keys: keys.map((key) => (typeof key === "string" || RawSql.is(key) ? indexKey(key) : key)),
  };
}

/** One key of an index, with its order and collation. */
export function indexKey(key: string | RawSql, options: IndexKeyOptions = {}): IndexKey {
  if (typeof key !== "string" && !RawSql.is(key)) {
    throw new ArgumentError(`indexKey() takes a column's name or sql("…"), got ${describeValue(key)}.`);
  }
  checkWord("direction", options.direction, ["asc", "desc"]);
  checkWord("nulls", options.nulls, ["first", "last"]);
  const { prefix } = options;
  if (prefix !== undefined && (!Number.isSafeInteger(prefix) || prefix < 1)) {
    throw new ArgumentError(`An index key's prefix is a number of characters, got ${describeValue(prefix)}.`);
  }
  return { kind: "index key", key, ...options };
}

/** A table element in SQL, after `CONSTRAINT name` where it has one: `element(sql("EXCLUDE …"))`. */
export function element(sql: SqlFragment, options: { readonly name?: string } = {}): TableExtra {
  if (!isFragment(sql)) throw new ArgumentError(`element() takes SQL, got ${describeValue(sql)}.`);
  return { kind: "element", name: options.name ?? null, sql };
}

/**
 * Makes the table a partition of `parent` (`table` or `schema.table`); `bound` is the SQL that follows:
 * `FOR VALUES FROM (…) TO (…)`. Its columns are the parent's, marked `inherited()`.
 */
export function partitionOf(parent: string, bound: SqlFragment): TableExtra {
  if (!isFragment(bound)) throw new ArgumentError(`partitionOf() takes SQL, got ${describeValue(bound)}.`);
  return { kind: "partition", parent, bound };
}

/** Makes the table a view of this SELECT: it can be selected from, and is created after what the SELECT names. */
export function viewOf(definition: SqlFragment, options: { readonly materialized?: boolean } = {}): TableExtra {
  if (!isFragment(definition)) throw new ArgumentError(`viewOf() takes a SELECT, got ${describeValue(definition)}.`);
  return { kind: "view", definition, materialized: options.materialized === true };
}

/** A trigger, policy or the like of the table: created after it, gone with it. */
export function tableObject(object: ObjectDefinition): TableExtra {
  return { kind: "object", object };
}

/** The table's schema, its comment, and what CREATE TABLE says after the columns. */
export function tableOptions(options: TableOptions): TableExtra {
  return { kind: "options", options };
}

const ACTIONS: readonly ReferentialAction[] = ["cascade", "restrict", "no action", "set null", "set default"];
const CONFLICTS = ["rollback", "abort", "fail", "ignore", "replace"] as const;

/** The actions in checked form: their words reach the SQL text. */
export function foreignKeyActions(options: ReferenceOptions): ForeignKeyActions {
  checkWord("onDelete", options.onDelete, ACTIONS);
  checkWord("onUpdate", options.onUpdate, ACTIONS);
  checkWord("match", options.match, ["full"]);
  return {
    onDelete: options.onDelete ?? null,
    onUpdate: options.onUpdate ?? null,
    onDeleteColumns: options.onDeleteColumns ?? null,
    matchFull: options.match === "full",
  };
}

/** What else was said of a constraint, in checked form. */
export function constraintDetails(options: CheckOptions): ConstraintDetails {
  checkWord("onConflict", options.onConflict, CONFLICTS);
  const { deferrable = false, onConflict, comment } = options;
  return {
    ...(deferrable === false
      ? {}
      : { deferrable: deferrable === true ? { initiallyDeferred: false } : { ...deferrable } }),
    ...(options.notValid === true ? { notValid: true } : {}),
    ...(options.notEnforced === true ? { notEnforced: true } : {}),
    ...(onConflict === undefined ? {} : { onConflict }),
    ...(comment === undefined ? {} : { comment }),
  };
}

/** True for SQL text that is not empty. */
export function isFragment(value: unknown): value is SqlFragment {
  return (typeof value === "string" && value.trim() !== "") || RawSql.is(value);
}

function checkWord(what: string, word: unknown, words: readonly string[]): void {
  if (word === undefined || (typeof word === "string" && words.includes(word))) return;
  throw new ArgumentError(
    `${what} is one of ${words.map((each) => `"${each}"`).join(", ")}; got ${describeValue(word)}.`,
  );
}

function columnList(what: string, columns: readonly string[]): readonly string[] {
  if (columns.length === 0) throw new ArgumentError(`${what}() needs at least one column.`);
  const seen = new Set<string>();
  for (const column of columns) {
    if (typeof column !== "string")
      throw new ArgumentError(`${what}() takes column names, got ${describeValue(column)}.`);
    if (seen.has(column)) throw new ArgumentError(`${what}() names column "${column}" twice.`);
    seen.add(column);
  }
  return columns;
}
