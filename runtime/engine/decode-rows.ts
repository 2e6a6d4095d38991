// From the driver's values to the columns' types, in place: the driver hands every row over for good.
import type { ResultColumn } from "../sql/compile/compiled.js";
import type { SqlRow } from "./execution.js";

type Decode = (value: unknown) => unknown;

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

function decodeColumn(rows: readonly SqlRow[], index: number, decode: Decode): void {
  // Sound: the rows are fresh arrays of the driver's; nobody else has seen them.
  for (const row of rows as unknown[][]) {
    const value = row[index];
    if (value !== null) row[index] = decode(value);
  }
}
