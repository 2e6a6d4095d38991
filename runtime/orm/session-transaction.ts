// Handles of transactions and savepoints that were begun on purpose: `session.begin()` and `session.beginNested()`.
import { InvalidRequestError } from "../errors/errors.js";
import type { SyncSessionCore } from "./sync-session-core.js";

/** How a block over a session ends: shared by transactions and savepoints. */
abstract class SessionBlock implements Disposable {
  /** False once it was committed or rolled back, by whatever call. */
  abstract readonly isActive: boolean;
  abstract commit(): void;
  abstract rollback(): void;

  /** Runs the block; commits when it returns, rolls back when it throws. */
  run<T>(block: () => T): T {
    let value: T;
    try {
      value = block();
      if (isPromiseLike(value)) throw promiseReturned(value);
    } catch (error) {
      if (this.isActive) this.rollback();
      throw error;
    }
    if (this.isActive) this.commit();
    return value;
  }

  [Symbol.dispose](): void {
    if (this.isActive) this.rollback();
  }
}

/** The transaction that `session.begin()` began. */
export class SessionTransaction extends SessionBlock {
  readonly #core: SyncSessionCore;
  readonly #serial: number;

  constructor(core: SyncSessionCore) {
    super();
    core.connection();
    this.#core = core;
    this.#serial = core.transactionSerial;
  }

  get isActive(): boolean {
    return this.#core.state !== "idle" && this.#core.transactionSerial === this.#serial;
  }

  /** Flushes and commits. */
  commit(): void {
    this.#check();
    this.#core.commit();
  }

  rollback(): void {
    this.#check();
    this.#core.rollback();
  }

  #check(): void {
    if (!this.isActive) throw new InvalidRequestError("This transaction has ended: begin another one");
  }
}

/** A savepoint. */
export class SessionSavepoint extends SessionBlock {
  readonly #core: SyncSessionCore;
  readonly #serial: number;
  readonly #depth: number;
  #ended = false;

  constructor(core: SyncSessionCore) {
    super();
    core.beginSavepoint();
    this.#core = core;
    this.#serial = core.transactionSerial;
    this.#depth = core.savepointDepth;
  }

  get isActive(): boolean {
    const core = this.#core;
    return !this.#ended && core.transactionSerial === this.#serial && core.savepointDepth >= this.#depth;
  }

  /** Flushes and keeps what was done since, as part of the transaction around it. */
  commit(): void {
    this.#check();
    this.#core.releaseSavepoint(this.#depth);
    this.#ended = true;
  }

  /** Undoes what was done since; objects go back to where they stood. */
  rollback(): void {
    this.#check();
    this.#core.rollbackSavepoint(this.#depth);
    this.#ended = true;
  }

  #check(): void {
    if (!this.isActive) throw new InvalidRequestError("This savepoint has ended: set another one");
  }
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** Nobody else will see how the promise ends. */
function promiseReturned(value: PromiseLike<unknown>): InvalidRequestError {
  value.then(undefined, () => undefined);
  return new InvalidRequestError(
    "The block returned a promise, so its transaction was rolled back: write the block without async and await",
  );
}
