// Facts about a column that several files of the output depend on.
import type { ColumnModel } from "../../model/column-model.js";

/** True where the column has a DEFAULT that is a value: `default null` says no more than no default. */
export function hasDefault(column: ColumnModel): boolean {
  return column.default !== undefined && column.default.kind !== "null";
}

/** True where a row may be inserted without the column although it is NOT NULL: something else makes the value. */
export function isGenerated(column: ColumnModel): boolean {
  const { identity, serial, autoincrement, generator } = column;
  return [identity, serial, autoincrement, generator].some((maker) => maker !== undefined) || hasDefault(column);
}

/** False for columns that only the database writes. */
export function isWritable(column: ColumnModel): boolean {
  return column.identity?.always !== true && column.generated === undefined;
}
