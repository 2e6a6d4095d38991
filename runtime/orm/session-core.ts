// What a session does, written once for both faces: objects coming and going, and the flows of several statements as
// generators of requests. A face adds the connection and drives the generators.
import type { Connection } from "../engine/connection.js";
import type { Operation } from "../engine/execution.js";
import { InvalidRequestError, PendingRollbackError } from "../errors/errors.js";
import type { SqlDialect } from "../sql/compile/sql-dialect.js";
import { loadMissingColumns, reloadColumns } from "./column-load.js";
import {
  type Entity,
  type EntityMapping,
  type EntitySession,
  expressionsOf,
  forgetColumnChange,
  keyOf,
  sessionOf,
  statusOf,
} from "./entity.js";
import { nameEntity } from "./entity-text.js";
import { collectChanges } from "./flush/collect.js";
import { executePlan } from "./flush/execute.js";
import { finalizeFlush, type FlushTarget } from "./flush/finalize.js";
import { type FlushPlan, planFlush } from "./flush/flush-plan.js";
import type { IdentityMap } from "./identity-map.js";
import { loadRelationship } from "./load/lazy-load.js";
import { moveInstance } from "./instance-states.js";
import { mapperOf, writeField } from "./mapper.js";
import { deleteCascade } from "./load/delete-cascade.js";
import { cascaded } from "./relationships/cascade.js";
import { expireRelationships, reconcileCollections } from "./relationships/settle.js";
import { SessionObjects } from "./session-objects.js";
import { nextSessionState, type SessionEvent, type SessionState } from "./session-states.js";
import { TransactionObjects } from "./transaction-objects.js";

/** How a session behaves. */
export interface SessionBehaviour {
  /** Flush before each query. */
  readonly autoflush: boolean;
  /** Expire all objects at each commit, so that they are read anew. */
  readonly expireOnCommit: boolean;
}

/** One session without its connection. */
export abstract class SessionCore implements EntitySession {
  readonly objects: SessionObjects;
  readonly behaviour: SessionBehaviour;
  readonly dialect: SqlDialect;
  state: SessionState = "idle";
  /** The public session, for `inspect(object).session`. */
  face: object = this;
  /** The transaction's objects and, after it, those of the savepoints within it; empty until there is something. */
  protected readonly transactions: TransactionObjects[] = [];
  #failure: unknown;
  #isFlushing = false;
  #autoflushHeld = 0;

  constructor(dialect: SqlDialect, behaviour: SessionBehaviour) {
    this.dialect = dialect;
    this.behaviour = behaviour;
    this.objects = new SessionObjects(this);
  }

  abstract connection(): Connection;
  abstract autoflush(): void;
  abstract loadColumns(entity: Entity, wanted: string | null): void;

  // ---- what instances ask for

  noteChange(entity: Entity): void {
    this.objects.noteModified(entity);
  }

  cascadeInto(entity: Entity): void {
    this.add(entity);
  }

  expungeOrphan(entity: Entity): void {
    this.objects.expunge(entity);
  }

  identities(mapping: EntityMapping): IdentityMap<Entity> {
    return this.objects.identities(mapping);
  }

  // ---- objects in and out

  /** Takes an object in and, by the save-update cascade, those that it leads to. */
  add(entity: Entity): void {
    this.objects.add(entity);
    if (!mapperOf(entity).hasRelated(entity)) return;
    // What is here already has brought its own along when it came, or when it was related to them.
    for (const related of cascaded(entity, "save-update", (each) => sessionOf(each) === this))
      this.objects.add(related);
  }

  /** Lets an object go and those that the expunge cascade reaches. */
  expunge(entity: Entity): void {
    if (sessionOf(entity) !== this) {
      throw new InvalidRequestError(`${nameEntity(entity)} is not in this session and cannot be expunged from it`);
    }
    const related = cascaded(entity, "expunge").filter((each) => sessionOf(each) === this);
    this.objects.expunge(entity);
    for (const each of related) this.objects.expunge(each);
  }

