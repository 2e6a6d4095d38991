// From what a CREATE TABLE says to the table of the schema model: types, keys, which column SQLite numbers, and names
// for the constraints that have none.
import type { ColumnModel } from "../../../model/column-model.js";
import type { ColumnType } from "../../../model/column-type.js";
import { chooseName, type NameScope, takeName } from "../../../model/naming.js";
import type {
  CheckModel,
  ForeignKeyModel,
  IndexModel,
  KeyModel,
  ObjectModel,
  RawElementModel,
  TableModel,
} from "../../../model/schema-model.js";
import { rawSql } from "../../reflect/catalog-rows.js";
import { propertyNames } from "../../reflect/property-names.js";
import { sqlTokens } from "../../reflect/sql-tokens.js";
import { quoteLiteral } from "../../sql/compile/identifiers.js";
import { reflectedType } from "./reflected-type.js";
import { KEY_ORDER } from "./key-order.js";
import {
  SQLITE_QUOTING,
  type WrittenCheck,
  type WrittenColumn,
  type WrittenForeignKey,
  type WrittenKey,
  type WrittenTable,
} from "./table-text.js";

/** A table and what belongs to it, as read. */
export interface ReadTable {
  readonly name: string;
  /** Absent for the default schema. */
  readonly schema: string | undefined;
  readonly written: WrittenTable;
  readonly indexes: readonly IndexModel[];
  readonly triggers: readonly ObjectModel[];
}

/** Takes the names that the table's text gives, so that none is made twice. */
export function takeWrittenNames(scope: NameScope, { name, written, indexes }: ReadTable): void {
  scope.relations.add(name);
  for (const index of indexes) takeName(scope, index.name, "idx");
  const { primaryKey, uniques, checks, foreignKeys } = written;
  if (primaryKey?.name !== undefined) takeName(scope, primaryKey.name, "pkey");
  for (const key of uniques) if (key.name !== undefined) takeName(scope, key.name, "key");
  for (const check of checks) if (check.name !== undefined) takeName(scope, check.name, "check");
  for (const key of foreignKeys) if (key.name !== undefined) takeName(scope, key.name, "fkey");
}

/** The table; `tableOf` gives another table of the same schema, by its name in any case. */
export function tableModel(
  table: ReadTable,
  scope: NameScope,
  tableOf: (name: string) => ReadTable | undefined,
): TableModel {
  const { name, schema, written, indexes, triggers } = table;
  const { primaryKey } = written;
  const properties = propertyNames(written.columns.map((column) => column.name));
  const plain = written.uniques.filter(({ ordered }) => ordered === undefined);
  const rawElements = written.uniques.flatMap((key) => (key.ordered === undefined ? [] : [orderedUnique(key)]));
  const options = [
    ...(primaryKey?.ordered === undefined ? [] : [{ name: KEY_ORDER, value: quoteLiteral(primaryKey.ordered) }]),
    ...(written.strict ? [{ name: "strict" }] : []),
    ...(written.withoutRowid ? [{ name: "without rowid" }] : []),
  ];
  const exact = columnSpelling(written);
  return {
    ...(schema === undefined ? {} : { schema }),
    name,
    columns: written.columns.map((column, index) => columnModel(column, properties[index] ?? column.name, written)),
    ...(primaryKey === undefined
      ? {}
      : {
          primaryKey: {
            name: primaryKey.name ?? chooseName(scope, { table: name, columns: [] }, "pkey"),
            columns: primaryKey.columns.map(exact),
            ...primaryKey.timing,
          },
        }),
    uniques: plain.map((key) => uniqueModel(key, name, scope, exact)),
    checks: written.checks.map((check) => checkModel(check, table, scope)),
    foreignKeys: written.foreignKeys.map((key) => foreignKeyModel(key, table, scope, tableOf)),
    indexes: indexes.map((index) => exactIndex(index, exact)),
    ...(rawElements.length === 0 ? {} : { rawElements }),
    ...(options.length === 0 ? {} : { options: [{ dialect: "sqlite", entries: options }] }),
    ...(triggers.length === 0 ? {} : { objects: triggers }),
  };
}

/** Rows that differ by case, say, are not told apart: no key of the model. */
function orderedUnique({ name, ordered = "", timing: { onConflict } }: WrittenKey): RawElementModel {
  const conflict = onConflict === undefined ? "" : ` ON CONFLICT ${onConflict.toUpperCase()}`;
  const sql = rawSql("sqlite", `UNIQUE (${ordered})${conflict}`);
  return name === undefined ? { sql } : { name, sql };
}

