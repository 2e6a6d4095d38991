// Updates the rows of one class's changed objects: only the columns whose value differs from what the row holds;
// consecutive objects that changed the same columns go into one statement.
import type { Operation } from "../../engine/execution.js";
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import { changedColumns, columnsPerWord, committedValue, type Entity } from "../entity.js";
import { Mapper, mapperOf, readField, type Slot, writeField } from "../mapper.js";
import type { ChangeSet } from "./change-set.js";
import { fewestListedUpdates, nextUpdateSize } from "./batch-sizes.js";
import { fillChangedRows } from "./client-values.js";
import {
  collectColumns,
  type ColumnSet,
  columnSet,
  isEmpty,
  presentColumns,
  setOfSlots,
  slotsIn,
  union,
  without,
} from "./column-set.js";
import { updateWithExpressions } from "./expression-rows.js";
import type { FlushWork } from "./flush-work.js";
import { byStoredKey } from "./key-order.js";
import { requestOf } from "./row-sources.js";
import { type RowStatement, rowStatementsFor } from "./row-statements.js";
import { checkRows } from "./row-counts.js";
import { encodeRows, isSameValue, keyPart, pushKey } from "./row-values.js";
import { orderForUniqueKeys, type RowChange } from "./unique-keys.js";
import { countOn, loadVersions } from "./versions.js";
import { hasExpressions, type RowTable, rowTablesOf } from "./row-table.js";

/** Updates the objects in the order of their keys. Those without a net change send nothing. */
export function* updateRows(mapper: RowTable, entities: readonly Entity[], work: FlushWork): Operation<void> {
  const changed: RowChange[] = [];
  for (const entity of byStoredKey(entities)) {
    const columns = netChange(mapper, entity, work.dialect);
    const isChanged = !isEmpty(columns) || hasExpressions(mapper, entity);
    if (isChanged || (mapper.version !== null && isChangedElsewhere(mapper, entity, work.dialect))) {
      changed.push({ entity, columns });
    }
  }
  if (changed.length === 0) return;
  const changes = fillChangedRows(mapper, changed);
  yield* loadVersions(
    mapper,
    changes.map(({ entity }) => entity),
    work,
  );
  const { vacated, groups } =
    mapper instanceof Mapper ? orderForUniqueKeys(mapper, changes) : { vacated: [], groups: [changes] };
  for (const { entity, slot } of vacated) yield* vacate(mapper, entity, slot, work);
  for (const group of groups) yield* updateInRuns(mapper, group, work);
}

/** True where another of the object's tables has a change: a version counts the changes of all of them. */
function isChangedElsewhere(mapper: RowTable, entity: Entity, dialect: SqlDialect): boolean {
  const others = rowTablesOf(mapperOf(entity)).filter((each) => each !== mapper);
  return others.some((each) => !isEmpty(netChange(each, entity, dialect)) || hasExpressions(each, entity));
}

/** Sets a column to NULL for as long as another row needs its value's place. */
function* vacate(mapper: RowTable, entity: Entity, slot: Slot, work: FlushWork): Operation<void> {
  const value = readField(entity, slot.field);
  writeField(entity, slot.field, null);
  try {
    yield* writeColumns(mapper, [entity], setOfSlots(mapper, [slot]), work);
  } finally {
    writeField(entity, slot.field, value);
  }
}

/** Runs of objects that changed the same columns go into one statement each. */
function* updateInRuns(mapper: RowTable, changes: readonly RowChange[], work: FlushWork): Operation<void> {
  let run: Entity[] = [];
  let runColumns: ColumnSet = 0;
  for (const { entity, columns } of changes) {
    const alone = hasExpressions(mapper, entity);
    if (run.length > 0 && (alone || columns !== runColumns)) {
      yield* writeColumns(mapper, run, runColumns, work);
      run = [];
    }
    if (alone) yield* updateWithExpressions(mapper, entity, columns, work);
    else {
      run.push(entity);
      runColumns = columns;
    }
  }
  if (run.length > 0) yield* writeColumns(mapper, run, runColumns, work);
}

/**
 * Writes a new object over the row of a deleted one that has the same key: only what the new one has set.
 */
export function* takeOverRow(mapper: RowTable, entity: Entity, former: Entity, work: FlushWork): Operation<void> {
  const key = setOfSlots(mapper, mapper.primaryKey);
  const { version } = mapper;
  const given = without(presentColumns(mapper, entity), key);
  const columns = version === null ? given : without(given, setOfSlots(mapper, [version]));
  if (isEmpty(columns)) return;
  yield* loadVersions(mapper, [former], work);
  if (version !== null) {
    work.changes.versions.set(entity, work.changes.versions.get(former) ?? readField(former, version.field));
  }
  yield* writeColumns(mapper, [entity], columns, work);
}

/** The columns whose value is not what the row holds. Columns set to an expression are not among them. */
export function netChange(mapper: RowTable, entity: Entity, dialect: SqlDialect): ColumnSet {
  return mapper.wordCount === 1 ? netWord(mapper, entity, 0, dialect) : netWords(mapper, entity, dialect);
}

