// What the writers of tables and columns need to know of the whole schema.
import type { ColumnModel } from "../../model/column-model.js";
import type { NamingTemplates } from "../../model/naming-templates.js";
import { qualifiedKey, type QualifiedName } from "../../model/qualified-name.js";
import type { ForeignKeyModel, SchemaModel, TableModel } from "../../model/schema-model.js";
import type { ConverterTypes } from "./converter-types.js";
import { neededNames } from "./needed-names.js";
import type { RelationshipTexts } from "./unparse-relationships.js";

export interface SchemaFacts {
  /** Whether a constraint's or index's name must be written. */
  needsName(part: { readonly name: string }): boolean;
  /** The columns of a table's primary key; undefined where it has none. */
  primaryKeyOf(table: QualifiedName): readonly string[] | undefined;
  /** The alias that a column's type is written as; undefined where it is written itself. */
  aliasOf(column: ColumnModel): string | undefined;
  /** `relationship a backref b` where the key carries relationships; else nothing. */
  relationshipsOf(table: TableModel, foreignKey: ForeignKeyModel): string;
}

/** The facts of `model`; `templates` make the names that nobody writes. */
export function schemaFacts(
  model: SchemaModel,
  relationships: RelationshipTexts,
  converters: ConverterTypes,
  templates: NamingTemplates,
): SchemaFacts {
  const needed = neededNames(model, templates);
  const keys = new Map(model.tables.map((table) => [qualifiedKey(table), table.primaryKey?.columns]));
  return {
    needsName: (part) => needed.has(part),
    primaryKeyOf: (table) => keys.get(qualifiedKey(table)),
    aliasOf: (column) => converters.aliasOf(column),
    relationshipsOf: (table, foreignKey) => relationships.inClause(table, foreignKey),
  };
}
