// What mysql2 gives back for a statement, as the engine's driver contract has it.
import type { AsyncReply } from "../driver.js";
import type { Mysql2Field, Mysql2Header, Mysql2Result, Mysql2Rows } from "./mysql2-package.js";

/** The protocol's type of 64-bit whole numbers. */
const LONGLONG = 8;

/** The columns of a statement's first result of rows. */
export class ResultFields {
  names: readonly string[] | null = null;
  #wide: readonly number[] = [];

  /** Listens for the columns, which come before the rows. */
  readonly take = (fields: Mysql2Field[] | undefined): void => {
    if (fields === undefined) return;
    const names = fields.map((field) => field.name);
    // mysql2 writes a parser of the rows next, which breaks the connection over a column named `__proto__`.
    for (const field of fields) field.name = "";
    if (this.names !== null) return;
    this.names = names;
    this.#wide = fields.flatMap((field, index) => (field.columnType === LONGLONG ? [index] : []));
  };

  /** Turns the digits of whole numbers that are too large for a number into bigint, in place. */
  widen(rows: readonly unknown[][]): void {
    for (const index of this.#wide) {
      for (const row of rows) {
        const value = row[index];
        if (typeof value === "string") row[index] = BigInt(value);
      }
    }
  }
}

/** The first rows that came, or the counts where none did. */
export function replyOf(result: Mysql2Result, fields: ResultFields): AsyncReply {
  const rows = fields.names === null ? null : rowsOf(result);
  if (rows !== null) fields.widen(rows);
  const header = headerOf(result);
  const insertId = header === null ? null : wholeNumber(header.insertId);
  return {
    rows: rows ?? [],
    columnNames: fields.names,
    rowCount: header === null ? (rows?.length ?? 0) : Number(header.affectedRows),
    lastInsertId: insertId === 0 ? null : insertId,
    commandTag: null,
  };
}

function rowsOf(result: Mysql2Result): Mysql2Rows {
  if (!Array.isArray(result)) return [];
  const last: unknown = result.at(-1);
  // Of several results, as of CALL, the last one is a header; Sound: then those before it are results, not rows.
  return (isHeader(last) ? (result.find((each) => Array.isArray(each)) ?? []) : result) as Mysql2Rows;
}

function headerOf(result: Mysql2Result): Mysql2Header | null {
  if (isHeader(result)) return result;
  const last: unknown = Array.isArray(result) ? result.at(-1) : null;
  return isHeader(last) ? last : null;
}

function isHeader(value: unknown): value is Mysql2Header {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "serverStatus" in value;
}

function wholeNumber(value: number | string): number | bigint {
  return typeof value === "number" ? value : BigInt(value);
}
