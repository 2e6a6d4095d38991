// `session.execute(update(User), [{ id: 1, name: "x" }, …])`: rows updated by primary key, each with values of its own.
// Consecutive rows with the same attributes are one batch.
import type { ParameterSet } from "../../engine/bind-values.js";
import type { Operation } from "../../engine/execution.js";
import { ArgumentError } from "../../errors/errors.js";
import { binaryNode, namedBindNode } from "../../sql/ast/expressions.js";
import type { ColumnNode, ExpressionNode, TableNode, UpdateNode } from "../../sql/ast/nodes.js";
import { updateNode } from "../../sql/ast/statements.js";
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
    const names = namesIn(mapper, node.table, sets[start] ?? {});
    const text = names.join();
    let end = start + 1;
    while (end < sets.length && namesIn(mapper, node.table, sets[end] ?? {}).join() === text) end++;
    const batch = sets.slice(start, end);
    rowCount += (yield session.request(updateByKey(node, names), batch)).rowCount;
    for (const set of batch) follow(session, mapper, set, names, record);
    start = end;
  }
  return rowCount;
}

/** What a set assigns, its key left out. */
function namesIn(mapper: Mapper, table: TableNode, set: ParameterSet): string[] {
  const keys = table.primaryKey.map(({ property }) => property);
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

function updateByKey({ table, where }: UpdateNode, names: readonly string[]): UpdateNode {
  return updateNode({
    table,
    assignments: names.map((name) => {
      const column = columnOf(table, name);
      return { column, value: given(column) };
    }),
    values: null,
    where: [...where, ...table.primaryKey.map((column) => binaryNode("eq", column, given(column)))],
    returning: [],
  });
}

/** A parameter named after the attribute. */
function given({ property, type }: ColumnNode): ExpressionNode {
  return namedBindNode(property, type);
}

function columnOf(table: TableNode, name: string): ColumnNode {
  const column = table.columns.find(({ property }) => property === name);
  if (column !== undefined) return column;
  throw new ArgumentError(`Table ${table.name} has no column attribute '${name}' to update`);
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
