// What a table has beside its columns, as written in the fourth argument of `new Table` and `createTable`: composite
// keys, checks, indexes, foreign keys. Columns are named by their database names.
import type { ReferentialAction } from "../../model/schema-model.js";
import type { ConstraintName, ReferenceOptions } from "../types/column-builder.js";
import { ArgumentError } from "../errors/errors.js";
import { describeValue } from "../types/describe-value.js";
import { RawSql } from "../types/raw-sql.js";
import type { ForeignKeyActions, SqlFragment } from "./constraints.js";

export interface IndexKeyOptions {
  readonly direction?: "asc" | "desc";
  readonly nulls?: "first" | "last";
  readonly collation?: string;
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
}

export interface TableOptions {
  readonly schema?: string;
  readonly comment?: string;
}

export type TableExtra =
  | { readonly kind: "primary key" | "unique"; readonly name: string | null; readonly columns: readonly string[] }
  | { readonly kind: "check"; readonly name: string | null; readonly condition: SqlFragment }
  | {
      readonly kind: "foreign key";
      readonly name: string | null;
      readonly columns: readonly string[];
      /** As written: `table` or `schema.table`. */
      readonly target: string;
      readonly targetColumns: readonly string[];
      readonly actions: ForeignKeyActions;
    }
  | { readonly kind: "index"; readonly options: IndexOptions; readonly keys: readonly IndexKey[] }
  | { readonly kind: "options"; readonly options: TableOptions };

/** `PRIMARY KEY (a, b)`. */
export function primaryKey(columns: readonly string[], options: ConstraintName = {}): TableExtra {
  return { kind: "primary key", name: options.name ?? null, columns: columnList("primaryKey", columns) };
}

/** `UNIQUE (a, b)`. */
export function unique(columns: readonly string[], options: ConstraintName = {}): TableExtra {
  return { kind: "unique", name: options.name ?? null, columns: columnList("unique", columns) };
}

/** `CHECK (condition)`; the condition is SQL and never comes from user input. */
export function check(condition: SqlFragment, options: ConstraintName = {}): TableExtra {
  if (!isFragment(condition)) throw new ArgumentError(`check() takes SQL, got ${describeValue(condition)}.`);
  return { kind: "check", name: options.name ?? null, condition };
}

/** `FOREIGN KEY (columns) REFERENCES target (targetColumns)`; `target` is `table` or `schema.table`. */
export function foreignKey(
  columns: readonly string[],
  target: string,
  targetColumns: readonly string[],
  options: ReferenceOptions = {},
): TableExtra {
  columnList("foreignKey", columns);
  if (columnList("foreignKey", targetColumns).length !== columns.length) {
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
  return { kind: "index key", key, ...options };
}

/** The table's schema and comment. */
export function tableOptions(options: TableOptions): TableExtra {
  return { kind: "options", options };
}

const ACTIONS: readonly ReferentialAction[] = ["cascade", "restrict", "no action", "set null", "set default"];

/** The actions in checked form: their words reach the SQL text. */
export function foreignKeyActions(options: ReferenceOptions): ForeignKeyActions {
  checkWord("onDelete", options.onDelete, ACTIONS);
  checkWord("onUpdate", options.onUpdate, ACTIONS);
  const deferrable = options.deferrable ?? false;
  return {
    onDelete: options.onDelete ?? null,
    onUpdate: options.onUpdate ?? null,
    deferrable: typeof deferrable === "boolean" ? (deferrable ? { initiallyDeferred: false } : null) : deferrable,
  };
}

function isFragment(value: unknown): value is SqlFragment {
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
