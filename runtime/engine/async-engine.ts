// The asynchronous engine: one database, its pool of connections and its cache of compiled statements. Making one
// touches nothing; the first statement opens the first connection.
import type { Dialect } from "../dialects/dialect.js";
import type { AsyncDriverConnection, Timers } from "../dialects/driver.js";
import { dialectOf } from "../dialects/registry.js";
import { type DatabaseUrl, parseUrl } from "../dialects/url.js";
import { InvalidRequestError } from "../errors/errors.js";
import { AsyncPool, type AsyncPoolStatus } from "../pool/async-pool.js";
import { duration, POOL_OPTION_NAMES, type PoolOptions, poolSettings } from "../pool/pool-options.js";
import { systemTimers } from "../pool/system-timers.js";
import { WriterQueue } from "../pool/writer-queue.js";
import { AsyncConnection } from "./async-connection.js";
import type { AsyncParts } from "./async-link.js";
import type { EngineContext } from "./context.js";
import { checkOptionNames, COMMON_OPTION_NAMES, type CommonOptions, createContext } from "./engine-options.js";
import { type EngineEvents, type EventHub, EVENTS } from "./events.js";
import type { Operation } from "./execution.js";
import {
  type CompleteOptions,
  CONNECTION_OPTION_NAMES,
  type ConnectionOptions,
  DEFAULT_OPTIONS,
  mergeOptions,
} from "./execution-options.js";
import { RETRY_OPTION_NAMES, type RetryOptions, type Run, runAgain } from "./retry.js";
import { type CacheStats, cacheText } from "./statement-cache.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** How an asynchronous engine behaves; everything may be left out. */
export interface AsyncEngineOptions extends CommonOptions, PoolOptions, Omit<ConnectionOptions, "signal" | "deadline"> {
  /** The clock and timers behind every wait, for tests. */
  readonly timers?: Timers;
}

/** Options together with the URL. */
export interface AsyncEngineConfig extends AsyncEngineOptions {
  readonly url: string | DatabaseUrl;
}

const EXECUTION_OPTION_NAMES = CONNECTION_OPTION_NAMES.filter((name) => name !== "signal" && name !== "deadline");

const OPTIONS: readonly string[] = [
  "url",
  ...COMMON_OPTION_NAMES,
  ...POOL_OPTION_NAMES,
  ...EXECUTION_OPTION_NAMES,
  "timers",
];

/**
 * An asynchronous engine for a database URL such as `postgresql://user:password@host/database`. Connects at first use.
 * Throws `UrlError` for a URL that cannot be used, `ArgumentError` for an option that there is not.
 */
export function createAsyncEngine(
  target: string | DatabaseUrl | AsyncEngineConfig,
  options: AsyncEngineOptions = {},
): AsyncEngine {
  const isConfig = typeof target === "object" && "url" in target;
  const config: AsyncEngineConfig = isConfig ? { ...target, ...options } : { ...options, url: target };
  checkOptionNames("createAsyncEngine", config, OPTIONS);
  return new AsyncEngine(parseUrl(config.url), config);
}

export class AsyncEngine implements AsyncDisposable {
  readonly url: DatabaseUrl;
  readonly dialect: Dialect;
  readonly #context: EngineContext;
  readonly #parts: AsyncParts;
  readonly #defaults: CompleteOptions;

  /** Use `createAsyncEngine`. */
  constructor(url: DatabaseUrl, options: AsyncEngineOptions) {
    const dialect = dialectOf(url);
    const { connectAsync } = dialect;
    if (connectAsync === undefined) throw new InvalidRequestError(`${dialect.name} has no asynchronous driver`);
    const connectArgs = { ...options.connectArgs };
    const context = createContext(dialect, options);
    const timers = options.timers ?? systemTimers;
    const writers = new WriterQueue(timers, duration("poolTimeout", options.poolTimeout ?? 30_000));
    const settings = poolSettings(options, dialect.isInMemory(url), {
      open: (signal) => connectAsync(url, connectArgs, { timers, signal }),
      timers,
      observer: context.watch.poolObserver((lease) => {
        writers.unlock(lease);
      }),
    });
    this.url = url;
    this.dialect = dialect;
    this.#context = context;
    this.#parts = { pool: new AsyncPool(settings), writers, timers };
    this.#defaults = mergeOptions(DEFAULT_OPTIONS, pick(options, EXECUTION_OPTION_NAMES), dialect);
  }

