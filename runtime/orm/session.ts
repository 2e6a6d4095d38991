// The synchronous session: objects in, SQL out. What it shares with the asynchronous one is in `SessionBase`; here are
// its making, its blocks, and the short ways of single statements.
import type { Connection } from "../engine/connection.js";
import { EVENTS, EventHub } from "../events/event-hub.js";
import type { StatementParameters } from "../engine/execute-statement.js";
import type { Result, ScalarResult } from "../engine/result.js";
import type { SelectNode } from "../sql/ast/nodes.js";
import type { Executable } from "../sql/typing.js";
import { executeInSession, type ExecuteOptions, ofColumns, statementOf } from "./execute-in-session.js";
import type { SessionEvents } from "./events/session-events.js";
import { identityKey } from "./identity-key.js";
import { getEntity, type GetOptions } from "./load/get-entity.js";
import { hasEntities, type Loaded, loadDirectly, loadedResult, loadedScalars } from "./load/session-load.js";
import type { GivenValues } from "./load/row-reader.js";
import { mapperOfClass } from "./mapped-class.js";
import type { KeyedClass } from "./session-api.js";
import { SessionBase } from "./session-base.js";
import { usualBehaviour } from "./session-behaviour.js";
import type { BindOf } from "./session-connections.js";
import type { SessionCore } from "./session-core.js";
import type { SessionFlow } from "./session-flow.js";
import { isBind, readSettings, type SettingsOf } from "./session-settings.js";
import { SessionTransaction } from "./session-transaction.js";
import { SyncSessionCore, type SyncRunner } from "./sync-session-core.js";

/** What a synchronous session can be bound to. */
export type SessionTarget = BindOf<Connection>;

/** How a session behaves, and the databases it works on. */
export type SessionOptions = SettingsOf<Connection>;

/** For an asynchronous session's `runSync`: a core of its own kind, and a runner that refuses to wait. */
export class BorrowedSession {
  readonly core: SessionCore<Connection>;
  readonly runner: SyncRunner;

  constructor(core: SessionCore<Connection>, runner: SyncRunner) {
    this.core = core;
    this.runner = runner;
  }
}

/**
 * A unit of work over one database. Objects that are added, changed and deleted are written by `flush()`, in an order
 * that their relationships allow, inside a transaction that the first statement begins and `commit()` ends.
 */
export class Session extends SessionBase<"sync", Connection> implements Disposable {
  /** Listeners to all synchronous sessions. */
  static readonly [EVENTS]: EventHub<SessionEvents<Session>> = new EventHub();
  readonly #runner: SyncRunner;

  /**
   * @param target an engine, a connection, or the options with either as `bind`
   * @throws ArgumentError where nothing to work on is given
   */
  constructor(target: SessionTarget | SessionOptions | BorrowedSession, options?: Omit<SessionOptions, "bind">) {
    if (target instanceof BorrowedSession) {
      super(target.core, undefined);
      this.#runner = target.runner;
      return;
    }
    let core: SyncSessionCore;
    // The most usual session reads no options.
    if (options === undefined && isBind<Connection>(target)) {
      core = new SyncSessionCore(target, null, usualBehaviour);
      super(core, undefined);
    } else {
      const { only, several, behaviour, info } = readSettings<Connection>(target, options, usualBehaviour);
      core = new SyncSessionCore(only, several, behaviour);
      super(core, info);
    }
    core.face = this;
    // Sound: the events of this core are of this face.
    core.events = Session[EVENTS] as SessionCore["events"];
    this.#runner = core;
  }

  protected override drive<T>(_: string, flow: SessionFlow<T>): T {
    return this.#runner.run(flow);
  }

  protected override finish<R, F, T>(
    _: string,
    statement: Executable<R, F>,
    value: (result: Result<R, F>) => T,
    parameters?: StatementParameters,
    options?: ExecuteOptions<SessionTarget>,
  ): T {
    return value(this.execute(statement, parameters, options));
  }

