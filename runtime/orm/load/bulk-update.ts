// `session.execute(update(User), [{ id: 1, name: "x" }, …])`: rows updated by primary key, each with values of its own.
// Consecutive rows with the same attributes are one batch; for a class over joined tables, one for each table.
import type { ParameterSet } from "../../engine/bind-values.js";
import type { Operation } from "../../engine/execution.js";
import { ArgumentError, InternalError } from "../../errors/errors.js";
import { binaryNode, namedBindNode } from "../../sql/ast/expressions.js";
import type { ColumnNode, ExpressionNode, UpdateNode } from "../../sql/ast/nodes.js";
import { updateNode } from "../../sql/ast/statements.js";
import { originalOf } from "../../sql/ast/tables.js";
import type { EntitySession } from "../entity.js";
import type { FlushRecord } from "../flush/flush-record.js";
import { identityKey } from "../identity-key.js";
import { type Mapper, mapperOf } from "../mapper.js";
import { assignLoaded } from "./bulk-write.js";

/**
 * Updates the rows; objects of the session get the values. Returns how many rows were met.
 * @throws ArgumentError for a set without the whole primary key, or without anything else
 */
export function* bulkUpdate(
  session: EntitySession,
  mapper: Mapper,
  node: UpdateNode,
  sets: readonly ParameterSet[],
  record: FlushRecord,
): Operation<number> {
  let rowCount = 0;
  for (let start = 0; start < sets.length;) {
    const names = namesIn(mapper, sets[start] ?? {});
    const text = names.join();
    let end = start + 1;
    while (end < sets.length && namesIn(mapper, sets[end] ?? {}).join() === text) end++;
    const batch = sets.slice(start, end);
    rowCount += yield* updateBatch(session, mapper, node, names, batch);
    for (const set of batch) follow(session, mapper, set, names, record);
    start = end;
  }
  return rowCount;
}

/** What a set assigns, its key left out. */
function namesIn(mapper: Mapper, set: ParameterSet): string[] {
  const keys = mapper.primaryKey.map(({ property }) => property);
  const missing = keys.filter((property) => set[property] === undefined || set[property] === null);
  if (missing.length > 0) {
    throw new ArgumentError(
      `An update of ${mapper.name} by primary key needs '${missing.join("', '")}' in every set of values: ` +
        `for other conditions use update(${mapper.name}).where(…)`,
    );
  }
  const names = Object.keys(set).filter((name) => !keys.includes(name));
  if (names.length === 0) throw new ArgumentError(`An update of ${mapper.name} needs values beside the primary key`);
  return names;
}

/** Updates each table that has one of the attributes; returns how many rows the first of them met. */
function* updateBatch(
  session: EntitySession,
  mapper: Mapper,
  node: UpdateNode,
  names: readonly string[],
  batch: readonly ParameterSet[],
): Operation<number> {
  const columns = names.map((name) => columnOf(mapper, name));
  const { parts } = mapper.layout;
  if (parts.length === 1) {
    return (yield session.request(updateByKey(mapper, node.table.primaryKey, columns, node.where), batch)).rowCount;
  }
  const keys = mapper.primaryKey.map(({ property }) => property);
  let rowCount: number | undefined;
  for (const { table, key } of parts) {
    const own = columns.filter((column) => column.table === table);
    if (own.length === 0) continue;
    const taken = [...keys, ...own.map(({ property }) => property)];
    const sets = batch.map((set) => Object.fromEntries(taken.map((name) => [name, set[name]])));
    const reply = yield session.request(updateByKey(mapper, key, own, []), sets);
    rowCount ??= reply.rowCount;
  }
  return rowCount ?? 0;
}

/** The UPDATE of the table that holds this key: parameters are named after the class's attributes. */
function updateByKey(
  mapper: Mapper,
  key: readonly ColumnNode[],
  columns: readonly ColumnNode[],
  where: UpdateNode["where"],
): UpdateNode {
  const [first] = columns;
  if (first?.table?.kind !== "table") throw new InternalError(`An update of ${mapper.name} sets no column of a table`);
  const isKey = mapper.primaryKey.flatMap(({ property }, at): ExpressionNode[] => {
    const column = key[at];
    return column === undefined ? [] : [binaryNode("eq", column, namedBindNode(property, column.type))];
  });
  return updateNode({
    table: first.table,
    assignments: columns.map((column) => ({ column, value: namedBindNode(column.property, column.type) })),
    values: null,
    where: [...where, ...isKey],
    returning: [],
  });
}

/** The column behind an attribute, in the table that has it. */
function columnOf(mapper: Mapper, name: string): ColumnNode {
  const slot = mapper.slots.find(({ property }) => property === name);
  if (slot !== undefined) return originalOf(slot.column);
  throw new ArgumentError(`Class ${mapper.name} has no column attribute '${name}' to update`);
}

function follow(
  session: EntitySession,
  mapper: Mapper,
  set: ParameterSet,
  names: readonly string[],
  record: FlushRecord,
): void {
  const key = mapper.primaryKey.map(({ property }) => set[property]);
  const entity = session.identities(mapper).get(identityKey(mapper, key, session.dialectOf(mapper)));
  if (entity === undefined) return;
  const own = mapperOf(entity);
  // The row of another class that shares the table was not met.
  if (!own.isA(mapper)) return;
  const values = own.slots.filter(({ property }) => names.includes(property));
  assignLoaded(entity, own, new Map(values.map((slot) => [slot, set[slot.property]])));
  record.updated?.add(entity);
}