  /** Where `listen(engine, …)` keeps the listeners. */
  get [EVENTS](): EventHub<EngineEvents<AsyncConnection, AsyncDriverConnection>> {
    // Sound: only this engine's connections, over its drivers, are announced.
    return this.#context.watch.hub as unknown as EventHub<EngineEvents<AsyncConnection, AsyncDriverConnection>>;
  }

  /**
   * A connection from the pool. With a block, the connection is closed when the block's promise settles, and the
   * block's value is returned. `signal` and `deadline` among the options hold for the wait and for all that the
   * connection does. Throws `PoolTimeoutError` where none came free in time, else why the database cannot be reached.
   */
  connect(options?: ConnectionOptions): Promise<AsyncConnection>;
  connect<T>(block: (connection: AsyncConnection) => Promise<T> | T, options?: ConnectionOptions): Promise<T>;
  connect<T>(
    first?: ConnectionOptions | ((connection: AsyncConnection) => Promise<T> | T),
    second?: ConnectionOptions,
  ): Promise<AsyncConnection | T> {
    return typeof first === "function" ? this.#within(first, second) : this.#connect(first);
  }

  async #connect(options: ConnectionOptions = {}): Promise<AsyncConnection> {
    const merged = mergeOptions(this.#defaults, options, this.dialect);
    const lease = await this.#parts.pool.acquire({ signal: merged.signal, deadline: merged.deadline });
    const connection = new AsyncConnection(this.#context, this.#parts, lease, merged);
    this.#context.watch.hub.emit("checkout", { connection });
    return connection;
  }

  async #within<T>(
    block: (connection: AsyncConnection) => Promise<T> | T,
    options: ConnectionOptions | undefined,
  ): Promise<T> {
    const connection = await this.#connect(options);
    let value: T;
    try {
      value = await block(connection);
    } catch (error) {
      // What the block failed with is the error to tell; a connection that cannot be rolled back is closed.
      await connection.close().catch(() => undefined);
      throw error;
    }
    await connection.close();
    return value;
  }

  /** Runs the block in one transaction: committed when its promise resolves, rolled back when it rejects. */
  begin<T>(block: (connection: AsyncConnection) => Promise<T> | T, options?: ConnectionOptions): Promise<T> {
    return this.#within(async (connection) => {
      await connection.begin();
      const value = await block(connection);
      await connection.commit();
      return value;
    }, options);
  }

  /**
   * Runs the block in one transaction like `begin`, and again, on another connection, after a deadlock, a serialization
   * failure or another error that a further run may not meet (`error.retryable`), COMMIT's included. Where the
   * connection was lost after a statement had been sent, only an `idempotent` block is run again, and none after
   * `CommitOutcomeUnknownError`. The block must leave nothing behind but what it does in the database.
   */
  transaction<T>(
    block: (connection: AsyncConnection) => Promise<T> | T,
    options: RetryOptions & ConnectionOptions = {},
  ): Promise<T> {
    const connectionOptions = Object.fromEntries(
      Object.entries(options).filter(([key]) => !RETRY_OPTION_NAMES.some((name) => name === key)),
    );
    const { signal, deadline } = mergeOptions(this.#defaults, connectionOptions, this.dialect);
    const attempt = (run: Run): Promise<T> =>
      this.begin(async (connection) => {
        try {
          return await block(connection);
        } finally {
          run.statementsSent = connection.statementsSent;
        }
      }, connectionOptions);
    return runAgain(attempt, options, { signal, deadline }, this.#parts.timers);
  }

  /** Runs work of several statements in one transaction on one connection. */
  runOperation<T>(operation: Operation<T>): Promise<T> {
    return this.begin((connection) => connection.runOperation(operation));
  }

  /**
   * Closes the pool's connections and waits for that; those in use close when they come back, and callers that wait for
   * one are turned away. An in-memory database is gone then. The engine can be used again.
   */
  dispose(): Promise<void> {
    this.#context.watch.note(cacheText(this.cacheStats()));
    return this.#parts.pool.dispose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /** How many connections are open, idle and in use, and how many callers wait. */
  poolStatus(): AsyncPoolStatus {
    return this.#parts.pool.status();
  }

  /** How the cache of compiled statements does. */
  cacheStats(): CacheStats {
    return this.#context.cache.stats();
  }

  toString(): string {
    return `AsyncEngine(${String(this.url)})`;
  }

  toJSON(): object {
    return { url: this.url.toJSON() };
  }

  [INSPECT](): string {
    return this.toString();
  }
}

/** Those properties of `options` that have one of the names. */
function pick(options: AsyncEngineOptions, names: readonly string[]): ConnectionOptions {
  return Object.fromEntries(Object.entries(options).filter(([key]) => names.includes(key)));
}
