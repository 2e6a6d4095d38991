// The transaction of one connection: begun by the first statement, sent to the database then or before the first write
// (as the dialect has it), ended by commit or rollback. Savepoints wait for BEGIN, too. Whatever reaches the database
// is a `ControlFlow`, so that both faces share it.
import {
  CancelledError,
  CommitOutcomeUnknownError,
  DeadlineExceededError,
  DeadlockError,
  DisconnectError,
  InvalidRequestError,
  LockTimeoutError,
  PendingRollbackError,
  ResourceClosedError,
  SerializationError,
  TransactionAbortedError,
} from "../errors/errors.js";
import type { IsolationLevel, TransactionCharacteristics } from "../dialects/transaction-dialect.js";
import { type EngineContext, statementError } from "./context.js";
import { type ControlFlow, LOCK } from "./control-flow.js";
import type { SqlRow } from "./execution.js";
import { nextTransactionState, type TransactionEvent, type TransactionState } from "./transaction-state.js";

const COMMIT = "COMMIT";
const ROLLBACK = "ROLLBACK";

/** What the database says about its transaction. */
export type TransactionStatus = "none" | "open" | "failed" | "unknown";

/** The connection under a transaction. */
export interface TransactionHost {
  /** For those who listen. */
  readonly connection: object;
  status(): TransactionStatus;
  /** False once nothing can be sent any more. */
  isUsable(): boolean;
  /** True where BEGIN and the savepoints after it go along with the first statement, and cost nothing by themselves. */
  readonly takesPrelude: boolean;
  /** Gives back what a `lock` request took. Does nothing where none was. */
  unlock(): void;
}

/** A savepoint: `sent` once the database knows it. */
export interface Savepoint {
  readonly name: string;
  sent: boolean;
}

/** Errors after which the transaction's work is lost, or must be taken as lost, whatever the database says. */
const FATAL = [DeadlockError, SerializationError, LockTimeoutError];

const NO_SAVEPOINTS: readonly Savepoint[] = [];
const USUAL: TransactionCharacteristics = { isolationLevel: null, readOnly: false };

function characteristicsOf(level: IsolationLevel | null, readOnly: boolean): TransactionCharacteristics {
  if (level === null && !readOnly) return USUAL;
  return { isolationLevel: level === "AUTOCOMMIT" ? null : level, readOnly };
}

export class TransactionControl {
  /** Whom it tells, and in whose words; changes with the connection's options. */
  context: EngineContext;
  readonly #host: TransactionHost;
  #savepoints: readonly Savepoint[] = NO_SAVEPOINTS;
  #savepointCount = 0;
  #characteristics: TransactionCharacteristics;
  #autocommit: boolean;
  #waitsForWrite: boolean;
  /** Read on the hot path; written by `#move` only. */
  state: TransactionState = "none";
  /** Counts transactions, so that a handle knows whether its own is still the current one. */
  serial = 0;

  constructor(context: EngineContext, host: TransactionHost, level: IsolationLevel | null, readOnly: boolean) {
    this.context = context;
    this.#host = host;
    this.#autocommit = level === "AUTOCOMMIT";
    this.#characteristics = characteristicsOf(level, readOnly);
    this.#waitsForWrite = context.dialect.transactions.waitsForWrite(this.#characteristics);
  }

  get inTransaction(): boolean {
    return this.state !== "none" && this.state !== "closed";
  }

  get inSavepoint(): boolean {
    return this.#savepoints.length > 0;
  }

  get autocommit(): boolean {
    return this.#autocommit;
  }

  /** The savepoint that was set last; null where there is none. */
  get lastSavepoint(): Savepoint | null {
    return this.#savepoints.at(-1) ?? null;
  }

  /** What the transactions from now on are. Throws `InvalidRequestError` inside of one. */
  become(level: IsolationLevel | null, readOnly: boolean): void {
    if (this.inTransaction) {
      throw new InvalidRequestError(
        "the isolation level and readOnly are those of a whole transaction: set them before its first statement, or " +
          "commit() or rollback() first",
      );
    }
    this.#autocommit = level === "AUTOCOMMIT";
    this.#characteristics = characteristicsOf(level, readOnly);
    this.#waitsForWrite = this.context.dialect.transactions.waitsForWrite(this.#characteristics);
  }

  /** Before each statement while BEGIN was not sent: begins the transaction, or says why it cannot go on. */
  enter(): void {
    if (this.state === "none") this.begin();
    else this.refuseUnusable();
  }

