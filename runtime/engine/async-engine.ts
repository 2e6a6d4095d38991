// The asynchronous engine: one database, its pool of connections and its cache of compiled statements. Making one
// touches nothing; the first statement opens the first connection.
import type { Dialect } from "../dialects/dialect.js";
import type { AsyncDriverConnection, Timers } from "../dialects/driver.js";
import { dialectOf } from "../dialects/registry.js";
import { type DatabaseUrl, parseUrl } from "../dialects/url.js";
import { InvalidRequestError } from "../errors/errors.js";
import type { AsyncLease } from "../pool/async-entry.js";
import { AsyncPool } from "../pool/async-pool.js";
import { expiredError } from "../pool/expired-error.js";
import { type Expiry, type Limits, settleWithin } from "../pool/limits.js";
import { commonSettings, duration, POOL_OPTION_NAMES, type PoolOptions, waitSettings } from "../pool/pool-options.js";
import type { AsyncPoolStatus } from "../pool/pool-status.js";
import { systemTimers } from "../pool/system-timers.js";
import { WriterQueue } from "../pool/writer-queue.js";
import { AsyncConnection } from "./async-connection.js";
import type { AsyncParts } from "./async-link.js";
import { contextFor, type EngineContext } from "./context.js";
import { checkOptionNames, COMMON_OPTION_NAMES, type CommonOptions, createContext } from "./engine-options.js";
import { type EngineEvents, type ReplyInstead, STATEMENT_EVENTS } from "./engine-events.js";
import { EventHub, EVENTS } from "../events/event-hub.js";
import type { StatementParameters } from "./bind-values.js";
import type { ExecutionRequest, Operation } from "./execution.js";
import { statementRequest } from "./statement-request.js";
import type { StatementNode } from "../sql/ast/nodes.js";
import {
  type CallOptions,
  type CompleteOptions,
  CONNECTION_OPTION_NAMES,
  type ConnectionOptions,
  DEFAULT_OPTIONS,
  mergeOptions,
} from "./execution-options.js";
import { poolObserver, whenAll } from "./pool-observer.js";
import { AsyncRawConnection } from "./raw-connection.js";
import { RETRY_OPTION_NAMES, type RetryOptions, type Run, runAgain } from "./retry.js";
import { type CacheStats, cacheText } from "./statement-cache.js";
import type { AnyEvents } from "./watch.js";

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

export const ASYNC_ENGINE_OPTION_NAMES: readonly string[] = [
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
  checkOptionNames("createAsyncEngine", config, ASYNC_ENGINE_OPTION_NAMES);
  return new AsyncEngine(engineParts(parseUrl(config.url), config));
}

/** The events of asynchronous engines: what `doConnect` and `doExecute` answer with may be promised. */
type AsyncEvents = EngineEvents<
  AsyncConnection,
  AsyncDriverConnection,
  AsyncDriverConnection | Promise<AsyncDriverConnection | undefined>,
  ReplyInstead | Promise<ReplyInstead | undefined>
>;

/** Those who listen to all asynchronous engines. */
const classHub = new EventHub<AnyEvents>(null, STATEMENT_EVENTS);

/** What an engine shares with its copies, and what is its own. */
interface EngineParts {
  readonly url: DatabaseUrl;
  readonly context: EngineContext;
  readonly shared: AsyncParts;
  readonly defaults: CompleteOptions;
}

function engineParts(url: DatabaseUrl, options: AsyncEngineOptions): EngineParts {
  const dialect = dialectOf(url);
  const { connectAsync } = dialect;
  if (connectAsync === undefined) throw new InvalidRequestError(`${dialect.name} has no asynchronous driver`);
  const context = createContext(dialect, options, classHub);
  const timers = options.timers ?? systemTimers;
  const writers = new WriterQueue(timers, duration("poolTimeout", options.poolTimeout ?? 30_000));
  const pool = new AsyncPool({
    ...commonSettings(options, dialect.isInMemory(url)),
    ...waitSettings(options),
    open: async (signal) => {
      const connectArgs = { ...options.connectArgs };
      const instead = await context.watch.hub.ask("doConnect", { url, connectArgs });
      // Sound: the event's type says what a listener answers with.
      return (instead as AsyncDriverConnection | undefined) ?? connectAsync(url, connectArgs, { timers, signal });
    },
    timers,
    observer: poolObserver<AsyncDriverConnection>(context.watch, (lease) => {
      writers.unlock(lease);
    }),
  });
  const defaults = mergeOptions(DEFAULT_OPTIONS, pick(options, EXECUTION_OPTION_NAMES), context.dialect);
  return { url, context, shared: { pool, writers, timers }, defaults };
}

export class AsyncEngine implements AsyncDisposable {
  readonly url: DatabaseUrl;
  readonly dialect: Dialect;
  readonly #parts: EngineParts;

  /** Use `createAsyncEngine`. */
  constructor(parts: EngineParts) {
    this.url = parts.url;
    this.dialect = contextFor(parts.context, parts.defaults).dialect;
    this.#parts = parts;
  }

