// INSERTs and UPDATEs whose values come with the execution: the columns named there become parameters of the statement.
import { ArgumentError, CompileError } from "../../errors/errors.js";
import { collectBinds } from "../ast/collect-binds.js";
import { namedBindNode } from "../ast/expressions.js";
import type { ColumnNode, InsertNode, StatementNode, TableNode, UpdateNode } from "../ast/nodes.js";
import { insertNode, type InsertParts, updateNode } from "../ast/statements.js";

/**
 * The statement with a parameter for each named property that has no value in it yet. An INSERT or UPDATE without
 * values of its own gets, without names, every column that takes a value; with none of them, `DEFAULT VALUES`. Names of
 * parameters that the statement has already are theirs.
 * The result's key is the one to cache by. Throws `ArgumentError` for a name that is no column's.
 */
export function withParameters(node: StatementNode, columnKeys?: readonly string[]): StatementNode {
  if (node.kind === "insert") return node.columns === null ? insertOf(node, columnKeys) : widerInsert(node, columnKeys);
  if (node.kind === "update") return updateOf(node, columnKeys);
  return node;
}

function insertOf(node: InsertNode, columnKeys: readonly string[] | undefined): InsertNode {
  const columns =
    columnKeys === undefined ? insertableColumns(node.table) : columnKeys.map((key) => columnOf(node.table, key));
  return insertNode({ ...insertParts(node), columns, rows: columns.length === 0 ? [] : [columns.map(parameterOf)] });
}

/** An INSERT of one row, with more columns from the parameters. */
function widerInsert(node: InsertNode, columnKeys: readonly string[] | undefined): InsertNode {
  if (columnKeys === undefined || columnKeys.length === 0) return node;
  const [row, ...others] = node.rows;
  const present = node.columns ?? [];
  if (node.select !== null || others.length > 0) return node;
  const added = addedColumns(node, node.table, present, columnKeys);
  if (added.length === 0) return node;
  return insertNode({
    ...insertParts(node),
    columns: [...present, ...added],
    rows: [[...(row ?? []), ...added.map(parameterOf)]],
  });
}

function insertParts({
  table,
  columns,
  rows,
  select,
  defaults,
  conflict,
  returning,
  extras = null,
}: InsertNode): InsertParts {
  return { table, columns, rows, select, defaults, conflict, returning, extras };
}

function updateOf(node: UpdateNode, columnKeys: readonly string[] | undefined): UpdateNode {
  const { table, assignments, values, where, returning, extras = null } = node;
  if (assignments !== null && (columnKeys === undefined || columnKeys.length === 0)) return node;
  const present = (assignments ?? []).map((assignment) => assignment.column);
  const added = columnKeys === undefined ? insertableColumns(table) : addedColumns(node, table, present, columnKeys);
  if (assignments !== null && added.length === 0) return node;
  if (added.length === 0) {
    throw new CompileError(`update of '${table.name}' sets no column; give values() or parameters for columns`);
  }
  const fresh = added.map((column) => ({ column, value: parameterOf(column) }));
  return updateNode({ table, assignments: [...(assignments ?? []), ...fresh], values, where, returning, extras });
}

/** The named columns that have no value yet; names of parameters that are there already are none. */
function addedColumns(
  node: StatementNode,
  table: TableNode,
  present: readonly ColumnNode[],
  columnKeys: readonly string[],
): readonly ColumnNode[] {
  const named = new Set(
    collectBinds(node)
      .filter((bind) => !bind.unique)
      .map((bind) => bind.name),
  );
  const names = new Set(present.map((column) => column.property));
  return columnKeys.filter((key) => !named.has(key) && !names.has(key)).map((key) => columnOf(table, key));
}

/** Every column that takes a value from outside. */
function insertableColumns(table: TableNode): readonly ColumnNode[] {
  return table.columns.filter((column) => column.generation !== "computed" && column.generation !== "always");
}

function parameterOf(column: ColumnNode): ReturnType<typeof namedBindNode> {
  return namedBindNode(column.property, column.type);
}

function columnOf(table: TableNode, property: string): ColumnNode {
  const column = table.columns.find((each) => each.property === property);
  if (column !== undefined) return column;
  const known = table.columns.map((each) => each.property).join(", ");
  throw new ArgumentError(`parameter '${property}' is no column of '${table.name}'; it has ${known}`);
}
