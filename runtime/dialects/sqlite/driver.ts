// better-sqlite3 behind the engine's driver contract. The package is loaded when the first connection is opened, so
// that a program without SQLite needs no SQLite package.
import { createRequire } from "node:module";
import type { SqlRow } from "../../engine/execution.js";
import { InternalError, MissingDriverError, ResourceClosedError } from "../../errors/errors.js";
import type { SyncDriverConnection, SyncPreparedStatement } from "../driver.js";
import type { DatabaseUrl } from "../url.js";
import type { BetterSqlite3, BetterSqlite3Database, BetterSqlite3Statement } from "./better-sqlite3.js";
import { connectOptions, databasePath } from "./connect-options.js";
import { openError } from "./errors.js";
import { NEW_SESSION, resetSession, type SessionState, sessionState } from "./session-state.js";

/** Statements kept prepared on one connection; the one prepared first goes when there are more. */
const PREPARED_LIMIT = 500;

/** No call takes any number of arguments. */
const MOST_ARGUMENTS = 1000;

/** The Node-API version that the driver is built for; on an older one opening a database crashes the process. */
const NEEDED_NODE_API = 10;

/**
 * Opens a connection. Options of better-sqlite3's (`readonly`, `fileMustExist`, `timeout` in milliseconds …) come from
 * the URL's query and from `connectArgs`, which wins.
 * Throws `MissingDriverError`, `CannotOpenDatabaseError`, or for options that there are not `UrlError` and
 * `ArgumentError`.
 */
export function connectSqlite(url: DatabaseUrl, connectArgs: Readonly<Record<string, unknown>>): SyncDriverConnection {
  const path = databasePath(url);
  const options = connectOptions(url, connectArgs);
  const Database = loadDriver();
  let database: BetterSqlite3Database;
  try {
    database = new Database(path, options);
  } catch (cause) {
    throw openError(path, cause);
  }
  try {
    enforceForeignKeys(database, path);
  } catch (cause) {
    database.close();
    throw cause;
  }
  return new SqliteConnection(database);
}

let driver: BetterSqlite3 | undefined;

function loadDriver(): BetterSqlite3 {
  if (driver !== undefined) return driver;
  const nodeApi = Number(process.versions["napi"] ?? "0");
  if (nodeApi < NEEDED_NODE_API) {
    throw new MissingDriverError(
      `better-sqlite3 needs Node-API ${String(NEEDED_NODE_API)}, but Node ${process.versions.node} has ` +
        `${String(nodeApi)}; use Node 22.14 or newer`,
    );
  }
  try {
    // The package has no types of its own; `better-sqlite3.ts` says what is used of it.
    driver = createRequire(import.meta.url)("better-sqlite3") as BetterSqlite3;
  } catch (cause) {
    throw missingDriver(cause);
  }
  return driver;
}

function missingDriver(cause: unknown): MissingDriverError {
  const notFound = cause instanceof Error && "code" in cause && cause.code === "MODULE_NOT_FOUND";
  const message = notFound
    ? "SQLite needs the package better-sqlite3, which is not installed; run `npm install better-sqlite3`"
    : "the package better-sqlite3 is installed but does not load here; run `npm install better-sqlite3` again";
  return new MissingDriverError(message, { cause });
}

function enforceForeignKeys(database: BetterSqlite3Database, path: string): void {
  let enforced: unknown;
  try {
    database.prepare("PRAGMA foreign_keys = ON").run([]);
    enforced = database.prepare("PRAGMA foreign_keys").raw(true).all([])[0]?.[0];
    // Opening reads nothing: a file that is not a database shows itself only when its header is read.
    database.prepare("PRAGMA schema_version").raw(true).all([]);
  } catch (cause) {
    throw openError(path, cause);
  }
  if (enforced !== 1) {
    throw new MissingDriverError(
      "this build of SQLite does not enforce foreign keys; use an unmodified better-sqlite3",
    );
  }
}

class SqliteConnection implements SyncDriverConnection {
  readonly #database: BetterSqlite3Database;
  readonly #prepared = new Map<string, SyncPreparedStatement>();
  #closed = false;
  #clean: SessionState | null = null;

