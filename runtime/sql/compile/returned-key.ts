// The number that the database gives to a single new row, on databases that tell it by RETURNING alone: INSERTs that
// return nothing themselves get one for it.
import type { ColumnNode, StatementNode } from "../ast/nodes.js";
import type { SqlDialect } from "./sql-dialect.js";

/** The key column that the database numbers in this INSERT of one row; null where nothing has to be returned for it. */
export function returnedKey(node: StatementNode, dialect: SqlDialect): ColumnNode | null {
  if (dialect.returnsKeys !== true || node.kind !== "insert") return null;
  const { columns, rows, select, conflict, returning, table } = node;
  if (returning.length > 0 || select !== null || conflict !== null || rows.length > 1) return null;
  const [key, second] = table.primaryKey;
  if (key === undefined || second !== undefined || columns?.includes(key) === true) return null;
  return key.generation === "identity" || key.generation === "always" ? key : null;
}
