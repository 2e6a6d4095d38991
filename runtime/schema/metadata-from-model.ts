// A schema model as a MetaData: what the command line and scripts create databases from without generated code.
import { qualifiedKey } from "../../model/qualified-name.js";
import type { SchemaModel } from "../../model/schema-model.js";
import { MetaData } from "./metadata.js";
import { columnType } from "./model-types.js";
import { declareType, SchemaObject, Sequence } from "./schema-objects.js";
import { addRelations } from "./add-relations.js";
import { objectDefinition, tableContext } from "./table-from-model.js";

/**
 * Everything in the model but its classes, in `metadata` or a new one. Throws `ArgumentError` where the model
 * contradicts itself, `InvalidRequestError` where the metadata holds one of its tables already.
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
  addRelations(model, metadata, () => true);
  return metadata;
}
