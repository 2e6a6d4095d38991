// INSERTs and UPDATEs completed by the values that columns have for rows which say nothing: those of `clientDefault()`
// and `onUpdate()`. Only for statements of programs; a session's flush looks after its objects itself.
import { ArgumentError } from "../../errors/errors.js";
import { clientValueNode } from "../ast/expressions.js";
import type { ColumnNode, InsertNode, StatementNode, UpdateNode } from "../ast/nodes.js";
import { copySelect, insertNode, updateNode } from "../ast/statements.js";

/** The statement, which has its columns already, with those that were left out. */
export function withClientValues(node: StatementNode): StatementNode {
  if (node.kind === "insert") return node.columns === null ? node : completeInsert(node, node.columns);
  return node.kind === "update" ? completeUpdate(node) : node;
}

function completeInsert(node: InsertNode, present: readonly ColumnNode[]): InsertNode {
  const missing = node.table.columns.filter(
    (column) => column.clientDefault !== null && !present.some(({ name }) => name === column.name),
  );
  if (missing.length === 0) return node;
  const { table, conflict, returning, extras = null } = node;
  const columns = [...present, ...missing];
  if (node.select !== null) {
    const select = selectWith(node, missing);
    return insertNode({ table, columns, rows: [], select, conflict, returning, extras });
  }
  const given: InsertNode["rows"] = node.rows.length === 0 ? [[]] : node.rows;
  const rows = given.map((row, at) => {
    const suffix = given.length === 1 ? "" : `_m${at}`;
    return row.concat(missing.map((column) => defaultOf(column, suffix)));
  });
  return insertNode({ table, columns, rows, select: null, conflict, returning, extras });
}

/** Each row of an INSERT … SELECT is given the same value. */
function selectWith({ select }: InsertNode, missing: readonly ColumnNode[]): InsertNode["select"] {
  if (select === null) return null;
  if ((select.extras?.set ?? null) !== null) {
    const names = missing.map((column) => column.property).join(", ");
    throw new ArgumentError(`fromSelect() of a set operation says nothing of ${names}: select values for them, too`);
  }
  const copy = copySelect(select);
  copy.items = [...select.items, ...missing.map((column) => defaultOf(column, ""))];
  return copy;
}

function defaultOf(column: ColumnNode, suffix: string): ReturnType<typeof clientValueNode> {
  const value = column.clientDefault ?? { kind: "value", value: null };
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
