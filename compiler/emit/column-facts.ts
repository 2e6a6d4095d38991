// Facts about a column that several files of the output depend on.
import type { ColumnModel } from "../../model/column-model.js";

/** True where the column has a DEFAULT that is a value: `default null` says no more than no default. */
export function hasDefault(column: ColumnModel): boolean {
  return column.default !== undefined && column.default.kind !== "null";
}

/** True where a row may be inserted without the column although it is NOT NULL. */
export function isGenerated(column: ColumnModel): boolean {
  return column.identity !== undefined || column.autoincrement === true || hasDefault(column);
}
