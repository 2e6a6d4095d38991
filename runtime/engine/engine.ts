// The engine: one database, its connections and its cache of compiled statements. Making one touches nothing; the first
// statement opens the first connection.
import { dialectOf } from "../dialects/registry.js";
import { type DatabaseUrl, parseUrl } from "../dialects/url.js";
import type { Dialect } from "../dialects/dialect.js";
import type { SyncDriverConnection } from "../dialects/driver.js";
import { InvalidRequestError } from "../errors/errors.js";
import { Pool, type PoolStatus } from "../pool/pool.js";
import { commonSettings, SYNC_POOL_OPTION_NAMES, type SyncPoolOptions } from "../pool/pool-options.js";
import type { Lease } from "../pool/pool-entry.js";
import { systemTimers } from "../pool/system-timers.js";
import { Connection } from "./connection.js";
import { contextFor, type EngineContext } from "./context.js";
import { checkOptionNames, COMMON_OPTION_NAMES, type CommonOptions, createContext } from "./engine-options.js";
import { type EngineEvents, STATEMENT_EVENTS } from "./engine-events.js";
import { EventHub, EVENTS } from "../events/event-hub.js";
import type { StatementParameters } from "./bind-values.js";
import type { ExecutionRequest, Operation } from "./execution.js";
import { statementRequest } from "./statement-request.js";
import type { StatementNode } from "../sql/ast/nodes.js";
import {
  type CompleteOptions,
  DEFAULT_OPTIONS,
  mergeOptions,
  SYNC_OPTION_NAMES,
  type SyncConnectionOptions,
} from "./execution-options.js";
import { poolObserver } from "./pool-observer.js";
import { RawConnection } from "./raw-connection.js";
import { type CacheStats, cacheText } from "./statement-cache.js";
import type { AnyEvents } from "./watch.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** How a synchronous engine behaves; everything may be left out. */
export interface EngineOptions extends CommonOptions, SyncPoolOptions, SyncConnectionOptions {}

/** Options together with the URL. */
export interface EngineConfig extends EngineOptions {
  readonly url: string | DatabaseUrl;
}

/** What a block gives back, unless it is a promise: then the block would end before its work is done. */
export type Synchronous<T> = T extends PromiseLike<unknown> ? "a synchronous block cannot return a promise" : T;

export const SYNC_ENGINE_OPTION_NAMES: readonly string[] = [
  "url",
  ...COMMON_OPTION_NAMES,
  ...SYNC_POOL_OPTION_NAMES,
  ...SYNC_OPTION_NAMES,
];

/** The events of synchronous engines. */
type SyncEvents = EngineEvents<Connection, SyncDriverConnection>;

/** Those who listen to all synchronous engines. */
const classHub = new EventHub<AnyEvents>(null, STATEMENT_EVENTS);

/**
 * An engine for a database URL such as `sqlite:///app.db`. Connects at first use.
 * Throws `UrlError` for a URL that cannot be used, `ArgumentError` for an option that there is not.
 */
export function createEngine(target: string | DatabaseUrl | EngineConfig, options: EngineOptions = {}): Engine {
  const isConfig = typeof target === "object" && "url" in target;
  const config: EngineConfig = isConfig ? { ...target, ...options } : { ...options, url: target };
  checkOptionNames("createEngine", config, SYNC_ENGINE_OPTION_NAMES);
  return new Engine(engineParts(parseUrl(config.url), config));
}

/** What an engine shares with its copies, and what is its own. */
interface EngineParts {
  readonly url: DatabaseUrl;
  readonly context: EngineContext;
  readonly pool: Pool;
  readonly defaults: CompleteOptions;
}

function engineParts(url: DatabaseUrl, options: EngineOptions): EngineParts {
  const dialect = dialectOf(url);
  const { connectSync } = dialect;
  if (connectSync === undefined) throw new InvalidRequestError(`${dialect.name} has no synchronous driver`);
  const context = createContext(dialect, options, classHub);
  const { hub } = context.watch;
  const pool = new Pool({
    ...commonSettings(options, dialect.isInMemory(url)),
    open: () => {
      const connectArgs = { ...options.connectArgs };
      // Sound: the event's type says what a listener answers with.
      const instead = hub.ask("doConnect", { url, connectArgs }) as SyncDriverConnection | undefined;
      return instead ?? connectSync(url, connectArgs);
    },
    timers: systemTimers,
    observer: poolObserver<SyncDriverConnection>(context.watch, () => undefined),
  });
  const given = Object.entries(options).filter(([key]) => SYNC_OPTION_NAMES.includes(key));
  return { url, context, pool, defaults: mergeOptions(DEFAULT_OPTIONS, Object.fromEntries(given), context.dialect) };
}