  constructor(database: BetterSqlite3Database) {
    this.#database = database;
  }

  prepare(sql: string): SyncPreparedStatement {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    if (this.#closed) throw new ResourceClosedError("the database connection is closed");
    const statement = new SqliteStatement(this.#database, sql);
    if (this.#prepared.size >= PREPARED_LIMIT) {
      for (const oldest of this.#prepared.keys()) {
        this.#prepared.delete(oldest);
        break;
      }
    }
    this.#prepared.set(sql, statement);
    return statement;
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  get native(): unknown {
    return this.#database;
  }

  ready(): void {
    this.#clean = sessionState(this);
  }

  ping(): void {
    this.prepare("SELECT 1").all([], false);
  }

  reset(): void {
    if (this.#database.inTransaction) this.prepare("ROLLBACK").run([]);
    resetSession(this, (this.#clean ??= NEW_SESSION));
  }

  close(): void {
    this.#closed = true;
    this.#prepared.clear();
    this.#database.close();
  }
}

/**
 * The driver binds arguments faster than the elements of an array. An argument that is an object would be the values of
 * several parameters, though.
 */
function canBeArguments(parameters: readonly unknown[]): boolean {
  if (parameters.length > MOST_ARGUMENTS) return false;
  for (let at = 0; at < parameters.length; at++) {
    const value = parameters[at];
    if (typeof value === "object" && value !== null) return false;
  }
  return true;
}

class SqliteStatement implements SyncPreparedStatement {
  readonly returnsRows: boolean;
  readonly readonly: boolean;
  readonly #database: BetterSqlite3Database;
  readonly #statement: BetterSqlite3Statement;
  #bigint = false;

  constructor(database: BetterSqlite3Database, sql: string) {
    this.#database = database;
    this.#statement = database.prepare(sql);
    this.returnsRows = this.#statement.reader;
    this.readonly = this.#statement.readonly;
    if (this.returnsRows) this.#statement.raw(true);
  }

  // Asked of SQLite each time: `SELECT *` has other columns after an ALTER TABLE.
  get columnNames(): readonly string[] {
    return this.returnsRows ? this.#statement.columns().map((column) => column.name) : [];
  }

  all(parameters: readonly unknown[], bigint: boolean): SqlRow[] {
    if (this.#bigint !== bigint) this.#deliverBigint(bigint);
    return canBeArguments(parameters) ? this.#statement.all(...parameters) : this.#statement.all(parameters);
  }

  one(parameters: readonly unknown[], bigint: boolean): SqlRow[] {
    if (this.#bigint !== bigint) this.#deliverBigint(bigint);
    const row = canBeArguments(parameters) ? this.#statement.get(...parameters) : this.#statement.get(parameters);
    return row === undefined ? [] : [row];
  }

  run(parameters: readonly unknown[]): { readonly rowCount: number; readonly lastInsertId: number | bigint } {
    const { changes, lastInsertRowid } = canBeArguments(parameters)
      ? this.#statement.run(...parameters)
      : this.#statement.run(parameters);
    const exact = typeof lastInsertRowid === "bigint" || Number.isSafeInteger(lastInsertRowid);
    return { rowCount: changes, lastInsertId: exact ? lastInsertRowid : this.#exactLastInsertId() };
  }

  iterate(parameters: readonly unknown[], bigint: boolean): IterableIterator<SqlRow> {
    if (this.#bigint !== bigint) this.#deliverBigint(bigint);
    return this.#statement.iterate(parameters);
  }

  // Switching costs about as much as a short query, so the mode is remembered.
  #deliverBigint(bigint: boolean): void {
    this.#statement.safeIntegers(bigint);
    this.#bigint = bigint;
  }

  #exactLastInsertId(): bigint {
    const row = this.#database.prepare("SELECT last_insert_rowid()").raw(true).safeIntegers(true).all([])[0];
    const id = row?.[0];
    if (typeof id !== "bigint") throw new InternalError("SQLite gave no last row id");
    return id;
  }
}
