// What stands beside a table's columns: keys over several columns, checks, indexes and foreign keys, as calls in
// database column names.
import { qualifiedKey } from "../../model/qualified-name.js";
import type { ForeignKeyModel, IndexKeyModel, IndexModel, KeyModel, TableModel } from "../../model/schema-model.js";
import { constraintsBesideColumns } from "./constraint-placement.js";
import type { ImportCollector } from "./imports.js";
import { objectLiteral, stringArray, stringLiteral } from "./literals.js";
import type { EmitPlan } from "./plan.js";
import { fragmentCode, sqlCode, type SqlPlace } from "./sql-code.js";

/** The calls for everything that is not written at a column, in the model's order. */
export function tableItems(table: TableModel, plan: EmitPlan, imports: ImportCollector): string[] {
  const place = { plan, imports, table };
  const { primaryKey, uniques, foreignKeys } = constraintsBesideColumns(table);
  return [
    ...(primaryKey === undefined ? [] : [keyCode(imports.runtime("primaryKey"), primaryKey)]),
    ...uniques.map((key) => keyCode(imports.runtime("unique"), key)),
    ...table.checks.map(({ name, expression }) => {
      return `${imports.runtime("check")}(${fragmentCode(expression, place)}, { name: ${stringLiteral(name)} })`;
    }),
    ...foreignKeys.map((foreignKey) => foreignKeyCode(foreignKey, imports)),
    ...table.indexes.map((index) => indexCode(index, place)),
  ];
}

/** `{ name: "…", onDelete: "cascade" }` */
export function foreignKeyOptions({ name, onDelete, onUpdate, deferrable }: ForeignKeyModel): string {
  const entries: [string, string][] = [["name", stringLiteral(name)]];
  if (onDelete !== undefined) entries.push(["onDelete", stringLiteral(onDelete)]);
  if (onUpdate !== undefined) entries.push(["onUpdate", stringLiteral(onUpdate)]);
  if (deferrable !== undefined) {
    entries.push(["deferrable", objectLiteral([["initiallyDeferred", String(deferrable.initiallyDeferred)]])]);
  }
  return objectLiteral(entries);
}

function keyCode(builder: string, { columns, name }: KeyModel): string {
  return `${builder}(${stringArray(columns)}, { name: ${stringLiteral(name)} })`;
}

function foreignKeyCode(foreignKey: ForeignKeyModel, imports: ImportCollector): string {
  const { columns, references } = foreignKey;
  const target = `${stringLiteral(qualifiedKey(references.table))}, ${stringArray(references.columns)}`;
  return `${imports.runtime("foreignKey")}(${stringArray(columns)}, ${target}, ${foreignKeyOptions(foreignKey)})`;
}

function indexCode({ name, unique, keys, where }: IndexModel, place: SqlPlace): string {
  const options: [string, string][] = [["name", stringLiteral(name)]];
  if (unique) options.push(["unique", "true"]);
  if (where !== undefined) options.push(["where", fragmentCode(where, place)]);
  const keyList = keys.map((key) => indexKeyCode(key, place)).join(", ");
  return `${place.imports.runtime("index")}([${keyList}], ${objectLiteral(options)})`;
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