  /** Marks an object for deletion and those that the delete cascade reaches, which are loaded for it. */
  *delete(entity: Entity): Operation<void> {
    if (keyOf(entity) === undefined) {
      throw new InvalidRequestError(
        `${nameEntity(entity)} is ${statusOf(entity)}: it has no row to delete. Let go of it with session.expunge()`,
      );
    }
    if (statusOf(entity) === "deleted") return;
    this.objects.add(entity);
    const reached = yield* deleteCascade(entity);
    this.objects.noteDeleting(entity);
    for (const each of reached) {
      if (statusOf(each) === "persistent") this.objects.noteDeleting(each);
      // What was to be inserted with its parent is not to be inserted without it.
      else if (statusOf(each) === "pending") this.objects.expunge(each);
    }
  }

  // ---- expiry

  /** Unloads an object, or only the properties named, and what the refresh-expire cascade reaches. */
  expire(entity: Entity, names?: readonly string[]): void {
    this.#requirePersistent(entity, "expired");
    if (names !== undefined) {
      this.#expireNamed(entity, names);
      return;
    }
    const related = cascaded(entity, "refresh-expire");
    this.objects.expire(entity);
    for (const each of related) {
      if (statusOf(each) === "persistent" && sessionOf(each) === this) this.objects.expire(each);
    }
  }

