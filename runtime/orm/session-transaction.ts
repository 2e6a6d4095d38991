// Handles of transactions and savepoints that were begun on purpose: `session.begin()` and `session.beginNested()`.
import { InvalidRequestError } from "../errors/errors.js";
import type { SessionCore } from "./session-core.js";
import type { Mode, Outcomes, SessionFlow } from "./session-flow.js";

/** How a face drives a flow, for the method named. */
type Drive<M extends Mode> = <T>(method: string, flow: SessionFlow<T>) => Outcomes<T>[M];

/** A transaction, or a savepoint within one: what both faces' handles have in common. */
abstract class TransactionHandle<M extends Mode> {
  readonly #core: SessionCore;
  readonly #drive: Drive<M>;
  readonly #serial: number;
  /** The savepoint's place among those of its transaction; 0 for the transaction itself. */
  readonly #depth: number;
  #ended = false;

  /** For the session: `begin()` and `beginNested()` make handles. */
  constructor(core: SessionCore, drive: Drive<M>, depth: number) {
    this.#core = core;
    this.#drive = drive;
    this.#serial = core.serial;
    this.#depth = depth;
  }

  /** True for a savepoint. */
  get nested(): boolean {
    return this.#depth > 0;
  }

  /** False once it was committed or rolled back, by whatever call. */
  get isActive(): boolean {
    const { state, serial, connections } = this.#core;
    const isCurrent = (state === "active" || state === "failed") && serial === this.#serial;
    return isCurrent && !this.#ended && connections.depth >= this.#depth;
  }

  /** Flushes and commits; a savepoint's work is kept as a part of the transaction around it. */
  commit(): Outcomes<void>[M] {
    return this.#drive(
      "commit()",
      this.#end((core) => (this.nested ? core.releaseSavepoint(this.#depth) : core.commit())),
    );
  }

  /** Undoes what was done since; objects go back to where they stood. */
  rollback(): Outcomes<void>[M] {
    return this.#drive(
      "rollback()",
      this.#end((core) => (this.nested ? core.rollbackSavepoint(this.#depth) : core.rollback())),
    );
  }

  *#end(work: (core: SessionCore) => SessionFlow<void>): SessionFlow<void> {
    if (!this.isActive) {
      throw new InvalidRequestError(
        this.nested ? "This savepoint has ended: set another one" : "This transaction has ended: begin another one",
      );
    }
    yield* work(this.#core);
    this.#ended = true;
  }
}

/** A transaction or savepoint of a synchronous session; as a `using` variable it is rolled back unless committed. */
export class SessionTransaction extends TransactionHandle<"sync"> implements Disposable {
  [Symbol.dispose](): void {
    if (this.isActive) this.rollback();
  }

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
}

/** The same of an asynchronous session, for `await using`. */
export class AsyncSessionTransaction extends TransactionHandle<"async"> implements AsyncDisposable {
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.isActive) await this.rollback();
  }

  /** Runs the block; commits when its promise resolves, rolls back when it rejects. */
  async run<T>(block: () => T | Promise<T>): Promise<T> {
    let value: T;
    try {
      value = await block();
    } catch (error) {
      // What the block failed with is the error to tell.
      if (this.isActive) await this.rollback().catch(() => undefined);
      throw error;
    }
    if (this.isActive) await this.commit();
    return value;
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
