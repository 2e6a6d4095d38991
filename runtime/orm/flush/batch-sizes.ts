// How many rows one statement takes. Few sizes, so that few statements are compiled; small batches are exact, so that
// what a person writes in one go is one statement.
import type { BatchRows, SqlDialect } from "../../sql/compile/sql-dialect.js";

/** Where each statement is a round trip. */
const usualSizes: BatchRows = {
  insert: [1000, 200, 50],
  update: [1000, 500, 200, 100, 50, 20],
  delete: [1000],
};
const parameterLimit = 32_000;

/** Fewer changed rows than this are updated one by one: a list of values does not pay. */
export const fewestListedUpdates = 5;

/** The same of deleted rows, whose list of keys pays at once where it saves a round trip. */
export function fewestListedDeletes({ batchRows }: SqlDialect): number {
  return batchRows === undefined ? 2 : 5;
}

/** Rows that one statement takes where they travel as arrays. */
const mostInArrays = 10_000;

/** Rows of the next INSERT of `left` alike rows with `width` columns. */
export function nextInsertSize(dialect: SqlDialect, left: number, width: number): number {
  if (width > 0 && dialect.columnArray !== undefined) return Math.min(left, mostInArrays);
  return nextSize((dialect.batchRows ?? usualSizes).insert, left, width);
}

/** Rows of the next UPDATE from a list of values. */
export function nextUpdateSize(dialect: SqlDialect, left: number, width: number): number {
  if (dialect.columnArray !== undefined) return Math.min(left, mostInArrays);
  return nextSize((dialect.batchRows ?? usualSizes).update, left, width);
}

/** Rows of the next DELETE by a list of keys. */
export function nextDeleteSize(dialect: SqlDialect, left: number, width: number): number {
  if (dialect.columnArray !== undefined) return Math.min(left, mostInArrays);
  return nextSize((dialect.batchRows ?? usualSizes).delete, left, width);
}

function nextSize(sizes: readonly number[], left: number, width: number): number {
  // A row without columns is `DEFAULT VALUES`, which is one row a statement.
  if (width === 0) return 1;
  const most = Math.max(1, Math.floor(parameterLimit / width));
  for (const size of sizes) if (size <= left && size <= most) return size;
  return Math.min(left, most);
}