  /** Where `listen(AsyncEngine, …)` keeps the listeners: those of all asynchronous engines. */
  static get [EVENTS](): EventHub<AsyncEvents> {
    // Sound: only asynchronous connections, over their drivers, are announced.
    return classHub as unknown as EventHub<AsyncEvents>;
  }

  /** Where `listen(engine, …)` keeps the listeners. */
  get [EVENTS](): EventHub<AsyncEvents> {
    // Sound: as above.
    return this.#parts.context.watch.hub as unknown as EventHub<AsyncEvents>;
  }

  /**
   * A copy with other options over the same pool, cache and listeners; who listens to the copy hears of it alone.
   * Throws `ArgumentError` for an option or level that there is not.
   */
  executionOptions(options: ConnectionOptions): AsyncEngine {
    const { context, defaults } = this.#parts;
    const copy = new AsyncEngine({
      ...this.#parts,
      context: { ...context, watch: context.watch.child() },
      defaults: mergeOptions(defaults, options, context.dialect),
    });
    context.watch.hub.emit("setEngineExecutionOptions", { engine: copy, options });
    return copy;
  }

  /** The options that connections begin with. */
  getExecutionOptions(): Readonly<CompleteOptions> {
    return this.#parts.defaults;
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

  async #connect(options?: ConnectionOptions): Promise<AsyncConnection> {
    const { context, shared, defaults } = this.#parts;
    const merged = options === undefined ? defaults : mergeOptions(defaults, options, this.dialect);
    const lease = shared.pool.take(merged) ?? (await this.#acquire(merged));
    const connection = new AsyncConnection(context, shared, lease, merged);
    if (context.watch.hub.has("engineConnect")) await this.#announce(connection, merged);
    return connection;
  }

  /** Has the connection prepared by those who listen. */
  async #announce(connection: AsyncConnection, limits: Limits): Promise<void> {
    const { context, shared } = this.#parts;
    try {
      const told = whenAll(context.watch.hub.emit("engineConnect", { connection }));
      if (told !== undefined) await settleWithin(told, limits, shared.timers, (expiry) => lateListener(expiry, limits));
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** A lease from the pool; those who listen are told where there is none. */
  async #acquire(limits: Limits): Promise<AsyncLease> {
    const { context, shared } = this.#parts;
    try {
      return await shared.pool.acquire(limits);
    } catch (error) {
      throw context.watch.failed(null, error, null);
    }
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
    const { signal, deadline } = mergeOptions(this.#parts.defaults, connectionOptions, this.dialect);
    const attempt = (run: Run): Promise<T> =>
      this.begin(async (connection) => {
        try {
          return await block(connection);
        } finally {
          run.statementsSent = connection.statementsSent;
        }
      }, connectionOptions);
    return runAgain(attempt, options, { signal, deadline }, this.#parts.shared.timers);
  }

  /** A statement ready to run on a connection of this engine, with the values that it does not hold itself by name. */
  request(node: StatementNode, parameters?: StatementParameters): ExecutionRequest {
    const { context, defaults } = this.#parts;
    return statementRequest(contextFor(context, defaults), defaults, node, parameters);
  }

  /** Runs work of several statements in one transaction on one connection. */
  runOperation<T>(operation: Operation<T>): Promise<T> {
    return this.begin((connection) => connection.runOperation(operation));
  }

  /**
   * The driver's connection from the pool, without transaction, log or events of statements. Close it. Errors: as
   * `connect()`.
   */
  async rawConnection(options: CallOptions = {}): Promise<AsyncRawConnection> {
    const { context, shared, defaults } = this.#parts;
    const lease = await this.#acquire(mergeOptions(defaults, options, context.dialect));
    const connection = new AsyncRawConnection(shared.pool, lease);
    shared.pool.guard(connection, lease);
    return connection;
  }

  /**
   * Closes the pool's connections and waits for that; callers that wait for one are turned away. Those in use close
   * when they come back; with `wait`, that is waited for, too, and what is still out after so many milliseconds is cut.
   * An in-memory database is gone then. The engine can be used again: it opens new connections.
   */
  async dispose({ wait = 0 }: { readonly wait?: number } = {}): Promise<void> {
    const { watch } = this.#parts.context;
    watch.note(cacheText(this.cacheStats()));
    await this.#parts.shared.pool.dispose(duration("wait", wait));
    watch.hub.emit("engineDisposed", { engine: this });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /** How many connections are open, idle and in use, and how many callers wait. */
  poolStatus(): AsyncPoolStatus {
    return this.#parts.shared.pool.status();
  }

  /** How the cache of compiled statements does. */
  cacheStats(): CacheStats {
    return this.#parts.context.cache?.stats() ?? NO_STATS;
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

/** A listener took longer than the call may. */
function lateListener(expiry: Expiry, limits: Limits): Error {
  return expiredError(expiry, limits, "while those who listen prepared the connection", "not sent");
}

const NO_STATS: CacheStats = { size: 0, capacity: 0, hits: 0, misses: 0, hitRate: 0 };

/** Those properties of `options` that have one of the names. */
function pick(options: AsyncEngineOptions, names: readonly string[]): ConnectionOptions {
  return Object.fromEntries(Object.entries(options).filter(([key]) => names.includes(key)));
}