export class Engine {
  readonly url: DatabaseUrl;
  readonly dialect: Dialect;
  readonly #parts: EngineParts;

  /** Use `createEngine`. */
  constructor(parts: EngineParts) {
    this.url = parts.url;
    this.dialect = contextFor(parts.context, parts.defaults).dialect;
    this.#parts = parts;
  }

  /** Where `listen(Engine, …)` keeps the listeners: those of all synchronous engines. */
  static get [EVENTS](): EventHub<SyncEvents> {
    // Sound: only synchronous connections, over their drivers, are announced.
    return classHub as unknown as EventHub<SyncEvents>;
  }

  /** Where `listen(engine, …)` keeps the listeners. */
  get [EVENTS](): EventHub<SyncEvents> {
    // Sound: as above.
    return this.#parts.context.watch.hub as unknown as EventHub<SyncEvents>;
  }

  /**
   * A copy with other options over the same pool, cache and listeners; who listens to the copy hears of it alone.
   * Throws `ArgumentError` for an option or level that there is not.
   */
  executionOptions(options: SyncConnectionOptions): Engine {
    checkOptionNames("executionOptions", options, SYNC_OPTION_NAMES);
    const { context, defaults } = this.#parts;
    const copy = new Engine({
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
   * A connection from the pool. With a block, the connection is closed when the block ends, and the block's value is
   * returned. Throws where the database cannot be opened, `PoolTimeoutError` where all connections are in use.
   */
  connect(): Connection;
  connect<T>(block: (connection: Connection) => Synchronous<T>): T;
  connect<T>(block?: (connection: Connection) => Synchronous<T>): Connection | T {
    const { context, pool, defaults } = this.#parts;
    const lease = this.#checkout();
    const connection = new Connection(context, pool, lease, defaults);
    pool.guard(connection, lease);
    if (context.watch.hub.has("engineConnect")) this.#tellConnect(connection);
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

  /** The driver's connection from the pool, without transaction, log or events of statements. Close it. */
  rawConnection(): RawConnection {
    const { pool } = this.#parts;
    const lease = this.#checkout();
    const connection = new RawConnection(pool, lease);
    pool.guard(connection, lease);
    return connection;
  }

  /** A statement ready to run on a connection of this engine, with the values that it does not hold itself by name. */
  request(node: StatementNode, parameters?: StatementParameters): ExecutionRequest {
    const { context, defaults } = this.#parts;
    return statementRequest(contextFor(context, defaults), defaults, node, parameters);
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

  /**
   * Closes the pool's connections; those in use close when they come back. An in-memory database is gone then. The
   * engine can be used again: it opens new ones.
   */
  dispose(): void {
    const { watch } = this.#parts.context;
    watch.note(cacheText(this.cacheStats()));
    this.#parts.pool.dispose();
    watch.hub.emit("engineDisposed", { engine: this });
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** How many connections are idle and leased. */
  poolStatus(): PoolStatus {
    return this.#parts.pool.status();
  }

  /** How the cache of compiled statements does. */
  cacheStats(): CacheStats {
    return this.#parts.context.cache?.stats() ?? NO_STATS;
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

  /** A lease from the pool; those who listen are told where there is none. */
  #checkout(): Lease {
    try {
      return this.#parts.pool.checkout();
    } catch (error) {
      throw this.#parts.context.watch.failed(null, error, null);
    }
  }

  #tellConnect(connection: Connection): void {
    try {
      this.#parts.context.watch.hub.emit("engineConnect", { connection });
    } catch (error) {
      connection.close();
      throw error;
    }
  }
}

const NO_STATS: CacheStats = { size: 0, capacity: 0, hits: 0, misses: 0, hitRate: 0 };

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
