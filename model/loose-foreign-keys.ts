// Foreign keys that a database holds and the language does not take: to tables or columns that are not there, to
// columns that are no key, between types whose values differ. They stay the database's own, as SQL: in the table where
// only CREATE TABLE can say them.
import { findCapabilities } from "./capabilities.js";
import type { ColumnType } from "./column-type.js";
import { haveSameValues } from "./comparable-types.js";
import { qualifiedKey } from "./qualified-name.js";
import type { ForeignKeyModel, ObjectModel, RawElementModel, SchemaModel, TableModel } from "./schema-model.js";
import { quoteIdentifier, quotePath } from "./sql-identifier.js";

type Schema = Pick<SchemaModel, "tables" | "domains">;

/** `schema` with such keys as constraints in SQL of `dialect`. */
export function keepLooseForeignKeys<Reflected extends Schema>(schema: Reflected, dialect: string): Reflected {
  const tables = new Map(schema.tables.map((table) => [qualifiedKey(table), table]));
  const domains = new Map((schema.domains ?? []).map((domain) => [qualifiedKey(domain), domain.type]));
  const typeOf = (table: TableModel, name: string): ColumnType | undefined => {
    let type = table.columns.find((column) => column.name === name)?.type;
    while (type?.kind === "domain") type = domains.get(type.name);
    return type;
  };
  const isLoose = (table: TableModel, { columns, references, onDelete, onUpdate }: ForeignKeyModel): boolean => {
    const target = tables.get(qualifiedKey(references.table));
    if (target === undefined || !isKeyOf(target, references.columns)) return true;
    if ([onDelete, onUpdate].includes("set default") && !columns.every((name) => hasDefault(table, name))) return true;
    return columns.some((name, index) => {
      const [own, other] = [typeOf(table, name), typeOf(target, references.columns[index] ?? "")];
      return own === undefined || other === undefined || !haveSameValues(own, other);
    });
  };
  return {
    ...schema,
    tables: schema.tables.map((table) => {
      const loose = table.foreignKeys.filter((key) => isLoose(table, key));
      if (loose.length === 0) return table;
      const others = { ...table, foreignKeys: table.foreignKeys.filter((key) => !loose.includes(key)) };
      if (findCapabilities(dialect)?.foreignKeys.addable === true) {
        return { ...others, objects: [...(table.objects ?? []), ...loose.map((key) => addition(key, table, dialect))] };
      }
      return { ...others, rawElements: [...(table.rawElements ?? []), ...loose.map((key) => element(key, dialect))] };
    }),
  };
}

function hasDefault(table: TableModel, name: string): boolean {
  const column = table.columns.find((one) => one.name === name);
  return column?.default !== undefined;
}

/** Whether `columns` are, in any order, all the columns of a key. */
function isKeyOf({ primaryKey, uniques, indexes }: TableModel, columns: readonly string[]): boolean {
  const ofIndexes = indexes
    .filter(({ unique, where }) => unique && where === undefined)
    .map(({ keys }) => keys.map(({ expression }) => (expression.kind === "column" ? expression.name : "")));
  const keys = [...(primaryKey === undefined ? [] : [primaryKey.columns]), ...uniques.map((key) => key.columns)];
  const wanted = columns.toSorted().join("\0");
  return columns.length > 0 && [...keys, ...ofIndexes].some((key) => key.toSorted().join("\0") === wanted);
}

function element(key: ForeignKeyModel, dialect: string): RawElementModel {
  return { name: key.name, sql: rawSql(dialect, clauses(key, quoteOf(dialect))) };
}

/** What adds the key once all tables are there, whatever their order. */
function addition(key: ForeignKeyModel, table: TableModel, dialect: string): ObjectModel {
  const quote = quoteOf(dialect);
  const head = `ALTER TABLE ${quotePath(table, quote)} ADD CONSTRAINT ${quoteIdentifier(key.name, quote)}`;
  return { type: "foreign key", name: key.name, sql: rawSql(dialect, `${head} ${clauses(key, quote)}`), after: [] };
}

function rawSql(dialect: string, sql: string): RawElementModel["sql"] {
  return { kind: "raw", variants: [{ dialect, sql }] };
}

function quoteOf(dialect: string): string {
  return findCapabilities(dialect)?.spelling.identifierQuote ?? '"';
}

function clauses(key: ForeignKeyModel, quote: string): string {
  const { columns, references, match, onDelete, onDeleteColumns, onUpdate, deferrable, notValid } = key;
  const list = (names: readonly string[]): string =>
    `(${names.map((name) => quoteIdentifier(name, quote)).join(", ")})`;
  return [
    `FOREIGN KEY ${list(columns)} REFERENCES ${quotePath(references.table, quote)}`,
    ...(references.columns.length === 0 ? [] : [list(references.columns)]),
    ...(match === undefined ? [] : ["MATCH FULL"]),
    ...(onDelete === undefined ? [] : [`ON DELETE ${onDelete.toUpperCase()}`]),
    ...(onDeleteColumns === undefined ? [] : [list(onDeleteColumns)]),
    ...(onUpdate === undefined ? [] : [`ON UPDATE ${onUpdate.toUpperCase()}`]),
    ...(deferrable === undefined ? [] : ["DEFERRABLE"]),
    ...(deferrable?.initiallyDeferred === true ? ["INITIALLY DEFERRED"] : []),
    ...(notValid === true ? ["NOT VALID"] : []),
  ].join(" ");
}