function uniqueModel(
  { name, columns: keys, timing }: WrittenKey,
  table: string,
  scope: NameScope,
  exact: (name: string) => string,
): KeyModel {
  const columns = keys.map(exact);
  return { name: name ?? chooseName(scope, { table, columns }, "key"), columns, ...timing };
}

/** Names of columns mean the same in any case: here they are as the column itself has it. */
function columnSpelling({ columns }: WrittenTable): (name: string) => string {
  const spelled = new Map(columns.map(({ name }) => [name.toLowerCase(), name]));
  return (name) => spelled.get(name.toLowerCase()) ?? name;
}

function exactIndex(index: IndexModel, exact: (name: string) => string): IndexModel {
  return { ...index, keys: index.keys.map((key) => exactKey(key, exact)) };
}

function exactKey(key: IndexModel["keys"][number], exact: (name: string) => string): IndexModel["keys"][number] {
  const { expression } = key;
  return expression.kind === "column" ? { ...key, expression: { kind: "column", name: exact(expression.name) } } : key;
}

function columnModel(column: WrittenColumn, property: string, table: WrittenTable): ColumnModel {
  const { name, generated, collation } = column;
  const numbered = isRowid(column, table);
  const isKey = table.primaryKey?.columns.some((key) => key.toLowerCase() === name.toLowerCase()) === true;
  const required = column.notNull || numbered || (isKey && (table.withoutRowid || table.strict));
  return {
    name,
    property,
    type: isKey && /^int$/i.test(column.type) ? INT : reflectedType(column.type),
    nullable: !required,
    ...(column.default === undefined || generated !== undefined ? {} : { default: rawSql("sqlite", column.default) }),
    ...(numbered ? { identity: { always: false } } : {}),
    ...(numbered && table.primaryKey?.autoincrement === true ? { autoincrement: true } : {}),
    ...(generated === undefined
      ? {}
      : { generated: { expression: rawSql("sqlite", generated.sql), stored: generated.stored } }),
    ...(collation === undefined ? {} : { collation }),
  };
}

/** As a key it is no alias of the rowid, which INTEGER would be. */
const INT: ColumnType = { kind: "native", dialect: "sqlite", name: "int" };

/** A lone INTEGER key is the rowid under another name: SQLite numbers it. */
function isRowid({ name, type }: WrittenColumn, { primaryKey, withoutRowid }: WrittenTable): boolean {
  if (primaryKey === undefined || withoutRowid || primaryKey.ordered !== undefined || primaryKey.columns.length !== 1)
    return false;
  return primaryKey.columns[0]?.toLowerCase() === name.toLowerCase() && type.toLowerCase() === "integer";
}

function checkModel(check: WrittenCheck, { name, written }: ReadTable, scope: NameScope): CheckModel {
  const columns = check.column === undefined ? mentionedColumns(check.sql, written) : [check.column];
  return {
    name: check.name ?? chooseName(scope, { table: name, columns: columns.length === 1 ? columns : [] }, "check"),
    expression: rawSql("sqlite", check.sql),
  };
}

function mentionedColumns(sql: string, { columns }: WrittenTable): string[] {
  const names = new Set(
    sqlTokens(sql, SQLITE_QUOTING).flatMap(({ kind, value }) =>
      kind === "word" || kind === "quoted" ? [value.toLowerCase()] : [],
    ),
  );
  return columns.map((column) => column.name).filter((name) => names.has(name.toLowerCase()));
}

function foreignKeyModel(
  key: WrittenForeignKey,
  { name, schema, written }: ReadTable,
  scope: NameScope,
  tableOf: (name: string) => ReadTable | undefined,
): ForeignKeyModel {
  const columns = key.columns.map(columnSpelling(written));
  const { onDelete, onUpdate, match, timing } = key;
  const target = tableOf(key.table);
  const targetName = target?.name ?? key.table;
  const targets = key.targets.length > 0 ? key.targets : (target?.written.primaryKey?.columns ?? []);
  return {
    name: key.name ?? chooseName(scope, { table: name, columns }, "fkey"),
    columns,
    references: {
      table: schema === undefined ? { name: targetName } : { schema, name: targetName },
      columns: target === undefined ? targets : targets.map(columnSpelling(target.written)),
    },
    ...(onDelete === undefined || onDelete === "no action" ? {} : { onDelete }),
    ...(onUpdate === undefined || onUpdate === "no action" ? {} : { onUpdate }),
    ...(match === undefined ? {} : { match }),
    ...timing,
  };
}
