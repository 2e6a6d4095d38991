// COMMIT: what the server says it did, not what was asked for, and a clear word where nobody can know.
import { expect, it } from "vitest";
import {
  CommitOutcomeUnknownError,
  DatabaseError,
  PendingRollbackError,
  TransactionAbortedError,
} from "../../runtime/errors/errors.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { errorOf, say, useLab } from "../support/faults/lab.js";

await describeEachDatabase("COMMIT", { requires: ["server-sessions"] }, (database) => {
  const lab = useLab(database);

  it("whose answer is lost is of unknown outcome, and was in fact carried out", async () => {
    for (let id = 0; id < 10; id += 1) {
      const { engine, proxy } = await lab.throughProxy();
      const connection = await engine.connect();
      await say(connection, `INSERT INTO mark (id) VALUES (${String(id)})`);
      proxy.loseReply("COMMIT");
      const error = await errorOf(connection.commit());
      expect(error).toBeInstanceOf(CommitOutcomeUnknownError);
      expect(error).toMatchObject({ retryable: "never" });
      await connection.close();
      expect(await lab.marks()).toHaveLength(id + 1);
    }
  });

  it("that never arrives is of unknown outcome, too, and was not carried out", async () => {
    const { engine, proxy } = await lab.throughProxy();
    const connection = await engine.connect();
    await say(connection, "INSERT INTO mark (id) VALUES (1)");
    proxy.loseRequest("COMMIT");
    expect(await errorOf(connection.commit())).toBeInstanceOf(CommitOutcomeUnknownError);
    await connection.close();
    expect(await lab.marks()).toEqual([]);
  });

  it("is not run again by the retry helper where its outcome is unknown", async () => {
    const { engine, proxy } = await lab.throughProxy();
    let runs = 0;
    const work = engine.transaction(
      async (connection) => {
        runs += 1;
        await say(connection, "INSERT INTO mark (id) VALUES (1)");
        proxy.loseReply("COMMIT");
      },
      { retries: 5, idempotent: true },
    );
    expect(await errorOf(work)).toBeInstanceOf(CommitOutcomeUnknownError);
    expect(runs).toBe(1);
    expect(await lab.marks()).toEqual([1]);
  });

  it("that the program aborts before it is sent leaves no doubt", async () => {
    const engine = lab.engine();
    const connection = await engine.connect();
    await say(connection, "INSERT INTO mark (id) VALUES (1)");
    const error = await errorOf(connection.commit({ signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ outcome: "not sent" });
    await connection.close();
    expect(await lab.marks()).toEqual([]);
  });
});

await describeEachDatabase("COMMIT of a failed transaction", { requires: ["commit-tag"] }, (database) => {
  const lab = useLab(database);

  it("is refused before it is sent", async () => {
    const engine = lab.engine();
    const connection = await engine.connect();
    await say(connection, "INSERT INTO mark (id) VALUES (1)");
    expect(await errorOf(say(connection, "SELECT 1 / 0"))).toBeInstanceOf(DatabaseError);
    expect(await errorOf(connection.commit())).toBeInstanceOf(PendingRollbackError);
    await connection.rollback();
    await say(connection, "INSERT INTO mark (id) VALUES (2)");
    await connection.commit();
    await connection.close();
    expect(await lab.marks()).toEqual([2]);
  });

  it("that the server turned into a rollback is an error, though the server has none", async () => {
    const engine = lab.engine();
    const connection = await engine.connect();
    // The failure is the database's own secret: a deferred one would show at COMMIT, this one hides behind a text.
    await say(connection, "INSERT INTO mark (id) VALUES (1)");
    await say(connection, "ROLLBACK AND CHAIN");
    await say(connection, "INSERT INTO mark (id) VALUES (2)");
    await errorOf(say(connection, "SELECT 1 / 0"));
    const error = await errorOf(say(connection, "COMMIT"));
    expect([TransactionAbortedError, PendingRollbackError].some((type) => error instanceof type)).toBe(true);
    await connection.close();
    expect(await lab.marks()).toEqual([]);
  });
});
