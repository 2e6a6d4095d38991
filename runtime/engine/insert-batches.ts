// Many sets of parameters for an INSERT that returns rows, as few statements: as many sets in one as the page and the
// database's limit of parameters allow.
import type { Dialect } from "../dialects/dialect.js";
import type { Compiled } from "../sql/compile/compiled.js";
import { insertBatch } from "../sql/compile/insert-batch.js";
import type { SqlRow } from "./execution.js";

/** One statement for `count` sets, and their values one after the other. */
export interface InsertBatch {
  readonly compiled: Compiled;
  readonly values: SqlRow;
  readonly count: number;
}

/** The batches in the order of the sets; null where each set has to be executed by itself. */
export function insertBatches(
  compiled: Compiled,
  sets: readonly SqlRow[],
  dialect: Dialect,
  pageSize: number,
): readonly InsertBatch[] | null {
  if (dialect.insertMany === "each" || sets.length < 2) return null;
  const perSet = Math.max(1, compiled.parameters.length);
  const size = Math.max(1, Math.min(pageSize, Math.floor(dialect.maxParameters / perSet)));
  if (size === 1) return null;
  const ordered = dialect.insertMany === "ordered-select";
  const batches: InsertBatch[] = [];
  for (let start = 0; start < sets.length; start += size) {
    const page = sets.slice(start, start + size);
    const batch = insertBatch(compiled, page.length, dialect.sql, ordered);
    if (batch === null) return null;
    batches.push({ compiled: batch, values: page.flat(), count: page.length });
  }
  return batches;
}