  #expireNamed(entity: Entity, names: readonly string[]): void {
    const mapper = mapperOf(entity);
    const relationships = new Set<string>();
    for (const name of names) {
      const slot = mapper.slots.find((each) => each.property === name);
      if (slot === undefined) relationships.add(mapper.relationship(name).name);
      else {
        writeField(entity, slot.field, undefined);
        forgetColumnChange(entity, slot.index);
      }
    }
    if (relationships.size > 0) expireRelationships(entity, relationships);
  }

  expireAll(): void {
    for (const entity of this.objects.persistent()) this.objects.expire(entity);
  }

  /** Loads an object, or only the properties named, anew; its changes are lost. */
  *refresh(entity: Entity, names?: readonly string[]): Operation<void> {
    this.#requirePersistent(entity, "refreshed");
    this.expire(entity, names);
    if (names === undefined) {
      yield* reloadColumns(entity, this.dialect);
      return;
    }
    yield* loadMissingColumns(entity, this.dialect);
    for (const relationship of mapperOf(entity).relationships) {
      if (names.includes(relationship.name)) yield* loadRelationship(entity, relationship);
    }
  }

  #requirePersistent(entity: Entity, doing: string): void {
    if (sessionOf(entity) === this && statusOf(entity) === "persistent") return;
    throw new InvalidRequestError(
      `${nameEntity(entity)} is ${sessionOf(entity) === this ? statusOf(entity) : "not in this session"} ` +
        `and cannot be ${doing}: only persistent objects of the session can`,
    );
  }

  /** Loads the columns of an object that are not loaded. */
  *loadMissing(entity: Entity, wanted: string | null): Operation<void> {
    const slot = mapperOf(entity).slots.find(({ property }) => property === wanted);
    if (slot !== undefined && expressionsOf(entity)?.has(slot.index) === true) {
      throw new InvalidRequestError(
        `${mapperOf(entity).name}.${wanted} was set to a SQL expression, whose value is known after a flush: ` +
          `call session.flush() first`,
      );
    }
    if (statusOf(entity) !== "pending") yield* loadMissingColumns(entity, this.dialect, slot);
  }

  // ---- flush

  /** True where a query would have to flush first. */
  get needsAutoflush(): boolean {
    return this.behaviour.autoflush && this.#autoflushHeld === 0 && !this.#isFlushing && this.state !== "failed";
  }

  /** Runs a block without flushing before its queries. */
  withoutAutoflush<T>(block: () => T): T {
    this.#autoflushHeld += 1;
    try {
      return block();
    } finally {
      this.#autoflushHeld -= 1;
    }
  }

  /** Writes what is new, changed and to be deleted. On an error, the face calls `failed`. */
  *flush(): Operation<void> {
    this.requireUsable();
    if (this.#isFlushing) {
      throw new InvalidRequestError("This session is flushing already: use one session in one place at a time");
    }
    this.#isFlushing = true;
    try {
      const plan = yield* this.#plan();
      if (plan === null) return;
      const { record } = this.currentTransaction;
      yield* executePlan(plan, this.dialect, record);
      finalizeFlush(plan, this.#target, record);
      this.objects.settle();
    } finally {
      this.#isFlushing = false;
    }
  }

  /** The plan of the next flush, as text. */
  *explainFlush(): Operation<string> {
    this.requireUsable();
    return String((yield* this.#plan()) ?? "Nothing to flush");
  }

  *#plan(): Operation<FlushPlan | null> {
    reconcileCollections(this, this.objects);
    if (this.objects.isClean) return null;
    return planFlush(yield* collectChanges(this.objects));
  }

  get #target(): FlushTarget {
    return { session: this, dialect: this.dialect, identities: (mapping) => this.objects.identities(mapping) };
  }

  // ---- the transaction's states

  get currentTransaction(): TransactionObjects {
    const current = this.transactions[this.transactions.length - 1];
    if (current !== undefined) return current;
    const first = new TransactionObjects(this.objects);
    this.transactions.push(first);
    return first;
  }

  /** @throws PendingRollbackError where a flush failed and the session waits for `rollback()` */
  requireUsable(): void {
    if (this.state !== "failed") return;
    const reason = this.#failure instanceof Error ? this.#failure.message : String(this.#failure);
    throw new PendingRollbackError(
      `This session's transaction was rolled back because a flush failed. ` +
        `Call session.rollback() to go on. What failed was: ${reason}`,
      { cause: this.#failure },
    );
  }

  /** After a flush failed and its transaction (or savepoint) was rolled back. */
  failed(reason: unknown): void {
    this.move("fail");
    this.#failure = reason;
    this.currentTransaction.rolledBack();
    // What comes until rollback() is undone by it, in a transaction of its own.
    this.transactions.splice(-1, 1, new TransactionObjects(this.objects));
  }

  /** After COMMIT. */
  committed(): void {
    this.currentTransaction.committed(this.behaviour.expireOnCommit);
    this.#end("commit");
  }

  /** After ROLLBACK of the whole transaction. */
  rolledBack(): void {
    while (this.transactions.length > 1) this.transactions.pop()?.rolledBack();
    this.currentTransaction.rolledBack();
    this.#end("rollback");
  }

  /** For `close()`: the transaction is gone and nothing is restored. */
  protected dropTransaction(): void {
    for (const { record } of this.transactions) {
      for (const entity of record.deleted) if (statusOf(entity) === "deleted") moveInstance(entity, "expunge", null);
    }
    this.#end("rollback");
  }

  /** An object's row turned out to be gone: it is deleted, as far as this transaction is concerned. */
  protected rowIsGone(entity: Entity): void {
    this.objects.identities(mapperOf(entity)).delete(keyOf(entity), entity);
    this.objects.forgetModified(entity);
    moveInstance(entity, "delete", this);
    this.currentTransaction.record.deleted.add(entity);
  }

  #end(event: "commit" | "rollback"): void {
    this.transactions.length = 0;
    this.#failure = undefined;
    if (this.state !== "idle") this.move(event);
  }

  protected savepointBegun(): void {
    // Without flushes before it, the transaction around the savepoint has no record yet.
    if (this.transactions.length === 0) this.transactions.push(new TransactionObjects(this.objects));
    this.transactions.push(new TransactionObjects(this.objects));
  }

  protected savepointReleased(): void {
    const inner = this.transactions.pop();
    if (inner !== undefined) inner.mergeInto(this.currentTransaction);
  }

  protected savepointRolledBack(): void {
    this.transactions.pop()?.rolledBack();
    if (this.state === "failed") this.move("recover");
  }

  protected move(event: SessionEvent): void {
    this.state = nextSessionState(this.state, event);
  }
}
