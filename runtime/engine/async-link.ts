// The way from an asynchronous connection to its driver: one call at a time, each within its limits, and what a failure
// means for the connection decided in one place.
import type { AsyncDriverConnection, Timers } from "../dialects/driver.js";
import {
  AthanorError,
  ConcurrentUseError,
  DatabaseError,
  DisconnectError,
  type StatementErrorDetails,
} from "../errors/errors.js";
import type { AsyncLease } from "../pool/async-entry.js";
import type { AsyncPool } from "../pool/async-pool.js";
import { expiredError } from "../pool/expired-error.js";
import { expiryOf, type Limits, settleWithin } from "../pool/limits.js";
import type { WriterQueue } from "../pool/writer-queue.js";
import { type EngineContext, statementDetails, statementError } from "./context.js";
import type { SqlRow } from "./execution.js";

/** What an asynchronous engine shares with its connections, beside its context. */
export interface AsyncParts {
  readonly pool: AsyncPool;
  readonly writers: WriterQueue;
  readonly timers: Timers;
}

export class AsyncLink {
  readonly parts: AsyncParts;
  readonly lease: AsyncLease;
  readonly #context: EngineContext;
  /** The method at work; null while there is none. */
  #running: string | null = null;

  constructor(context: EngineContext, parts: AsyncParts, lease: AsyncLease) {
    this.parts = parts;
    this.lease = lease;
    this.#context = context;
  }

  get driver(): AsyncDriverConnection {
    return this.lease.driver;
  }

  get isUsable(): boolean {
    return !this.lease.ended && !this.driver.broken;
  }

  get isBusy(): boolean {
    return this.#running !== null;
  }

  /** Runs one method at a time. Throws `ConcurrentUseError` where another one is at work. */
  async exclusively<T>(method: string, work: () => Promise<T>): Promise<T> {
    this.occupy(method);
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  occupy(method: string): void {
    if (this.#running !== null) {
      throw new ConcurrentUseError(
        `${method} was called while ${this.#running} of the same connection is still at work: await the one before ` +
          "the other, read a stream to its end, or take a connection each",
      );
    }
    this.#running = method;
  }

  leave(): void {
    this.#running = null;
  }

  /**
   * One call of the driver. A call whose limits are passed rejects at once; the database is asked to give up, and the
   * connection is closed. `sql` and `parameters` are for the error.
   */
  async call<T>(
    work: (driver: AsyncDriverConnection) => Promise<T>,
    limits: Limits,
    sql: string,
    parameters: SqlRow | undefined,
  ): Promise<T> {
    const { timers, pool } = this.parts;
    this.#refuseUnusable();
    const details = (): StatementErrorDetails => statementDetails(this.#context, undefined, sql, parameters);
    const passed = expiryOf(limits, timers);
    if (passed !== null) throw expiredError(passed, limits, "before the statement was sent", "not sent", details());
    try {
      return await settleWithin(work(this.driver), limits, timers, (expiry) => {
        pool.abandon(this.lease);
        return expiredError(expiry, limits, "while the statement ran", "unknown", details());
      });
    } catch (cause) {
      throw this.#failure(cause, sql, parameters);
    }
  }

  /** The error as this package's. A connection that broke leaves the pool, together with those opened before it. */
  #failure(cause: unknown, sql: string, parameters: SqlRow | undefined): AthanorError {
    let error = statementError(this.#context, cause, sql, parameters);
    // Drivers often have no code for it: then the connection's own state tells.
    if (
      this.driver.broken &&
      !this.lease.ended &&
      error instanceof DatabaseError &&
      !(error instanceof DisconnectError)
    ) {
      error = new DisconnectError("the connection broke", statementDetails(this.#context, cause, sql, parameters));
    }
    if (error instanceof DisconnectError) this.parts.pool.invalidate(this.lease, error);
    return error;
  }

  /** The connection is lost, as somebody who looked on says. */
  lose(error: DisconnectError): void {
    this.parts.pool.invalidate(this.lease, error);
  }

  #refuseUnusable(): void {
    if (this.isUsable) return;
    const error = new DisconnectError("this connection was closed, because it broke, was cut off or was invalidated", {
      help: "Close it and take another one with engine.connect().",
    });
    this.parts.pool.invalidate(this.lease, error);
    throw error;
  }
}
