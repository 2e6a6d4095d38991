// Deletes the rows of one class's objects.
import type { Operation } from "../../engine/execution.js";
import type { Entity } from "../entity.js";
import { fewestListedDeletes, nextDeleteSize } from "./batch-sizes.js";
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
  const { dialect } = work;
  const sorted = byStoredKey(entities);
  yield* loadVersions(mapper, sorted, work);
  const width = mapper.primaryKey.length + (mapper.version === null ? 0 : 1);
  // Where the keys of those that were met do not come back, versioned rows go one by one.
  const isCounted = mapper.version === null || dialect.lacks?.returningDelete === undefined;
  const fewest = fewestListedDeletes(dialect);
  for (let start = 0; start < sorted.length;) {
    const left = sorted.length - start;
    const size = isCounted && left >= fewest ? nextDeleteSize(dialect, left, width) : 1;
    const isList = size >= fewest;
    // Rows that go one by one are counted together, unless each has to be known.
    const count = isList ? size : mapper.version === null ? left : 1;
    yield* deleteBatch(mapper, sorted.slice(start, start + count), isList, work);
    start += count;
  }
}

function* deleteBatch(mapper: RowTable, batch: readonly Entity[], isList: boolean, work: FlushWork): Operation<void> {
  const { dialect } = work;
  const statement = rowStatementsFor(mapper, dialect).delete(isList ? batch.length : 1);
  const expected = new Map<Entity, unknown>();
  if (isList) {
    const values: unknown[] = [];
    for (const entity of batch) pushRow(mapper, entity, expected, values, work);
    encodeRows(statement, values, batch);
    const reply = yield requestOf(statement, values, dialect);
    checkRows("DELETE", { mapper, entities: batch, expected, statement, reply }, work);
    return;
  }
  const rows = batch.map((entity, at) => {
    const row: unknown[] = [];
    pushRow(mapper, entity, expected, row, work);
    encodeRows(statement, row, batch, at);
    return row;
  });
  const reply = yield { compiled: statement.compiled, parameters: rows };
  checkRows("DELETE", { mapper, entities: batch, expected, statement, reply }, work);
}

/** The key and, where there is one, the version that the row has to have. */
function pushRow(
  mapper: RowTable,
  entity: Entity,
  expected: Map<Entity, unknown>,
  into: unknown[],
  { changes }: FlushWork,
): void {
  pushKey(mapper, changes.rowKey(entity), into);
  const { version } = mapper;
  if (version === null) return;
  const count = expectedVersion(version, entity, changes);
  expected.set(entity, count);
  into.push(count);
}
