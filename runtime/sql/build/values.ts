// Objects of values, as `values()` takes them, to columns and nodes.
import { ArgumentError, InvalidValueError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";
import { namedBindNode } from "../ast/expressions.js";
import type { Assignment, ColumnNode, ExpressionNode, NamedFromNode, TableNode } from "../ast/nodes.js";
import { operandNode } from "./coerce.js";
import { elementOf } from "./element.js";
import { columnOfProperty } from "./sources.js";

/** The columns and values of an object, in its order; properties that are undefined are an error. */
export function assignmentsOf(table: NamedFromNode, values: unknown, where: string, nameSuffix = ""): Assignment[] {
  const entries = valueEntries(values, where);
  return entries.map(([property, value]) => {
    const column = columnOfProperty(table, property, where);
    if (column.generation === "computed" || column.generation === "always") {
      throw new ArgumentError(`${where}: the database makes '${table.name}.${column.name}' itself; leave it out`);
    }
    return { column, value: valueNode(column, value, where, nameSuffix) };
  });
}

function valueEntries(values: unknown, where: string): [string, unknown][] {
  if (typeof values !== "object" || values === null || Array.isArray(values) || elementOf(values) !== null) {
    throw new ArgumentError(`${where} takes an object of values by property, got ${describeValue(values)}`);
  }
  return Object.entries(values);
}

function valueNode(column: ColumnNode, value: unknown, where: string, nameSuffix: string): ExpressionNode {
  if (value === undefined) {
    throw new InvalidValueError(`${where}: '${column.property}' is undefined; pass null for NULL, or leave it out`);
  }
  if (elementOf(value) !== null) return operandNode(value, column);
  return namedBindNode(column.property + nameSuffix, column.type, value);
}

/**
 * The rows of an INSERT: all have the first row's columns, as one statement has one list of columns.
 */
export function insertRows(
  table: TableNode,
  rows: readonly unknown[],
  where: string,
): { readonly columns: readonly ColumnNode[]; readonly rows: readonly (readonly ExpressionNode[])[] } {
  const [first] = rows;
  if (first === undefined) throw new ArgumentError(`${where} was given no rows`);
  const suffix = (index: number): string => (rows.length === 1 ? "" : `_m${index}`);
  const assigned = assignmentsOf(table, first, where, suffix(0));
  const columns = assigned.map((assignment) => assignment.column);
  const nodes = rows.map((row, index) => {
    if (index === 0) return assigned.map((assignment) => assignment.value);
    const assignments = assignmentsOf(table, row, where, suffix(index));
    if (assignments.length !== columns.length) throw unlikeRows(where, index);
    return columns.map((column) => {
      const found = assignments.find((assignment) => assignment.column === column);
      if (found === undefined) throw unlikeRows(where, index);
      return found.value;
    });
  });
  return { columns, rows: columns.length === 0 ? [] : nodes };
}

function unlikeRows(where: string, index: number): ArgumentError {
  return new ArgumentError(
    `${where}: row ${index} has other properties than the first row; give every row the same ones, ` +
      "null where NULL is meant",
  );
}
