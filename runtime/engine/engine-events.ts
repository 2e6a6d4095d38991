// The events of an engine, by name: what listeners are given, and what they may answer.
import type { DatabaseUrl } from "../dialects/url.js";
import type { LeakReport } from "../pool/pool-options.js";
import type { Compiled } from "../sql/compile/compiled.js";
import type { StatementParameters } from "./bind-values.js";
import type { Answerable } from "../events/event-hub.js";
import type { SqlRow } from "./execution.js";
import type { CompleteOptions, ConnectionOptions } from "./execution-options.js";

/** A statement on its way to the driver; the events that come after it are given the same object. */
export interface StatementEvent<C> {
  readonly connection: C;
  readonly sql: string;
  /** Values as the driver takes them, one array a set. */
  readonly parameters: readonly SqlRow[];
  /** True for an executemany, of one set perhaps. */
  readonly many: boolean;
  readonly compiled: Compiled;
}

/** What is sent in place of what was to be. */
export interface SentInstead {
  readonly sql?: string;
  readonly parameters?: readonly SqlRow[];
}

/** What is executed in place of what was to be. */
export interface ExecutedInstead {
  readonly statement?: unknown;
  readonly parameters?: StatementParameters | undefined;
}

/** What the program asked a connection to execute. */
export interface ExecuteEvent<C> {
  readonly connection: C;
  /** What `select()`, `text()` and their like made. */
  readonly statement: unknown;
  readonly parameters: StatementParameters | undefined;
  readonly options: CompleteOptions;
}

/** A driver's answer, made without asking it. */
export interface ReplyInstead {
  readonly rows?: readonly SqlRow[];
  readonly columnNames?: readonly string[];
  readonly rowCount?: number;
  readonly lastInsertId?: number | bigint | null;
}

/** Something failed. */
export interface ErrorEvent<C> {
  /** Null where no connection could be had. */
  readonly connection: C | null;
  /** What the call is about to throw. */
  readonly error: unknown;
  /** The driver's own error, where it is one of the driver's. */
  readonly cause: unknown;
  /** True where the connection is lost. */
  readonly isDisconnect: boolean;
  /** Null where it was BEGIN, COMMIT or their like, or connecting. */
  readonly statement: StatementEvent<C> | null;
}

/** A driver's connection in the pool, and what the program noted on it: `connection.info`. */
interface PooledEvent<D> {
  readonly driver: D;
  readonly info: Map<unknown, unknown>;
}

/**
 * The events of an engine whose connections are `C`, over driver connections `D`. On an asynchronous engine the answers
 * `Opened` and `Replied` may be promises.
 */
export interface EngineEvents<C, D, Opened = D, Replied = ReplyInstead> {
  // ---- the driver's connections
  /** Before a driver connection is opened: `connectArgs` may be changed, or another connection returned. */
  readonly doConnect: { readonly url: DatabaseUrl; readonly connectArgs: Record<string, unknown> } & Answerable<Opened>;
  /** A driver connection was opened. An asynchronous engine awaits what the listener returns. */
  readonly connect: PooledEvent<D>;
  /** The same, of the engine's first. */
  readonly firstConnect: PooledEvent<D>;
  /** About to be lent. A `DisconnectError` thrown here has it replaced by another, a few times at most. */
  readonly checkout: PooledEvent<D>;
  /** Cleaned and back. */
  readonly checkin: PooledEvent<D>;
  /** About to be cleaned. */
  readonly reset: PooledEvent<D>;
  /** It broke, or was declared broken. */
  readonly invalidate: PooledEvent<D> & { readonly error: unknown };
  /** It is lent out no more, and is closed when it comes back. */
  readonly softInvalidate: PooledEvent<D>;
  /** It left the pool and is closed. */
  readonly close: PooledEvent<D>;
  /** It left the pool and lives on. */
  readonly detach: PooledEvent<D>;
  /** A detached one was closed. */
  readonly closeDetached: PooledEvent<D>;
  /** A connection is kept for longer than `poolLeakAfter`, or was forgotten. */
  readonly leak: LeakReport;

  // ---- engines and connections
  readonly engineConnect: { readonly connection: C };
  /** `dispose()` was called; `engine` is what it was called on. */
  readonly engineDisposed: { readonly engine: object };
  readonly setConnectionExecutionOptions: { readonly connection: C; readonly options: ConnectionOptions };
  /** `engine` is the copy that has the options. */
  readonly setEngineExecutionOptions: { readonly engine: object; readonly options: ConnectionOptions };

  // ---- transactions
  readonly begin: { readonly connection: C };
  readonly commit: { readonly connection: C };
  readonly rollback: { readonly connection: C };
  readonly savepoint: { readonly connection: C; readonly name: string };
  readonly rollbackSavepoint: { readonly connection: C; readonly name: string };
  readonly releaseSavepoint: { readonly connection: C; readonly name: string };

  // ---- statements
  /** `execute()` and its like were called; the statement and its parameters may be replaced. */
  readonly beforeExecute: ExecuteEvent<C> & Answerable<ExecutedInstead>;
  /** `result` is what the call returns; it is not read yet, and should not be. */
  readonly afterExecute: ExecuteEvent<C> & { readonly result: unknown };
  /** Text and values are about to be sent, of whatever origin; both may be replaced. */
  readonly beforeCursorExecute: StatementEvent<C> & Answerable<SentInstead>;
  readonly afterCursorExecute: { readonly statement: StatementEvent<C>; readonly rowCount: number };
  /** In place of the driver: who returns a reply has the driver not asked. */
  readonly doExecute: { readonly driver: D; readonly statement: StatementEvent<C> } & Answerable<Replied>;
  /** Something failed; an error that is returned is thrown instead. */
  readonly handleError: ErrorEvent<C> & Answerable<Error>;
}

/** The events that cost something at each statement where somebody listens. */
export const STATEMENT_EVENTS = ["beforeCursorExecute", "afterCursorExecute", "doExecute", "handleError"] as const;
