// More callers than connections: each waits no longer than it said, none is forgotten, and who gave up gets nothing.
import { expect, it } from "vitest";
import {
  CancelledError,
  DeadlineExceededError,
  OperationalError,
  PoolTimeoutError,
} from "../../runtime/errors/errors.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { errorOf, outcomeOf, say, useLab } from "../support/faults/lab.js";
import { eventually } from "../support/faults/server-control.js";

await describeEachDatabase("an exhausted pool", { requires: ["server-sessions"] }, (database) => {
  const lab = useLab(database);

  it("turns callers away after poolTimeout, with its figures", async () => {
    const engine = lab.engine({ poolSize: 1, maxOverflow: 1, poolTimeout: 100 });
    const held = await Promise.all([engine.connect(), engine.connect()]);
    const error = await errorOf(engine.connect());
    expect(error).toBeInstanceOf(PoolTimeoutError);
    expect(String(error)).toContain("2 in use");
    await Promise.all(held.map((connection) => connection.close()));
    expect(engine.poolStatus()).toMatchObject({ waiting: 0, leased: 0 });
  });

  it("turns callers away at once where too many wait", async () => {
    const engine = lab.engine({ poolSize: 1, maxOverflow: 0, poolMaxWaiting: 1 });
    const held = await engine.connect();
    const waiting = engine.connect();
    expect(await errorOf(engine.connect())).toBeInstanceOf(PoolTimeoutError);
    await held.close();
    await (await waiting).close();
  });

  it("never opens more than it may, and serves every one of many callers", async () => {
    const engine = lab.engine({ poolSize: 3, maxOverflow: 2 });
    let most = 0;
    let at = 0;
    const work = async (): Promise<void> => {
      await engine.connect(async (connection) => {
        at += 1;
        most = Math.max(most, at);
        await say(connection, "SELECT 1");
        at -= 1;
      });
    };
    const calls = Promise.all(Array.from({ length: 300 }, work));
    expect((await lab.control.sessions()).length).toBeLessThanOrEqual(5);
    await calls;
    expect(most).toBeLessThanOrEqual(5);
    expect(engine.poolStatus()).toMatchObject({ leased: 0, waiting: 0 });
    // Client count is server count, once goodbyes have arrived.
    await eventually(
      async () => (await lab.control.sessions()).length === engine.poolStatus().open,
      "the server counts what the pool counts",
    );
    expect(engine.poolStatus().open).toBeLessThanOrEqual(3);
  });

  it("gives a caller that gave up nothing, and the next in line its turn", async () => {
    const engine = lab.engine({ poolSize: 1, maxOverflow: 0 });
    const held = await engine.connect();
    const controller = new AbortController();
    const aborted = outcomeOf(engine.connect({ signal: controller.signal }));
    const late = outcomeOf(engine.connect({ deadline: performance.now() + 50 }));
    const patient = engine.connect();
    controller.abort();
    expect(await aborted).toMatchObject({ error: expect.any(CancelledError) as unknown });
    expect(await late).toMatchObject({ error: expect.any(DeadlineExceededError) as unknown });
    await held.close();
    const connection = await patient;
    expect(await say(connection, "SELECT 1")).toBe(1);
    await connection.close();
    expect(engine.poolStatus()).toMatchObject({ leased: 0, waiting: 0, idle: 1 });
  });

  it("whose connections cannot be made tells every caller, counts right, and recovers", async () => {
    const { engine, proxy } = await lab.throughProxy({ poolSize: 2, maxOverflow: 2 });
    proxy.refuse();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcomeOf(engine.connect())));
    for (const outcome of outcomes) expect(outcome).toMatchObject({ error: expect.any(OperationalError) as unknown });
    expect(engine.poolStatus()).toMatchObject({ open: 0, overflow: 0, connecting: 0, waiting: 0 });
    proxy.heal();
    const values = await Promise.all(
      Array.from({ length: 20 }, () => engine.connect((connection) => say(connection, "SELECT 1"))),
    );
    expect(values).toEqual(values.map(() => 1));
    expect(engine.poolStatus()).toMatchObject({ leased: 0, waiting: 0 });
  });

  it("is not held up by a connection that hangs while it is made", async () => {
    const { engine, proxy } = await lab.throughProxy({ poolSize: 1, maxOverflow: 1, connectTimeout: 60_000 });
    const first = await engine.connect();
    await say(first, "SELECT 1");
    proxy.holdNew();
    const second = engine.connect();
    await eventually(() => engine.poolStatus().connecting === 1, "a connection is being made");
    await first.close();
    // Who waits longest gets what comes free, whatever was being made for it.
    expect(await say(await second, "SELECT 2")).toBe(2);
    expect(engine.poolStatus()).toMatchObject({ connecting: 1, leased: 1, waiting: 0 });
    await (await second).close();
    expect(await engine.connect((connection) => say(connection, "SELECT 3"))).toBe(3);
    await engine.dispose();
    expect(engine.poolStatus()).toMatchObject({ open: 0, connecting: 0 });
  });
});
