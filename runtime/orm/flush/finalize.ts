// The last step of a flush: objects learn that they are in step with the database, and the identity map what is in it.
import { type Entity, type EntitySession, forgetChanges, type IdentityKey, keyOf, place, statusOf } from "../entity.js";
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import { normalKey } from "../identity-key.js";
import type { IdentityMap } from "../identity-map.js";
import { moveInstance } from "../instance-states.js";
import { type Mapper, mapperOf } from "../mapper.js";
import { settleRelationships } from "../relationships/settle.js";
import type { FlushPlan } from "./flush-plan.js";
import type { FlushRecord } from "./flush-record.js";
import { compareKeys } from "./key-order.js";
import { isUnchangedKey, keyFromFields } from "./row-values.js";

/** Where the objects live. */
export interface FlushTarget {
  readonly session: EntitySession;
  readonly dialect: SqlDialect;
  identities(mapper: Mapper): IdentityMap<Entity>;
}

/** After the last statement succeeded. */
export function finalizeFlush(plan: FlushPlan, target: FlushTarget, record: FlushRecord): void {
  for (const { mapper, inserts, updates, deletes } of plan.changes.mappers.values()) {
    const identities = target.identities(mapper);
    for (const entity of deletes) {
      identities.delete(keyOf(entity), entity);
      moveInstance(entity, "delete", target.session);
      settle(mapper, entity);
      record.deleted.add(entity);
    }
    for (const entity of updates) {
      if (!isUnchangedKey(entity, mapper.primaryKey)) changeKey(mapper, entity, identities, target, record);
      settle(mapper, entity);
    }
    for (const entity of inserts) {
      const key = normalKey(mapper, keyFromFields(mapper, entity), target.dialect);
      moveInstance(entity, "insert", target.session, key);
      identities.set(key, entity);
      settle(mapper, entity);
      record.inserted.push(entity);
    }
  }
  for (const [entity, key] of plan.changes.rowKeys) {
    if (statusOf(entity) === "persistent") moveKey(entity, target.identities(mapperOf(entity)), key, target, record);
  }
}

function settle(mapper: Mapper, entity: Entity): void {
  forgetChanges(entity);
  if (mapper.hasRelated(entity)) settleRelationships(entity);
}

function changeKey(
  mapper: Mapper,
  entity: Entity,
  identities: IdentityMap<Entity>,
  target: FlushTarget,
  record: FlushRecord,
): void {
  const after = normalKey(mapper, keyFromFields(mapper, entity), target.dialect);
  if (after !== undefined) moveKey(entity, identities, after, target, record);
}

function moveKey(
  entity: Entity,
  identities: IdentityMap<Entity>,
  after: IdentityKey,
  target: FlushTarget,
  record: FlushRecord,
): void {
  const before = keyOf(entity);
  if (compareKeys(before, after) === 0) return;
  if (!record.formerKeys.has(entity)) record.formerKeys.set(entity, before);
  identities.delete(before, entity);
  identities.set(after, entity);
  place(entity, target.session, "persistent", after);
}
