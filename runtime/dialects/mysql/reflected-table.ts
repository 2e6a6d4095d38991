// Tables of the information schema as the schema model has them. What the servers add by themselves is left out: the
// index of a foreign key, `restrict`, the check of a JSON column, `default null`.
import type { ColumnModel } from "../../../model/column-model.js";
import type { ColumnType } from "../../../model/column-type.js";
import { enumTypeName, makeObjectName } from "../../../model/naming.js";
import { qualifiedKey, type QualifiedName } from "../../../model/qualified-name.js";
import type {
  CheckModel,
  EnumModel,
  ForeignKeyModel,
  IndexModel,
  KeyModel,
  ObjectModel,
  ReferentialAction,
  TableModel,
} from "../../../model/schema-model.js";
import type { SqlRow } from "../../engine/execution.js";
import { flagOf, groupBy, optionalText, rawSql, textOf } from "../../reflect/catalog-rows.js";
import { propertyNames } from "../../reflect/property-names.js";
import { quoteLiteral } from "../../sql/compile/identifiers.js";
import { conditionText, PARTITIONING, withoutDatabase } from "./catalog-text.js";
import { attributedType, isPeriodEdge, rowPeriod } from "./column-attributes.js";
import { quoteMysqlLiteral } from "./identifiers.js";
import { readIndexes, type ReadIndex } from "./reflected-index.js";
import { declaredParts, reflectedType } from "./reflected-type.js";

/** The server that is read. */
export interface CatalogServer {
  /** As the engine calls it: texts are that dialect's. */
  readonly dialect: string;
  readonly isMariadb: boolean;
  readonly database: string;
  /** The collation that tables have unless they say another. */
  readonly collation: string;
}

/** The rows that belong to one table. */
interface TableRows {
  readonly columns: readonly SqlRow[];
  readonly indexes: readonly SqlRow[];
  readonly foreignKeys: readonly SqlRow[];
  readonly checks: readonly SqlRow[];
  readonly triggers: readonly ObjectModel[];
  /** What follows PARTITION BY. */
  readonly partitioning: string | undefined;
}

export function modelName(schema: string, name: string, server: CatalogServer): QualifiedName {
  return schema === server.database ? { name } : { schema, name };
}

/** A table and the enums that its columns declare. */
export function readTable(
  row: SqlRow,
  rows: TableRows,
  server: CatalogServer,
): { readonly table: TableModel; readonly enums: readonly EnumModel[] } {
  const name = modelName(textOf(row[0]), textOf(row[1]), server);
  const jsonColumns = new Set(rows.checks.filter(isJsonCheck).map((check) => textOf(check[2])));
  const { columns, enums } = readColumns(rows.columns, name, textOf(row[4]), jsonColumns, server);
  const foreignKeys = [...groupBy(rows.foreignKeys, (key) => textOf(key[2])).values()].map((key) =>
    readForeignKey(key, server),
  );
  const indexes = readIndexes(rows.indexes, columns, server.dialect);
  const primary = indexes.find((index) => index.model.name === "PRIMARY");
  const others = indexes.filter((index) => index !== primary && !isForeignKeyIndex(index, foreignKeys));
  const rawElements = rowPeriod(rows.columns, server.dialect);
  const entries = tableOptions(row, rows.partitioning, server);
  const comment = textOf(row[6]);
  const table: TableModel = {
    ...name,
    columns,
    ...(primary === undefined
      ? {}
      : { primaryKey: { name: makeObjectName(name.name, undefined, "pkey"), columns: primary.columns } }),
    uniques: others.filter(isPlainUnique).map(uniqueModel),
    checks: rows.checks.filter((check) => !isJsonCheck(check)).map((check) => readCheck(check, server)),
    foreignKeys,
    indexes: others.filter((index) => !isPlainUnique(index)).map(({ model }): IndexModel => model),
    ...(rawElements.length === 0 ? {} : { rawElements }),
    ...(entries.length === 0 ? {} : { options: [{ dialect: server.dialect, entries }] }),
    ...(rows.triggers.length === 0 ? {} : { objects: rows.triggers }),
    ...(comment === "" ? {} : { comment }),
  };
  return { table, enums };
}

