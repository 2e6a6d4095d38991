// Every kind of error that PostgreSQL gives, provoked on a real server, as the class that it becomes.
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { AsyncDriverConnection } from "../../runtime/dialects/driver.js";
import { translatePostgresqlError } from "../../runtime/dialects/postgresql/errors.js";
import type { AthanorError } from "../../runtime/errors/errors.js";
import * as errors from "../../runtime/errors/errors.js";
import { describeDatabase, runOnPostgresql } from "../support/databases/databases.js";
import { connections, run } from "./support/connection.js";

/** What the engine would throw; `showValues` is on unless parameters are hidden. */
async function errorOf(running: Promise<unknown>, showValues = true): Promise<AthanorError> {
  const cause: unknown = await running.then(
    () => null,
    (error: unknown) => error,
  );
  if (cause === null) throw new TypeError("no error came");
  return translatePostgresqlError(cause, { sql: "…", showValues });
}

await describeDatabase("postgresql", "PostgreSQL's errors", (database) => {
  const open = connections();

  async function setUp(): Promise<AsyncDriverConnection> {
    const connection = await open(database.url);
    await run(connection, "DROP TABLE IF EXISTS child, parent");
    await run(connection, "CREATE TABLE parent (id integer PRIMARY KEY, email text UNIQUE, age integer NOT NULL)");
    await run(
      connection,
      "CREATE TABLE child (id integer REFERENCES parent, size integer CHECK (size > 0), code varchar(3))",
    );
    await run(connection, "INSERT INTO parent VALUES (1, 'alice@example.com', 30), (2, 'bob@example.com', 40)");
    return connection;
  }

  const kinds: readonly (readonly [string, string, new (message: string) => AthanorError])[] = [
    ["a unique violation", "INSERT INTO parent VALUES (3, 'alice@example.com', 1)", errors.UniqueViolationError],
    ["a second primary key", "INSERT INTO parent VALUES (1, 'x', 1)", errors.UniqueViolationError],
    ["a foreign key violation", "INSERT INTO child VALUES (9, 1)", errors.ForeignKeyViolationError],
    ["a NOT NULL violation", "INSERT INTO parent VALUES (3, 'x', NULL)", errors.NotNullViolationError],
    ["a CHECK violation", "INSERT INTO child VALUES (1, 0)", errors.CheckViolationError],
    ["a table that is not there", "SELECT * FROM nothing_like_it", errors.ProgrammingError],
    ["a column that is not there", "SELECT nothing_like_it FROM parent", errors.ProgrammingError],
    ["wrong syntax", "SELEKT 1", errors.ProgrammingError],
    ["a function that is not there", "SELECT nothing_like_it(1)", errors.ProgrammingError],
    ["a type that is not there", "SELECT 1::nothing_like_it", errors.ProgrammingError],
    ["a missing privilege", "SELECT * FROM parent", errors.ProgrammingError],
    ["a setting that is wrong", "SET statement_timeout = 'soon'", errors.DataError],
    ["a division by zero", "SELECT 1 / 0", errors.DataError],
    ["text that is no number", "SELECT 'abc'::integer", errors.DataError],
    ["a number out of range", "SELECT 99999999999::integer", errors.DataError],
    ["text that is too long", "INSERT INTO child VALUES (1, 1, 'abcd')", errors.DataError],
    ["a write in a read-only transaction", "DELETE FROM parent", errors.ReadOnlyDatabaseError],
  ];

  describe("by SQLSTATE", () => {
    it.each(kinds)("%s", async (name, sql, type) => {
      const connection = await setUp();
      if (name.includes("privilege")) await run(connection, "SET ROLE pg_monitor");
      if (name.includes("read-only")) await run(connection, "BEGIN READ ONLY");
      const error = await errorOf(run(connection, sql));
      expect(error).toBeInstanceOf(type);
      expect(error.constructor).toBe(type);
      expect(error.message).toMatch(/^\(pg\.DatabaseError [0-9A-Z]{5}\) /);
    });

    it("an exclusion violation is an integrity error", async () => {
      const connection = await open(database.url);
      await run(connection, "CREATE TEMPORARY TABLE booked (span int4range, EXCLUDE USING gist (span WITH &&))");
      await run(connection, "INSERT INTO booked VALUES ('[1,5]')");
      const error = await errorOf(run(connection, "INSERT INTO booked VALUES ('[3,9]')"));
      expect(error).toBeInstanceOf(errors.IntegrityError);
    });

    it("a statement after a failed one says to roll back", async () => {
      const connection = await setUp();
      await run(connection, "BEGIN");
      await errorOf(run(connection, "SELECT 1 / 0"));
      const error = await errorOf(run(connection, "SELECT 1"));
      expect(error).toBeInstanceOf(errors.TransactionAbortedError);
      expect(error.message).toContain("Roll back first");
    });

    it("a lock that is taken", async () => {
      const holder = await setUp();
      const other = await open(database.url);
      await run(holder, "BEGIN");
      await run(holder, "UPDATE parent SET age = 1 WHERE id = 1");
      const sql = "SELECT 1 FROM parent WHERE id = 1 FOR UPDATE NOWAIT";
      expect(await errorOf(run(other, sql))).toBeInstanceOf(errors.LockTimeoutError);
      await run(other, "SET lock_timeout = '10ms'");
      const waited = await errorOf(run(other, "UPDATE parent SET age = 2 WHERE id = 1"));
      expect(waited).toBeInstanceOf(errors.LockTimeoutError);
    });

    it("a deadlock", async () => {
      const one = await setUp();
      const two = await open(database.url);
      await run(one, "BEGIN");
      await run(two, "BEGIN");
      await run(one, "UPDATE parent SET age = 1 WHERE id = 1");
      await run(two, "UPDATE parent SET age = 1 WHERE id = 2");
      const waiting = Promise.allSettled([
        run(one, "UPDATE parent SET age = 1 WHERE id = 2"),
        run(two, "UPDATE parent SET age = 1 WHERE id = 1").finally(() => run(two, "ROLLBACK")),
      ]);
      const [failed] = (await waiting).flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
      expect(translatePostgresqlError(failed, {})).toBeInstanceOf(errors.DeadlockError);
    });

    it("a transaction that cannot be serialized", async () => {
      const one = await setUp();
      const two = await open(database.url);
      await run(one, "BEGIN ISOLATION LEVEL REPEATABLE READ");
      await run(one, "SELECT * FROM parent");
      await run(two, "UPDATE parent SET age = age + 1");
      const error = await errorOf(run(one, "UPDATE parent SET age = age + 1"));
      expect(error).toBeInstanceOf(errors.SerializationError);
    });

    it("a statement that took too long, and one that was cancelled", async () => {
      const connection = await open(database.url);
      await run(connection, "SET statement_timeout = '10ms'");
      const slow = await errorOf(run(connection, "SELECT pg_sleep(60)"));
      expect(slow).toBeInstanceOf(errors.StatementTimeoutError);
      await run(connection, "SET statement_timeout = 0");
      const cancelled = errorOf(run(connection, "SELECT pg_sleep(60)"));
      await connection.cancel();
      expect(await cancelled).toBeInstanceOf(errors.QueryCancelledError);
    });
  });

  describe("of connections", () => {
    it("that were ended by the server, with a code and without one", async () => {
      const connection = await open(database.url);
      const first = errorOf(run(connection, "SELECT pg_sleep(60)"));
      await runOnPostgresql(database.url, `SELECT pg_terminate_backend(${String(connection.serverId)})`);
      expect(await first).toBeInstanceOf(errors.DisconnectError);
      const second = await errorOf(run(connection, "SELECT 1"));
      expect(second).toBeInstanceOf(errors.DisconnectError);
      expect(second.message).toMatch(/^\(pg\) /);
    });

    it("that sat idle in a transaction for too long", async () => {
      const connection = await open(database.url, { settings: { idle_in_transaction_session_timeout: "10ms" } });
      await run(connection, "BEGIN");
      while (!connection.broken) await new Promise((resolve) => setImmediate(resolve));
      expect(await errorOf(run(connection, "SELECT 1"))).toBeInstanceOf(errors.DisconnectError);
    });

    it("that the server has no room for", async () => {
      const setup = await open(database.url);
      const role = `limited_${String(setup.serverId)}`;
      await run(setup, `CREATE ROLE ${role} LOGIN CONNECTION LIMIT 1`);
      const url = new URL(database.url);
      url.username = role;
      const only = await open(url.href);
      await expect(open(url.href)).rejects.toBeInstanceOf(errors.TooManyConnectionsError);
      await only.close();
      await run(setup, `DROP ROLE ${role}`);
    });

    it("that are refused for who asks", async () => {
      const url = new URL(database.url);
      url.username = "nobody_at_all";
      await expect(open(url.href)).rejects.toBeInstanceOf(errors.CannotOpenDatabaseError);
    });

    it.each(["ECONNRESET", "EPIPE", "ETIMEDOUT"])("whose socket broke with %s", (code) => {
      const cause = Object.assign(new TypeError("the socket broke"), { code });
      expect(translatePostgresqlError(cause, {})).toBeInstanceOf(errors.DisconnectError);
    });
  });

  describe("and the values in them", () => {
    it("are shown where parameters are", async () => {
      const connection = await setUp();
      const error = await errorOf(run(connection, "INSERT INTO parent VALUES (3, $1, 1)", ["alice@example.com"]));
      expect(error.message).toContain("DETAIL: Key (email)=(alice@example.com) already exists.");
    });

    it.each([
      ["INSERT INTO parent VALUES (3, $1, 1)", "alice@example.com"],
      ["INSERT INTO parent VALUES (3, $1, NULL)", "canary@example.com"],
      ["INSERT INTO parent VALUES ($1::text::integer, 'x', 1)", "canary"],
      ["SELECT $1::text::timestamp", "canary\nin two lines"],
    ])("are hidden where parameters are: %s", async (sql, value) => {
      const connection = await setUp();
      const error = await errorOf(run(connection, sql, [value]), false);
      const printed = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error.cause);
      expect(printed).not.toMatch(/canary|alice/);
      expect(error.cause).toMatchObject({ code: expect.stringMatching(/^2/) as string });
    });
  });

  it("errors of this package pass as they are", () => {
    const error = new errors.InvalidValueError("x");
    expect(translatePostgresqlError(error, {})).toBe(error);
    expect(translatePostgresqlError(new TypeError("odd"), {}).constructor).toBe(errors.DatabaseError);
  });
});
