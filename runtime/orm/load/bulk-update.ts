// `session.execute(update(User), [{ id: 1, name: "x" }, …])`: rows updated by primary key, each with values of its own.
// Consecutive rows with the same attributes are one batch.
import type { ParameterSet } from "../../engine/bind-values.js";
import type { Operation } from "../../engine/execution.js";
import { ArgumentError } from "../../errors/errors.js";
import { binaryNode, namedBindNode } from "../../sql/ast/expressions.js";
import type { ExpressionNode, UpdateNode } from "../../sql/ast/nodes.js";
import { updateNode } from "../../sql/ast/statements.js";
import type { EntitySession } from "../entity.js";
import type { FlushRecord } from "../flush/flush-record.js";
import { identityKey } from "../identity-key.js";
import type { Mapper, Slot } from "../mapper.js";
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
    rowCount += (yield session.request(updateByKey(mapper, node, names), batch)).rowCount;
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

function updateByKey(mapper: Mapper, node: UpdateNode, names: readonly string[]): UpdateNode {
  return updateNode({
    table: node.table,
    assignments: names.map((name) => {
      const slot = slotOf(mapper, name);
      return { column: slot.column, value: given(slot) };
    }),
    values: null,
    where: mapper.primaryKey.map((slot) => binaryNode("eq", slot.column, given(slot))),
    returning: [],
  });
}

/** A parameter named after the attribute. */
function given({ property, column }: Slot): ExpressionNode {
  return namedBindNode(property, column.type);
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
  assignLoaded(entity, mapper, new Map(names.map((name) => [slotOf(mapper, name), set[name]])));
  record.updated?.add(entity);
}

function slotOf(mapper: Mapper, name: string): Slot {
  const slot = mapper.slots.find(({ property }) => property === name);
  if (slot !== undefined) return slot;
  throw new ArgumentError(`${mapper.name} has no column attribute '${name}' to update`);
}
