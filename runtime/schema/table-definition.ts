// From a table as written (column builders, extras) to its parts: checks every name and says what is wrong with it.
import { ArgumentError } from "../errors/errors.js";
import type { ColumnGeneration } from "../sql/ast/nodes.js";
import type { ColumnSpec } from "../sql/ast/tables.js";
import { clientValue } from "../types/client-value.js";
import { ColumnBuilder } from "../types/column-builder.js";
import { describeValue } from "../types/describe-value.js";
import { checkName } from "./check-name.js";
import type { ConstraintDetails } from "./constraints.js";
import { constraintDetails, type DialectOptions, type TableExtra, type TableOptions } from "./extras.js";

/** A table's columns by property. */
export type ColumnDefinitions = Readonly<Record<string, ColumnBuilder<unknown>>>;

/** One column on its way into a table. */
interface ColumnDraft {
  readonly property: string;
  readonly name: string;
  readonly builder: ColumnBuilder<unknown>;
}

/** The key's columns by database name, in key order, and its constraint's name. */
interface KeyDraft {
  readonly name: string | null;
  readonly columns: readonly string[];
  readonly details: ConstraintDetails;
}

/** A table on its way to be made. */
interface TableDraft {
  readonly schema: string | null;
  readonly comment: string | null;
  readonly options: Readonly<Record<string, DialectOptions>>;
  readonly columns: readonly ColumnDraft[];
  readonly primaryKey: KeyDraft;
}

/** The table's parts, checked. Throws `ArgumentError` that says what is wrong with which. */
export function draftTable(
  name: string,
  defaultSchema: string | null,
  definitions: ColumnDefinitions,
  extras: readonly TableExtra[],
): TableDraft {
  const { schema = defaultSchema, comment = null, options = {} } = tableOptionsIn(extras);
  if (schema !== null) checkName(`Table ${name}'s schema`, schema);
  const columns = draftColumns(name, definitions);
  return { schema, comment, options, columns, primaryKey: draftPrimaryKey(name, columns, extras) };
}

function draftColumns(table: string, definitions: ColumnDefinitions): readonly ColumnDraft[] {
  if (typeof definitions !== "object" || definitions === null) {
    throw new ArgumentError(`Table ${table} takes its columns as an object, got ${describeValue(definitions)}.`);
  }
  const byName = new Map<string, string>();
  return Object.entries(definitions).map(([property, builder]) => {
    if (!(builder instanceof ColumnBuilder)) {
      const hint = typeof builder === "function" ? " Call it: Integer()." : "";
      throw new ArgumentError(`Column ${table}.${property} is ${describeValue(builder)}, not a column type.${hint}`);
    }
    const name = builder.options.name ?? property;
    checkName(`Column ${table}.${property}'s name`, name);
    const other = byName.get(name);
    if (other !== undefined) {
      throw new ArgumentError(`Table ${table} has two columns named "${name}": properties ${other} and ${property}.`);
    }
    byName.set(name, property);
    return { property, name, builder };
  });
}

/** The primary key, from the columns' own options or from an extra; without columns where there is none. */
function draftPrimaryKey(table: string, columns: readonly ColumnDraft[], extras: readonly TableExtra[]): KeyDraft {
  const marked = columns.filter((column) => column.builder.options.primaryKey !== undefined);
  const [options = {}] = marked.flatMap((column) => column.builder.options.primaryKey ?? []);
  const names = marked.map((column) => column.name);
  const atColumns: KeyDraft = { name: options.name ?? null, columns: names, details: constraintDetails(options) };
  const keys: KeyDraft[] = marked.length === 0 ? [] : [atColumns];
  for (const extra of extras) if (extra.kind === "primary key") keys.push(extra);
  const [key = { name: null, columns: [], details: {} }, second] = keys;
  if (second !== undefined) throw new ArgumentError(`Table ${table} has its primary key twice.`);
  return key;
}

/** The columns as the SQL tree knows them. */
export function columnSpecs({ columns, primaryKey: key }: TableDraft): readonly ColumnSpec[] {
  return columns.map(({ name, property, builder }) => ({
    name,
    property,
    type: builder.type,
    nullable: builder.options.nullable,
    primaryKey: key.columns.includes(name),
    generation: generationOf(name, builder, key),
    clientDefault: clientValue(builder.options.clientDefault, builder.type),
    onUpdate: clientValue(builder.options.onUpdate, builder.type),
  }));
}

const WHOLE_NUMBERS: ReadonlySet<string> = new Set(["smallint", "integer", "bigint"]);

/**
 * Where a left-out value comes from. As in SQLAlchemy, a lone whole-number key without a default or a foreign key is
 * numbered by the database, unless `autoincrement(false)` says that it is not.
 */
function generationOf(name: string, { logical, options }: ColumnBuilder<unknown>, key: KeyDraft): ColumnGeneration {
  if (options.generated !== undefined) return "computed";
  if (options.identity !== undefined) return options.identity.always ? "always" : "identity";
  if (options.serial !== undefined) return "identity";
  if (options.default !== undefined) return "default";
  if (options.clientDefault !== undefined) return "none";
  const lone = key.columns.length === 1 && key.columns[0] === name;
  const automatic = lone && WHOLE_NUMBERS.has(logical.kind) && options.references === undefined;
  return automatic && options.autoincrement !== false ? "identity" : "none";
}

/** The options among the extras. */
function tableOptionsIn(extras: readonly TableExtra[]): TableOptions {
  return Object.assign({}, ...extras.map((extra) => (extra.kind === "options" ? extra.options : {})));
}
