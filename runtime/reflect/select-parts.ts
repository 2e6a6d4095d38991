// Some tables and views of a model, and the types and sequences that they need.
import type { ColumnType } from "../../model/column-type.js";
import { qualifiedKey } from "../../model/qualified-name.js";
import type { SchemaModel } from "../../model/schema-model.js";
import { NoSuchTableError } from "../errors/errors.js";

/**
 * The part of the model that these tables and views make up; all tables where `tables` is left out.
 * Throws `NoSuchTableError` for a name that is not there.
 */
export function selectParts(
  model: SchemaModel,
  tables: readonly string[] | undefined,
  views: boolean | readonly string[],
): SchemaModel {
  const keptTables = tables === undefined ? model.tables : pick(model.tables, tables);
  const all = model.views ?? [];
  const keptViews = typeof views === "boolean" ? (views ? all : []) : pick(all, views);
  if (tables === undefined && views === true) return model;
  const types = new Set<string>();
  for (const { columns } of [...keptTables, ...keptViews]) for (const { type } of columns) addNames(type, types);
  const domains = (model.domains ?? []).filter((domain) => types.has(qualifiedKey(domain)));
  for (const { type } of domains) addNames(type, types);
  const whole = tables === undefined ? {} : { sequences: [], objects: [] };
  return {
    ...model,
    ...whole,
    tables: keptTables,
    views: keptViews,
    domains,
    enums: model.enums.filter((one) => types.has(qualifiedKey(one))),
  };
}

function pick<Part extends { readonly name: string }>(parts: readonly Part[], names: readonly string[]): Part[] {
  const missing = names.find((name) => !parts.some((part) => part.name === name));
  if (missing !== undefined) throw new NoSuchTableError(missing);
  return parts.filter(({ name }) => names.includes(name));
}

function addNames(type: ColumnType, names: Set<string>): void {
  if (type.kind === "enum" || type.kind === "domain") names.add(type.name);
  if (type.kind === "array") addNames(type.element, names);
}
