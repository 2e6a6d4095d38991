// A server that stops answering, and statements that take too long: every call settles by its deadline, the socket is
// destroyed, the connection never used again, and the server stops working on what nobody waits for.
import { text } from "athanor";
import { expect, it } from "vitest";
import {
  CancelledError,
  CommitOutcomeUnknownError,
  DeadlineExceededError,
  DisconnectError,
  OperationalError,
} from "../../runtime/errors/errors.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { errorOf, outcomeOf, say, sessionOf, useLab } from "../support/faults/lab.js";
import { eventually } from "../support/faults/server-control.js";

const SHORT_MS = 150;
const ROWS = 40;

await describeEachDatabase("a server that stalls", { requires: ["server-sessions"] }, (database) => {
  const lab = useLab(database);

  for (const direction of ["up", "down"] as const) {
    it(`${direction}wards: a statement rejects at its deadline and the connection is destroyed`, async () => {
      const { engine, proxy } = await lab.throughProxy({ poolSize: 1, maxOverflow: 0 });
      const connection = await engine.connect();
      await say(connection, "SELECT 1");
      proxy.stall(direction);
      const error = await errorOf(say(connection, "SELECT 2", { timeoutMs: SHORT_MS }));
      expect(error).toBeInstanceOf(DeadlineExceededError);
      expect(error).toMatchObject({ outcome: "unknown" });
      expect(connection.invalidated).toBe(true);
      const closing = connection.close();
      proxy.heal();
      await closing;
      await eventually(() => proxy.size === 0, "the socket is gone");
      expect(await engine.connect((next) => say(next, "SELECT 3"))).toBe(3);
    });
  }

  it("while it connects: the connect rejects at connectTimeout", async () => {
    const { engine, proxy } = await lab.throughProxy({ connectTimeout: SHORT_MS });
    proxy.stall("down");
    const error = await errorOf(engine.connect());
    expect(error).toBeInstanceOf(OperationalError);
    expect(String(error)).toMatch(/within 150 ms|given up/);
    await eventually(() => proxy.size === 0, "the half-open socket is gone");
    proxy.heal();
    expect(await engine.connect((next) => say(next, "SELECT 1"))).toBe(1);
  });

  it("at COMMIT: whether it happened is unknown", async () => {
    const { engine, proxy } = await lab.throughProxy();
    const connection = await engine.connect();
    await say(connection, "INSERT INTO mark (id) VALUES (1)");
    proxy.stall("down");
    expect(await errorOf(connection.commit({ timeoutMs: SHORT_MS }))).toBeInstanceOf(CommitOutcomeUnknownError);
    proxy.heal();
    await connection.close();
    expect(await lab.marks()).toEqual([1]);
  });

  it("at pre-ping or at the cleaning on return holds nobody up beyond the pool's own patience", async () => {
    const { engine, proxy } = await lab.throughProxy({ poolSize: 1, maxOverflow: 1, poolTimeout: SHORT_MS });
    const connection = await engine.connect();
    await say(connection, "INSERT INTO mark (id) VALUES (1)");
    proxy.stall("up", "down");
    const closing = connection.close();
    const waiting = outcomeOf(engine.connect());
    expect(await waiting).toMatchObject({ error: { code: "R3026" } });
    proxy.heal();
    await outcomeOf(closing);
    expect(await engine.connect((next) => say(next, "SELECT 1"))).toBe(1);
  });

  it("in the middle of a stream ends the loop at its deadline", async () => {
    const { engine, proxy } = await lab.throughProxy();
    const connection = await engine.connect();
    const values = Array.from({ length: ROWS }, (_, id) => `(${String(id)})`).join(", ");
    await say(connection, `INSERT INTO mark (id) VALUES ${values}`);
    const seen: unknown[] = [];
    const reading = async (): Promise<void> => {
      // Rows of a megabyte: more than sockets hold in advance.
      const wide = text("SELECT id, REPEAT('x', 1000000) FROM mark ORDER BY id");
      for await (const [id] of connection.stream(wide, {}, { yieldPer: 1, timeoutMs: SHORT_MS }).tuples()) {
        seen.push(id);
        proxy.stall("down");
      }
    };
    const error = await errorOf(reading());
    expect(error).toBeInstanceOf(DeadlineExceededError);
    expect(seen.length).toBeLessThan(ROWS);
    proxy.heal();
    await connection.close();
    expect(await lab.marks()).toEqual([]);
  });

  it("and resets, or closes its half: each open call is one DisconnectError", async () => {
    for (const fault of ["reset", "halfClose"] as const) {
      const { engine, proxy } = await lab.throughProxy({ poolSize: 3, maxOverflow: 0 });
      const connections = await Promise.all([engine.connect(), engine.connect(), engine.connect()]);
      const calls = connections.map((connection) => errorOf(say(connection, lab.dialogue.sleep(20))));
      await eventually(async () => (await lab.control.running("20")).length === 3, "three statements run");
      proxy[fault]();
      for (const error of await Promise.all(calls)) expect(error).toBeInstanceOf(DisconnectError);
      await Promise.all(connections.map((connection) => connection.close()));
      expect(engine.poolStatus()).toMatchObject({ open: 0, leased: 0 });
      await lab.control.killAll();
    }
  });
});

await describeEachDatabase("a statement that takes too long", { requires: ["server-sessions"] }, (database) => {
  const lab = useLab(database);

  it("rejects at its deadline; the server stops it and its session ends", async () => {
    const engine = lab.engine({ poolSize: 1, maxOverflow: 0 });
    const connection = await engine.connect();
    const session = await sessionOf(connection, lab.dialogue);
    const error = await errorOf(say(connection, lab.dialogue.sleep(30), { timeoutMs: SHORT_MS }));
    expect(error).toBeInstanceOf(DeadlineExceededError);
    await eventually(async () => !(await lab.control.sessions()).includes(session), "the session ended");
    await connection.close();
    const next = await engine.connect((other) => sessionOf(other, lab.dialogue));
    expect(next).not.toBe(session);
  });

  it("can be aborted; the statement is gone from the server and nobody gets its connection", async () => {
    const engine = lab.engine({ poolSize: 1, maxOverflow: 0 });
    const connection = await engine.connect();
    const session = await sessionOf(connection, lab.dialogue);
    const controller = new AbortController();
    const call = errorOf(say(connection, lab.dialogue.sleep(30), { signal: controller.signal }));
    await eventually(async () => (await lab.control.running("30")).length === 1, "the statement runs");
    controller.abort(new RangeError("enough"));
    const error = await call;
    expect(error).toBeInstanceOf(CancelledError);
    expect(error).toMatchObject({ cause: { message: "enough" } });
    await eventually(async () => !(await lab.control.sessions()).includes(session), "the session ended");
    await connection.close();
    expect(await engine.connect((other) => sessionOf(other, lab.dialogue))).not.toBe(session);
  });

  it("keeps nothing of a transaction whose statement was given up", async () => {
    const engine = lab.engine();
    const connection = await engine.connect();
    await say(connection, "INSERT INTO mark (id) VALUES (1)");
    await errorOf(say(connection, lab.dialogue.sleep(30), { timeoutMs: SHORT_MS }));
    expect(await errorOf(connection.commit())).toBeInstanceOf(Error);
    await connection.close();
    await eventually(async () => (await lab.control.sessions()).length === 0, "the session ended");
    expect(await lab.marks()).toEqual([]);
  });
});
