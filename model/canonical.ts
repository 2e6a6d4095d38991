// The one order of a schema model's parts, whatever order they were declared or read in: what models are compared in.
// The order of columns, of key columns and of enum values means something and stays.
import { qualifiedKey } from "./qualified-name.js";
import type { ClassModel } from "./class-model.js";
import type { QualifiedName } from "./qualified-name.js";
import type { ObjectModel, SchemaModel, TableModel } from "./schema-model.js";

/** The same model with everything that has no order of its own sorted by name. */
export function canonicalModel(model: SchemaModel): SchemaModel {
  return {
    dialects: model.dialects.toSorted(),
    enums: sortByKey(model.enums, qualifiedKey),
    ...(model.domains === undefined ? {} : { domains: sortByKey(model.domains, qualifiedKey) }),
    ...(model.sequences === undefined ? {} : { sequences: sortByKey(model.sequences, qualifiedKey) }),
    tables: sortByKey(model.tables.map(canonicalTable), qualifiedKey),
    ...(model.views === undefined ? {} : { views: sortByKey(model.views, qualifiedKey) }),
    ...(model.objects === undefined ? {} : { objects: sortByKey(model.objects, objectKey) }),
    classes: sortByKey(model.classes.map(canonicalClass), byName),
  };
}

function canonicalTable(table: TableModel): TableModel {
  return {
    ...table,
    uniques: sortByKey(table.uniques, byName),
    checks: sortByKey(table.checks, byName),
    foreignKeys: sortByKey(table.foreignKeys, byName),
    indexes: sortByKey(table.indexes, byName),
    ...(table.objects === undefined ? {} : { objects: sortByKey(table.objects, objectKey) }),
  };
}

/** Functions of one name differ by their signature. */
function objectKey(object: ObjectModel): string {
  return `${object.type} ${qualifiedKey(object)}(${object.signature ?? ""})`;
}

function canonicalClass(model: ClassModel): ClassModel {
  return { ...model, relationships: sortByKey(model.relationships, byName) };
}

function byName({ name }: QualifiedName): string {
  return name;
}

/** By code units, so that every machine sorts alike. */
function sortByKey<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return items.toSorted((left, right) => {
    const [first, second] = [keyOf(left), keyOf(right)];
    return first < second ? -1 : first > second ? 1 : 0;
  });
}