  override close(): void {
    if (!this.#runner.closeDirectly()) super.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  // ---- short ways

  override get<E extends object, K>(entityClass: KeyedClass<E, K>, key: NoInfer<K>, options?: GetOptions): E | null {
    const { core } = this;
    const mapper = mapperOfClass(entityClass, "session.get()");
    const identity = identityKey(mapper, key, core.dialectOf(mapper));
    const found = options === undefined ? this.#runner.getDirectly(mapper, identity) : undefined;
    // The mapper makes instances of its class only.
    return (
      found === undefined ? this.#runner.run(getEntity(core, mapper, identity, options ?? {})) : found
    ) as E | null;
  }

  override execute<R, F>(
    statement: Executable<R, F>,
    parameters?: StatementParameters,
    options?: ExecuteOptions<SessionTarget>,
  ): Result<R, F> {
    const node = options === undefined ? this.#readyToRead(statement, parameters) : null;
    if (node === null) return this.#runner.run(executeInSession(this.core, statement, parameters, options));
    if (hasEntities(node)) return loadedResult(this.#load(node, parameters));
    const { core } = this;
    const connection = this.#runner.connection(
      core.several === null ? core.mainBind : core.bindFor({ statement: node }),
    );
    return connection.execute(ofColumns(statement, node), parameters);
  }

  /** The first column of each row. Objects are read without a row around each. */
  override scalars<F>(
    statement: Executable<unknown, F>,
    parameters?: StatementParameters,
    options?: ExecuteOptions<SessionTarget>,
  ): ScalarResult<F> {
    const node = statementOf(statement);
    const isPlain = options === undefined && node?.kind === "select" && hasEntities(node);
    const select = isPlain ? this.#readyToRead(statement, parameters) : null;
    if (select === null) return this.execute(statement, parameters, options).scalars();
    return loadedScalars(this.#load(select, parameters));
  }

  /** A select that needs nothing around it but a flush before, which this does; null for anything else. */
  #readyToRead(statement: unknown, parameters: StatementParameters | undefined): SelectNode | null {
    const node = statementOf(statement);
    const { core } = this;
    if (node?.kind !== "select" || Array.isArray(parameters) || core.events.has("beforeExecute")) return null;
    core.requireUsable();
    if (core.mustAutoflush) this.flush();
    return node;
  }

  #load(node: SelectNode, parameters: StatementParameters | undefined): Loaded {
    // Sound: `#readyToRead` tells an array of sets apart.
    return loadDirectly(this.core, this.#runner, node, parameters as GivenValues | undefined);
  }

  // ---- blocks

  /** Runs the block in a transaction: committed when it returns, rolled back when it throws. */
  begin<T>(block: (session: this) => T): T;
  /** Begins a transaction on purpose; as a `using` variable it is rolled back unless committed. */
  begin(): SessionTransaction;
  begin<T>(block?: (session: this) => T): T | SessionTransaction {
    this.core.begin();
    const transaction = this.#handle(0);
    return block === undefined ? transaction : transaction.run(() => block(this));
  }

  /** Flushes and runs the block in a savepoint: kept when it returns, undone when it throws. */
  beginNested<T>(block: (session: this) => T): T;
  /** Flushes and sets a savepoint; as a `using` variable it is undone unless committed. */
  beginNested(): SessionTransaction;
  beginNested<T>(block?: (session: this) => T): T | SessionTransaction {
    const savepoint = this.#handle(this.#runner.run(this.core.beginSavepoint()));
    return block === undefined ? savepoint : savepoint.run(() => block(this));
  }

  #handle(depth: number): SessionTransaction {
    return new SessionTransaction(this.core, (method, flow) => this.drive(method, flow), depth);
  }

  /** Runs the block without flushing before its queries. */
  noAutoflush<T>(block: (session: this) => T): T {
    const release = this.core.holdAutoflush();
    try {
      return block(this);
    } finally {
      release();
    }
  }

  /** The transaction's connection to a database, which it begins where it has not; to its own where none is given. */
  connection(bind?: SessionTarget): Connection {
    return this.#runner.connection(bind);
  }
}
