// The SQLite driver on real files and in memory: opening, values, and which error comes of which trouble.
import { existsSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import type { SyncDriverConnection } from "../../runtime/dialects/driver.js";
import { connectSqlite } from "../../runtime/dialects/sqlite/driver.js";
import { translateSqliteError } from "../../runtime/dialects/sqlite/errors.js";
import { parseUrl } from "../../runtime/dialects/url.js";
import {
  AthanorError,
  CannotOpenDatabaseError,
  CheckViolationError,
  DatabaseError,
  DataError,
  DatabaseLockedError,
  ForeignKeyViolationError,
  IntegrityError,
  InvalidRequestError,
  InvalidValueError,
  NotNullViolationError,
  OperationalError,
  ProgrammingError,
  ReadOnlyDatabaseError,
  ResourceClosedError,
  UniqueViolationError,
} from "../../runtime/errors/errors.js";
import { temporaryFolder } from "./temporary-folder.js";

const path = temporaryFolder();
let open: SyncDriverConnection[] = [];

afterEach(() => {
  for (const connection of open) connection.close();
  open = [];
});

function connect(url = "sqlite://", connectArgs: Record<string, unknown> = {}): SyncDriverConnection {
  const connection = connectSqlite(parseUrl(url), connectArgs);
  open.push(connection);
  return connection;
}
const file = (name = "a.db"): string => `sqlite:///${path(name)}`;
const run = (connection: SyncDriverConnection, sql: string, parameters: unknown[] = []): unknown =>
  connection.prepare(sql).run(parameters);
const all = (connection: SyncDriverConnection, sql: string, bigint = false): unknown =>
  connection.prepare(sql).all([], bigint);

/** What the engine would throw. */
function errorOf(work: () => unknown): AthanorError {
  try {
    work();
  } catch (cause) {
    return translateSqliteError(cause, { sql: "SQL" });
  }
  return expect.fail("nothing was thrown");
}

describe("opening", () => {
  it("creates the file and enforces foreign keys", () => {
    const connection = connect(file());
    expect(existsSync(path("a.db"))).toBe(true);
    expect(all(connection, "PRAGMA foreign_keys")).toEqual([[1]]);
  });

  it("takes the driver's options from connectArgs and from the URL, and connectArgs wins", () => {
    run(connect(file()), "CREATE TABLE t (x)");
    for (const connection of [connect(file(), { readonly: true }), connect(`${file()}?readonly=true`)]) {
      expect(errorOf(() => run(connection, "INSERT INTO t VALUES (1)"))).toBeInstanceOf(ReadOnlyDatabaseError);
    }
    run(connect(`${file()}?readonly=true`, { readonly: false }), "INSERT INTO t VALUES (1)");
  });

  it.each([
    ["sqlite:///a.db?mode=ro", {}, /no parameter "mode"; known are readonly, fileMustExist, timeout/],
    ["sqlite:///a.db?readonly=1", {}, /takes true or false/],
    ["sqlite:///a.db?timeout=soon", {}, /whole number of milliseconds/],
    ["sqlite:///a.db", { check_same_thread: false }, /unknown connectArgs.check_same_thread/],
    ["sqlite:///a.db", { timeout: 1.5 }, /connectArgs.timeout is a whole number/],
    ["sqlite:///a.db", { readonly: "yes" }, /connectArgs.readonly is true or false/],
    ["sqlite://", { readonly: true }, /in-memory database starts empty/],
    ["sqlite://a.db", {}, /write sqlite:\/\/\/a.db for a path relative/],
    ["sqlite:///a.db%20", {}, /ends with a blank/],
  ])("refuses %s %j", (url, connectArgs, message) => {
    expect(() => connect(url, connectArgs)).toThrow(message);
  });

  it("names the path that it cannot open", () => {
    writeFileSync(path("text.db"), "this is no database, however long it may be. ".repeat(30));
    for (const [url, connectArgs] of [
      [file("missing/a.db"), {}],
      [file("missing.db"), { fileMustExist: true }],
      [`sqlite:///${path("")}`, {}],
      [file("text.db"), {}],
    ] as const) {
      const error = errorOf(() => connect(url, connectArgs));
      expect(error).toBeInstanceOf(CannotOpenDatabaseError);
      expect(error.message).toContain(path(""));
      expect(error.cause).toBeInstanceOf(Error);
    }
    expect(errorOf(() => connect(file("text.db"))).message).toContain("not a SQLite database");
  });
});

describe("values", () => {
  it("delivers integers as numbers or, where asked, as bigint", () => {
    const connection = connect();
    const statement = connection.prepare("SELECT 9007199254740993, 1, 1.5, 'a', NULL, x'0102'");
    expect(statement.all([], true)).toEqual([[9007199254740993n, 1n, 1.5, "a", null, Buffer.from([1, 2])]]);
    expect(statement.all([], false)).toEqual([[9007199254740992, 1, 1.5, "a", null, Buffer.from([1, 2])]]);
    expect(statement.all([], true)).toEqual(statement.all([], true));
    expect([...statement.iterate([], true)]).toEqual(statement.all([], true));
  });

  it("tells the last row's number exactly, however large", () => {
    const connection = connect();
    run(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY)");
    expect(run(connection, "INSERT INTO t VALUES (7)")).toEqual({ rowCount: 1, lastInsertId: 7 });
    expect(run(connection, "INSERT INTO t VALUES (9007199254740993)")).toEqual({
      rowCount: 1,
      lastInsertId: 9007199254740993n,
    });
  });

  it("knows which statements return rows and which write", () => {
    const connection = connect();
    run(connection, "CREATE TABLE t (x)");
    const kinds = [
      "SELECT * FROM t",
      "INSERT INTO t VALUES (1)",
      "INSERT INTO t VALUES (1) RETURNING x",
      "DELETE FROM t",
    ];
    const seen = kinds.map((sql) => connection.prepare(sql)).map((each) => [each.returnsRows, each.readonly]);
    expect(seen).toEqual([
      [true, true],
      [false, false],
      [true, false],
      [false, false],
    ]);
  });

  it("sees columns that were added after the statement was prepared", () => {
    const connection = connect();
    run(connection, "CREATE TABLE t (x)");
    run(connection, "INSERT INTO t VALUES (1)");
    const statement = connection.prepare("SELECT * FROM t");
    statement.all([], false);
    run(connection, "ALTER TABLE t ADD COLUMN y DEFAULT 2");
    expect(statement.all([], false)).toEqual([[1, 2]]);
    expect(statement.columnNames).toEqual(["x", "y"]);
  });

  it("prepares each text once, and forgets the oldest beyond its limit", () => {
    const connection = connect();
    const first = connection.prepare("SELECT 0");
    expect(connection.prepare("SELECT 0")).toBe(first);
    for (let number = 1; number <= 500; number++) connection.prepare(`SELECT ${String(number)}`);
    expect(connection.prepare("SELECT 0")).not.toBe(first);
    expect(first.all([], false)).toEqual([[0]]);
  });
});

describe("errors", () => {
  const cases: [string, abstract new (...given: never) => AthanorError, string?][] = [
    ["INSERT INTO t (id, u) VALUES (2, 'taken')", UniqueViolationError, "SQLITE_CONSTRAINT_UNIQUE"],
    ["INSERT INTO t (id) VALUES (1)", UniqueViolationError, "SQLITE_CONSTRAINT_PRIMARYKEY"],
    ["INSERT INTO t (n) VALUES (NULL)", NotNullViolationError, "SQLITE_CONSTRAINT_NOTNULL"],
    ["INSERT INTO t (c) VALUES (-1)", CheckViolationError, "SQLITE_CONSTRAINT_CHECK"],
    ["INSERT INTO t (parent) VALUES (99)", ForeignKeyViolationError, "SQLITE_CONSTRAINT_FOREIGNKEY"],
    ["INSERT INTO guarded VALUES (1)", IntegrityError, "SQLITE_CONSTRAINT_TRIGGER"],
    ["INSERT INTO s VALUES ('abc')", DataError, "SQLITE_CONSTRAINT_DATATYPE"],
    ["INSERT INTO t (id) VALUES ('abc')", DataError, "SQLITE_MISMATCH"],
    ["SELECT * FROM nowhere", ProgrammingError, "SQLITE_ERROR"],
    ["SELECT nothing FROM t", ProgrammingError, "SQLITE_ERROR"],
    ["SELEC 1", ProgrammingError, "SQLITE_ERROR"],
    ["SELECT zeroblob(2147483647)", DataError, "SQLITE_TOOBIG"],
    ["SELECT 1; SELECT 2", ProgrammingError],
    ["-- nothing", ProgrammingError],
    ["SELECT ?", ProgrammingError],
  ];

  it.each(cases)("%s", (sql, type, code) => {
    const connection = connect();
    run(
      connection,
      "CREATE TABLE t (id INTEGER PRIMARY KEY, u UNIQUE, n NOT NULL DEFAULT 1, c CHECK (c > 0), parent REFERENCES t)",
    );
    run(connection, "CREATE TABLE s (x INTEGER) STRICT");
    run(connection, "CREATE TABLE guarded (x)");
    run(connection, "CREATE TRIGGER g BEFORE INSERT ON guarded BEGIN SELECT RAISE(ABORT, 'no'); END");
    run(connection, "INSERT INTO t (id, u) VALUES (1, 'taken')");
    const error = errorOf(() => {
      const statement = connection.prepare(sql);
      return statement.returnsRows ? statement.all([], false) : statement.run([]);
    });
    expect(error.constructor).toBe(type);
    if (code !== undefined) expect(error.message.startsWith(`(better-sqlite3.SqliteError ${code}) `)).toBe(true);
    expect(error.message.endsWith("\n[SQL: SQL]")).toBe(true);
    expect(error.cause).toBeInstanceOf(Error);
  });

  it.each([
    ["INSERT INTO t (id) VALUES (1)", "onConflictDoUpdate()"],
    ["INSERT INTO t (parent) VALUES (99)", "Insert the row referred to first"],
    ["INSERT INTO t (n) VALUES (NULL)", "Give the column a value"],
    ["INSERT INTO t (c) VALUES (-1)", "correct the value"],
    [`SELECT ${"?, ".repeat(32_766)}?, ?`, "in several statements"],
  ])("says what to do next: %.40s", (sql, help) => {
    const connection = connect();
    run(
      connection,
      "CREATE TABLE t (id INTEGER PRIMARY KEY, n NOT NULL DEFAULT 1, c CHECK (c > 0), parent REFERENCES t)",
    );
    run(connection, "INSERT INTO t (id) VALUES (1)");
    expect(errorOf(() => connection.prepare(sql).run([])).message).toContain(help);
  });

  it.each([[{}], [[]], [new Date(0)], [true], [Symbol("s")], [2n ** 70n]])("refuses to bind %s", (value) => {
    const connection = connect();
    expect(errorOf(() => run(connection, "SELECT 1 WHERE ? = 1", [value]))).toBeInstanceOf(AthanorError);
    run(connection, "CREATE TABLE t (x)");
    expect(errorOf(() => run(connection, "INSERT INTO t VALUES (?)", [value]))).toBeInstanceOf(InvalidValueError);
  });

  it("says that the database is locked", () => {
    const holder = connect(file());
    run(holder, "CREATE TABLE t (x)");
    run(holder, "BEGIN IMMEDIATE");
    const error = errorOf(() => run(connect(file(), { timeout: 0 }), "INSERT INTO t VALUES (1)"));
    expect(error).toBeInstanceOf(DatabaseLockedError);
    expect(error).toMatchObject({ code: "R3021" });
    expect(error.message).toContain("let it commit or roll back");
  });

  it("says that the database is full", () => {
    const connection = connect(file());
    run(connection, "CREATE TABLE t (x)");
    all(connection, "PRAGMA max_page_count = 4");
    const error = errorOf(() => run(connection, "INSERT INTO t VALUES (zeroblob(100000))"));
    expect(error.constructor).toBe(OperationalError);
    expect(error.message).toContain("make room");
  });

  it("says that a result is still being read, or that the connection is closed", () => {
    const connection = connect();
    run(connection, "CREATE TABLE t (x)");
    run(connection, "INSERT INTO t VALUES (1)");
    const rows = connection.prepare("SELECT x FROM t").iterate([], false);
    rows.next();
    expect(errorOf(() => run(connection, "DELETE FROM t"))).toBeInstanceOf(InvalidRequestError);
    rows.return?.();
    const statement = connection.prepare("SELECT 1");
    connection.close();
    expect(errorOf(() => connection.prepare("SELECT 1"))).toBeInstanceOf(ResourceClosedError);
    expect(errorOf(() => statement.all([], false))).toBeInstanceOf(ResourceClosedError);
  });

  it("passes on errors that are its own, and keeps those it does not know", () => {
    const own = new InvalidValueError("own");
    expect(translateSqliteError(own, {})).toBe(own);
    const unknown = translateSqliteError(new Error("odd"), { sql: "SELECT 1" });
    expect(unknown.constructor).toBe(DatabaseError);
    expect(unknown.message).toBe("(better-sqlite3) odd\n[SQL: SELECT 1]");
  });
});
