// Deletes the rows of one class's objects.
import type { Operation } from "../../engine/execution.js";
import type { Entity } from "../entity.js";
import { nextDeleteSize } from "./batch-sizes.js";
import type { FlushWork } from "./flush-work.js";
import { byStoredKey } from "./key-order.js";
import { checkRows } from "./row-counts.js";
import { requestOf } from "./row-sources.js";
import { rowStatementsFor } from "./row-statements.js";
import { encodeRows, pushKey } from "./row-values.js";
import { expectedVersion, loadVersions } from "./versions.js";
import type { RowTable } from "./row-table.js";

/** Deletes the objects' rows, in the order of their keys. */
export function* deleteRows(mapper: RowTable, entities: readonly Entity[], work: FlushWork): Operation<void> {
  if (entities.length === 0) return;
  const sorted = byStoredKey(entities);
  yield* loadVersions(mapper, sorted, work);
  const width = mapper.primaryKey.length + (mapper.version === null ? 0 : 1);
  // Where the keys of those that were met do not come back, versioned rows go one by one.
  const { batchRows, lacks } = work.dialect;
  const isCounted = mapper.version === null || (batchRows === undefined && lacks?.returningDelete === undefined);
  for (let start = 0; start < sorted.length;) {
    const count = isCounted ? nextDeleteSize(work.dialect, sorted.length - start, width) : 1;
    yield* deleteBatch(mapper, sorted.slice(start, start + count), work);
    start += count;
  }
}

function* deleteBatch(mapper: RowTable, batch: readonly Entity[], work: FlushWork): Operation<void> {
  const { dialect, changes } = work;
  const { version } = mapper;
  const isList = batch.length > 1 && dialect.batchRows === undefined;
  const statement = rowStatementsFor(mapper, dialect).delete(isList ? batch.length : 1);
  const expected = new Map<Entity, unknown>();
  const rows = batch.map((entity) => {
    const row: unknown[] = [];
    pushKey(mapper, changes.rowKey(entity), row);
    if (version !== null) {
      expected.set(entity, expectedVersion(version, entity, changes));
      row.push(expected.get(entity));
    }
    encodeRows(statement, row, () => entity);
    return row;
  });
  const reply = yield isList
    ? requestOf(statement, rows.flat(), dialect)
    : { compiled: statement.compiled, parameters: rows };
  checkRows("DELETE", { mapper, entities: batch, expected, statement, reply }, work);
}
