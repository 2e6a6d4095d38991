// Updates the rows of one class's changed objects: only the columns whose value differs from what the row holds;
// consecutive objects that changed the same columns go into one statement.
import type { ExecutionReply, Operation } from "../../engine/execution.js";
import { InternalError, StaleDataError } from "../../errors/errors.js";
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import { changedColumns, columnsPerWord, committedValue, type Entity, expressionsOf, keyOf } from "../entity.js";
import { nameEntity } from "../entity-text.js";
import { type Mapper, readField, type Slot } from "../mapper.js";
import { fewestListedUpdates, nextUpdateSize } from "./batch-sizes.js";
import {
  collectColumns,
  type ColumnSet,
  columnSet,
  isEmpty,
  presentColumns,
  setOfSlots,
  slotsIn,
  without,
} from "./column-set.js";
import { updateWithExpressions } from "./expression-rows.js";
import { byStoredKey } from "./key-order.js";
import { rowStatementsFor, type RowStatements } from "./row-statements.js";
import { encodeRows, isSameValue, pushKey } from "./row-values.js";

/** Updates the objects in the order of their keys. Those without a net change send nothing. */
export function* updateRows(mapper: Mapper, entities: readonly Entity[], dialect: SqlDialect): Operation<void> {
  const statements = rowStatementsFor(mapper, dialect);
  let run: Entity[] = [];
  let runColumns: ColumnSet = 0;
  for (const entity of byStoredKey(entities)) {
    const columns = netChange(mapper, entity, dialect);
    const alone = expressionsOf(entity) !== null;
    if (isEmpty(columns) && !alone) continue;
    if (run.length > 0 && (alone || columns !== runColumns)) {
      yield* updateAlike(mapper, run, runColumns, statements);
      run = [];
    }
    if (alone) yield* updateWithExpressions(mapper, entity, columns, dialect);
    else {
      run.push(entity);
      runColumns = columns;
    }
  }
  if (run.length > 0) yield* updateAlike(mapper, run, runColumns, statements);
}

/**
 * Writes a new object over the row of a deleted one that has the same key: only what the new one has set.
 */
export function* takeOverRow(mapper: Mapper, entity: Entity, former: Entity, dialect: SqlDialect): Operation<void> {
  const key = setOfSlots(mapper, mapper.primaryKey);
  const columns = without(presentColumns(mapper, entity), key);
  if (isEmpty(columns)) return;
  const statement = rowStatementsFor(mapper, dialect).update(columns, 1);
  const parameters: unknown[] = [];
  collectColumns(mapper, entity, statement.words, parameters);
  pushKey(mapper, keyOf(former), parameters);
  encodeRows(statement, parameters, () => entity);
  checkCount(yield { compiled: statement.compiled, parameters: [parameters] }, "UPDATE", [former]);
}

/** The columns whose value is not what the row holds. Columns set to an expression are not among them. */
export function netChange(mapper: Mapper, entity: Entity, dialect: SqlDialect): ColumnSet {
  if (mapper.wordCount === 1) return netWord(mapper, entity, 0, dialect);
  return columnSet(mapper, (word) => netWord(mapper, entity, word, dialect));
}

function netWord(mapper: Mapper, entity: Entity, word: number, dialect: SqlDialect): number {
  let bits = changedColumns(entity, word);
  for (let rest = bits; rest !== 0; rest &= rest - 1) {
    const bit = rest & -rest;
    const slot = mapper.slots[word * columnsPerWord + 31 - Math.clz32(bit)];
    if (slot !== undefined && !differs(entity, slot, dialect)) bits &= ~bit;
  }
  return bits;
}

function differs(entity: Entity, slot: Slot, dialect: SqlDialect): boolean {
  const value = readField(entity, slot.field);
  return value !== undefined && !isSameValue(value, committedValue(entity, slot.index), slot, dialect);
}

function* updateAlike(
  mapper: Mapper,
  entities: readonly Entity[],
  columns: ColumnSet,
  statements: RowStatements,
): Operation<void> {
  const slots = slotsIn(mapper, columns);
  // A list of values is read in any order: rows that pass keys on to one another have to go one by one.
  const listed = entities.length >= fewestListedUpdates && !slots.some((slot) => slot.column.primaryKey);
  if (!listed) return yield* updateOneByOne(mapper, entities, columns, statements);
  const width = slots.length + mapper.primaryKey.length;
  for (let start = 0; start < entities.length;) {
    const count = nextUpdateSize(statements.dialect, entities.length - start, width);
    const batch = entities.slice(start, start + count);
    start += count;
    if (count < fewestListedUpdates) {
      yield* updateOneByOne(mapper, batch, columns, statements);
      continue;
    }
    const statement = statements.update(columns, count);
    const parameters: unknown[] = [];
    for (const entity of batch) {
      pushKey(mapper, keyOf(entity), parameters);
      collectColumns(mapper, entity, statement.words, parameters);
    }
    encodeRows(statement, parameters, (row) => entityAt(batch, row));
    checkCount(yield { compiled: statement.compiled, parameters: [parameters] }, "UPDATE", batch);
  }
}

function* updateOneByOne(
  mapper: Mapper,
  entities: readonly Entity[],
  columns: ColumnSet,
  statements: RowStatements,
): Operation<void> {
  const statement = statements.update(columns, 1);
  const sets = entities.map((entity) => {
    const parameters: unknown[] = [];
    collectColumns(mapper, entity, statement.words, parameters);
    pushKey(mapper, keyOf(entity), parameters);
    encodeRows(statement, parameters, () => entity);
    return parameters;
  });
  checkCount(yield { compiled: statement.compiled, parameters: sets }, "UPDATE", entities);
}

/** Deletes the objects' rows, in the order of their keys. */
export function* deleteRows(mapper: Mapper, entities: readonly Entity[], dialect: SqlDialect): Operation<void> {
  if (entities.length === 0) return;
  const statement = rowStatementsFor(mapper, dialect).delete;
  const sorted = byStoredKey(entities);
  const sets = sorted.map((entity) => {
    const parameters: unknown[] = [];
    pushKey(mapper, keyOf(entity), parameters);
    encodeRows(statement, parameters, () => entity);
    return parameters;
  });
  checkCount(yield { compiled: statement.compiled, parameters: sets }, "DELETE", sorted);
}

function checkCount(reply: ExecutionReply, verb: string, entities: readonly Entity[]): void {
  if (reply.rowCount === entities.length) return;
  const [first] = entities;
  const names = first === undefined ? "" : nameEntity(first) + (entities.length > 1 ? ", …" : "");
  throw new StaleDataError(
    `${verb} expected ${entities.length} row(s) of ${names} and matched ${reply.rowCount}: ` +
      `someone else has deleted or changed them. Roll back, load them again and repeat`,
  );
}

function entityAt(entities: readonly Entity[], index: number): Entity {
  const entity = entities[index];
  if (entity === undefined) throw new InternalError(`Row ${index} of ${entities.length}`);
  return entity;
}
