// What the engine makes of a server that is silent, gone, or says no: each failure of the drivers' turned into a promise.
import { describe, expect, it } from "vitest";
import type { AsyncConnection } from "../../runtime/engine/async-connection.js";
import {
  CancelledError,
  CommitOutcomeUnknownError,
  DeadlineExceededError,
  DeadlockError,
  DisconnectError,
  LockTimeoutError,
  PendingRollbackError,
  SerializationError,
  TransactionAbortedError,
  UniqueViolationError,
} from "../../runtime/errors/errors.js";
import { text } from "../../runtime/sql/build/text.js";
import { rawStatement } from "../../runtime/sql/compile/plain-statement.js";
import { settle } from "../pool/virtual-timers.js";
import { StubServer } from "./stub-connection.js";

const statement = text("UPDATE t SET x = 1");
const work = (connection: AsyncConnection): Promise<unknown> => connection.execute(statement);
const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe("a server that does not answer", () => {
  it("is given up at the call's timeout: the promise rejects, the server is asked to stop, the connection cut", async () => {
    const server = new StubServer((sql) => (sql.startsWith("UPDATE") ? "silence" : null));
    const connection = await server.connect({ timeoutMs: 1000 });
    const failure = failureOf(work(connection));
    await server.timers.advance(999);
    expect(server.drivers[0]?.events).toEqual([]);
    await server.timers.advance(1);
    expect(await failure).toBeInstanceOf(DeadlineExceededError);
    expect(await failure).toMatchObject({ outcome: "unknown", sql: "UPDATE t SET x = 1" });
    expect(server.drivers[0]?.events).toEqual(["cancel", "destroy"]);
    await expect(work(connection)).rejects.toThrow(PendingRollbackError);
    await connection.rollback();
    await expect(work(connection)).rejects.toThrow(DisconnectError);
    await connection.close();
    expect(server.pool.status()).toMatchObject({ open: 0, leased: 0 });
    expect(server.timers.running).toBe(0);
  });

  it("is given up when the caller aborts, and never used again", async () => {
    const server = new StubServer((sql) => (sql.startsWith("UPDATE") ? "silence" : null));
    const connection = await server.connect();
    const controller = new AbortController();
    const failure = failureOf(connection.execute(statement, {}, { signal: controller.signal }));
    await settle();
    controller.abort("changed my mind");
    expect(await failure).toBeInstanceOf(CancelledError);
    expect(await failure).toMatchObject({ outcome: "unknown", cause: "changed my mind" });
    await connection.close();
    await server.connect();
    expect([server.drivers.length, server.drivers[0]?.events]).toEqual([2, ["cancel", "destroy"]]);
  });

  it("is given up after five minutes where nothing else is said", async () => {
    const server = new StubServer((sql) => (sql.startsWith("UPDATE") ? "silence" : null));
    const failure = failureOf(work(await server.connect()));
    await server.timers.advance(299_999);
    expect(server.drivers[0]?.events).toEqual([]);
    await server.timers.advance(1);
    expect(await failure).toBeInstanceOf(DeadlineExceededError);
  });

  it("while rows are streamed, is given up the same way", async () => {
    const server = new StubServer((sql) => (sql.startsWith("SELECT") ? "silence" : null));
    const connection = await server.connect({ timeoutMs: 50 });
    const failure = failureOf(connection.stream(text("SELECT x FROM t")).all());
    await server.timers.advance(50);
    expect(await failure).toBeInstanceOf(DeadlineExceededError);
    await connection.close();
    expect(server.pool.status().open).toBe(0);
  });

  it("to the ROLLBACK of close() holds nobody up", async () => {
    const server = new StubServer((sql) => (sql === "ROLLBACK" ? "silence" : null));
    const connection = await server.connect();
    await work(connection);
    const closed = failureOf(connection.close());
    await server.timers.advance(5000);
    expect(await closed).toBeNull();
    expect([connection.closed, server.pool.status().open]).toEqual([true, 0]);
    expect(server.drivers[0]?.events).toEqual(["reset", "cancel", "destroy"]);
  });

  it("to what cleans a connection is waited for where others may see what it cleans, and only there", async () => {
    const compiled = { ...rawStatement("SELECT 1", "read"), isSelfContained: true };
    for (const [statement, waits] of [
      [compiled, false],
      [{ ...compiled, isSelfContained: false }, true],
      [{ ...compiled, effect: "write" as const }, true],
    ] as const) {
      const server = new StubServer((sql) => (sql === "ROLLBACK" ? "silence" : null));
      const connection = await server.connect();
      await connection.run(statement, []);
      let isClosed = false;
      void connection.close().then(() => (isClosed = true));
      await settle();
      expect([connection.closed, isClosed, server.pool.status().checking]).toEqual([true, !waits, 1]);
      await server.timers.advance(5000);
      expect([isClosed, server.pool.status().open, server.timers.running]).toEqual([true, 0, 0]);
    }
  });

  it("is not waited for once what was written is kept", async () => {
    const server = new StubServer(() => null);
    const connection = await server.connect();
    await connection.run({ ...rawStatement("UPDATE t SET x = 1", "write"), isSelfContained: true }, []);
    await connection.commit();
    const [driver] = server.drivers;
    if (driver !== undefined) driver.reset = () => new Promise(() => undefined);
    await connection.close();
    expect(server.pool.status().checking).toBe(1);
  });
});

