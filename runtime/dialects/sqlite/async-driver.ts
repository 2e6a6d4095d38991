// SQLite behind the asynchronous contract: the same driver, whose calls end before they return. What waits is only the
// lock of another process, and that without blocking this one.
import type { SqlRow } from "../../engine/execution.js";
import { DatabaseLockedError, ResourceClosedError } from "../../errors/errors.js";
import type {
  AsyncDriverConnection,
  AsyncExecution,
  AsyncReply,
  DriverEnvironment,
  SyncDriverConnection,
  Timers,
} from "../driver.js";
import type { DatabaseUrl } from "../url.js";
import { connectOptions } from "./connect-options.js";
import { connectSqlite } from "./driver.js";

/** Milliseconds that a lock of another process is waited for where the program says nothing. */
const DEFAULT_TIMEOUT = 5000;

/** SQLite's own pauses, in milliseconds; the last one repeats. */
const PAUSES = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100];

/** Opens a connection. Options as for `connectSqlite`; `timeout` is waited for without blocking the process. */
export async function connectSqliteAsync(
  url: DatabaseUrl,
  connectArgs: Readonly<Record<string, unknown>>,
  { timers }: DriverEnvironment,
): Promise<AsyncDriverConnection> {
  const { timeout } = connectOptions(url, connectArgs);
  const patience = typeof timeout === "number" ? timeout : DEFAULT_TIMEOUT;
  const open = (): SyncDriverConnection => connectSqlite(url, { ...connectArgs, timeout: 0 });
  const driver = await patiently(open, patience, timers, () => false);
  return new AsyncSqliteConnection(driver, patience, timers);
}

/** Does it again for as long as another process holds the lock. */
async function patiently<T>(work: () => T, patience: number, timers: Timers, isOver: () => boolean): Promise<T> {
  const end = timers.now() + patience;
  for (let attempt = 0; ; attempt++) {
    try {
      return work();
    } catch (error) {
      const pause = Math.min(PAUSES[attempt] ?? 100, end - timers.now());
      if (pause <= 0 || isOver() || !isBusy(error)) throw error;
      await new Promise<void>((resolve) => {
        timers.start(resolve, pause);
      });
      if (isOver()) throw error;
    }
  }
}

/** True where nothing happened but that the lock was taken. A snapshot that is too old stays so. */
function isBusy(error: unknown): boolean {
  const cause = error instanceof DatabaseLockedError ? error.cause : error;
  if (!(cause instanceof Error) || !("code" in cause)) return false;
  return cause.code === "SQLITE_BUSY" || cause.code === "SQLITE_BUSY_RECOVERY";
}

class AsyncSqliteConnection implements AsyncDriverConnection {
  readonly #driver: SyncDriverConnection;
  readonly #patience: number;
  readonly #timers: Timers;
  /** What was streamed last. */
  #streaming: SqlitePortions | null = null;
  #closed = false;

  constructor(driver: SyncDriverConnection, patience: number, timers: Timers) {
    this.#driver = driver;
    this.#patience = patience;
    this.#timers = timers;
  }

  get transaction(): "none" | "open" {
    return !this.#closed && this.#driver.inTransaction ? "open" : "none";
  }

  get broken(): boolean {
    return this.#closed;
  }

  isReadonly(sql: string): boolean {
    try {
      return this.#driver.prepare(sql).readonly;
    } catch {
      // A statement that cannot be prepared writes nothing; executing it says why.
      return true;
    }
  }

  execute(execution: AsyncExecution): Promise<AsyncReply> {
    return patiently(
      () => this.#executeNow(execution),
      this.#patience,
      this.#timers,
      () => this.#closed,
    );
  }

  #executeNow({ sql, parameters, bigint }: AsyncExecution): AsyncReply {
    if (this.#closed) throw new ResourceClosedError("the database connection is closed");
    const statement = this.#driver.prepare(sql);
    if (statement.returnsRows) {
      const rows = statement.all(parameters, bigint);
      return { rows, columnNames: statement.columnNames, rowCount: rows.length, lastInsertId: null, commandTag: null };
    }
    const { rowCount, lastInsertId } = statement.run(parameters);
    return { rows: [], columnNames: null, rowCount, lastInsertId, commandTag: null };
  }

  stream(
    { sql, parameters, bigint }: AsyncExecution,
    portionSize: () => number,
  ): AsyncIterableIterator<SqlRow[]> & { readonly columnNames: readonly string[] } {
    return (this.#streaming = new SqlitePortions(() => {
      const statement = this.#driver.prepare(sql);
      return { rows: statement.iterate(parameters, bigint), columnNames: statement.columnNames };
    }, portionSize));
  }

  get native(): unknown {
    return this.#driver.native;
  }

  ready(): void {
    this.#driver.ready?.();
  }

  async ping(): Promise<void> {
    this.#driver.ping?.();
    await Promise.resolve();
  }

  async reset(): Promise<void> {
    this.#driver.reset?.();
    await Promise.resolve();
  }

  cancel(): Promise<void> {
    // Nothing can run while somebody asks: a statement ends before its call returns.
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await Promise.resolve(this.destroy());
  }

  destroy(): void {
    if (this.#closed) return;
    this.#closed = true;
    // A database with a statement half-read cannot be closed.
    this.#streaming?.end();
    this.#driver.close();
  }
}

/** Rows of a running statement in portions. */
class SqlitePortions implements AsyncIterableIterator<SqlRow[]> {
  readonly #start: () => { readonly rows: IterableIterator<SqlRow>; readonly columnNames: readonly string[] };
  readonly #portionSize: () => number;
  #rows: IterableIterator<SqlRow> | null = null;
  columnNames: readonly string[] = [];

  constructor(
    start: () => { readonly rows: IterableIterator<SqlRow>; readonly columnNames: readonly string[] },
    portionSize: () => number,
  ) {
    this.#start = start;
    this.#portionSize = portionSize;
  }

  // oxlint-disable-next-line require-await -- what the driver throws becomes a rejection.
  async next(): Promise<IteratorResult<SqlRow[], undefined>> {
    if (this.#rows === null) {
      const { rows, columnNames } = this.#start();
      this.#rows = rows;
      this.columnNames = columnNames;
    }
    const portion: SqlRow[] = [];
    const size = this.#portionSize();
    while (portion.length < size) {
      const { value, done } = this.#rows.next();
      if (done === true) break;
      portion.push(value);
    }
    return portion.length === 0 ? { value: undefined, done: true } : { value: portion, done: false };
  }

  // oxlint-disable-next-line require-await -- as above.
  async return(): Promise<IteratorResult<SqlRow[], undefined>> {
    this.end();
    return { value: undefined, done: true };
  }

  /** What was not read yet stays unread. */
  end(): void {
    this.#rows?.return?.();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