function uniqueModel({ model: { name, comment }, columns }: ReadIndex): KeyModel {
  return { name, columns, ...(comment === undefined ? {} : { comment }) };
}

/** A unique index that says no more than a constraint. */
function isPlainUnique({ model, isPlain }: ReadIndex): boolean {
  return model.unique && isPlain;
}

function isForeignKeyIndex({ model, columns, isPlain }: ReadIndex, keys: readonly ForeignKeyModel[]): boolean {
  if (model.unique || !isPlain) return false;
  return keys.some((key) => key.name === model.name && key.columns.join("\0") === columns.join("\0"));
}

/** MariaDB's JSON is text with this check. */
function isJsonCheck([, , name, clause, level]: SqlRow): boolean {
  const column = textOf(name).replaceAll("`", "``").toLowerCase();
  return level === "Column" && textOf(clause).toLowerCase() === `json_valid(\`${column}\`)`;
}

/** A view's columns: they have types, and nothing of what makes values. An ENUM is the table's, not theirs. */
export function readViewColumns(rows: readonly SqlRow[], owner: QualifiedName, server: CatalogServer): ColumnModel[] {
  const { columns, enums } = readColumns(rows, owner, "", new Set(), server);
  const values = new Map(enums.map((one) => [qualifiedKey(one), one.values]));
  return columns.map(({ name, property, type, nullable, comment }): ColumnModel => {
    const list = type.kind === "enum" ? values.get(type.name) : undefined;
    const own: ColumnType =
      list === undefined ? type : { kind: "native", dialect: "mysql", name: "enum", arguments: list };
    const column = { name, property, type: own, nullable };
    return comment === undefined ? column : Object.assign(column, { comment });
  });
}

function readColumns(
  rows: readonly SqlRow[],
  owner: QualifiedName,
  collation: string,
  jsonColumns: ReadonlySet<string>,
  server: CatalogServer,
): { readonly columns: ColumnModel[]; readonly enums: EnumModel[] } {
  const properties = propertyNames(rows.map((row) => textOf(row[2])));
  const enums: EnumModel[] = [];
  const columns = rows.map((row, index): ColumnModel => {
    const [, , columnName, , nullable, text, collated, extra, note, generation] = row;
    const name = textOf(columnName);
    const isJson = jsonColumns.has(name);
    const type = attributedType(row, server.dialect) ?? columnType(textOf(text), isJson, owner, name, enums);
    const comment = textOf(note);
    const own = optionalText(collated);
    const generated = isPeriodEdge(row) ? "" : textOf(generation);
    const flags = textOf(extra).toLowerCase();
    const [, onUpdate] = /\bon update (.*)$/.exec(flags) ?? [];
    return {
      name,
      property: properties[index] ?? name,
      type,
      nullable: flagOf(nullable),
      ...(generated === "" ? defaultOf(row, server) : {}),
      ...(flags.includes("auto_increment") ? { identity: { always: false } } : {}),
      ...(generated === ""
        ? {}
        : {
            generated: {
              expression: rawSql(server.dialect, conditionText(generated, server.isMariadb)),
              stored: !flags.includes("virtual"),
            },
          }),
      ...(onUpdate === undefined ? {} : { onUpdate: rawSql(server.dialect, onUpdate) }),
      ...(own === undefined || own === collation || isJson ? {} : { collation: own }),
      ...(comment === "" ? {} : { comment }),
    };
  });
  return { columns, enums };
}

/** An inline ENUM gets the name that PostgreSQL's type would have: the table's and the column's. */
function columnType(
  text: string,
  isJson: boolean,
  owner: QualifiedName,
  column: string,
  enums: EnumModel[],
): ColumnType {
  const parts = declaredParts(text);
  if (isJson && parts.name === "longtext") return { kind: "json" };
  if (parts.name !== "enum") return reflectedType(text);
  const name = { ...owner, name: makeObjectName(owner.name, column, "enum").replace(/_enum$/, "") };
  enums.push({ ...name, typeName: enumTypeName(name), values: parts.arguments.map(String) });
  return { kind: "enum", name: qualifiedKey(name) };
}

