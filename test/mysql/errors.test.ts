// The server's errors, provoked for real, as this package's: class, retry advice, where they leave the transaction, and
// what they show of values.
import { describe, expect, it } from "vitest";
import type { AsyncDriverConnection } from "../../runtime/dialects/driver.js";
import { translateMysqlError } from "../../runtime/dialects/mysql/errors.js";
import * as errors from "../../runtime/errors/errors.js";
import { describeDatabase } from "../support/databases/databases.js";
import { connections, mariadbUrl, run, values } from "./support/connection.js";

async function translated(promise: Promise<unknown>, showValues = true): Promise<errors.AthanorError> {
  try {
    await promise;
  } catch (cause) {
    return translateMysqlError(cause, { showValues });
  }
  throw new Error("it did not fail");
}

const TABLES = [
  "CREATE TABLE parent (id integer PRIMARY KEY, email varchar(50) NOT NULL UNIQUE, n smallint, d date, CHECK (n < 100))",
  "CREATE TABLE child (id integer PRIMARY KEY, parent_id integer NOT NULL, " +
    "FOREIGN KEY (parent_id) REFERENCES parent (id))",
  "CREATE TABLE account (id integer PRIMARY KEY, amount integer NOT NULL)",
  "INSERT INTO parent VALUES (1, 'alice@example.com', 1, NULL)",
  "INSERT INTO child VALUES (1, 1)",
  "INSERT INTO account VALUES (1, 100), (2, 100)",
];

type ErrorClass = abstract new (...values: never[]) => errors.AthanorError;

const CASES: readonly (readonly [sql: string, type: ErrorClass])[] = [
  ["INSERT INTO parent VALUES (1, 'b', 1, NULL)", errors.UniqueViolationError],
  ["INSERT INTO parent VALUES (2, 'alice@example.com', 1, NULL)", errors.UniqueViolationError],
  ["INSERT INTO child VALUES (2, 99)", errors.ForeignKeyViolationError],
  ["DELETE FROM parent", errors.ForeignKeyViolationError],
  ["UPDATE parent SET email = NULL", errors.NotNullViolationError],
  ["INSERT INTO child (id) VALUES (3)", errors.NotNullViolationError],
  ["UPDATE parent SET n = 100", errors.CheckViolationError],
  ["UPDATE parent SET n = 99999", errors.DataError],
  ["UPDATE parent SET n = 'many'", errors.DataError],
  ["UPDATE parent SET email = repeat('x', 51)", errors.DataError],
  ["UPDATE parent SET d = '2024-02-30'", errors.DataError],
  ["UPDATE parent SET d = '0000-00-00'", errors.DataError],
  ["UPDATE parent SET d = '2024-00-10'", errors.DataError],
  ["UPDATE parent SET n = 1 / 0", errors.DataError],
  ["SELECT * FROM nowhere", errors.ProgrammingError],
  ["SELECT nothing FROM parent", errors.ProgrammingError],
  ["SELEC 1", errors.ProgrammingError],
  ["CREATE TABLE parent (id integer)", errors.ProgrammingError],
  ["SELECT (SELECT 1 UNION SELECT 2)", errors.ProgrammingError],
  ["USE not_there", errors.ProgrammingError],
  ["SET STATEMENT max_statement_time = 0.01 FOR SELECT sleep(5)", errors.StatementTimeoutError],
];

