// Transactions that get into each other's way: the database's verdict as a typed error, and a transaction that is over
// when the database, or prudence, says so.
import { expect, it } from "vitest";
import {
  DatabaseError,
  DeadlockError,
  LockTimeoutError,
  PendingRollbackError,
  QueryCancelledError,
  SerializationError,
  StatementTimeoutError,
} from "../../runtime/errors/errors.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { errorOf, outcomeOf, say, sessionOf, useLab } from "../support/faults/lab.js";
import { eventually } from "../support/faults/server-control.js";

await describeEachDatabase("a deadlock", { requires: ["deadlock-detection"] }, (database) => {
  const lab = useLab(database);

  it("ends one transaction whole: it refuses everything until rollback, and nothing of it is kept", async () => {
    const engine = lab.engine();
    await lab.control.run("INSERT INTO mark (id, value) VALUES (1, 0), (2, 0)");
    const [first, second] = await Promise.all([engine.connect(), engine.connect()]);
    await say(first, "UPDATE mark SET value = 1 WHERE id = 1");
    await say(second, "UPDATE mark SET value = 2 WHERE id = 2");
    const outcomes = await Promise.all([
      outcomeOf(say(first, "UPDATE mark SET value = 1 WHERE id = 2")),
      outcomeOf(say(second, "UPDATE mark SET value = 2 WHERE id = 1")),
    ]);
    const victims = outcomes.filter((outcome) => "error" in outcome);
    expect(victims).toHaveLength(1);
    expect(victims[0]).toMatchObject({ error: expect.any(DeadlockError) as unknown });
    const [victim, survivor] = "error" in outcomes[0] ? [first, second] : [second, first];
    expect(await errorOf(say(victim, "INSERT INTO mark (id) VALUES (99)"))).toBeInstanceOf(PendingRollbackError);
    expect(await errorOf(victim.commit())).toBeInstanceOf(PendingRollbackError);
    await victim.rollback();
    await survivor.commit();
    await say(victim, "INSERT INTO mark (id, value) VALUES (3, 0)");
    await victim.rollback();
    await Promise.all([first.close(), second.close()]);
    expect(await lab.marks()).toEqual([1, 2]);
    expect(await lab.control.run("SELECT count(DISTINCT value) FROM mark")).toMatchObject({ length: 1 });
  });
});

await describeEachDatabase("a wait for a lock that takes too long", { requires: ["lock-timeout"] }, (database) => {
  const lab = useLab(database);

  it("ends the transaction, though the database may have undone the statement alone", async () => {
    const engine = lab.engine();
    await lab.control.run("INSERT INTO mark (id, value) VALUES (1, 0)");
    const [holder, waiter] = await Promise.all([engine.connect(), engine.connect()]);
    await say(holder, "UPDATE mark SET value = 1 WHERE id = 1");
    await say(waiter, lab.dialogue.shortLockTimeout);
    await say(waiter, "INSERT INTO mark (id) VALUES (5)");
    const error = await errorOf(say(waiter, "UPDATE mark SET value = 2 WHERE id = 1"));
    expect(error).toBeInstanceOf(LockTimeoutError);
    expect(error).toMatchObject({ retryable: "transaction" });
    expect(await errorOf(waiter.commit())).toBeInstanceOf(PendingRollbackError);
    await waiter.rollback();
    await holder.commit();
    await Promise.all([holder.close(), waiter.close()]);
    expect(await lab.marks()).toEqual([1]);
  });
});

