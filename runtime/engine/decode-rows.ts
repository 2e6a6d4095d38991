// From the driver's values to the columns' types, in place: the driver hands every row over for good. What is costly to
// decode is left to who reads the row, see `RowShape`.
import type { ResultColumn } from "../sql/compile/compiled.js";
import type { SqlRow } from "./execution.js";

type Decode = (value: unknown) => unknown;

/** How the values of the column at a position are decoded; never called with null. */
export interface ColumnDecoder {
  readonly at: number;
  readonly decode: Decode;
}

/** Decodes the rows in place, by `columns`. Rows that need no decoding are not touched. */
export function decodeRows(rows: readonly SqlRow[], columns: readonly ResultColumn[]): void {
  for (let index = 0; index < columns.length; index++) {
    const decode = columns[index]?.decode ?? null;
    if (decode !== null) decodeColumn(rows, index, decode);
  }
}

/** Decodes every value of the rows by one rule: for rows of which only the driver knows the columns. */
export function decodeEvery(rows: readonly SqlRow[], decode: Decode): void {
  const width = rows[0]?.length ?? 0;
  for (let index = 0; index < width; index++) decodeColumn(rows, index, decode);
}

/** The row with the values of these columns decoded. */
export function decodedCopy(row: SqlRow, columns: readonly ColumnDecoder[]): SqlRow {
  const copy = row.slice();
  for (const { at, decode } of columns) {
    const value = copy[at];
    if (value !== null) copy[at] = decode(value);
  }
  return copy;
}

function decodeColumn(rows: readonly SqlRow[], index: number, decode: Decode): void {
  // Sound: the rows are fresh arrays of the driver's; nobody else has seen them.
  for (const row of rows as unknown[][]) {
    const value = row[index];
    if (value !== null) row[index] = decode(value);
  }
}
