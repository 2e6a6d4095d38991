// Tables and views of PostgreSQL's catalogue as the schema model has them.
import type { ColumnModel } from "../../../model/column-model.js";
import type { IndexModel, ObjectModel, TableModel, TableOptionsModel, ViewModel } from "../../../model/schema-model.js";
import { flagOf, jsonOf, optionalText, rawSql, textOf } from "../../reflect/catalog-rows.js";
import { quotePostgresqlIdentifier } from "./identifiers.js";
import { modelName } from "./reflected-column.js";
import { type ReadConstraint, storageOptions } from "./reflected-constraints.js";

/** What was read of one relation beside its own row. */
export interface RelationParts {
  readonly columns: readonly { readonly isLocal: boolean; readonly model: ColumnModel }[];
  readonly constraints: readonly ReadConstraint[];
  readonly indexes: readonly IndexModel[];
  readonly objects: readonly ObjectModel[];
}

/** A row of `relationsQuery` that is a table. What it has from its parents is left out, as CREATE TABLE leaves it. */
export function readTable(row: readonly unknown[], parts: RelationParts, defaultSchema: string): TableModel {
  const [, schema, name, , , , note, , bound, parents] = row;
  const own = (kind: ReadConstraint["kind"]): ReadConstraint[] => parts.constraints.filter((one) => one.kind === kind);
  const [primaryKey] = own("primary key");
  const rawElements = own("raw");
  const comment = optionalText(note);
  const entries = tableOptions(row, defaultSchema);
  const objects = [...rowSecurity(row), ...parts.objects];
  const [parent] = jsonOf<[string, string][]>(parents) ?? [];
  const partition = optionalText(bound);
  return {
    ...modelName(textOf(schema), textOf(name), defaultSchema),
    columns: parts.columns.filter(({ isLocal }) => isLocal).map(({ model }) => model),
    ...(primaryKey?.kind === "primary key" ? { primaryKey: primaryKey.model } : {}),
    uniques: parts.constraints.flatMap((one) => (one.kind === "unique" ? [one.model] : [])),
    checks: parts.constraints.flatMap((one) => (one.kind === "check" ? [one.model] : [])),
    foreignKeys: parts.constraints.flatMap((one) => (one.kind === "foreign key" ? [one.model] : [])),
    indexes: parts.indexes,
    ...(rawElements.length === 0
      ? {}
      : { rawElements: parts.constraints.flatMap((one) => (one.kind === "raw" ? [one.model] : [])) }),
    ...(entries.length === 0 ? {} : { options: [{ dialect: "postgresql", entries }] }),
    ...(partition === undefined || parent === undefined
      ? {}
      : { partitionOf: { parent: modelName(...parent, defaultSchema), bound: rawSql("postgresql", partition) } }),
    ...(objects.length === 0 ? {} : { objects }),
    ...(comment === undefined ? {} : { comment }),
  };
}

function tableOptions(row: readonly unknown[], defaultSchema: string): TableOptionsModel["entries"] {
  const [, , , , persistence, storage, , partitionKey, bound, parents] = row;
  const key = optionalText(partitionKey);
  const inherited = optionalText(bound) === undefined ? (jsonOf<[string, string][]>(parents) ?? []) : [];
  const parentNames = inherited
    .map(([from, parent]) => (from === defaultSchema ? quotePostgresqlIdentifier(parent) : quotedName(from, parent)))
    .join(", ");
  return [
    ...(textOf(persistence) === "u" ? [{ name: "unlogged" }] : []),
    ...(inherited.length === 0 ? [] : [{ name: `inherits (${parentNames})` }]),
    ...(key === undefined ? [] : [{ name: `partition by ${key.replace(/^\w+/, (word) => word.toLowerCase())}` }]),
    ...storageOptions(storage),
  ];
}

function quotedName(schema: string, name: string): string {
  return `${quotePostgresqlIdentifier(schema)}.${quotePostgresqlIdentifier(name)}`;
}

/** Policies say nothing before they are switched on. */
function rowSecurity(row: readonly unknown[]): ObjectModel[] {
  const [, schema, name, , , , , , , , , enabled, forced] = row;
  const table = quotedName(textOf(schema), textOf(name));
  const security = (type: string, words: string): ObjectModel => {
    return { type, name: textOf(name), sql: rawSql("postgresql", `ALTER TABLE ${table} ${words}`), after: [] };
  };
  return [
    ...(flagOf(enabled) ? [security("row security", "ENABLE ROW LEVEL SECURITY")] : []),
    ...(flagOf(forced) ? [security("forced row security", "FORCE ROW LEVEL SECURITY")] : []),
  ];
}

/** A row of `relationsQuery` that is a view. */
export function readView(row: readonly unknown[], parts: RelationParts, defaultSchema: string): ViewModel {
  const [, schema, name, kind, , storage, note, , , , definition] = row;
  const comment = optionalText(note);
  const entries = storageOptions(storage);
  return {
    ...modelName(textOf(schema), textOf(name), defaultSchema),
    materialized: textOf(kind) === "m",
    columns: parts.columns.map(({ model }) => model),
    definition: rawSql("postgresql", textOf(definition).trim().replace(/;$/, "")),
    indexes: parts.indexes,
    ...(entries.length === 0 ? {} : { options: [{ dialect: "postgresql", entries }] }),
    ...(comment === undefined ? {} : { comment }),
  };
}