  begin(): void {
    this.refuseUnusable();
    if (this.state !== "none") {
      throw new InvalidRequestError(
        "this connection is already in a transaction, perhaps one that a statement began; commit() or rollback() first",
      );
    }
    this.#move("begin");
    this.serial += 1;
    const text = this.#autocommit ? "BEGIN (implicit; not sent: AUTOCOMMIT)" : "BEGIN (implicit)";
    this.context.watch.transaction("begin", this.#host.connection, text);
  }

  /** True where BEGIN has to be sent before a statement, which writes or does not. */
  mustOpen(writes: boolean): boolean {
    return this.state === "begun" && !this.#autocommit && (writes || !this.#waitsForWrite);
  }

  /** Sends BEGIN. `sql` and `parameters` are the statement that called for it, for the error. */
  *open(sql: string, parameters: SqlRow | undefined): ControlFlow<void> {
    const { transactions } = this.context.dialect;
    if (transactions.oneWriter && !this.#characteristics.readOnly) yield LOCK;
    try {
      for (const word of transactions.begin(this.#characteristics)) yield { kind: "send", sql: word };
      for (const savepoint of this.#savepoints) {
        yield { kind: "send", sql: `SAVEPOINT ${savepoint.name}` };
        savepoint.sent = true;
      }
    } catch (cause) {
      yield* this.#undoOpen();
      throw statementError(this.context, cause, sql, parameters);
    }
    this.#move("open");
  }

  /** What `open` would send, for a connection that sends it along with the statement that calls for it. */
  prelude(): readonly string[] {
    const begin = this.context.dialect.transactions.begin(this.#characteristics);
    if (this.#savepoints.length === 0) return begin;
    return [...begin, ...this.#savepoints.map(({ name }) => `SAVEPOINT ${name}`)];
  }

  /** The prelude was sent, and nothing says that the database refused it. */
  opened(): void {
    for (const savepoint of this.#savepoints) savepoint.sent = true;
    this.#move("open");
  }

  *#undoOpen(): ControlFlow<void> {
    for (const savepoint of this.#savepoints) savepoint.sent = false;
    try {
      const open = this.#host.isUsable() && this.#host.status() !== "none";
      if (open) yield { kind: "send", sql: ROLLBACK };
      yield* this.#afterEnd();
    } catch {
      // What made BEGIN fail is the error to tell; the pool drops a connection that cannot be reset.
    } finally {
      this.#host.unlock();
    }
  }

  /** True where text, which may have been BEGIN, COMMIT or ROLLBACK, made the database's transaction another. */
  mustFollow(before: TransactionStatus): boolean {
    const now = this.#host.status();
    return now !== before && (now === "open" || now === "none") && this.state !== "closed";
  }

  /** Takes over what such a text did. */
  *follow(): ControlFlow<void> {
    const isOpen = this.#host.status() === "open";
    if (isOpen && this.state === "begun") {
      if (this.context.dialect.transactions.oneWriter) yield LOCK;
      this.#move("taken");
    } else if (!isOpen && this.state === "open") {
      this.#host.unlock();
      this.#savepoints = NO_SAVEPOINTS;
      this.#move("ended");
    }
  }

  /** After an error: the database may have rolled back by itself, or refuse whatever comes next. */
  afterError(error: unknown): void {
    if (this.state !== "open" && this.state !== "failed") return;
    const status = this.#host.status();
    if (status === "none" || isFatal(error)) {
      if (status === "none") this.#host.unlock();
      this.#move("die");
    } else if (status === "failed" && this.state === "open") {
      this.#move("fail");
    }
  }

  *commit(): ControlFlow<void> {
    if (this.state === "none") return;
    this.refuseUnusable();
    this.context.watch.transaction("commit", this.#host.connection, COMMIT);
    const wasOpen = this.state === "open";
    const word = wasOpen ? yield* this.#sendCommit() : null;
    this.#end(word === ROLLBACK ? "rollback" : "commit");
    if (wasOpen) yield* this.#afterEnd();
    if (word === ROLLBACK) {
      throw new TransactionAbortedError(
        "the database rolled the transaction back instead of committing it, because one of its statements had " +
          "failed; its work is lost: run it again without the statement that fails",
      );
    }
  }

  *#sendCommit(): ControlFlow<string | null> {
    try {
      return yield* this.#send(COMMIT);
    } catch (error) {
      if (!isSilent(error)) throw error;
      throw new CommitOutcomeUnknownError("the connection was lost after COMMIT was sent and before the answer came", {
        cause: error,
        sql: COMMIT,
        help: "Look into the data whether the work is there before you do it again.",
      });
    }
  }

  *rollback(): ControlFlow<void> {
    if (this.state === "none") return;
    this.#refuseClosed();
    this.context.watch.transaction("rollback", this.#host.connection, ROLLBACK);
    if (this.#mustSendRollback()) {
      try {
        yield* this.#send(ROLLBACK);
        yield* this.#afterEnd();
      } catch (error) {
        // A connection that breaks takes its transaction along: that is what was asked for.
        if (!(error instanceof DisconnectError)) throw error;
      }
    }
    this.#end("rollback");
  }

  #mustSendRollback(): boolean {
    if (!this.#host.isUsable()) return false;
    if (this.state === "dead") return this.#host.status() !== "none";
    return this.state === "open" || this.state === "failed";
  }

  /** Rolls back what is open; after that nothing goes any more, even where the rollback failed. */
  *close(): ControlFlow<void> {
    try {
      yield* this.rollback();
    } finally {
      this.#host.unlock();
      this.#move("close");
    }
  }

  /**
   * Closes at once where nothing has to be sent: nothing was, or `rollsBack` says that whoever cleans the connection
   * rolls back. False where `close()` has to.
   */
  closeAtOnce(rollsBack: boolean): boolean {
    const { state } = this;
    if (state === "closed" || (state !== "none" && state !== "begun" && !rollsBack)) return false;
    try {
      if (state !== "none") this.context.watch.transaction("rollback", this.#host.connection, ROLLBACK);
    } finally {
      if (state !== "none") this.#end("rollback");
      this.#move("close");
    }
    return true;
  }

  *beginSavepoint(): ControlFlow<Savepoint> {
    if (this.#autocommit) throw new InvalidRequestError("there are no savepoints in AUTOCOMMIT: nothing is open");
    if (this.state !== "open") this.enter();
    this.#savepointCount += 1;
    const savepoint: Savepoint = { name: `athanor_savepoint_${String(this.#savepointCount)}`, sent: false };
    const sql = `SAVEPOINT ${savepoint.name}`;
    if (!this.#host.takesPrelude && this.mustOpen(false)) yield* this.open(sql, undefined);
    this.context.watch.savepoint("savepoint", this.#host.connection, savepoint.name, sql);
    if (this.state === "open") {
      yield* this.#send(sql);
      savepoint.sent = true;
    }
    this.#savepoints = [...this.#savepoints, savepoint];
    return savepoint;
  }

  hasSavepoint(savepoint: Savepoint): boolean {
    return this.#savepoints.includes(savepoint);
  }

  /** RELEASE: keeps what was done since, as part of the transaction around it; savepoints within it end, too. */
  *release(savepoint: Savepoint): ControlFlow<void> {
    this.refuseUnusable();
    yield* this.#endSavepoint(savepoint, "RELEASE SAVEPOINT");
  }

  /** ROLLBACK TO: undoes what was done since. A transaction that failed within the savepoint goes on after it. */
  *rollbackTo(savepoint: Savepoint): ControlFlow<void> {
    if (this.state !== "failed") this.refuseUnusable();
    yield* this.#endSavepoint(savepoint, "ROLLBACK TO SAVEPOINT");
    if (this.state === "failed") this.#move("recover");
  }

  *#endSavepoint(savepoint: Savepoint, verb: "RELEASE SAVEPOINT" | "ROLLBACK TO SAVEPOINT"): ControlFlow<void> {
    const index = this.#savepoints.indexOf(savepoint);
    if (index < 0) throw new InvalidRequestError(`the savepoint ${savepoint.name} has ended`);
    const sql = `${verb} ${savepoint.name}`;
    const event = verb === "RELEASE SAVEPOINT" ? "releaseSavepoint" : "rollbackSavepoint";
    this.context.watch.savepoint(event, this.#host.connection, savepoint.name, sql);
    if (savepoint.sent) yield* this.#send(sql);
    this.#savepoints = this.#savepoints.slice(0, index);
  }

  *#send(sql: string): ControlFlow<string | null> {
    try {
      return yield { kind: "send", sql };
    } catch (cause) {
      const error = statementError(this.context, cause, sql, undefined);
      this.afterError(error);
      throw this.context.watch.failed(this.#host.connection, error, null);
    }
  }

  *#afterEnd(): ControlFlow<void> {
    for (const sql of this.context.dialect.transactions.end(this.#characteristics)) yield { kind: "send", sql };
  }

  #end(event: "commit" | "rollback"): void {
    this.#savepoints = NO_SAVEPOINTS;
    this.#host.unlock();
    this.#move(event);
  }

  #move(event: TransactionEvent): void {
    this.state = nextTransactionState(this.state, event);
  }

  refuseUnusable(): void {
    this.#refuseClosed();
    if (this.state === "dead") {
      throw new PendingRollbackError(
        "the database rolled this transaction back because of an earlier error, so its work is lost; " +
          "call rollback(), then start again",
      );
    }
    if (this.state === "failed") {
      throw new PendingRollbackError(
        "a statement of this transaction failed, and the database takes nothing more of it; call rollback(), or " +
          "roll back to the savepoint that was set before that statement",
      );
    }
  }

  #refuseClosed(): void {
    if (this.state === "closed") {
      throw new ResourceClosedError("this connection is closed; engine.connect() gives another one");
    }
  }
}

function isFatal(error: unknown): boolean {
  return isSilent(error) || FATAL.some((type) => error instanceof type);
}

/** True where the connection was lost after something was sent: nobody knows what became of it. */
function isSilent(error: unknown): boolean {
  if (error instanceof DeadlineExceededError || error instanceof CancelledError) return error.outcome === "unknown";
  return error instanceof DisconnectError;
}
