// Where the columns of a class stand: in its own table, or in its bases' tables too. A class's slots begin with those
// of the class it extends, so that a base's generated code works on the objects of every subclass.
import { MappingError } from "../errors/errors.js";
import type { ColumnNode, TableNode } from "../sql/ast/nodes.js";
import type { ClassTables, TablePart } from "./class-source.js";

/** How a subclass's rows are kept: in its base's table, in a table joined to it, or in one that holds everything. */
export type InheritanceKind = "single" | "joined" | "concrete";

/** What the layout needs to know of a class; `columns` names its own where these are not all of the table. */
interface LayoutDefinition {
  readonly name: string;
  readonly properties: readonly string[];
  readonly columns?: readonly string[] | undefined;
  readonly inherits?: { readonly base: string; readonly kind: InheritanceKind } | undefined;
}

/** A class's tables and, in slot order, its columns and their properties. */
export interface ClassLayout extends ClassTables {
  readonly properties: readonly string[];
}

/**
 * The layout of a class that extends `base`, or none.
 * @throws MappingError where the definition does not fit the table
 */
export function classLayout(definition: LayoutDefinition, table: TableNode, base: ClassLayout | null): ClassLayout {
  const own = ownColumns(definition, table);
  if (own.length !== definition.properties.length) {
    throw new MappingError(
      `Class ${definition.name} has ${definition.properties.length} properties, but table '${table.name}' ` +
        `has ${own.length} columns: run athanor generate`,
    );
  }
  if (base === null || definition.inherits === undefined) {
    return { parts: [partOf(table)], columns: own, properties: definition.properties };
  }
  const properties = [...base.properties, ...definition.properties];
  switch (definition.inherits.kind) {
    case "single":
      return { parts: base.parts, columns: [...base.columns, ...own], properties };
    case "joined":
      return {
        parts: [...base.parts, joinedPart(definition, table, base)],
        columns: [...base.columns, ...own],
        properties,
      };
    case "concrete": {
      const restated = base.columns.map((column) => columnNamed(definition, table, column.name));
      return { parts: [partOf(table)], columns: [...restated, ...own], properties };
    }
  }
}

function partOf(table: TableNode): TablePart {
  return { table, key: table.primaryKey, optional: false };
}

function joinedPart(definition: LayoutDefinition, table: TableNode, base: ClassLayout): TablePart {
  const part = partOf(table);
  if (part.key.length === base.parts[0]?.key.length) return part;
  throw new MappingError(
    `Class ${definition.name} extends ${definition.inherits?.base ?? ""} by the primary key of table ` +
      `'${table.name}', which has to have as many columns as that of '${base.parts[0]?.table.name ?? ""}'`,
  );
}

function ownColumns(definition: LayoutDefinition, table: TableNode): readonly ColumnNode[] {
  const { columns } = definition;
  return columns === undefined ? table.columns : columns.map((name) => columnNamed(definition, table, name));
}

function columnNamed({ name }: LayoutDefinition, table: TableNode, column: string): ColumnNode {
  const found = table.columns.find((each) => each.name === column);
  if (found !== undefined) return found;
  throw new MappingError(
    `Class ${name} has a column '${column}', which table '${table.name}' lacks: run athanor generate`,
  );
}
