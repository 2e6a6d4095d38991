// An SQLite file as a schema model: three questions a schema. What the pragmas leave out stands in the texts of
// `sqlite_schema`, which are parsed; the pragmas tell shadow tables and the columns of views.
import { createNameScope } from "../../../model/naming.js";
import type { ColumnModel } from "../../../model/column-model.js";
import type { IndexModel, ObjectModel, SchemaModel, ViewModel } from "../../../model/schema-model.js";
import { DatabaseError } from "../../errors/errors.js";
import type { Operation } from "../../engine/execution.js";
import { ask, flagOf, groupBy, optionalText, rawSql, textOf } from "../../reflect/catalog-rows.js";
import type { DialectInspector, ReadRequest } from "../../reflect/dialect-inspector.js";
import { propertyNames } from "../../reflect/property-names.js";
import { quoteLiteral } from "../../sql/compile/identifiers.js";
import { isInsteadOf, NAMED_COLUMNS, readIndexText, readViewText } from "./index-text.js";
import { type ReadTable, tableModel, takeWrittenNames } from "./reflected-table.js";
import { reflectedType } from "./reflected-type.js";
import { readTableText } from "./table-text.js";

const DEFAULT_SCHEMA = "main";

export const sqliteInspector: DialectInspector = {
  *defaultSchema() {
    const [row] = yield* ask("SELECT name FROM pragma_database_list WHERE seq = 0");
    return optionalText(row?.[0]) ?? DEFAULT_SCHEMA;
  },

  *schemaNames() {
    const rows = yield* ask("SELECT name FROM pragma_database_list ORDER BY seq");
    return rows.map(([name]) => textOf(name));
  },

  *read(request) {
    const parts: SchemaParts[] = [];
    for (const schema of request.schemas ?? [DEFAULT_SCHEMA]) parts.push(yield* readSchema(schema, request));
    return {
      dialects: ["sqlite"],
      enums: [],
      tables: parts.flatMap(({ tables }) => tables),
      views: parts.flatMap(({ views }) => views),
      objects: parts.flatMap(({ objects }) => objects),
      classes: [],
    };
  },
};

type SchemaParts = Required<Pick<SchemaModel, "tables" | "views" | "objects">>;

/** One row of `sqlite_schema`. */
interface SchemaEntry {
  readonly type: string;
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}

function* readSchema(schema: string, { only }: ReadRequest): Operation<SchemaParts> {
  const quoted = `"${schema.replaceAll('"', '""')}"`;
  const rows = yield* ask(`SELECT type, name, tbl_name, sql FROM ${quoted}.sqlite_schema WHERE sql IS NOT NULL`);
  const kinds = yield* ask(
    `SELECT name FROM pragma_table_list WHERE schema = ${quoteLiteral(schema)} AND type = 'shadow'`,
  );
  const hidden = new Set(kinds.map(([name]) => textOf(name)));
  const wanted = only === undefined ? undefined : new Set(only.map((name) => name.toLowerCase()));
  const entries = rows
    .map(([type, name, table, sql]) => ({
      type: textOf(type),
      name: textOf(name),
      table: textOf(table),
      sql: textOf(sql),
    }))
    .filter(({ table }) => !table.startsWith("sqlite_") && !hidden.has(table));
  const scope = schema === DEFAULT_SCHEMA ? undefined : schema;
  const isWanted = (name: string): boolean => wanted?.has(name.toLowerCase()) !== false;
  const views = entries.filter(({ type, name }) => type === "view" && isWanted(name));
  const columns = yield* viewColumns(schema, views);
  return {
    tables: tablesOf(entries, scope, isWanted),
    views: views.map((entry) => viewModel(entry, columns.get(entry.name) ?? [], scope)),
    objects: only === undefined ? objectsOf(entries, scope) : [],
  };
}

