// The transactions of a session: their states, their connections and savepoints, and what their end means for the
// objects. Flows, so that both faces share them.
import { InvalidRequestError, PendingRollbackError, ResourceClosedError } from "../errors/errors.js";
import { type Entity, type EntityMapping, keyOf, statusOf } from "./entity.js";
import type { TransactionEventName } from "./events/session-events.js";
import { moveInstance } from "./instance-states.js";
import { mapperOf } from "./mapper.js";
import type { SessionBehaviour } from "./session-behaviour.js";
import type { BindQuestion, SessionBinds } from "./session-binds.js";
import { type BindOf, SessionConnections, type SessionConnection } from "./session-connections.js";
import type { SessionFlow } from "./session-flow.js";
import type { SessionObjects } from "./session-objects.js";
import { nextSessionState, type SessionEvent, type SessionState } from "./session-states.js";
import { TransactionObjects } from "./transaction-objects.js";

/** The half of a session that has to do with transactions. */
export abstract class SessionTransactions<C extends SessionConnection> {
  abstract readonly objects: SessionObjects;
  /** The one database, where no other is ever asked. */
  readonly only: BindOf<C> | null;
  /** The databases by class and table; null where there is one. */
  readonly several: SessionBinds<BindOf<C>> | null;
  readonly behaviour: SessionBehaviour;
  readonly connections: SessionConnections<C>;
  state: SessionState = "idle";
  /** True while a flow waits for the database: then others may come. Only ever so on the asynchronous face. */
  isWaiting = false;
  /** Counts transactions, so that a handle knows whether its own is still the current one. */
  serial = 0;
  /** The transaction's objects and, after it, those of the savepoints within it; null until there is something. */
  #objects: TransactionObjects[] | null = null;
  #failure: unknown;
  /** The database that the statement at work was given; null where it goes where its classes are. */
  chosenBind: BindOf<C> | null = null;

  /** Either the one database, or several. */
  constructor(only: BindOf<C> | null, several: SessionBinds<BindOf<C>> | null, behaviour: SessionBehaviour) {
    this.only = only;
    this.several = several;
    this.behaviour = behaviour;
    this.connections = new SessionConnections(behaviour.joinTransactionMode);
  }

  abstract flush(): SessionFlow<void>;

  /** The database that a question leads to. Throws `UnboundExecutionError` where there is none. */
  bindFor(question: BindQuestion): BindOf<C> {
    const known = this.chosenBind ?? this.only ?? this.several?.get(question);
    if (known !== undefined) return known;
    throw new InvalidRequestError("This session has no database");
  }

  /** The database of what says nothing of itself. */
  get mainBind(): BindOf<C> {
    return this.chosenBind ?? this.only ?? this.bindFor({});
  }

  /** Where the rows of a class are. */
  bindOfClass(mapping: EntityMapping): BindOf<C> {
    // `mapClass` makes no other mappings than Mappers.
    return this.chosenBind ?? this.only ?? this.bindFor({ mapper: mapping as ReturnType<typeof mapperOf> });
  }

  /** The connection for a bind, in the session's transaction, which begins where it has not. */
  *connecting(bind: BindOf<C>): SessionFlow<C> {
    this.requireUsable();
    this.ensureBegun();
    return yield* this.connections.connect(bind);
  }

  /** What happened to the objects in the innermost transaction or savepoint. */
  get currentTransaction(): TransactionObjects {
    const current = this.#objects?.at(-1);
    if (current !== undefined) return current;
    const first = new TransactionObjects(this.objects, false);
    this.#objects = [first];
    return first;
  }

  // ---- states

  /** @throws ResourceClosedError once closed for good */
  requireOpen(): void {
    if (this.state !== "closed") return;
    throw new ResourceClosedError("This session was closed for good (closeResetsOnly: false): make another one");
  }

  /** @throws PendingRollbackError where a flush failed and the session waits for `rollback()` */
  requireUsable(): void {
    if (this.state === "idle" || this.state === "active") return;
    this.requireOpen();
    const reason = this.#failure instanceof Error ? this.#failure.message : String(this.#failure);
    throw new PendingRollbackError(
      `This session's transaction was rolled back because a flush failed. ` +
        `Call session.rollback() to go on. What failed was: ${reason}`,
      { cause: this.#failure },
    );
  }

  /** Begins the transaction by itself, where none has begun. */
  ensureBegun(): void {
    if (this.state !== "idle") return;
    if (!this.behaviour.autobegin) {
      throw new InvalidRequestError(
        "This session does not begin transactions by itself (autobegin: false): call session.begin() first",
      );
    }
    this.begin();
  }

  /** @throws InvalidRequestError where one has begun already */
  begin(): void {
    this.requireUsable();
    if (this.state !== "idle") {
      throw new InvalidRequestError("This session is in a transaction already: commit() or rollback() it first");
    }
    this.#move("begin");
    this.serial += 1;
    this.tellTransaction("afterBegin");
  }

  protected abstract tellTransaction(name: TransactionEventName): void;

  #move(event: SessionEvent): void {
    this.state = nextSessionState(this.state, event);
  }

