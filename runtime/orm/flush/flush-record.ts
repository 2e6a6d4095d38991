// What flushes did to objects, kept until the transaction ends so that a rollback can take it back.
import type { Entity, IdentityKey } from "../entity.js";
import type { Slot } from "../mapper.js";
import type { KeyCopies } from "./change-set.js";
import { LateMap } from "./late-collections.js";

/** Values that the database made for new objects. */
interface MadeValues {
  readonly entities: readonly Entity[];
  readonly slots: readonly Slot[];
}

/** The objects that a transaction's flushes touched. */
export class FlushRecord {
  readonly inserted: Entity[] = [];
  readonly deleted: Entity[] = [];
  /** A savepoint's: objects whose rows were updated, which its rollback makes unknown. Null where all would be. */
  readonly updated: Set<Entity> | null;
  /** Objects whose primary key was changed, with the key they had when the transaction began. */
  readonly formerKeys = new LateMap<Entity, IdentityKey>();
  readonly made: MadeValues[] = [];
  readonly copies: KeyCopies[] = [];

  constructor(isSavepoint: boolean) {
    this.updated = isSavepoint ? new Set() : null;
  }

  /** Takes over what a savepoint within this transaction did. */
  absorb(inner: FlushRecord): void {
    for (const entity of inner.inserted) this.inserted.push(entity);
    for (const entity of inner.deleted) this.deleted.push(entity);
    if (this.updated !== null) for (const entity of inner.updated ?? []) this.updated.add(entity);
    for (const [entity, key] of inner.formerKeys) if (!this.formerKeys.has(entity)) this.formerKeys.set(entity, key);
    this.made.push(...inner.made);
    this.copies.push(...inner.copies);
  }
}