await describeDatabase("mysql", "errors of the server", (database) => {
  const connect = connections();
  const open = (): Promise<AsyncDriverConnection> => connect(mariadbUrl(database.url));

  it("belong to the classes that say what they are", async () => {
    const connection = await open();
    for (const sql of TABLES) await run(connection, sql);
    for (const [sql, type] of CASES) {
      const error = await translated(run(connection, sql));
      expect(error, `${sql} gave ${error.name}: ${error.message}`).toBeInstanceOf(type);
      expect(connection.broken).toBe(false);
    }
  });

  describe("of locks", () => {
    it("as a deadlock leave no transaction, and ask for it to be run again", async () => {
      const [first, second] = [await open(), await open()];
      for (const [connection, id] of [
        [first, 1n],
        [second, 2n],
      ] as const) {
        await run(connection, "START TRANSACTION");
        await run(connection, "UPDATE account SET amount = amount + 1 WHERE id = ?", [id]);
      }
      const crossing = await Promise.allSettled([
        run(first, "UPDATE account SET amount = amount + 1 WHERE id = 2"),
        run(second, "UPDATE account SET amount = amount + 1 WHERE id = 1"),
      ]);
      const victim = crossing.findIndex((each) => each.status === "rejected");
      const failed = crossing[victim];
      const error = translateMysqlError(failed?.status === "rejected" ? failed.reason : null, {});
      expect(error).toBeInstanceOf(errors.DeadlockError);
      expect(error.retryable).toBe("transaction");
      expect([first, second].map((each) => each.transaction)).toEqual(
        victim === 0 ? ["none", "open"] : ["open", "none"],
      );
      await Promise.all([run(first, "ROLLBACK"), run(second, "ROLLBACK")]);
    });

    it("as a timeout fail the transaction, which the server would keep by half", async () => {
      const [holder, waiter] = [
        await open(),
        await connect(mariadbUrl(database.url), { settings: { innodb_lock_wait_timeout: 1 } }),
      ];
      for (const connection of [holder, waiter]) await run(connection, "START TRANSACTION");
      await run(holder, "UPDATE account SET amount = 1 WHERE id = 1");
      await run(waiter, "UPDATE account SET amount = 2 WHERE id = 2");
      const error = await translated(run(waiter, "UPDATE account SET amount = 2 WHERE id = 1"));
      expect(error).toBeInstanceOf(errors.LockTimeoutError);
      expect(error.retryable).toBe("transaction");
      expect(waiter.transaction).toBe("failed");
      await run(waiter, "ROLLBACK");
      expect(waiter.transaction).toBe("none");
      await run(holder, "ROLLBACK");
      await run(holder, "START TRANSACTION");
      await run(holder, "SELECT * FROM account FOR UPDATE");
      expect(await translated(run(waiter, "SELECT * FROM account FOR UPDATE NOWAIT"))).toBeInstanceOf(
        errors.LockTimeoutError,
      );
    });

    it("as a row that changed under a snapshot ask for the transaction to be run again", async () => {
      const [reader, writer] = [await open(), await open()];
      await run(reader, "SET innodb_snapshot_isolation = ON");
      await run(reader, "START TRANSACTION");
      await run(reader, "SELECT * FROM account");
      await run(writer, "UPDATE account SET amount = amount + 1 WHERE id = 1");
      const error = await translated(run(reader, "UPDATE account SET amount = 0 WHERE id = 1"));
      expect(error).toBeInstanceOf(errors.SerializationError);
      expect(error.retryable).toBe("transaction");
      expect(reader.transaction).toBe("failed");
    });
  });

  it("of read-only transactions say so", async () => {
    const connection = await open();
    await run(connection, "START TRANSACTION READ ONLY");
    const error = await translated(run(connection, "UPDATE account SET amount = 0"));
    expect(error).toBeInstanceOf(errors.ReadOnlyDatabaseError);
    expect(connection.transaction).toBe("open");
  });

  it("of too many connections ask for another try later", async () => {
    const admin = await open();
    const user = "limited_user";
    await run(admin, `CREATE OR REPLACE USER ${user}@'%' IDENTIFIED BY 'pw' WITH MAX_USER_CONNECTIONS 1`);
    await run(admin, `GRANT ALL ON *.* TO ${user}@'%'`);
    const url = new URL(database.url);
    url.username = user;
    url.password = "pw";
    await connect(mariadbUrl(url.href));
    const error = await translated(connect(mariadbUrl(url.href)));
    expect(error).toBeInstanceOf(errors.TooManyConnectionsError);
    expect(error.retryable).toBe("connect");
    await run(admin, `DROP USER ${user}@'%'`);
  });

  it("show values only where they may", async () => {
    const connection = await open();
    for (const sql of [
      "INSERT INTO parent VALUES (2, 'alice@example.com', 1, NULL)",
      "UPDATE parent SET n = 'alice@example.com'",
      "UPDATE parent SET d = 'alice@example.com'",
    ]) {
      const hidden = await translated(run(connection, sql), false);
      expect(`${hidden.message} ${String(hidden.cause)} ${JSON.stringify(hidden.cause)}`).not.toContain("alice");
      expect((hidden.cause as Error).stack).not.toContain("alice");
      expect((await translated(run(connection, sql), true)).message).toContain("alice");
    }
  });

  it("name the disconnect, however the connection was lost", async () => {
    const killer = await open();
    const waiting = await connect(mariadbUrl(database.url), { settings: { wait_timeout: 1 } });
    const killed = await open();
    await run(killer, `KILL ${String(killed.serverId)}`);
    while (!killed.broken || !waiting.broken) await values(killer, "SELECT sleep(0.05)");
    for (const connection of [killed, waiting]) {
      const error = await translated(run(connection, "SELECT 1"));
      expect(error).toBeInstanceOf(errors.DisconnectError);
      expect(error.retryable).toBe("idempotent");
    }
  });
});

function serverError(errno: number, sqlState = "HY000"): Error {
  return Object.assign(new Error("words"), { errno, sqlState });
}

describe("errors that cannot be provoked here", () => {
  it.each<[number, ErrorClass]>([
    [3819, errors.CheckViolationError],
    [3024, errors.StatementTimeoutError],
    [4031, errors.DisconnectError],
    [1927, errors.DisconnectError],
    [2006, errors.DisconnectError],
    [2013, errors.DisconnectError],
    [1040, errors.TooManyConnectionsError],
    [1053, errors.DisconnectError],
    [1290, errors.ReadOnlyDatabaseError],
    [3572, errors.LockTimeoutError],
    [1114, errors.OperationalError],
  ])("by number %i", (number, type) => {
    expect(translateMysqlError(serverError(number), {})).toBeInstanceOf(type);
  });

  it.each<[string, ErrorClass]>([
    ["22ABC", errors.DataError],
    ["23ABC", errors.IntegrityError],
    ["42ABC", errors.ProgrammingError],
    ["HY000", errors.DatabaseError],
  ])("by state %s", (state, type) => {
    expect(translateMysqlError(serverError(9999, state), {})).toBeInstanceOf(type);
  });

  it.each([
    Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", errno: -104 }),
    Object.assign(new Error("This socket has been ended by the other party"), { code: "EPIPE" }),
    Object.assign(new Error("anything"), { fatal: true }),
    Object.assign(new Error("Connection lost"), { code: "PROTOCOL_CONNECTION_LOST" }),
    new Error("Can't add new command when connection is in closed state"),
  ])("of the socket: %s", (error) => {
    expect(translateMysqlError(error, {})).toBeInstanceOf(errors.DisconnectError);
  });
});
