// How many rows a statement has met, and what it means where that is not as many as it should have.
import { decodeRows } from "../../engine/decode-rows.js";
import type { ExecutionReply } from "../../engine/execution.js";
import { StaleDataError } from "../../errors/errors.js";
import type { Entity } from "../entity.js";
import { nameEntity } from "../entity-text.js";
import type { FlushWork } from "./flush-work.js";
import type { RowStatement } from "./row-statements.js";
import { firstMissed, staleVersion } from "./versions.js";
import type { RowTable } from "./row-table.js";

/** A statement that was sent for some rows, and what came back. */
interface SentRows {
  readonly mapper: RowTable;
  readonly entities: readonly Entity[];
  /** The version that each row was to have. */
  readonly expected: ReadonlyMap<Entity, unknown>;
  readonly statement: RowStatement;
  readonly reply: ExecutionReply;
}

/**
 * @throws StaleDataError where rows were not met: for an UPDATE, and for any statement over versioned rows. A DELETE
 * that does not find what is gone already is a warning, which the mapping may switch off
 */
export function checkRows(verb: "UPDATE" | "DELETE", sent: SentRows, work: FlushWork): void {
  const { mapper, entities, reply, statement } = sent;
  const met = statement.returning.length > 0 ? reply.rows.length : reply.rowCount;
  if (met === entities.length) return;
  if (mapper.version !== null) throw missedVersion(verb, sent, work);
  const [first] = entities;
  const names = first === undefined ? "" : nameEntity(first) + (entities.length > 1 ? ", …" : "");
  const text = `${verb} expected ${entities.length} row(s) of ${names} and matched ${met}: `;
  if (verb === "UPDATE") {
    throw new StaleDataError(`${text}someone else has deleted or changed them. Roll back, load them again and repeat`);
  }
  if (mapper.definition.confirmDeletedRows === false) return;
  process.emitWarning(`${text}they were deleted already, by someone else or by ON DELETE CASCADE`, {
    code: "ATHANOR_ROWS_GONE",
  });
}

function missedVersion(
  verb: string,
  { mapper, entities, expected, statement, reply }: SentRows,
  work: FlushWork,
): StaleDataError {
  const { columns } = statement.compiled;
  if (columns !== null) decodeRows(reply.rows, columns);
  const [only] = entities;
  const missed = entities.length > 1 ? firstMissed(mapper, entities, reply.rows, work) : only;
  if (missed === undefined) return new StaleDataError(`${verb} of ${mapper.name} rows met ${reply.rowCount} of them`);
  return staleVersion(verb, mapper, missed, expected.get(missed));
}
