// The last step of a flush: objects learn that they are in step with the database, and the identity map what is in it.
import { type Entity, type EntitySession, forgetChanges, type IdentityKey, keyOf, place, statusOf } from "../entity.js";
import { normalKey } from "../identity-key.js";
import { moveInstance } from "../instance-states.js";
import { type Mapper, mapperOf } from "../mapper.js";
import { settleRelationships } from "../relationships/settle.js";
import type { FlushPlan } from "./flush-plan.js";
import type { FlushRecord } from "./flush-record.js";
import { compareKeys } from "./key-order.js";
import { isUnchangedKey, keyFromFields } from "./row-values.js";

/** After the last statement succeeded. */
export function finalizeFlush(plan: FlushPlan, session: EntitySession, record: FlushRecord): void {
  for (const { mapper, inserts, updates, deletes } of plan.changes.mappers.values()) {
    const identities = session.identities(mapper);
    const dialect = session.dialectOf(mapper);
    for (const entity of deletes) {
      identities.delete(keyOf(entity), entity);
      moveInstance(entity, "delete", session);
      settle(entity);
      record.deleted.push(entity);
    }
    for (const entity of updates) {
      if (!isUnchangedKey(entity, mapper.primaryKey)) changeKey(mapper, entity, session, record);
      settle(entity);
      record.updated?.add(entity);
    }
    for (const entity of inserts) {
      const key = normalKey(mapper, keyFromFields(mapper, entity), dialect);
      moveInstance(entity, "insert", session, key);
      identities.set(key, entity);
      settle(entity);
      record.inserted.push(entity);
    }
  }
  for (const [entity, key] of plan.changes.rowKeys) {
    if (statusOf(entity) === "persistent") moveKey(entity, session, key, record);
  }
}

function settle(entity: Entity): void {
  forgetChanges(entity);
  if (mapperOf(entity).hasRelated(entity)) settleRelationships(entity);
}

function changeKey(mapper: Mapper, entity: Entity, session: EntitySession, record: FlushRecord): void {
  const after = normalKey(mapper, keyFromFields(mapper, entity), session.dialectOf(mapper));
  if (after !== undefined) moveKey(entity, session, after, record);
}

function moveKey(entity: Entity, session: EntitySession, after: IdentityKey, record: FlushRecord): void {
  const identities = session.identities(mapperOf(entity));
  const before = keyOf(entity);
  if (compareKeys(before, after) === 0) return;
  if (!record.formerKeys.has(entity)) record.formerKeys.set(entity, before);
  identities.delete(before, entity);
  identities.set(after, entity);
  place(entity, session, "persistent", after);
}
