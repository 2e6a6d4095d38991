// INSERTs and UPDATEs completed by the values that columns have for rows which say nothing: those of `clientDefault()`
// and `onUpdate()`, and what tells a class's rows from others. Only for statements of programs; a session's flush looks
// after its objects itself.
import { ArgumentError } from "../../errors/errors.js";
import type { ClientValue } from "../../types/client-value.js";
import { clientValueNode } from "../ast/expressions.js";
import type { ColumnNode, InsertNode, StatementNode, UpdateNode } from "../ast/nodes.js";
import { copySelect, insertNode, updateNode } from "../ast/statements.js";

/** The statement, which has its columns already, with those that were left out. */
export function withClientValues(node: StatementNode): StatementNode {
  if (node.kind === "insert") return node.columns === null ? node : completeInsert(node, node.columns);
  return node.kind === "update" ? completeUpdate(node) : node;
}

function completeInsert(node: InsertNode, present: readonly ColumnNode[]): InsertNode {
  const missing = missingIn(node, present);
  if (missing.length === 0) return node;
  const { table, conflict, returning, extras = null } = node;
  const columns = [...present, ...missing.map(({ column }) => column)];
  if (node.select !== null) {
    const select = selectWith(node, missing);
    return insertNode({ table, columns, rows: [], select, conflict, returning, extras });
  }
  const given: InsertNode["rows"] = node.rows.length === 0 ? [[]] : node.rows;
  const rows = given.map((row, at) => {
    const suffix = given.length === 1 ? "" : `_m${at}`;
    return row.concat(missing.map((each) => defaultOf(each, suffix)));
  });
  return insertNode({ table, columns, rows, select: null, conflict, returning, extras });
}

/** A column that has no value, and the one that it gets. */
interface Missing {
  readonly column: ColumnNode;
  readonly value: ClientValue;
}

function missingIn({ table, defaults = [] }: InsertNode, present: readonly ColumnNode[]): Missing[] {
  const isPresent = ({ name }: ColumnNode): boolean => present.some((each) => each.name === name);
  const missing: Missing[] = [];
  for (const column of table.columns) {
    const stated = defaults.find((each) => each.column === column);
    const value = stated === undefined ? column.clientDefault : { kind: "value" as const, value: stated.value };
    if (value !== null && !isPresent(column)) missing.push({ column, value });
  }
  return missing;
}

/** Each row of an INSERT … SELECT is given the same value. */
function selectWith({ select }: InsertNode, missing: readonly Missing[]): InsertNode["select"] {
  if (select === null) return null;
  if ((select.extras?.set ?? null) !== null) {
    const names = missing.map(({ column }) => column.property).join(", ");
    throw new ArgumentError(`fromSelect() of a set operation says nothing of ${names}: select values for them, too`);
  }
  const copy = copySelect(select);
  copy.items = [...select.items, ...missing.map((each) => defaultOf(each, ""))];
  return copy;
}

function defaultOf({ column, value }: Missing, suffix: string): ReturnType<typeof clientValueNode> {
  return clientValueNode(value, column.property + suffix, column.type);
}

function completeUpdate(node: UpdateNode): UpdateNode {
  const assigned = node.assignments ?? [];
  const missing = node.table.columns.flatMap((column) => {
    if (column.onUpdate === null || assigned.some((each) => each.column.name === column.name)) return [];
    return [{ column, value: clientValueNode(column.onUpdate, column.property, column.type) }];
  });
  if (missing.length === 0 || node.assignments === null) return node;
  const { table, values, where, returning, extras = null } = node;
  return updateNode({ table, assignments: [...assigned, ...missing], values, where, returning, extras });
}
