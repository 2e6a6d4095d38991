// Sessions that the server ends while nobody uses them: the process lives on, and with pre-ping nobody notices.
import { expect, it } from "vitest";
import { DisconnectError } from "../../runtime/errors/errors.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { errorOf, say, sessionOf, useLab } from "../support/faults/lab.js";
import { eventually } from "../support/faults/server-control.js";

await describeEachDatabase("an idle session that is ended", { requires: ["server-sessions"] }, (database) => {
  const lab = useLab(database);

  it("does not end the process, though nobody listens, and is replaced", async () => {
    const engine = lab.engine({ poolSize: 1, maxOverflow: 0 });
    const first = await engine.connect((connection) => sessionOf(connection, lab.dialogue));
    const uncaught: unknown[] = [];
    const note = (error: unknown): void => void uncaught.push(error);
    process.on("uncaughtExceptionMonitor", note);
    await lab.control.kill(first);
    // The news travels by the socket: once the pool's driver has it, a checkout opens another connection.
    await eventually(async () => {
      try {
        return (await engine.connect((connection) => sessionOf(connection, lab.dialogue))) !== first;
      } catch (error) {
        expect(error).toBeInstanceOf(DisconnectError);
        return false;
      }
    }, "the session was replaced");
    process.off("uncaughtExceptionMonitor", note);
    expect(uncaught).toEqual([]);
    expect(await lab.control.sessions()).toHaveLength(1);
  });

  it("is found out by pre-ping at checkout, every time", async () => {
    const engine = lab.engine({ poolSize: 1, maxOverflow: 0, poolPrePing: true });
    const seen = new Set<number>();
    for (let round = 0; round < 25; round += 1) {
      const session = await engine.connect((connection) => sessionOf(connection, lab.dialogue));
      seen.add(session);
      // Not waited for by the engine's socket: the next checkout comes in the same tick as the server's word.
      await lab.control.kill(session);
    }
    expect(seen.size).toBe(25);
  });

  it("makes all that were open with it suspect: who meets the broken one has the idle others replaced", async () => {
    const engine = lab.engine({ poolSize: 3, maxOverflow: 0 });
    const three = await Promise.all([engine.connect(), engine.connect(), engine.connect()]);
    const before: number[] = [];
    for (const connection of three) before.push(await sessionOf(connection, lab.dialogue));
    const [first, second, third] = three;
    await Promise.all([second.close(), third.close()]);
    await lab.control.kill(before[0] ?? 0);
    expect(await errorOf(say(first, "SELECT 1"))).toBeInstanceOf(DisconnectError);
    await first.close();
    const after = await engine.connect((connection) => sessionOf(connection, lab.dialogue));
    expect(before).not.toContain(after);
    await eventually(async () => (await lab.control.sessions()).length === 1, "the old sessions are gone");
  });

  it("without pre-ping fails at most once for each connection, with DisconnectError", async () => {
    const engine = lab.engine({ poolSize: 4, maxOverflow: 0 });
    const four = await Promise.all(Array.from({ length: 4 }, () => engine.connect()));
    await Promise.all(four.map((connection) => say(connection, "SELECT 1")));
    await Promise.all(four.map((connection) => connection.close()));
    await lab.control.killAll();
    let failures = 0;
    for (let call = 0; call < 8; call += 1) {
      try {
        expect(await engine.connect((connection) => say(connection, "SELECT 1"))).toBe(1);
      } catch (error) {
        expect(error).toBeInstanceOf(DisconnectError);
        failures += 1;
      }
    }
    expect(failures).toBeLessThanOrEqual(1);
  });

  it("mid-transaction is a DisconnectError; the transaction is gone and the connection refuses more", async () => {
    const engine = lab.engine({ poolSize: 1, maxOverflow: 0 });
    const connection = await engine.connect();
    await say(connection, "INSERT INTO mark (id) VALUES (1)");
    await lab.control.kill(await sessionOf(connection, lab.dialogue));
    const error = await errorOf(say(connection, "INSERT INTO mark (id) VALUES (2)"));
    expect(error).toBeInstanceOf(DisconnectError);
    expect(error).toMatchObject({ retryable: "idempotent" });
    expect(connection.invalidated).toBe(true);
    expect(await errorOf(connection.commit())).not.toBeNull();
    await connection.rollback();
    await connection.close();
    expect(await lab.marks()).toEqual([]);
    expect(await engine.connect((next) => say(next, "SELECT 1"))).toBe(1);
    expect(engine.poolStatus()).toMatchObject({ leased: 0, open: 1 });
  });

  it("by the server's own idle timeout counts as a disconnect", async () => {
    const engine = lab.engine({ poolSize: 1, maxOverflow: 0 });
    const connection = await engine.connect();
    await say(connection, lab.dialogue.shortIdleTimeout);
    await say(connection, "INSERT INTO mark (id) VALUES (1)");
    await eventually(async () => (await lab.control.sessions()).length === 0, "the server ended the session");
    expect(await errorOf(say(connection, "SELECT 1"))).toBeInstanceOf(DisconnectError);
    await connection.close();
    expect(await lab.marks()).toEqual([]);
    expect(await engine.connect((next) => say(next, "SELECT 1"))).toBe(1);
  });
});
