// Reads what the database made for new rows (keys, defaults) back into their objects.
import { decodeRows } from "../../engine/decode-rows.js";
import type { ExecutionReply, SqlRow } from "../../engine/execution.js";
import { FlushError } from "../../errors/errors.js";
import type { Entity } from "../entity.js";
import { readField, type Slot, writeField } from "../mapper.js";
import type { FlushRecord } from "./flush-record.js";
import { isNumber, isNumberedKey, type RowStatement } from "./row-statements.js";
import type { RowTable } from "./row-table.js";

/** Sets what the reply to an INSERT of these objects, in this order, brought back. */
export function takeMadeValues(
  mapper: RowTable,
  statement: Pick<RowStatement, "compiled" | "returning">,
  entities: readonly Entity[],
  reply: ExecutionReply,
  record: FlushRecord,
): void {
  const { returning } = statement;
  if (returning.length === 0) return;
  record.made.push({ entities, slots: returning });
  if (statement.compiled.columns === null) {
    const numbered = returning.find(isNumberedKey);
    const [entity] = entities;
    if (numbered !== undefined && entity !== undefined) {
      writeField(entity, numbered.field, numberedKey(mapper, numbered, reply));
    }
    // Defaults stay unset, which is what an object is asked to load when they are read.
    refuseUnknownKey(mapper, entities);
    return;
  }
  decodeRows(reply.rows, statement.compiled.columns);
  const rows = inParameterOrder(reply.rows, returning);
  if (rows.length !== entities.length) {
    throw new FlushError(
      `The database returned ${rows.length} rows for the ${entities.length} new ${mapper.name} objects ` +
        `of one INSERT: look for a trigger on table '${mapper.table.name}'`,
    );
  }
  for (let column = 0; column < returning.length; column++) {
    const field = returning[column]?.field;
    if (field === undefined) continue;
    for (let row = 0; row < entities.length; row++) {
      const entity = entities[row];
      if (entity !== undefined) writeField(entity, field, rows[row]?.[column]);
    }
  }
}

function refuseUnknownKey(mapper: RowTable, entities: readonly Entity[]): void {
  for (const { field, property } of mapper.primaryKey) {
    for (const entity of entities) {
      if (readField(entity, field) !== undefined) continue;
      throw new FlushError(
        `The database makes '${property}' of new ${mapper.name} objects, but this one does not tell what it made: ` +
          `set it yourself`,
      );
    }
  }
}

function numberedKey(mapper: RowTable, slot: Slot, reply: ExecutionReply): unknown {
  const { lastInsertId } = reply;
  if (lastInsertId === null) {
    throw new FlushError(`The database gave no key for the new row of table '${mapper.table.name}'`);
  }
  return slot.column.type.logical.kind === "bigint" ? BigInt(lastInsertId) : Number(lastInsertId);
}

/** The last row's number, where the rows of a batch were numbered one after another; null where they were not. */
export function lastOfSequence(returning: readonly Slot[], entities: readonly Entity[]): number | null {
  const [slot] = returning;
  const [first] = entities;
  if (slot === undefined || first === undefined || entities.length < 2 || !isNumber(returning)) return null;
  const start = Number(readField(first, slot.field));
  const inSequence = entities.every((entity, at) => Number(readField(entity, slot.field)) === start + at);
  return inSequence && Number.isSafeInteger(start + entities.length) ? start + entities.length - 1 : null;
}

/**
 * Gives the rows of a batch the numbers up to the last one's, which the database told.
 * @param before the number of the last row before the batch
 * @throws FlushError where other rows came between: then nobody can tell which number is whose
 */
export function takeNumbers(
  mapper: RowTable,
  returning: readonly Slot[],
  entities: readonly Entity[],
  reply: ExecutionReply,
  before: number,
  record: FlushRecord,
): number {
  const [slot] = returning;
  const last = before + entities.length;
  if (slot === undefined || Number(reply.lastInsertId) !== last) {
    throw new FlushError(
      `New rows of table '${mapper.table.name}' were not numbered one after another: a trigger on it inserts rows ` +
        `into it as well. Flush its objects in smaller groups`,
    );
  }
  record.made.push({ entities, slots: returning });
  const isBigint = slot.column.type.logical.kind === "bigint";
  for (let row = 0; row < entities.length; row++) {
    const entity = entities[row];
    const number = before + 1 + row;
    if (entity !== undefined) writeField(entity, slot.field, isBigint ? BigInt(number) : number);
  }
  return last;
}

/**
 * RETURNING promises no order. Rows are numbered in the order of the VALUES, though, so that the numbers tell which row
 * belongs to which object.
 */
function inParameterOrder(rows: readonly SqlRow[], returning: readonly Slot[]): readonly SqlRow[] {
  const at = returning.findIndex(({ column }) => column.generation === "identity" || column.generation === "always");
  if (at < 0 || isMonotonic(rows, at)) return rows;
  return rows.toSorted((a, b) => (isLess(a[at], b[at]) ? -1 : 1));
}

/** True where the numbers only rise, or only fall, as those of a sequence that counts down do. */
function isMonotonic(rows: readonly SqlRow[], at: number): boolean {
  let rising = 0;
  for (let row = 1; row < rows.length; row++) if (isLess(rows[row - 1]?.[at], rows[row]?.[at])) rising += 1;
  return rising === 0 || rising === rows.length - 1;
}

function isLess(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number") return a < b;
  return typeof a === "bigint" && typeof b === "bigint" && a < b;
}
