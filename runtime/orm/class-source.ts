// What a class is read from: its table or, where it inherits by joined tables, its bases' tables and its own, joined
// row by row by their keys; and the same under another name.
import { InternalError } from "../errors/errors.js";
import { binaryNode, junctionNode } from "../sql/ast/expressions.js";
import type { AliasNode, ColumnNode, EntitySource, ExpressionNode, FromNode, TableNode } from "../sql/ast/nodes.js";
import { aliasNode, combinedNode, joinNode } from "../sql/ast/tables.js";

/** One table of a class. */
export interface TablePart {
  readonly table: TableNode;
  /** The columns that hold the object's key, in key order: by these the tables are joined. */
  readonly key: readonly ColumnNode[];
  /** True for a subclass's table, in which not every row of the class has one. */
  readonly optional: boolean;
}

/** The tables of a class, the root's first, and those of their columns that it has, in slot order. */
export interface ClassTables {
  readonly parts: readonly TablePart[];
  readonly columns: readonly ColumnNode[];
}

/** The class's only table itself, or its tables joined. */
export function classSource(name: string, { parts, columns }: ClassTables): EntitySource {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first.table;
  return combinedNode({ name, join: joined(parts.map((part) => ({ ...part, from: part.table }))), columns });
}

/** The same source under another name, which the class's own table takes; the others take it before theirs. */
export function aliasedSource(name: string, element: EntitySource, { parts, columns }: ClassTables): EntitySource {
  if (element.kind !== "combined") return aliasNode(element.kind === "alias" ? element.element : element, name);
  const aliases = new Map<TableNode, AliasNode>();
  const own = parts.findLast((part) => !part.optional);
  for (const part of parts) {
    aliases.set(part.table, aliasNode(part.table, part === own ? name : `${name}_${part.table.name}`));
  }
  const aliased = parts.map((part) => ({
    from: aliases.get(part.table) ?? part.table,
    key: part.key.map((column) => aliases.get(part.table)?.columns[column.index] ?? column),
    optional: part.optional,
  }));
  const originals = columns.map((column) => {
    const alias = column.table?.kind === "table" ? aliases.get(column.table) : undefined;
    return alias?.columns[column.index] ?? column;
  });
  return combinedNode({ name, join: joined(aliased), columns: originals, element });
}

interface JoinedPart {
  readonly from: TableNode | AliasNode;
  readonly key: readonly ColumnNode[];
  readonly optional: boolean;
}

function joined(parts: readonly JoinedPart[]): FromNode {
  const [first, ...others] = parts;
  if (first === undefined) throw new InternalError("A class without a table");
  return others.reduce<FromNode>(
    (left, part) => joinNode(left, part.from, sameKey(first.key, part.key), part.optional ? "left" : "inner"),
    first.from,
  );
}

function sameKey(left: readonly ColumnNode[], right: readonly ColumnNode[]): ExpressionNode {
  const pairs = left.flatMap((column, at): ExpressionNode[] => {
    const other = right[at];
    return other === undefined ? [] : [binaryNode("eq", column, other)];
  });
  const [only] = pairs;
  return only !== undefined && pairs.length === 1 ? only : junctionNode("and", pairs);
}