  // ---- ends

  /** Flushes and commits. */
  *commit(): SessionFlow<void> {
    this.requireUsable();
    this.tellTransaction("beforeCommit");
    yield* this.flush();
    try {
      yield* this.connections.commit();
    } catch (error) {
      try {
        yield* this.rollback();
      } catch {
        // What made the commit fail is the error to tell.
      }
      throw error;
    }
    this.currentTransaction.committed(this.behaviour.expireOnCommit);
    this.#end("commit");
    this.tellTransaction("afterCommit");
  }

  *rollback(): SessionFlow<void> {
    this.requireOpen();
    try {
      yield* this.connections.rollback();
    } finally {
      const all = this.#objects ?? [];
      for (const each of all.slice(1).toReversed()) each.rolledBack();
      this.#objects = all.slice(0, 1);
      this.currentTransaction.rolledBack();
      this.#end("rollback");
      this.tellTransaction("afterRollback");
      this.tellTransaction("afterSoftRollback");
    }
  }

  /** Rolls back what was not committed and lets every object go; with `cut`, by closing the connections. */
  *close(how: "close" | "reset" | "cut"): SessionFlow<void> {
    if (this.state === "closed") return;
    try {
      yield* how === "cut" ? this.connections.invalidate() : this.connections.close();
    } finally {
      this.closed(how);
    }
  }

  /** After the connections were given back. */
  protected closed(how: "close" | "reset" | "cut"): void {
    if (this.#objects !== null) this.#dropDeleted(this.#objects);
    this.#end("rollback");
    this.objects.clear();
    if (how !== "reset" && !this.behaviour.closeResetsOnly) this.#move("close");
  }

  #dropDeleted(transactions: readonly TransactionObjects[]): void {
    for (const { record } of transactions) {
      for (const each of record.deleted) if (statusOf(each) === "deleted") moveInstance(each, "expunge", null);
    }
  }

  #end(event: "commit" | "rollback"): void {
    this.#objects = null;
    this.#failure = undefined;
    if (this.state === "active" || this.state === "failed") this.#move(event);
  }

  // ---- failures

  /** After a flush failed: rolls back its savepoint or transaction; the session waits for `rollback()`. */
  protected *undoFailure(reason: unknown): SessionFlow<void> {
    if (this.state === "failed") return;
    // A flush that failed before its first statement fails like any other.
    if (this.state === "idle") {
      this.#move("begin");
      this.serial += 1;
    }
    try {
      yield* this.connections.undo();
    } catch {
      // What made the flush fail is the error to tell; a connection that cannot be rolled back is closed later.
    } finally {
      this.#move("fail");
      this.#failure = reason;
      this.currentTransaction.rolledBack();
      // What comes until rollback() is undone by it, in a transaction of its own.
      this.#objects?.splice(-1, 1, new TransactionObjects(this.objects, this.connections.depth > 0));
      this.tellTransaction("afterSoftRollback");
    }
  }

  /** An object's row turned out to be gone: it is deleted, as far as this transaction is concerned. */
  rowIsGone(entity: Entity): void {
    this.objects.identities(mapperOf(entity)).delete(keyOf(entity), entity);
    this.objects.forgetModified(entity);
    moveInstance(entity, "delete", this.objects.session);
    this.currentTransaction.record.deleted.push(entity);
  }

  // ---- savepoints

  /** Flushes and sets a savepoint; returns how many there are. */
  *beginSavepoint(): SessionFlow<number> {
    this.requireUsable();
    yield* this.flush();
    this.ensureBegun();
    if (this.only !== null) yield* this.connections.connect(this.only);
    yield* this.connections.savepoint();
    // Without flushes before it, the transaction around the savepoint has no record yet.
    this.#objects = [
      ...(this.#objects ?? [new TransactionObjects(this.objects, false)]),
      new TransactionObjects(this.objects, true),
    ];
    return this.connections.depth;
  }

  /** Flushes and keeps what was done since the savepoint of this depth, and since those within it. */
  *releaseSavepoint(depth: number): SessionFlow<void> {
    this.requireUsable();
    yield* this.flush();
    while (this.connections.depth >= depth) {
      yield* this.connections.release();
      const inner = this.#objects?.pop();
      if (inner !== undefined) inner.mergeInto(this.currentTransaction);
    }
  }

  /** Undoes what was done since the savepoint of this depth; objects go back to where they stood. */
  *rollbackSavepoint(depth: number): SessionFlow<void> {
    this.requireOpen();
    while (this.connections.depth >= depth) {
      yield* this.connections.rollbackSavepoint();
      this.#objects?.pop()?.rolledBack();
      if (this.state === "failed") this.#move("recover");
      this.tellTransaction("afterSoftRollback");
    }
  }
}
