// A schema model as a MetaData: what the command line and scripts create databases from without generated code.
import { qualifiedKey } from "../../model/qualified-name.js";
import type { SchemaModel } from "../../model/schema-model.js";
import { MetaData } from "./metadata.js";
import { columnType, modelTypes } from "./model-types.js";
import { declareType, SchemaObject, Sequence } from "./schema-objects.js";
import { Table } from "./table.js";
import { objectDefinition, tableArguments, type TableContext, viewArguments } from "./table-from-model.js";

/**
 * Everything in the model but its classes, in `metadata` or a new one. Throws `ArgumentError` where the model contradicts
 * itself, `InvalidRequestError` where the metadata holds one of its tables already.
 */
export function metadataFromModel(model: SchemaModel, metadata: MetaData = new MetaData()): MetaData {
  const context = tableContext(model);
  for (const { comment, ...one } of model.enums) {
    const type = columnType({ kind: "enum", name: qualifiedKey(one) }, context);
    declareType(metadata, type, comment === undefined ? {} : { comment });
  }
  for (const { comment, ...one } of model.domains ?? []) {
    const type = columnType({ kind: "domain", name: qualifiedKey(one) }, context);
    declareType(metadata, type, comment === undefined ? {} : { comment });
  }
  for (const { name, schema, type, options, comment } of model.sequences ?? []) {
    const inSchema = schema === undefined ? {} : { schema };
    new Sequence(name, metadata, { ...options, type, ...inSchema, ...(comment === undefined ? {} : { comment }) });
  }
  for (const object of model.objects ?? []) new SchemaObject(metadata, objectDefinition(object));
  addRelations(model, metadata, context);
  return metadata;
}

/** What the model's tables are looked up in. */
export function tableContext(model: SchemaModel): TableContext {
  return {
    ...modelTypes(model.enums, model.domains ?? [], model.dialects),
    tables: new Map(model.tables.map((table) => [qualifiedKey(table), table])),
  };
}

/** The model's tables and views. */
function addRelations(model: SchemaModel, metadata: MetaData, context: TableContext): void {
  for (const table of model.tables) {
    const { columns, extras } = tableArguments(table, context);
    new Table(table.name, metadata, columns, extras);
  }
  for (const view of model.views ?? []) {
    const { columns, extras } = viewArguments(view, context);
    new Table(view.name, metadata, columns, extras);
  }
}