/** MariaDB gives SQL; MySQL gives the value, or SQL where the column is said to be `DEFAULT_GENERATED`. */
function defaultOf(row: SqlRow, { dialect, isMariadb, database }: CatalogServer): Pick<ColumnModel, "default"> {
  const [, , , value, , type, , extra] = row;
  const text = optionalText(value);
  if (text === undefined || (isMariadb && text.toUpperCase() === "NULL")) return {};
  if (isMariadb) return { default: rawSql(dialect, withoutDatabase(text, database)) };
  const isSql = /default_generated/i.test(textOf(extra)) || /^(?:b'|0x)/.test(text);
  const isNumber = /^(?:tinyint|smallint|mediumint|int|bigint|decimal|float|double)\b/.test(textOf(type));
  const sql = isSql ? text.replaceAll("\\'", "'") : isNumber ? text : quoteMysqlLiteral(text);
  const isBare = !isSql || /^(?:current_timestamp|b'|0x)/i.test(sql);
  return { default: rawSql(dialect, isBare ? sql : `(${sql})`) };
}

function readCheck([, , name, clause, , enforced]: SqlRow, server: CatalogServer): CheckModel {
  return {
    name: textOf(name),
    expression: rawSql(server.dialect, conditionText(textOf(clause), server.isMariadb)),
    ...(textOf(enforced) === "NO" ? { notEnforced: true } : {}),
  };
}

const ACTIONS: ReadonlyMap<string, ReferentialAction> = new Map([
  ["CASCADE", "cascade"],
  ["SET NULL", "set null"],
  ["SET DEFAULT", "set default"],
]);

function readForeignKey(rows: readonly SqlRow[], server: CatalogServer): ForeignKeyModel {
  const [, , name, , schema, table, , deleteRule, updateRule] = rows[0] ?? [];
  const [onDelete, onUpdate] = [deleteRule, updateRule].map((rule): ReferentialAction | undefined => {
    // MariaDB shows NO ACTION where somebody wrote it; MySQL, where nobody wrote anything.
    if (server.isMariadb && rule === "NO ACTION") return "no action";
    return ACTIONS.get(textOf(rule));
  });
  return {
    name: textOf(name),
    columns: rows.map((row) => textOf(row[3])),
    references: { table: modelName(textOf(schema), textOf(table), server), columns: rows.map((row) => textOf(row[6])) },
    ...(onDelete === undefined ? {} : { onDelete }),
    ...(onUpdate === undefined ? {} : { onUpdate }),
  };
}

/** What CREATE TABLE says after the columns and would not say by itself. */
function tableOptions(
  [, , type, engine, collation, createOptions]: SqlRow,
  partitioned: string | undefined,
  server: CatalogServer,
): { readonly name: string; readonly value?: string }[] {
  const [engineName, collationName] = [textOf(engine), textOf(collation)];
  const others = [...textOf(createOptions).matchAll(/(\w+)=("[^"]*"|'[^']*'|`[^`]*`|\S+)/g)].flatMap(
    ([, name = "", value = ""]) =>
      name.toLowerCase() === "transactional" ? [] : [{ name: name.toLowerCase(), value }],
  );
  return [
    ...(engineName === "" || engineName === "InnoDB" ? [] : [{ name: "engine", value: engineName }]),
    ...(collationName === "" || collationName === server.collation ? [] : [{ name: "collate", value: collationName }]),
    ...others,
    ...(textOf(type) === "SYSTEM VERSIONED" ? [{ name: "with system versioning" }] : []),
    ...(partitioned === undefined ? [] : [{ name: PARTITIONING, value: quoteLiteral(partitioned) }]),
  ];
}
