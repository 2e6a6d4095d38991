// UPDATE and DELETE statements given to a session: they run in the database, and the session's objects follow. Which
// rows they meet is worked out in memory where that is sure to agree with the database, else asked first, by the same
// conditions, where the session holds objects of the class at all.
import type { ExecutionReply, ExecutionRequest, Operation } from "../../engine/execution.js";
import { UnevaluatableError } from "../../errors/errors.js";
import type { Assignment, ColumnNode, DeleteNode, UpdateNode } from "../../sql/ast/nodes.js";
import { bareSelect, selectNode } from "../../sql/ast/statements.js";
import { partsOf } from "../adapt-columns.js";
import { type Entity, forgetColumnChange, isTouched, keyOf } from "../entity.js";
import type { FlushRecord } from "../flush/flush-record.js";
import { moveInstance } from "../instance-states.js";
import { type Mapper, mapperOf, mapperOfTable, type Slot, writeField } from "../mapper.js";
import { expireRelationships } from "../relationships/settle.js";
import type { SessionObjects } from "../session-objects.js";
import { decodeLoaded } from "./decode-loaded.js";
import { constantValue, evaluatedCondition } from "./evaluate-condition.js";
import type { GivenValues } from "./row-reader.js";

/**
 * How the session's objects follow. `evaluate`: the conditions are worked out in memory, an error where they cannot be.
 * `fetch`: the keys are read first. `auto`: in memory where that is sure, else by reading. `false`: they do not.
 */
export type SynchronizeSession = "auto" | "evaluate" | "fetch" | false;

/** What a bulk write needs of its session, which has flushed what was pending. */
export interface BulkTarget {
  readonly objects: SessionObjects;
  /** What the transaction did, to be undone by a rollback. */
  readonly record: FlushRecord;
  readonly synchronize: SynchronizeSession;
}

/** The objects that a statement meets, and those of which memory cannot tell. */
interface Met {
  readonly entities: readonly Entity[];
  readonly doubtful: readonly Entity[];
}

const nobody: Met = { entities: [], doubtful: [] };

/**
 * Runs the statement. Objects whose rows it updates get the values that it states, and have the other assigned
 * properties expired; objects whose rows it deletes are deleted, as if by a flush. Other columns that the database
 * changes by itself are not known of.
 * @throws UnevaluatableError where conditions are to be evaluated that only the database can
 */
export function* bulkWrite(
  { objects, record, synchronize }: BulkTarget,
  node: UpdateNode | DeleteNode,
  given: GivenValues = {},
): Operation<{ readonly request: ExecutionRequest; readonly reply: ExecutionReply }> {
  const met = yield* objectsMet(objects, node, given, synchronize);
  const request = objects.session.request(node, given);
  const reply = yield request;
  for (const entity of met.entities) {
    if (node.kind === "delete") removeDeleted({ objects, record }, entity);
    else {
      applyAssigned(entity, node.assignments ?? []);
      record.updated?.add(entity);
    }
  }
  for (const entity of met.doubtful) objects.expire(entity);
  return { request, reply };
}

function* objectsMet(
  objects: SessionObjects,
  node: UpdateNode | DeleteNode,
  given: GivenValues,
  synchronize: SynchronizeSession,
): Operation<Met> {
  const mapper = synchronize === false ? undefined : mapperHeld(objects, node);
  if (mapper === undefined) return nobody;
  // Of a table that classes join to their base's the conditions are on it alone, and the objects know all together.
  if (synchronize !== "fetch" && mapper.from === node.table && (node.extras?.froms.length ?? 0) === 0) {
    const condition = evaluatedCondition(node.where, mapper, synchronize === "evaluate");
    if (condition !== null) {
      const all = [...objects.identities(mapper).values()].filter((entity) => mapperOf(entity).isA(mapper));
      const answers = all.map(condition);
      return {
        entities: all.filter((_, at) => answers[at] === true),
        doubtful: all.filter((_, at) => answers[at] === undefined),
      };
    }
  }
  if (synchronize === "evaluate") throw unevaluatable(node);
  return { entities: yield* fetchMet(objects, mapper, node, given), doubtful: [] };
}

/** The session's objects whose rows meet the statement's conditions, as the database says. */
function* fetchMet(
  objects: SessionObjects,
  mapper: Mapper,
  node: UpdateNode | DeleteNode,
  given: GivenValues,
): Operation<readonly Entity[]> {
  const { session } = objects;
  const froms = [node.table, ...(node.extras?.froms ?? [])];
  const keys = bareSelect(node.table.primaryKey);
  const request = session.request(selectNode({ ...partsOf(keys), froms, where: node.where }), given);
  // Sound: the driver hands its rows over for good.
  const rows = (yield request).rows as unknown[][];
  decodeLoaded(rows, request.compiled, session.dialectFor(request));
  const identities = objects.identities(mapper);
  const met = rows.flatMap((row) => identities.get(row.length === 1 ? row[0] : row) ?? []);
  return [...new Set(met)];
}

/** The class of the statement's table, if the session holds objects of it. */
function mapperHeld(objects: SessionObjects, { table }: UpdateNode | DeleteNode): Mapper | undefined {
  const mapper = mapperOfTable(table);
  return mapper !== undefined && objects.identities(mapper).size > 0 ? mapper : undefined;
}

/** Values stated by the statement are known now; what the database works out is expired. */
export function applyAssigned(entity: Entity, assignments: readonly Assignment[]): void {
  const mapper = mapperOf(entity);
  const assigned = new Map<Slot, unknown>();
  for (const { column, value } of assignments) {
    const slot = slotOfColumn(mapper, column);
    if (slot !== undefined) assigned.set(slot, constantValue(value));
  }
  assignLoaded(entity, mapper, assigned);
}

/** A class's slot of a column of one of its tables. */
function slotOfColumn(mapper: Mapper, column: ColumnNode): Slot | undefined {
  return mapper.slots.find((slot) => slot.column === column || slot.property === column.property);
}

/** Sets what an object's row is known to hold; undefined unloads. */
export function assignLoaded(entity: Entity, mapper: Mapper, values: ReadonlyMap<Slot, unknown>): void {
  for (const [{ field, index }, value] of values) {
    if (isTouched(entity)) forgetColumnChange(entity, index);
    writeField(entity, field, value);
  }
  const led = mapper.relationships.filter((each) => each.localColumns.some((slot) => values.has(slot)));
  if (led.length > 0) expireRelationships(entity, new Set(led.map((each) => each.name)));
}

/** An object whose row is gone, as if by a flush. */
export function removeDeleted({ objects, record }: Omit<BulkTarget, "synchronize">, entity: Entity): void {
  objects.identities(mapperOf(entity)).delete(keyOf(entity), entity);
  objects.forgetModified(entity);
  moveInstance(entity, "delete", objects.session);
  record.deleted.push(entity);
}

function unevaluatable({ kind, table }: UpdateNode | DeleteNode): UnevaluatableError {
  return new UnevaluatableError(
    `The conditions of this ${kind.toUpperCase()} of ${table.name} cannot be evaluated in memory: ` +
      `execute it with synchronizeSession "fetch", or "auto", which chooses`,
  );
}