await describeEachDatabase("write skew", { requires: ["serializable-conflicts"] }, (database) => {
  const lab = useLab(database);

  it("at SERIALIZABLE fails one of the two, at COMMIT perhaps", async () => {
    const engine = lab.engine({ isolationLevel: "SERIALIZABLE" });
    await lab.control.run("INSERT INTO mark (id, value) VALUES (1, 1), (2, 1)");
    const [first, second] = await Promise.all([engine.connect(), engine.connect()]);
    await say(first, "SELECT sum(value) FROM mark");
    await say(second, "SELECT sum(value) FROM mark");
    await say(first, "UPDATE mark SET value = 0 WHERE id = 1");
    await say(second, "UPDATE mark SET value = 0 WHERE id = 2");
    await first.commit();
    const error = await errorOf(second.commit());
    expect(error).toBeInstanceOf(SerializationError);
    expect(error).toMatchObject({ retryable: "transaction" });
    await second.rollback();
    await Promise.all([first.close(), second.close()]);
    expect(await lab.control.value("SELECT CAST(sum(value) AS integer) FROM mark")).toBe(1);
  });

  it("is settled by the retry helper, COMMIT included", async () => {
    const engine = lab.engine({ isolationLevel: "SERIALIZABLE", poolSize: 8 });
    await lab.control.run("INSERT INTO mark (id, value) VALUES (1, 1), (2, 1), (3, 1), (4, 1)");
    // Each takes its own one away as long as more than one is left: in any serial order exactly one stays.
    await Promise.all(
      [1, 2, 3, 4].map((id) =>
        engine.transaction(
          async (connection) => {
            const left = await say(connection, "SELECT CAST(sum(value) AS integer) FROM mark");
            if (Number(left) > 1) await say(connection, `UPDATE mark SET value = 0 WHERE id = ${String(id)}`);
          },
          { retries: 20 },
        ),
      ),
    );
    expect(await lab.control.value("SELECT CAST(sum(value) AS integer) FROM mark")).toBe(1);
  });
});

await describeEachDatabase("a statement that the server gives up", { requires: ["statement-timeout"] }, (database) => {
  const lab = useLab(database);

  it("for its own limit is a StatementTimeoutError, and the connection lives on", async () => {
    const engine = lab.engine({ poolSize: 1 });
    const connection = await engine.connect();
    const session = await sessionOf(connection, lab.dialogue);
    await connection.rollback();
    await say(connection, lab.dialogue.shortStatementTimeout);
    await connection.commit();
    const error = await errorOf(say(connection, lab.dialogue.sleep(20)));
    expect(error).toBeInstanceOf(StatementTimeoutError);
    expect(error).toMatchObject({ retryable: "never" });
    await connection.rollback();
    expect(await sessionOf(connection, lab.dialogue)).toBe(session);
    await connection.close();
  });

  it("because an administrator said so is a QueryCancelledError, and the connection lives on", async () => {
    const engine = lab.engine({ poolSize: 1 });
    const connection = await engine.connect();
    const session = await sessionOf(connection, lab.dialogue);
    const call = errorOf(say(connection, "SELECT count(*) FROM mark WHERE 0 < (" + lab.dialogue.work + ")"));
    let isOver = false;
    void call.then(() => (isOver = true));
    // A server that is between two messages does not hear: asked again until it gives up.
    await eventually(async () => {
      if ((await lab.control.running("0 < (")).length > 0) await lab.control.run(lab.dialogue.cancel(session));
      return isOver;
    }, "the statement was given up");
    const error = await call;
    expect(error).toBeInstanceOf(QueryCancelledError);
    expect(error).toMatchObject({ retryable: "never" });
    await connection.rollback();
    expect(await sessionOf(connection, lab.dialogue)).toBe(session);
    await connection.close();
  });
});

await describeEachDatabase("a statement that fails", { requires: ["server-sessions"] }, (database) => {
  const lab = useLab(database);

  it("within a savepoint costs the savepoint alone", async () => {
    const engine = lab.engine();
    await engine.begin(async (connection) => {
      await say(connection, "INSERT INTO mark (id) VALUES (1)");
      const savepoint = await connection.beginNested();
      await say(connection, "INSERT INTO mark (id) VALUES (2)");
      expect(await errorOf(say(connection, "INSERT INTO mark (id) VALUES (1)"))).toBeInstanceOf(DatabaseError);
      await savepoint.rollback();
      await say(connection, "INSERT INTO mark (id) VALUES (3)");
    });
    expect(await lab.marks()).toEqual([1, 3]);
  });
});
