// How the rows of a compiled statement are read: which values are decoded at once, which when the row is read.
import type { ResultColumn } from "../sql/compile/compiled.js";
import type { SqlDialect } from "../sql/compile/sql-dialect.js";
import { RowShape } from "./row.js";

export interface ReadPlan {
  /** The columns, of which those that are decoded late have no `decode`. */
  readonly early: readonly ResultColumn[];
  readonly shape: RowShape;
}

/**
 * Of these, making the value costs more than all else in a row; their text says whether two are equal, which that of
 * a JSON document, another type that objects decode late, does not.
 */
const LATE: ReadonlySet<string> = new Set(["date", "time", "timestamp", "timestamptz"]);

/** The plan for rows of these columns. */
export function planReading(columns: readonly ResultColumn[], dialect: SqlDialect): ReadPlan {
  const late = columns.map(({ type }) => LATE.has(type.logical.kind) && dialect.codecFor(type).decodeLate);
  const shape = new RowShape(
    columns.map(({ key }) => key),
    columns.every(({ expressionKey }) => expressionKey !== undefined)
      ? columns.map(({ expressionKey = 0 }) => expressionKey)
      : [],
    columns.flatMap(({ decode }, at) => (late[at] === true && decode !== null ? [{ at, decode }] : [])),
  );
  return { early: columns.map((column, at) => (late[at] === true ? { ...column, decode: null } : column)), shape };
}
