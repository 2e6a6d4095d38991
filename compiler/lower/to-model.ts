// The last stage before emission: a schema that passed the checks, as the schema model. Nothing is reported here.
import { createNameScope } from "../../model/naming.js";
import type { NamingTemplates } from "../../model/naming-templates.js";
import type { ClassModel } from "../../model/class-model.js";
import type { EnumModel, SchemaModel } from "../../model/schema-model.js";
import type { BoundSchema, EnumSymbol } from "../bind/symbols.js";
import { lowerRelationship } from "./lower-relationship.js";
import { lowerTable } from "./lower-table.js";
import { TableNamer, takeWrittenNames } from "./made-names.js";

/** Lowers a schema without errors; one with errors is a bug of the caller. */
export function toModel(schema: BoundSchema, templates: NamingTemplates): SchemaModel {
  const scopes = takeWrittenNames(schema);
  return {
    dialects: schema.dialects,
    enums: schema.enums.map(lowerEnum),
    tables: schema.tables.map((table) => {
      const { name } = table.symbol;
      return lowerTable(table, new TableNamer(scopes.get(name.schema) ?? createNameScope(), name.name, templates));
    }),
    classes: schema.tables.flatMap((table): ClassModel[] => {
      const { className, name } = table.symbol;
      if (className === undefined) return [];
      const relationships = table.relationships.map((relationship) => lowerRelationship(relationship, schema));
      return [{ name: className, table: name, relationships }];
    }),
  };
}

function lowerEnum({ name, typeName, declaration }: EnumSymbol): EnumModel {
  return {
    ...name,
    typeName,
    values: declaration.values.map(({ value }) => value),
    ...(declaration.doc === undefined ? {} : { comment: declaration.doc.text }),
  };
}