describe("COMMIT", () => {
  it.each(["cut", "silence"] as const)("whose answer never comes (%s) is neither kept nor lost", async (answer) => {
    const server = new StubServer((sql) => (sql === "COMMIT" ? answer : null));
    const connection = await server.connect({ timeoutMs: 100 });
    await work(connection);
    const failure = failureOf(connection.commit());
    await server.timers.advance(100);
    expect(await failure).toBeInstanceOf(CommitOutcomeUnknownError);
    expect(await failure).toMatchObject({ retryable: "never" });
    await connection.rollback();
    await connection.close();
    expect(server.sent).toEqual([["BEGIN", "UPDATE t SET x = 1", "COMMIT"]]);
  });

  it("that was not sent is not unknown", async () => {
    const server = new StubServer(() => null);
    const connection = await server.connect();
    await work(connection);
    await expect(connection.commit({ signal: AbortSignal.abort() })).rejects.toMatchObject({ outcome: "not sent" });
    await connection.commit();
    expect(server.sent[0]).toEqual(["BEGIN", "UPDATE t SET x = 1", "COMMIT"]);
  });

  it("that the server answers with ROLLBACK is an error", async () => {
    const server = new StubServer((sql) => (sql === "COMMIT" ? { commandTag: "ROLLBACK" } : null));
    const connection = await server.connect();
    await work(connection);
    await expect(connection.commit()).rejects.toThrow(TransactionAbortedError);
    expect(connection.inTransaction).toBe(false);
  });

  it("that cannot be serialized leaves nothing but a rollback", async () => {
    const server = new StubServer((sql, driver) => {
      if (sql !== "COMMIT") return null;
      driver.transaction = "none";
      return new SerializationError("could not serialize");
    });
    const connection = await server.connect();
    await work(connection);
    await expect(connection.commit()).rejects.toThrow(SerializationError);
    await expect(work(connection)).rejects.toThrow(PendingRollbackError);
    await connection.rollback();
    expect(server.sent[0]).toEqual(["BEGIN", "UPDATE t SET x = 1", "COMMIT"]);
  });
});

describe("an error inside a transaction", () => {
  it("after which the server takes nothing more is undone by a savepoint", async () => {
    const server = new StubServer((sql, driver) => {
      if (!sql.startsWith("UPDATE")) return null;
      driver.transaction = "failed";
      return new UniqueViolationError("duplicate");
    });
    const connection = await server.connect();
    const savepoint = await connection.beginNested();
    await expect(work(connection)).rejects.toThrow(UniqueViolationError);
    await expect(connection.execute(text("SELECT 1"))).rejects.toThrow(PendingRollbackError);
    await expect(connection.commit()).rejects.toThrow(PendingRollbackError);
    await savepoint.rollback();
    await connection.execute(text("SELECT 1"));
    await connection.commit();
    expect(server.sent[0]?.slice(-4)).toEqual([
      "UPDATE t SET x = 1",
      "ROLLBACK TO SAVEPOINT athanor_savepoint_1",
      "SELECT 1",
      "COMMIT",
    ]);
  });

  it.each([
    [new DeadlockError("deadlock"), "none", []],
    [new LockTimeoutError("lock wait timeout"), "unknown", ["ROLLBACK"]],
    [new SerializationError("could not serialize"), "failed", ["ROLLBACK"]],
  ] as const)("such as %s makes the whole transaction dead", async (error, status, rolledBack) => {
    const server = new StubServer((sql, driver) => {
      if (!sql.startsWith("UPDATE")) return null;
      driver.transaction = status;
      return error;
    });
    const connection = await server.connect();
    const savepoint = await connection.beginNested();
    expect(await failureOf(work(connection))).toBe(error);
    await expect(savepoint.rollback()).rejects.toThrow(PendingRollbackError);
    await expect(work(connection)).rejects.toThrow(PendingRollbackError);
    await connection.rollback();
    expect(server.sent[0]?.slice(3)).toEqual(rolledBack);
    expect(connection.inTransaction).toBe(false);
  });

  it("without a code is a disconnect where the connection is gone, and closes all that are as old", async () => {
    const server = new StubServer((sql) => (sql.startsWith("UPDATE") ? "cut" : null));
    const [other, connection] = [await server.connect(), await server.connect()];
    await other.close();
    const failure = await failureOf(work(connection));
    expect(failure).toBeInstanceOf(DisconnectError);
    expect(failure).toMatchObject({ retryable: "idempotent", cause: expect.any(TypeError) });
    await settle();
    expect(server.drivers[0]?.events).toEqual(["reset", "close"]);
    await connection.close();
    expect(server.pool.status().open).toBe(0);
  });
});

describe("what is sent", () => {
  it("is BEGIN with the level before the first statement, and nothing for a connection that is not used", async () => {
    const server = new StubServer(() => null);
    const unused = await server.connect();
    await unused.begin();
    await unused.commit();
    await unused.close();
    const connection = await server.connect({ isolationLevel: "SERIALIZABLE", readOnly: true });
    await connection.execute(text("SELECT 1"));
    await connection.commit();
    const autocommit = connection.executionOptions({ isolationLevel: "AUTOCOMMIT" });
    await autocommit.execute(text("SELECT 2"));
    await autocommit.commit();
    expect(server.sent).toEqual([["BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY", "SELECT 1", "COMMIT", "SELECT 2"]]);
  });
});
