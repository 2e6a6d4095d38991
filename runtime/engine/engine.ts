// The engine: one database, its connections and its cache of compiled statements. Making one touches nothing; the first
// statement opens the first connection.
import { dialectOf } from "../dialects/registry.js";
import { type DatabaseUrl, parseUrl } from "../dialects/url.js";
import type { Dialect } from "../dialects/dialect.js";
import type { SyncDriverConnection } from "../dialects/driver.js";
import { InvalidRequestError } from "../errors/errors.js";
import { Pool, type PoolStatus } from "../pool/pool.js";
import { wholeNumber } from "../pool/pool-options.js";
import { Connection } from "./connection.js";
import type { EngineContext } from "./context.js";
import { checkOptionNames, COMMON_OPTION_NAMES, type CommonOptions, createContext } from "./engine-options.js";
import { type EngineEvents, type EventHub, EVENTS } from "./events.js";
import type { Operation } from "./execution.js";
import {
  type CompleteOptions,
  DEFAULT_OPTIONS,
  mergeOptions,
  TRANSACTION_OPTION_NAMES,
  type TransactionOptions,
} from "./execution-options.js";
import { type CacheStats, cacheText } from "./statement-cache.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");
const DEFAULT_POOL_SIZE = 5;

/** How a synchronous engine behaves; everything may be left out. */
export interface EngineOptions extends CommonOptions, TransactionOptions {
  /** Connections kept open while idle; 5 where not given. */
  readonly poolSize?: number;
}

/** Options together with the URL. */
export interface EngineConfig extends EngineOptions {
  readonly url: string | DatabaseUrl;
}

/** What a block gives back, unless it is a promise: then the block would end before its work is done. */
export type Synchronous<T> = T extends PromiseLike<unknown> ? "a synchronous block cannot return a promise" : T;

const OPTIONS: readonly string[] = ["url", ...COMMON_OPTION_NAMES, "poolSize", ...TRANSACTION_OPTION_NAMES];

/**
 * An engine for a database URL such as `sqlite:///app.db`. Connects at first use.
 * Throws `UrlError` for a URL that cannot be used, `ArgumentError` for an option that there is not.
 */
export function createEngine(target: string | DatabaseUrl | EngineConfig, options: EngineOptions = {}): Engine {
  const isConfig = typeof target === "object" && "url" in target;
  const config: EngineConfig = isConfig ? { ...target, ...options } : { ...options, url: target };
  checkOptionNames("createEngine", config, OPTIONS);
  return new Engine(parseUrl(config.url), config);
}

export class Engine {
  readonly url: DatabaseUrl;
  readonly dialect: Dialect;
  readonly #context: EngineContext;
  readonly #pool: Pool;
  readonly #defaults: CompleteOptions;

  /** Use `createEngine`. */
  constructor(url: DatabaseUrl, options: EngineOptions) {
    const dialect = dialectOf(url);
    const { connectSync } = dialect;
    if (connectSync === undefined) throw new InvalidRequestError(`${dialect.name} has no synchronous driver`);
    const connectArgs = { ...options.connectArgs };
    this.url = url;
    this.dialect = dialect;
    const context = createContext(dialect, options);
    this.#context = context;
    this.#pool = new Pool({
      open: () => opened(connectSync(url, connectArgs), context.watch.hub),
      closed: (driver) => context.watch.hub.emit("close", { driver }),
      shared: dialect.isInMemory(url),
      size: wholeNumber("poolSize", options.poolSize ?? DEFAULT_POOL_SIZE, 0),
    });
    const { isolationLevel = null, readOnly = false } = options;
    this.#defaults = mergeOptions(DEFAULT_OPTIONS, { isolationLevel, readOnly }, dialect);
  }

  /** Where `listen(engine, …)` keeps the listeners. */
  get [EVENTS](): EventHub<EngineEvents<Connection, SyncDriverConnection>> {
    // Sound: only this engine's connections, over its drivers, are announced.
    return this.#context.watch.hub as unknown as EventHub<EngineEvents<Connection, SyncDriverConnection>>;
  }

  /**
   * A connection from the pool. With a block, the connection is closed when the block ends, and the block's value is
   * returned. Throws where the database cannot be opened.
   */
  connect(): Connection;
  connect<T>(block: (connection: Connection) => Synchronous<T>): T;
  connect<T>(block?: (connection: Connection) => Synchronous<T>): Connection | T {
    const connection = new Connection(this.#context, this.#pool, this.#pool.checkout(), this.#defaults);
    this.#context.watch.hub.emit("checkout", { connection });
    if (block === undefined) return connection;
    try {
      return settled(block(connection), "engine.connect()");
    } finally {
      connection.close();
    }
  }

  /** Runs the block in one transaction: committed when it returns, rolled back when it throws. */
  begin<T>(block: (connection: Connection) => Synchronous<T>): T {
    return this.connect<T>((connection): Synchronous<T> => {
      connection.begin();
      const value = block(connection);
      settled(value, "engine.begin()");
      connection.commit();
      return value;
    });
  }

  /** Runs work of several statements in one transaction on one connection. */
  runOperation<T>(operation: Operation<T>): T {
    const connection = this.connect();
    try {
      const value = connection.runOperation(operation);
      connection.commit();
      return value;
    } finally {
      connection.close();
    }
  }

  /** Closes the pool's connections; those in use close when they come back. An in-memory database is gone then. */
  dispose(): void {
    this.#context.watch.note(cacheText(this.cacheStats()));
    this.#pool.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** How many connections are idle and leased. */
  poolStatus(): PoolStatus {
    return this.#pool.status();
  }

  /** How the cache of compiled statements does. */
  cacheStats(): CacheStats {
    return this.#context.cache.stats();
  }

  toString(): string {
    return `Engine(${String(this.url)})`;
  }

  toJSON(): object {
    return { url: this.url.toJSON() };
  }

  [INSPECT](): string {
    return this.toString();
  }
}

/** The connection, once those who listen have seen it. */
function opened(driver: SyncDriverConnection, hub: EventHub<EngineEvents<object, object>>): SyncDriverConnection {
  try {
    hub.emit("connect", { driver });
    return driver;
  } catch (error) {
    driver.close();
    throw error;
  }
}

/** The block's value. Throws where it is a promise: what it stands for would happen after the connection is closed. */
function settled<T>(value: Synchronous<T>, method: string): T {
  if (isPromiseLike(value)) {
    // Nobody else will see how it ends.
    value.then(undefined, () => undefined);
    throw new InvalidRequestError(
      `the block given to ${method} returned a promise, so its transaction was rolled back: ` +
        "write the block without async and await",
    );
  }
  // Sound: Synchronous<T> is T where it is no promise.
  return value as T;
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