function netWords(mapper: RowTable, entity: Entity, dialect: SqlDialect): ColumnSet {
  return columnSet(mapper, (word) => netWord(mapper, entity, word, dialect));
}

function netWord(mapper: RowTable, entity: Entity, word: number, dialect: SqlDialect): number {
  let bits = changedColumns(entity, word);
  for (let rest = bits; rest !== 0; rest &= rest - 1) {
    const bit = rest & -rest;
    const slot = slotAt(mapper, word * columnsPerWord + 31 - Math.clz32(bit));
    // What stands in another of the object's tables is no change of this one.
    if (slot === undefined || !differs(entity, slot, dialect)) bits &= ~bit;
  }
  return bits;
}

function slotAt({ slots }: RowTable, index: number): Slot | undefined {
  const slot = slots[index];
  return slot?.index === index ? slot : slots.find((each) => each.index === index);
}

function differs(entity: Entity, slot: Slot, dialect: SqlDialect): boolean {
  const value = readField(entity, slot.field);
  return value !== undefined && !isSameValue(value, committedValue(entity, slot.index), slot, dialect);
}

/** Writes these columns of all the objects' rows, as their fields say. */
export function* writeColumns(
  mapper: RowTable,
  entities: readonly Entity[],
  changed: ColumnSet,
  work: FlushWork,
): Operation<void> {
  const { version } = mapper;
  const columns = version === null ? changed : union(changed, setOfSlots(mapper, [version]));
  const slots = slotsIn(mapper, columns);
  const width = slots.length + mapper.primaryKey.length;
  // A list of values is read in any order: rows that pass keys on to one another have to go one by one.
  const passesKeys = slots.some((slot) => slot.column.primaryKey);
  const isCounted = version === null || work.dialect.lacks?.returningUpdate === undefined;
  const listed = entities.length >= fewestListedUpdates && !passesKeys && isCounted;
  for (let start = 0; start < entities.length;) {
    const left = entities.length - start;
    const size = listed ? nextUpdateSize(work.dialect, left, width) : 1;
    const isList = size >= fewestListedUpdates;
    // Rows that go one by one are counted together, unless each has to be known.
    const count = isList ? size : version === null && !passesKeys ? left : 1;
    yield* writeBatch(mapper, entities.slice(start, start + count), columns, isList, work);
    start += count;
  }
  // Later statements of this flush find the rows by their new keys.
  if (passesKeys) for (const entity of entities) work.changes.rowKeys.set(entity, keyNow(mapper, entity, work.changes));
  expireComputed(mapper, entities);
}

function* writeBatch(
  mapper: RowTable,
  batch: readonly Entity[],
  columns: ColumnSet,
  isList: boolean,
  work: FlushWork,
): Operation<void> {
  const statement = rowStatementsFor(mapper, work.dialect).update(columns, isList ? batch.length : 1);
  const expected = new Map<Entity, unknown>();
  if (isList) {
    const values: unknown[] = [];
    const into = { statement, isList, expected, into: values };
    for (const entity of batch) pushParameters(mapper, entity, into, work);
    encodeRows(statement, values, batch);
    const reply = yield requestOf(statement, values, work.dialect);
    checkRows("UPDATE", { mapper, entities: batch, expected, statement, reply }, work);
    return;
  }
  const rows = batch.map((entity, at) => {
    const row: unknown[] = [];
    pushParameters(mapper, entity, { statement, isList, expected, into: row }, work);
    encodeRows(statement, row, batch, at);
    return row;
  });
  const reply = yield { compiled: statement.compiled, parameters: rows };
  checkRows("UPDATE", { mapper, entities: batch, expected, statement, reply }, work);
}

/** Where one row's parameters go, and the version that it was to have. */
interface RowParameters {
  readonly statement: RowStatement;
  readonly isList: boolean;
  readonly expected: Map<Entity, unknown>;
  readonly into: unknown[];
}

/** In a list the key stands first, in a single UPDATE last, as in their texts. */
function pushParameters(
  mapper: RowTable,
  entity: Entity,
  { statement, isList, expected, into }: RowParameters,
  { changes }: FlushWork,
): void {
  const { version } = mapper;
  // Before the values are read, which the new count is one of.
  const before = version === null ? undefined : countOn(version, entity, changes);
  if (!isList) collectColumns(mapper, entity, statement.words, into);
  pushKey(mapper, changes.rowKey(entity) ?? keyNow(mapper, entity, changes), into);
  if (version !== null) {
    expected.set(entity, before);
    into.push(before);
  }
  if (isList) collectColumns(mapper, entity, statement.words, into);
}

/** The key that an object's row has by now: what its fields say, and what is known of the rest. */
function keyNow(mapper: RowTable, entity: Entity, changes: ChangeSet): unknown {
  const known = changes.rowKey(entity);
  const parts = mapper.primaryKey.map(({ field }, at) => readField(entity, field) ?? keyPart(mapper, known, at));
  return parts.length === 1 ? parts[0] : parts;
}

/** What the database computes from other columns is another value now. */
function expireComputed(mapper: RowTable, entities: readonly Entity[]): void {
  for (const { column, field } of mapper.slots) {
    if (column.generation === "computed") for (const entity of entities) writeField(entity, field, undefined);
  }
}