function tablesOf(
  entries: readonly SchemaEntry[],
  schema: string | undefined,
  isWanted: (name: string) => boolean,
): SchemaParts["tables"] {
  const indexes = groupBy(ofType(entries, "index"), ({ table }) => table);
  const triggers = groupBy(ofType(entries, "trigger"), ({ table }) => table);
  const tables = ofType(entries, "table")
    .filter(({ sql }) => !isVirtual(sql))
    .map(({ name, sql }): ReadTable => {
      return {
        name,
        schema,
        written: readTableText(sql),
        indexes: (indexes.get(name) ?? []).map((index): IndexModel => readIndexText(index.name, index.sql)),
        triggers: (triggers.get(name) ?? []).map((trigger) => objectModel(trigger, schema, [])),
      };
    });
  const scope = createNameScope();
  for (const table of tables) takeWrittenNames(scope, table);
  const named = new Map(tables.map((table) => [table.name.toLowerCase(), table]));
  // All are named, so that the names of some do not depend on which are asked for.
  const models = tables.map((table) => tableModel(table, scope, (name) => named.get(name.toLowerCase())));
  return models.filter(({ name }) => isWanted(name));
}

/** Virtual tables, and the triggers of views. */
function objectsOf(entries: readonly SchemaEntry[], schema: string | undefined): ObjectModel[] {
  const virtual = ofType(entries, "table").filter(({ sql }) => isVirtual(sql));
  const triggers = ofType(entries, "trigger").filter(({ sql }) => isInsteadOf(sql));
  return [
    ...virtual.map((entry) => objectModel({ ...entry, type: "virtual table" }, schema, [])),
    ...triggers.map((entry) => objectModel(entry, schema, [entry.table])),
  ];
}

function ofType(entries: readonly SchemaEntry[], type: string): SchemaEntry[] {
  return entries.filter((entry) => entry.type === type);
}

function isVirtual(sql: string): boolean {
  return /^\s*create\s+virtual\b/i.test(sql);
}

function objectModel(
  { type, name, sql }: SchemaEntry,
  schema: string | undefined,
  after: readonly string[],
): ObjectModel {
  const inSchema = schema === undefined ? {} : { schema };
  return {
    ...inSchema,
    name,
    type,
    sql: rawSql("sqlite", sql),
    after: after.map((each) => ({ ...inSchema, name: each })),
  };
}

function viewModel(entry: SchemaEntry, columns: readonly ColumnModel[], schema: string | undefined): ViewModel {
  const { select, namesColumns } = readViewText(entry.sql);
  return {
    ...(schema === undefined ? {} : { schema }),
    name: entry.name,
    materialized: false,
    columns,
    definition: rawSql("sqlite", select),
    indexes: [],
    ...(namesColumns ? { options: [{ dialect: "sqlite", entries: [{ name: NAMED_COLUMNS }] }] } : {}),
  };
}

/** The columns by view. A view that no longer works has none: it is asked for by itself once all together fail. */
function* viewColumns(
  schema: string,
  views: readonly SchemaEntry[],
): Operation<ReadonlyMap<string, readonly ColumnModel[]>> {
  if (views.length === 0) return new Map();
  const names = views.map(({ name }) => name);
  try {
    return yield* columnsOfViews(schema, names);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    if (names.length === 1) return new Map();
  }
  const found = new Map<string, readonly ColumnModel[]>();
  for (const view of views) for (const [name, columns] of yield* viewColumns(schema, [view])) found.set(name, columns);
  return found;
}

function* columnsOfViews(
  schema: string,
  names: readonly string[],
): Operation<ReadonlyMap<string, readonly ColumnModel[]>> {
  const rows = yield* ask(
    `SELECT v.value, x.name, x.type, x."notnull" FROM json_each(${quoteLiteral(JSON.stringify(names))}) v ` +
      `JOIN pragma_table_xinfo(v.value, ${quoteLiteral(schema)}) x ORDER BY v.key, x.cid`,
  );
  const byView = groupBy(rows, ([view]) => textOf(view));
  return new Map([...byView].map(([view, columns]) => [view, columnsOf(columns)]));
}

function columnsOf(rows: readonly (readonly unknown[])[]): ColumnModel[] {
  const properties = propertyNames(rows.map(([, name]) => textOf(name)));
  return rows.map(([, name, type, notNull], index) => ({
    name: textOf(name),
    property: properties[index] ?? textOf(name),
    type: reflectedType(textOf(type)),
    nullable: !flagOf(notNull),
  }));
}
