// The asynchronous session: the same unit of work where each call that may reach the database gives a promise. What it
// shares with the synchronous one is in `SessionBase`; here are its blocks, its streams and `runSync`.
import type { AsyncConnection } from "../engine/async-connection.js";
import type { AsyncStream } from "../engine/async-stream.js";
import { Connection } from "../engine/connection.js";
import { Engine } from "../engine/engine.js";
import { EVENTS, EventHub } from "../events/event-hub.js";
import type { StatementParameters } from "../engine/execute-statement.js";
import type { Result } from "../engine/result.js";
import { ArgumentError } from "../errors/errors.js";
import type { Executable } from "../sql/typing.js";
import { AsyncSessionCore } from "./async-session-core.js";
import type { SessionEvents } from "./events/session-events.js";
import { executeInSession, type ExecuteOptions } from "./execute-in-session.js";
import { SessionBase } from "./session-base.js";
import { asyncBehaviour } from "./session-behaviour.js";
import { identityKey } from "./identity-key.js";
import type { GetOptions } from "./load/get-entity.js";
import { mapperOfClass } from "./mapped-class.js";
import type { KeyedClass } from "./session-api.js";
import type { BindOf } from "./session-connections.js";
import type { SessionFlow } from "./session-flow.js";
import { readSettings, type SettingsOf } from "./session-settings.js";
import { streamInSession, type StreamOptions } from "./session-stream.js";
import { AsyncSessionTransaction } from "./session-transaction.js";
import { type Session } from "./session.js";
import { borrowedSession } from "./run-sync.js";

/** What an asynchronous session can be bound to. */
export type AsyncSessionTarget = BindOf<AsyncConnection>;

/** How an asynchronous session behaves, and the databases it works on. `expireOnCommit` is false where not given. */
export type AsyncSessionOptions = SettingsOf<AsyncConnection>;

/**
 * A unit of work over one database, one call at a time. Nothing is loaded by access: what an object lacks is loaded by
 * `session.load(…)` or with the object, and reading it before is a `NotLoadedError`.
 */
export class AsyncSession extends SessionBase<"async", AsyncConnection> implements AsyncDisposable {
  /** Listeners to all asynchronous sessions. */
  static readonly [EVENTS]: EventHub<SessionEvents<AsyncSession>> = new EventHub();
  readonly #core: AsyncSessionCore;

  /**
   * @param target an asynchronous engine, a connection of one, or the options with either as `bind`
   * @throws ArgumentError where nothing to work on is given
   */
  constructor(target: AsyncSessionTarget | AsyncSessionOptions, options?: Omit<AsyncSessionOptions, "bind">) {
    const { only, several, behaviour, info } = readSettings<AsyncConnection>(target, options, asyncBehaviour);
    const bind: object | null = only;
    if (bind instanceof Engine || bind instanceof Connection) {
      throw new ArgumentError(
        "AsyncSession takes what createAsyncEngine() makes; for a synchronous engine use Session",
      );
    }
    const core = new AsyncSessionCore(only, several, behaviour);
    super(core, info);
    core.face = this;
    // Sound: the events of this core are of this face.
    core.events = AsyncSession[EVENTS] as AsyncSessionCore["events"];
    this.#core = core;
  }

  protected override drive<T>(method: string, flow: SessionFlow<T>): Promise<T> {
    return this.#core.run(method, flow);
  }

  protected override async finish<R, F, T>(
    method: string,
    statement: Executable<R, F>,
    value: (result: Result<R, F>) => T,
    parameters?: StatementParameters,
    options?: ExecuteOptions<AsyncSessionTarget>,
  ): Promise<T> {
    return value(await this.drive(method, executeInSession(this.#core, statement, parameters, options)));
  }

  override get<E extends object, K>(
    entityClass: KeyedClass<E, K>,
    key: NoInfer<K>,
    options?: GetOptions,
  ): Promise<E | null> {
    if (options !== undefined) return super.get(entityClass, key, options);
    try {
      const mapper = mapperOfClass(entityClass, "session.get()");
      this.#core.requireOpen();
      const found = this.#core.getDirectly(mapper, identityKey(mapper, key, this.#core.dialectOf(mapper)));
      // The mapper makes instances of its class only.
      return found === null ? super.get(entityClass, key) : (found as Promise<E | null>);
    } catch (error) {
      // oxlint-disable-next-line prefer-promise-reject-errors -- it is one of this package's errors
      return Promise.reject(error);
    }
  }

  /** A call that is still at work is cut off, because nobody could say what its transaction holds. */
  override close(): Promise<void> {
    return this.#core.closeDirectly() ?? this.#closeWholly();
  }

  async #closeWholly(): Promise<void> {
    await this.#core.interrupt();
    await super.close();
  }

  override async invalidate(): Promise<void> {
    await this.#core.interrupt();
    await super.invalidate();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /**
   * The rows of a query as they come, for `for await`: read from a cursor of the database's, `yieldPer` at a time.
   * Until the last one is read, the session is busy.
   */
  stream<R, F>(
    statement: Executable<R, F>,
    parameters?: Readonly<Record<string, unknown>>,
    options: StreamOptions = {},
  ): AsyncStream<R, F> {
    return streamInSession<R, F>(this.#core, statement, parameters, options);
  }

  /**
   * Runs code written for the synchronous face, on a `Session` over the same objects. Whatever would have to ask the
   * database is an error: load first what the code touches.
   */
  runSync<T>(block: (session: Session) => T): Promise<T> {
    return this.drive("runSync()", borrowedSession(this.#core, block));
  }

  // ---- blocks

  /** Runs the block in a transaction: committed when its promise resolves, rolled back when it rejects. */
  begin<T>(block: (session: this) => T | Promise<T>): Promise<T>;
  /** Begins a transaction on purpose; as an `await using` variable it is rolled back unless committed. */
  begin(): Promise<AsyncSessionTransaction>;
  async begin<T>(block?: (session: this) => T | Promise<T>): Promise<T | AsyncSessionTransaction> {
    const turn = this.#core.occupy("begin()");
    try {
      this.#core.begin();
    } finally {
      this.#core.leave(turn);
    }
    const transaction = this.#handle(0);
    return block === undefined ? transaction : transaction.run(() => block(this));
  }

  /** Flushes and runs the block in a savepoint: kept when its promise resolves, undone when it rejects. */
  beginNested<T>(block: (session: this) => T | Promise<T>): Promise<T>;
  /** Flushes and sets a savepoint; as an `await using` variable it is undone unless committed. */
  beginNested(): Promise<AsyncSessionTransaction>;
  async beginNested<T>(block?: (session: this) => T | Promise<T>): Promise<T | AsyncSessionTransaction> {
    const savepoint = this.#handle(await this.drive("beginNested()", this.#core.beginSavepoint()));
    return block === undefined ? savepoint : savepoint.run(() => block(this));
  }

  #handle(depth: number): AsyncSessionTransaction {
    return new AsyncSessionTransaction(this.#core, (method, flow) => this.drive(method, flow), depth);
  }

  /** Runs the block without flushing before its queries. */
  async noAutoflush<T>(block: (session: this) => T | Promise<T>): Promise<T> {
    const release = this.#core.holdAutoflush();
    try {
      return await block(this);
    } finally {
      release();
    }
  }

  /** The transaction's connection to a database, which it begins where it has not; to its own where none is given. */
  connection(bind: AsyncSessionTarget = this.#core.bindFor({})): Promise<AsyncConnection> {
    return this.drive("connection()", this.#core.connecting(bind));
  }
}
