// Everything that a MetaData holds, as creating and dropping see it.
import type { DeclaredType } from "../types/declared-type.js";
import type { NamedTypeDeclaration, SchemaObject, Sequence } from "./schema-objects.js";
import type { TableDefinition } from "./table-form.js";

export interface SchemaParts {
  readonly tables: readonly TableDefinition[];
  readonly views: readonly TableDefinition[];
  readonly sequences: readonly Sequence[];
  readonly types: readonly NamedTypeDeclaration[];
  readonly objects: readonly SchemaObject[];
}

/** The types of all columns, and those that are declared by themselves. */
export function typesOf({ types }: SchemaParts, relations: readonly TableDefinition[]): DeclaredType[] {
  return [...types.map(({ type }) => type), ...relations.flatMap(({ columns }) => columns.map(({ type }) => type))];
}

/** The schemas that anything lies in, in the order of their names. */
export function schemasOf(parts: SchemaParts): string[] {
  const located = [...parts.tables, ...parts.views, ...parts.sequences, ...parts.objects];
  return [...new Set(located.flatMap(({ schema }) => schema ?? []))].toSorted();
}
