// What drivers, synchronous and asynchronous, offer to the engine; each dialect's `driver.ts` adapts one package to it.
import type { SqlRow } from "../engine/execution.js";
import type { SqlType } from "../types/sql-type.js";

export interface SyncDriverConnection {
  /** Prepares a statement once; the connection keeps it for as long as it lives. */
  prepare(sql: string): SyncPreparedStatement;
  /** True while the database has a transaction open, whoever opened it. */
  readonly inTransaction: boolean;
  /** The driver package's own connection, for programs that need it. */
  readonly native?: unknown;
  /** Told once, when those who prepare a new connection have done so: what `reset` goes back to. */
  ready?(): void;
  /** Proves the connection to be alive, or throws; absent where it cannot die. */
  ping?(): void;
  /** Leaves nothing of the borrower behind but what `ready` found; absent where nothing can be left. */
  reset?(): void;
  close(): void;
}

export interface SyncPreparedStatement {
  /** True for statements that return rows, `RETURNING` included. */
  readonly returnsRows: boolean;
  /** True where the database says that the statement writes nothing. */
  readonly readonly: boolean;
  /** The result columns' names, in order; empty where there are none. */
  readonly columnNames: readonly string[];
  /** All rows as arrays. With `bigint`, integers of any size arrive as bigint; without, as numbers. */
  all(parameters: readonly unknown[], bigint: boolean): SqlRow[];
  /** As `all`, of a query that has one row at most. */
  one(parameters: readonly unknown[], bigint: boolean): SqlRow[];
  run(parameters: readonly unknown[]): { readonly rowCount: number; readonly lastInsertId: number | bigint };
  iterate(parameters: readonly unknown[], bigint: boolean): IterableIterator<SqlRow>;
}

/** Time, so that tests can stand still in it. */
export interface Timers {
  /** Milliseconds of a clock that never jumps. */
  now(): number;
  /** Calls back once after so many milliseconds; gives what `clear` takes. The timer keeps the process alive. */
  start(callback: () => void, milliseconds: number): unknown;
  clear(timer: unknown): void;
}

/** What the engine hands to a driver that opens a connection. */
export interface DriverEnvironment {
  readonly timers: Timers;
  /** Aborted when nobody waits for the connection any more. */
  readonly signal: AbortSignal;
}

/** What one execution on an asynchronous driver may be asked for. */
export interface AsyncExecution {
  readonly sql: string;
  /** Values as the driver takes them. */
  readonly parameters: readonly unknown[];
  /** True where the text is worth preparing on the server and keeping: it came from the statement cache. */
  readonly prepare: boolean;
  /** True where this package compiled it, a query or a change of rows: it is none of the program's own text. */
  readonly isCompiled?: boolean;
  /** True where integers of any size must arrive whole (as bigint or as text that the codecs read). */
  readonly bigint: boolean;
  /**
   * The result's columns as the statement knows them; null or absent where only the server does. A driver that reads
   * text turns columns of unknown type into values by the server's types, as the unknown type's codec expects them.
   */
  readonly columns?: readonly { readonly type: SqlType }[] | null;
  /**
   * Statements of the engine's own that begin the transaction of this one, in order: they are sent along with it, and
   * the reply is its own. Given only to connections that say `takesPrelude`.
   */
  readonly prelude?: readonly string[] | undefined;
  /** True where the engine itself ends a transaction or sets a savepoint with it: there are no rows. */
  readonly isControl?: boolean;
  /** True where the one row that comes back holds but a number: it is `lastInsertId`, and there are no rows. */
  readonly returnsKey?: boolean | undefined;
}

/** What an execution gives back: rows as arrays in the form that the dialect's codecs decode. */
export interface AsyncReply {
  readonly rows: SqlRow[];
  /** The result columns' names; null where the statement returns no rows. */
  readonly columnNames: readonly string[] | null;
  readonly rowCount: number;
  readonly lastInsertId: number | bigint | null;
  /** The server's word for what it did, such as `COMMIT` or `ROLLBACK`, where it sends one. */
  readonly commandTag: string | null;
}

/** A connection of an asynchronous driver. One call at a time; each promise settles also when the socket breaks. */
export interface AsyncDriverConnection {
  /** The server's process or thread number, where there is one: for traces and messages. */
  readonly serverId?: number | null;
  /** The driver package's own connection, for programs that need it. Whoever asks for it may leave marks on it. */
  readonly native?: unknown;
  /** Told once, when those who prepare a new connection have done so. */
  ready?(): void;
  /** True where the statement is known, without asking a server, to write nothing; absent where that is not known. */
  isReadonly?(sql: string): boolean;
  /**
   * True where `execution.prelude` costs no round trip of its own. Where the database refuses one of its statements,
   * the execution rejects and no transaction is open; where it refuses the execution itself, the transaction has
   * failed.
   */
  readonly takesPrelude?: boolean;
  execute(execution: AsyncExecution): Promise<AsyncReply>;
  /**
   * The statement once for each set of parameters, in order, pipelined where the protocol can: one reply a set. Rejects
   * with the first set's error that fails. Absent where there is nothing to win; `execution.parameters` is the first
   * set.
   */
  executeMany?(execution: AsyncExecution, sets: readonly SqlRow[]): Promise<readonly AsyncReply[]>;
  /**
   * Rows in portions, read from a server-side cursor where there is one; ending the iteration closes it. `portionSize`
   * is asked before each portion how many rows it has at most.
   */
  stream(
    execution: AsyncExecution,
    portionSize: () => number,
  ): AsyncIterableIterator<SqlRow[]> & {
    /** Known once the first portion has arrived. */
    readonly columnNames: readonly string[];
  };
  /** True while the server has a transaction open; `unknown` after an error that does not tell. */
  readonly transaction: "none" | "open" | "failed" | "unknown";
  /** True once the connection can never be used again; the pool drops it. */
  readonly broken: boolean;
  /** A round trip that proves the connection to be alive. */
  ping(): Promise<void>;
  /** Leaves nothing of the borrower behind: open transaction, settings, temporary tables, locks, listeners. */
  reset(): Promise<void>;
  /**
   * True where the connection may be used while a reset is under way: what is asked of it waits, or is sent behind the
   * reset where it would be undone with the connection. A reset that fails then breaks the connection, and whatever was
   * asked of it rejects. Looked at after `reset` was called.
   */
  readonly takesMore?: boolean;
  /** Asks the server, over another way, to give up the running statement. Settles when the request was sent. */
  cancel(): Promise<void>;
  /** Says goodbye and closes. */
  close(): Promise<void>;
  /** Cuts the socket at once; running calls reject. */
  destroy(): void;
}
