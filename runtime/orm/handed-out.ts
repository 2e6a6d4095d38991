// Values of one session's objects that may change in place, each with a copy of what it was when a property gave it: so
// a flush finds a document that was written into (SQLAlchemy's `MutableDict`, without wrappers around the values).
import { type Entity, type EntitySession, isTouched, noteColumnChange, sessionOf, statusOf } from "./entity.js";
import { readField, type Slot } from "./mapper.js";
import type { Mutation } from "../types/sql-type.js";

interface HandedOutValue {
  readonly slot: Slot;
  readonly mutation: Mutation;
  readonly value: object;
  /** A copy of what it was when it was last in step with the row, as far as is known. */
  was: unknown;
  isChanged: boolean;
}

export class HandedOut {
  readonly #session: EntitySession;
  readonly #values = new Map<Entity, Map<number, HandedOutValue>>();

  constructor(session: EntitySession) {
    this.#session = session;
  }

  keep(entity: Entity, slot: Slot, mutation: Mutation, value: object): void {
    let values = this.#values.get(entity);
    if (values === undefined) this.#values.set(entity, (values = new Map()));
    if (values.get(slot.index)?.value === value) return;
    values.set(slot.index, { slot, mutation, value, was: mutation.copy(value), isChanged: false });
  }

  /** Notes what has changed in place as if it had been assigned; lets go of what the objects hold no more. */
  noteChanges(): void {
    for (const [entity, values] of this.#values) {
      const status = statusOf(entity);
      const isHere = sessionOf(entity) === this.#session && (status === "persistent" || status === "pending");
      for (const [index, kept] of values) {
        if (!isHere || readField(entity, kept.slot.field) !== kept.value) values.delete(index);
        else if (!kept.isChanged && !kept.mutation.equals(kept.was, kept.value)) {
          kept.isChanged = true;
          noteColumnChange(entity, index, kept.was);
        }
      }
      if (values.size === 0) this.#values.delete(entity);
    }
  }

  /** After a flush: what was written is in step again. */
  settle(): void {
    for (const [entity, values] of this.#values) {
      if (isTouched(entity)) continue;
      for (const kept of values.values()) {
        if (!kept.isChanged) continue;
        kept.was = kept.mutation.copy(kept.value);
        kept.isChanged = false;
      }
    }
  }
}
