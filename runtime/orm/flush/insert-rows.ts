// Inserts one class's new objects: consecutive objects with the same columns go into one statement, and what the
// database made for them (keys, defaults) is read back into them.
import type { ExecutionReply, Operation } from "../../engine/execution.js";
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import type { Entity } from "../entity.js";
import { mapperOf, type Slot } from "../mapper.js";
import { nextInsertSize } from "./batch-sizes.js";
import { fillNewRows } from "./client-values.js";
import { collectColumns, type ColumnSet, presentColumns, slotsIn } from "./column-set.js";
import { insertWithExpressions } from "./expression-rows.js";
import type { FlushWork } from "./flush-work.js";
import { refuseIncompleteRow } from "./incomplete-rows.js";
import { lastOfSequence, takeMadeValues, takeNumbers } from "./made-values.js";
import { requestOf } from "./row-sources.js";
import { isNumberedKey, madeByDatabase, type RowStatement, rowStatementsFor } from "./row-statements.js";
import { encodeRows } from "./row-values.js";
import { startVersions } from "./versions.js";
import { hasExpressions, type RowTable } from "./row-table.js";

/** Inserts the objects in order. */
export function* insertRows(mapper: RowTable, entities: readonly Entity[], work: FlushWork): Operation<void> {
  startVersions(mapper, entities, work);
  fillNewRows(mapper, entities, work);
  let start = 0;
  while (start < entities.length) {
    const end = endOfAlike(mapper, entities, start);
    const first = entities[start];
    if (first !== undefined && hasExpressions(mapper, first)) yield* insertWithExpressions(mapper, first, work);
    else yield* insertAlike(mapper, entities.slice(start, end), work);
    start = end;
  }
}

/** Where the run of objects with the same columns ends. */
function endOfAlike(mapper: RowTable, entities: readonly Entity[], start: number): number {
  let end = start;
  let columns: ColumnSet | undefined;
  for (; end < entities.length; end++) {
    const entity = entities[end];
    if (entity === undefined) break;
    if (hasExpressions(mapper, entity)) return end === start ? end + 1 : end;
    const its = presentColumns(mapper, entity);
    if (columns === undefined) {
      columns = its;
      refuseIncompleteRow(mapperOf(entity), entity);
    } else if (its !== columns) break;
  }
  return end;
}

function* insertAlike(mapper: RowTable, entities: readonly Entity[], work: FlushWork): Operation<void> {
  const { dialect, record } = work;
  const statements = rowStatementsFor(mapper, dialect);
  const [first] = entities;
  if (first === undefined) return;
  const columns = presentColumns(mapper, first);
  const slots = slotsIn(mapper, columns);
  const isAlone = mustGoAlone(mapper, slots, dialect);
  let lastNumber: number | null = null;
  for (let start = 0; start < entities.length;) {
    const count = isAlone ? 1 : nextInsertSize(dialect, entities.length - start, slots.length);
    const statement: RowStatement =
      lastNumber === null ? statements.insert(columns, count) : statements.insertNumbered(columns, count);
    const batch = count === entities.length ? entities : entities.slice(start, start + count);
    const values: unknown[] = [];
    for (const entity of batch) collectColumns(mapper, entity, statement.words, values);
    encodeRows(statement, values, batch);
    const reply: ExecutionReply = yield requestOf(statement, values, dialect);
    if (lastNumber === null) {
      takeMadeValues(mapper, statement, batch, reply, record);
      // Rows that were seen to be numbered in sequence need not come back any more.
      if (dialect.numbersInSequence === true) lastNumber = lastOfSequence(statement.returning, batch);
    } else lastNumber = takeNumbers(mapper, statement.returning, batch, reply, lastNumber, record);
    start += count;
  }
}

/** True where the database tells the number of a single new row only. */
function mustGoAlone(mapper: RowTable, given: readonly Slot[], dialect: SqlDialect): boolean {
  return dialect.lacks?.returningInsert !== undefined && madeByDatabase(mapper, given).some(isNumberedKey);
}
