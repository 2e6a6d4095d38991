// What a transaction did to a session's objects, and how its end puts that right: a commit expires, a rollback takes
// objects back to where they stood when it began.
import { type Entity, keyOf, place, statusOf } from "./entity.js";
import { childSlots } from "./flush/change-set.js";
import { FlushRecord } from "./flush/flush-record.js";
import { moveInstance } from "./instance-states.js";
import { mapperOf, writeField } from "./mapper.js";
import type { SessionObjects } from "./session-objects.js";

/** One transaction's or savepoint's share in the session's objects. */
export class TransactionObjects {
  readonly record: FlushRecord;
  readonly #objects: SessionObjects;

  constructor(objects: SessionObjects, isSavepoint: boolean) {
    this.#objects = objects;
    this.record = new FlushRecord(isSavepoint);
  }

  /** After COMMIT: what was deleted is detached; the rest is expired where asked for. */
  committed(expire: boolean): void {
    for (const entity of this.record.deleted) {
      if (statusOf(entity) === "deleted") moveInstance(entity, "commit-delete", null);
    }
    if (expire) for (const entity of this.#objects.persistent()) this.#objects.expire(entity);
  }

  /** After RELEASE SAVEPOINT: what was done belongs to the transaction around it. */
  mergeInto(outer: TransactionObjects): void {
    outer.record.absorb(this.record);
  }

  /**
   * After ROLLBACK: new objects are transient again, without the values that the database or their parents gave them;
   * deleted ones persistent; changed keys what they were; everything persistent is expired.
   * After ROLLBACK TO SAVEPOINT, what was not changed since stays as it is.
   */
  rolledBack(): void {
    const { record } = this;
    const objects = this.#objects;
    // Where everything is expired, it does not matter what changed.
    if (record.updated !== null) objects.noteChangesInPlace();
    const fresh = new Set<Entity>([...record.inserted, ...objects.pending]);
    for (const entity of record.inserted) {
      if (statusOf(entity) === "persistent") objects.identities(mapperOf(entity)).delete(keyOf(entity), entity);
      if (statusOf(entity) !== "detached") moveInstance(entity, "undo-insert", null);
    }
    for (const entity of objects.pending) moveInstance(entity, "expunge", null);
    this.#unsetGivenValues(fresh);
    this.#restoreKeys(fresh);
    for (const entity of record.deleted) {
      if (statusOf(entity) !== "deleted") continue;
      moveInstance(entity, "undo-delete", objects.session);
      objects.identities(mapperOf(entity)).set(keyOf(entity), entity);
    }
    const { updated } = record;
    const changed = updated === null ? objects.persistent() : [...updated, ...record.deleted, ...objects.modified];
    objects.settle();
    for (const entity of changed) if (statusOf(entity) === "persistent") objects.expire(entity);
  }

  #unsetGivenValues(fresh: ReadonlySet<Entity>): void {
    for (const { entities, slots } of this.record.made) {
      for (const entity of entities) {
        if (fresh.has(entity)) for (const slot of slots) writeField(entity, slot.field, undefined);
      }
    }
    for (const { relationship, children } of this.record.copies) {
      const slots = childSlots(relationship);
      for (const child of children) {
        if (!fresh.has(child)) continue;
        for (const { field, column } of slots) writeField(child, field, column.nullable ? null : undefined);
      }
    }
  }

  #restoreKeys(fresh: ReadonlySet<Entity>): void {
    for (const [entity, key] of this.record.formerKeys) {
      if (fresh.has(entity)) continue;
      const status = statusOf(entity);
      if (status === "persistent") {
        const identities = this.#objects.identities(mapperOf(entity));
        identities.delete(keyOf(entity), entity);
        identities.set(key, entity);
      }
      if (status !== "detached") place(entity, this.#objects.session, status, key);
    }
  }
}
