// Schema models for tests, with everything that a test does not speak of left at its plainest.
import type { ColumnType } from "../../model/column-type.js";
import type { ClassModel, RelationshipModel } from "../../model/class-model.js";
import type { ColumnModel } from "../../model/column-model.js";
import type { EnumModel, SchemaModel, TableModel } from "../../model/schema-model.js";

export function schemaModel(parts: Partial<SchemaModel>): SchemaModel {
  return { dialects: [], enums: [], tables: [], classes: [], ...parts };
}

export function table(name: string, columns: readonly ColumnModel[], rest: Partial<TableModel> = {}): TableModel {
  const first = columns[0]?.name;
  return {
    name,
    columns,
    ...(first === undefined ? {} : { primaryKey: { name: `${name}_pkey`, columns: [first] } }),
    uniques: [],
    checks: [],
    foreignKeys: [],
    indexes: [],
    ...rest,
  };
}

export function column(
  name: string,
  type: ColumnType | "integer" | "bigint" | "text" | "varchar" = "integer",
  rest: Partial<ColumnModel> = {},
): ColumnModel {
  return { name, property: name, type: typeof type === "string" ? { kind: type } : type, nullable: false, ...rest };
}

export function mapped(name: string, tableName: string, relationships: readonly RelationshipModel[] = []): ClassModel {
  return { name, table: { name: tableName }, relationships };
}

export function relationship(
  name: string,
  target: string,
  rest: Partial<RelationshipModel> & Pick<RelationshipModel, "direction" | "collection" | "pairs">,
): RelationshipModel {
  return {
    name,
    target,
    optional: false,
    cascade: ["save-update", "merge"],
    orderBy: [],
    lazy: "select",
    passiveDeletes: false,
    singleParent: false,
    viewonly: false,
    ...rest,
  };
}

export function enumModel(name: string, typeName: string, values: readonly string[]): EnumModel {
  return { name, typeName, values };
}
