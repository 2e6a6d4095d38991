// UPDATE and DELETE statements given to a session: they run in the database, and the session's objects follow. Which
// rows they meet is asked first, by the same conditions, where the session holds objects of the class at all.
import type { ExecutionReply, ExecutionRequest, Operation } from "../../engine/execution.js";
import type { DeleteNode, UpdateNode } from "../../sql/ast/nodes.js";
import { bareSelect, selectNode } from "../../sql/ast/statements.js";
import { type Entity, forgetColumnChange, keyOf } from "../entity.js";
import type { FlushRecord } from "../flush/flush-record.js";
import { moveInstance } from "../instance-states.js";
import { type Mapper, mapperOf, writeField } from "../mapper.js";
import { expireRelationships } from "../relationships/settle.js";
import type { SessionObjects } from "../session-objects.js";
import { partsOf } from "../adapt-columns.js";
import { decodeLoaded } from "./decode-loaded.js";
import type { GivenValues } from "./row-reader.js";

/** What a bulk write needs of its session, which has flushed what was pending. */
interface BulkTarget {
  readonly objects: SessionObjects;
  /** What the transaction did, to be undone by a rollback. */
  readonly record: FlushRecord;
}

/**
 * Runs the statement. Objects whose rows it updates have the assigned properties expired; objects whose rows it deletes
 * are deleted, as if by a flush. Other columns that the database changes by itself are not known of.
 */
export function* bulkWrite(
  { objects, record }: BulkTarget,
  node: UpdateNode | DeleteNode,
  given: GivenValues = {},
): Operation<{ readonly request: ExecutionRequest; readonly reply: ExecutionReply }> {
  const met = yield* objectsMet(objects, node, given);
  const request = objects.session.connection().request(node, given);
  const reply = yield request;
  for (const entity of met) {
    if (node.kind === "update") expireAssigned(entity, node);
    else remove(objects, record, entity);
  }
  return { request, reply };
}

/** The session's objects whose rows meet the statement's conditions. */
function* objectsMet(
  objects: SessionObjects,
  node: UpdateNode | DeleteNode,
  given: GivenValues,
): Operation<readonly Entity[]> {
  const mapper = mapperHeld(objects, node);
  if (mapper === undefined) return [];
  const columns = mapper.primaryKey.map(({ column }) => column);
  const { session } = objects;
  const select = selectNode({ ...partsOf(bareSelect(columns)), froms: [node.table], where: node.where });
  const request = session.connection().request(select, given);
  // Sound: the driver hands its rows over for good.
  const rows = (yield request).rows as unknown[][];
  decodeLoaded(rows, request.compiled, session.connection().dialect.sql);
  const identities = objects.identities(mapper);
  return rows.flatMap((row) => identities.get(row.length === 1 ? row[0] : row) ?? []);
}

/** The class of the statement's table, if the session holds objects of it. */
function mapperHeld(objects: SessionObjects, { table }: UpdateNode | DeleteNode): Mapper | undefined {
  for (const entity of objects.persistent()) if (mapperOf(entity).from === table) return mapperOf(entity);
  return undefined;
}

function expireAssigned(entity: Entity, { assignments }: UpdateNode): void {
  const mapper = mapperOf(entity);
  const assigned = new Set((assignments ?? []).map(({ column }) => column.index));
  for (const { index, field } of mapper.slots) {
    if (!assigned.has(index)) continue;
    writeField(entity, field, undefined);
    forgetColumnChange(entity, index);
  }
  const led = mapper.relationships.filter((each) => each.localColumns.some(({ index }) => assigned.has(index)));
  if (led.length > 0) expireRelationships(entity, new Set(led.map((each) => each.name)));
}

function remove(objects: SessionObjects, record: FlushRecord, entity: Entity): void {
  objects.identities(mapperOf(entity)).delete(keyOf(entity), entity);
  moveInstance(entity, "delete", objects.session);
  record.deleted.add(entity);
}
