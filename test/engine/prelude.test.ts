// BEGIN, and savepoints after it, on a connection that sends them along with the first statement: what the transaction is
// whatever comes of that.
import { describe, expect, it } from "vitest";
import { DisconnectError, PendingRollbackError, UniqueViolationError } from "../../runtime/errors/errors.js";
import { text } from "../../runtime/sql/build/text.js";
import { type Answer, ServerStub } from "./server-stub.js";
import { StubServer } from "./stub-connection.js";

const update = text("UPDATE t SET x = 1");

function serverThat(answer: (sql: string, server: ServerStub) => Answer): StubServer {
  return new StubServer(answer, { takesPrelude: true });
}

/** The round trips: statements of one are joined. */
function sentBy(server: StubServer): readonly string[] {
  return server.sent[0] ?? [];
}

describe("what begins a transaction", () => {
  it("goes along with the first statement, savepoints too", async () => {
    const server = serverThat(() => null);
    const connection = await server.connect({ isolationLevel: "SERIALIZABLE" });
    const savepoint = await connection.beginNested();
    await connection.execute(update);
    await connection.execute(update);
    await savepoint.rollback();
    await connection.commit();
    expect(sentBy(server)).toEqual([
      "BEGIN ISOLATION LEVEL SERIALIZABLE; SAVEPOINT athanor_savepoint_1; UPDATE t SET x = 1",
      "UPDATE t SET x = 1",
      "ROLLBACK TO SAVEPOINT athanor_savepoint_1",
      "COMMIT",
    ]);
    expect(server.log.filter((line) => !line.startsWith("["))).toEqual([
      "BEGIN (implicit)",
      "SAVEPOINT athanor_savepoint_1",
      "UPDATE t SET x = 1",
      "UPDATE t SET x = 1",
      "ROLLBACK TO SAVEPOINT athanor_savepoint_1",
      "COMMIT",
    ]);
  });

  it("is not sent for a savepoint in which nothing happens", async () => {
    const server = serverThat(() => null);
    const connection = await server.connect();
    const savepoint = await connection.beginNested();
    await savepoint.rollback();
    await connection.commit();
    expect(sentBy(server)).toEqual([]);
  });

  it("goes along with the first of many sets only", async () => {
    const server = serverThat(() => null);
    const connection = await server.connect();
    await connection.execDriverSql("UPDATE t SET x = $1", [[1], [2]]);
    expect(sentBy(server)).toEqual(["BEGIN; UPDATE t SET x = $1", "UPDATE t SET x = $1"]);
  });

  it("is tried again with the next statement where the database refused it", async () => {
    let refuses = true;
    const server = serverThat((sql) => (sql === "BEGIN" && refuses ? new UniqueViolationError("no") : null));
    const connection = await server.connect();
    await expect(connection.execute(update)).rejects.toThrow(UniqueViolationError);
    refuses = false;
    await connection.execute(update);
    expect(sentBy(server)).toEqual(["BEGIN; UPDATE t SET x = 1", "BEGIN; UPDATE t SET x = 1"]);
  });

  it("has begun a transaction that failed where the database refused the statement", async () => {
    const server = serverThat((sql, { fail }) =>
      sql.startsWith("UPDATE") ? fail(new UniqueViolationError("no")) : null,
    );
    const connection = await server.connect();
    await expect(connection.execute(update)).rejects.toThrow(UniqueViolationError);
    expect(connection.statementsSent).toBe(true);
    await expect(connection.execute(update)).rejects.toThrow(PendingRollbackError);
    await connection.rollback();
    expect(sentBy(server)).toEqual(["BEGIN; UPDATE t SET x = 1", "ROLLBACK"]);
  });

  it("is lost with the connection, and nothing of the statement can have been kept", async () => {
    const server = serverThat((sql) => (sql.startsWith("UPDATE") ? "cut" : null));
    const connection = await server.connect();
    await expect(connection.execute(update)).rejects.toThrow(DisconnectError);
    expect([connection.statementsSent, connection.invalidated]).toEqual([false, true]);
    await expect(connection.execute(update)).rejects.toThrow(PendingRollbackError);
  });

  it("is sent alone before a stream", async () => {
    const server = serverThat(() => null);
    const connection = await server.connect();
    await connection.stream(text("SELECT x FROM t")).all();
    expect(sentBy(server)).toEqual(["BEGIN", "SELECT x FROM t"]);
  });
});
