// What stands beside a table's columns: keys over several columns, checks, indexes, foreign keys, options, as calls in
// database column names.
import { qualifiedKey } from "../../model/qualified-name.js";
import type {
  ForeignKeyModel,
  IndexKeyModel,
  IndexModel,
  KeyModel,
  TableModel,
  ViewModel,
} from "../../model/schema-model.js";
import { constraintOptions, foreignKeyOptions, type OptionEntry, uniqueOptions } from "./constraint-options.js";
import { constraintsBesideColumns } from "./constraint-placement.js";
import { keyName } from "./identifiers.js";
import type { ImportCollector } from "./imports.js";
import type { CallCode } from "./layout.js";
import { objectLiteral, stringArray, stringLiteral } from "./literals.js";
import type { TablePlan } from "./plan.js";
import { objectOptions } from "./schema-objects.js";
import { fragmentCode, sqlCode, type SqlPlace } from "./sql-code.js";

/** The calls for everything that is not written at a column, in the model's order. */
export function tableItems({ model: table, view }: TablePlan, place: SqlPlace): CallCode[] {
  const { imports } = place;
  const { primaryKey, uniques, foreignKeys } = constraintsBesideColumns(table);
  return [
    ...(view === undefined ? [] : [viewCode(view, place)]),
    ...(table.partitionOf === undefined ? [] : [partitionCode(table.partitionOf, place)]),
    ...(primaryKey === undefined ? [] : [keyCode("primaryKey", primaryKey, constraintOptions(primaryKey), imports)]),
    ...uniques.map((key) => keyCode("unique", key, uniqueOptions(key), imports)),
    ...table.checks.map((check): CallCode => ({
      callee: imports.runtime("check"),
      arguments: [fragmentCode(check.expression, place)],
      options: constraintOptions(check),
    })),
    ...foreignKeys.map((foreignKey) => foreignKeyCode(foreignKey, imports)),
    ...(table.rawElements ?? []).map(({ name, sql }): CallCode => ({
      callee: imports.runtime("element"),
      arguments: [fragmentCode(sql, place)],
      options: name === undefined ? [] : [["name", stringLiteral(name)]],
    })),
    ...table.indexes.map((index) => indexCode(index, place)),
    ...(table.objects ?? []).map((object): CallCode => ({
      callee: imports.runtime("tableObject"),
      arguments: [],
      options: objectOptions(object, place),
    })),
    ...tableOptionsCode(table, imports),
  ];
}

function viewCode({ definition, materialized }: ViewModel, place: SqlPlace): CallCode {
  return {
    callee: place.imports.runtime("viewOf"),
    arguments: [fragmentCode(definition, place)],
    options: materialized ? [["materialized", "true"]] : [],
  };
}

function partitionCode({ parent, bound }: NonNullable<TableModel["partitionOf"]>, place: SqlPlace): CallCode {
  return {
    callee: place.imports.runtime("partitionOf"),
    arguments: [stringLiteral(qualifiedKey(parent)), fragmentCode(bound, place)],
  };
}

function keyCode(
  callee: "primaryKey" | "unique",
  { columns }: KeyModel,
  options: OptionEntry[],
  imports: ImportCollector,
): CallCode {
  return { callee: imports.runtime(callee), arguments: [stringArray(columns)], options };
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

function indexCode(index: IndexModel, place: SqlPlace): CallCode {
  const { name, unique, keys, where, method, include, nullsNotDistinct, storage, only, comment } = index;
  const options: OptionEntry[] = [["name", stringLiteral(name)]];
  if (unique) options.push(["unique", "true"]);
  if (method !== undefined) options.push(["using", stringLiteral(method)]);
  if (where !== undefined) options.push(["where", fragmentCode(where, place)]);
  if (include !== undefined) options.push(["include", stringArray(include)]);
  if (nullsNotDistinct === true) options.push(["nullsNotDistinct", "true"]);
  if (storage !== undefined && storage.length > 0) {
    options.push(["with", objectLiteral(storage.map((each) => [keyName(each.name), stringLiteral(each.value)]))]);
  }
  if (only !== undefined) options.push(["only", stringArray(only)]);
  if (comment !== undefined) options.push(["comment", stringLiteral(comment)]);
  const keyList = keys.map((key) => indexKeyCode(key, place)).join(", ");
  return { callee: place.imports.runtime("index"), arguments: [`[${keyList}]`], options };
}

/** A column by its name, or an expression; with more to say, in a call. */
function indexKeyCode(key: IndexKeyModel, place: SqlPlace): string {
  const { direction, nulls, collation, operatorClass, prefix, expression } = key;
  const texts = { direction, nulls, collation, operatorClass };
  const options = Object.entries(texts).flatMap(([name, text]): OptionEntry[] => {
    return text === undefined ? [] : [[name, stringLiteral(text)]];
  });
  if (prefix !== undefined) options.push(["prefix", String(prefix)]);
  const text = expression.kind === "column" ? stringLiteral(expression.name) : sqlCode(expression, place);
  if (options.length === 0) return text;
  return `${place.imports.runtime("indexKey")}(${text}, ${objectLiteral(options)})`;
}

function tableOptionsCode({ schema, comment, options = [] }: TableModel, imports: ImportCollector): CallCode[] {
  const entries: OptionEntry[] = [];
  if (schema !== undefined) entries.push(["schema", stringLiteral(schema)]);
  if (comment !== undefined) entries.push(["comment", stringLiteral(comment)]);
  if (options.length > 0) {
    const byDialect = options.map(({ dialect, entries: ofDialect }): OptionEntry => [
      keyName(dialect),
      objectLiteral(
        ofDialect.map(({ name, value }) => [keyName(name), value === undefined ? "true" : stringLiteral(value)]),
      ),
    ]);
    entries.push(["options", objectLiteral(byDialect)]);
  }
  return entries.length === 0 ? [] : [{ callee: imports.runtime("tableOptions"), arguments: [], options: entries }];
}
