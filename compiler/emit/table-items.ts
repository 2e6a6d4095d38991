// What stands beside a table's columns: keys over several columns, checks, indexes and foreign keys, as calls in
// database column names.
import { qualifiedKey } from "../../model/qualified-name.js";
import type { ForeignKeyModel, IndexKeyModel, IndexModel, KeyModel, TableModel } from "../../model/schema-model.js";
import { constraintsBesideColumns } from "./constraint-placement.js";
import type { ImportCollector } from "./imports.js";
import type { CallCode } from "./layout.js";
import { objectLiteral, stringArray, stringLiteral } from "./literals.js";
import { fragmentCode, sqlCode, type SqlPlace } from "./sql-code.js";

/** The calls for everything that is not written at a column, in the model's order. */
export function tableItems(table: TableModel, place: SqlPlace): CallCode[] {
  const { imports } = place;
  const { primaryKey, uniques, foreignKeys } = constraintsBesideColumns(table);
  return [
    ...(primaryKey === undefined ? [] : [keyCode(imports.runtime("primaryKey"), primaryKey)]),
    ...uniques.map((key) => keyCode(imports.runtime("unique"), key)),
    ...table.checks.map(({ name, expression }): CallCode => ({
      callee: imports.runtime("check"),
      arguments: [fragmentCode(expression, place)],
      options: [["name", stringLiteral(name)]],
    })),
    ...foreignKeys.map((foreignKey) => foreignKeyCode(foreignKey, imports)),
    ...table.indexes.map((index) => indexCode(index, place)),
  ];
}

/** `name: "…"`, `onDelete: "cascade"`, … */
export function foreignKeyOptions({ name, onDelete, onUpdate, deferrable }: ForeignKeyModel): [string, string][] {
  const entries: [string, string][] = [["name", stringLiteral(name)]];
  if (onDelete !== undefined) entries.push(["onDelete", stringLiteral(onDelete)]);
  if (onUpdate !== undefined) entries.push(["onUpdate", stringLiteral(onUpdate)]);
  if (deferrable !== undefined) {
    entries.push(["deferrable", objectLiteral([["initiallyDeferred", String(deferrable.initiallyDeferred)]])]);
  }
  return entries;
}

function keyCode(callee: string, { columns, name }: KeyModel): CallCode {
  return { callee, arguments: [stringArray(columns)], options: [["name", stringLiteral(name)]] };
}

function foreignKeyCode(foreignKey: ForeignKeyModel, imports: ImportCollector): CallCode {
  const { columns, references } = foreignKey;
  const target = [stringLiteral(qualifiedKey(references.table)), stringArray(references.columns)];
  return {
    callee: imports.runtime("foreignKey"),
    arguments: [stringArray(columns), ...target],
    options: foreignKeyOptions(foreignKey),
  };
}

function indexCode({ name, unique, keys, where }: IndexModel, place: SqlPlace): CallCode {
  const options: [string, string][] = [["name", stringLiteral(name)]];
  if (unique) options.push(["unique", "true"]);
  if (where !== undefined) options.push(["where", fragmentCode(where, place)]);
  const keyList = keys.map((key) => indexKeyCode(key, place)).join(", ");
  return { callee: place.imports.runtime("index"), arguments: [`[${keyList}]`], options };
}

/** A column by its name, or an expression; with more to say, in a call. */
function indexKeyCode(key: IndexKeyModel, place: SqlPlace): string {
  const options: [string, string][] = [];
  if (key.direction !== undefined) options.push(["direction", stringLiteral(key.direction)]);
  if (key.nulls !== undefined) options.push(["nulls", stringLiteral(key.nulls)]);
  if (key.collation !== undefined) options.push(["collation", stringLiteral(key.collation)]);
  const { expression } = key;
  const text = expression.kind === "column" ? stringLiteral(expression.name) : sqlCode(expression, place);
  if (options.length === 0) return text;
  return `${place.imports.runtime("indexKey")}(${text}, ${objectLiteral(options)})`;
}
