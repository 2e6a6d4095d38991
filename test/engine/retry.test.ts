// Running a transaction again: which errors are worth it, how long between, what the last error tells.
import { describe, expect, it } from "vitest";
import { createAsyncEngine } from "../../runtime/engine/async-engine.js";
import { NO_LIMITS } from "../../runtime/pool/limits.js";
import { mayRunAgain, type RetryOptions, runAgain } from "../../runtime/engine/retry.js";
import {
  ArgumentError,
  CancelledError,
  CannotOpenDatabaseError,
  CommitOutcomeUnknownError,
  DatabaseLockedError,
  DeadlineExceededError,
  DeadlockError,
  DisconnectError,
  InvalidRequestError,
  LockTimeoutError,
  OperationalError,
  PoolTimeoutError,
  QueryCancelledError,
  ReadOnlyDatabaseError,
  SerializationError,
  StatementTimeoutError,
  TooManyConnectionsError,
  TransactionAbortedError,
  UniqueViolationError,
} from "../../runtime/errors/errors.js";
import { text } from "../../runtime/sql/build/text.js";
import { VirtualTimers } from "../pool/virtual-timers.js";

describe("what is worth another run", () => {
  // Columns: nothing was sent, a statement was sent, a statement was sent and the block is idempotent.
  it.each([
    [new DeadlockError("x"), true, true, true],
    [new SerializationError("x"), true, true, true],
    [new LockTimeoutError("x"), true, true, true],
    [new DatabaseLockedError("x"), true, true, true],
    [new TooManyConnectionsError("x"), true, true, true],
    [new DisconnectError("x"), true, false, true],
    [new CommitOutcomeUnknownError("x", { cause: new DisconnectError("x") }), false, false, false],
    [new QueryCancelledError("x"), false, false, false],
    [new StatementTimeoutError("x"), false, false, false],
    [new DeadlineExceededError("x", "not sent"), false, false, false],
    [new CancelledError("x", "unknown"), false, false, false],
    [new PoolTimeoutError("x"), false, false, false],
    [new TransactionAbortedError("x"), false, false, false],
    [new ReadOnlyDatabaseError("x"), false, false, false],
    [new CannotOpenDatabaseError("x"), false, false, false],
    [new OperationalError("disk full"), false, false, false],
    [new UniqueViolationError("x"), false, false, false],
    [new InvalidRequestError("x"), false, false, false],
    [new TypeError("a bug"), false, false, false],
    ["a string", false, false, false],
    [new TypeError("wrapped", { cause: new DeadlockError("x") }), true, true, true],
  ])("%s", (error, unsent, sent, idempotent) => {
    const found = [mayRunAgain(error, false, false), mayRunAgain(error, true, false), mayRunAgain(error, true, true)];
    expect(found).toEqual([unsent, sent, idempotent]);
  });
});

/** Fails so many times, and notes when it was called. */
function failing(times: number, starts: number[], timers: VirtualTimers): () => Promise<string> {
  let runs = 0;
  return () => {
    starts.push(timers.now());
    runs += 1;
    return runs > times ? Promise.resolve("done") : Promise.reject(new DeadlockError(`run ${String(runs)}`));
  };
}

describe("runAgain()", () => {
  it("pauses for longer each time, up to a limit, by chance", async () => {
    const timers = new VirtualTimers();
    const starts: number[] = [];
    const options: RetryOptions = { baseDelayMs: 100, maxDelayMs: 300, random: () => 1 };
    const result = runAgain(failing(4, starts, timers), options, NO_LIMITS, timers);
    await timers.advance(10_000);
    expect([await result, starts]).toEqual(["done", [0, 100, 300, 600, 900]]);
    const half: number[] = [];
    const again = runAgain(failing(1, half, timers), { ...options, random: () => 0.5 }, NO_LIMITS, timers);
    await timers.advance(1000);
    expect([await again, half]).toEqual(["done", [10_000, 10_050]]);
  });

  it("gives up after so many tries, with the last error and its history", async () => {
    const timers = new VirtualTimers();
    const result = runAgain(failing(9, [], timers), { retries: 2 }, NO_LIMITS, timers).catch((error: unknown) => error);
    await timers.advance(10_000);
    const error = await result;
    expect(error).toBeInstanceOf(DeadlockError);
    expect(error).toMatchObject({
      message: "run 3",
      attempt: 3,
      earlierErrors: [{ message: "run 1" }, { message: "run 2" }],
    });
  });

  it("gives up where the next try would begin too late", async () => {
    const timers = new VirtualTimers();
    const options: RetryOptions = { retries: 100, maxTotalMs: 1000, baseDelayMs: 400, random: () => 1 };
    const result = runAgain(failing(99, [], timers), options, NO_LIMITS, timers).catch((error: unknown) => error);
    await timers.advance(10_000);
    expect(await result).toMatchObject({ attempt: 2 });
  });

  it("can be aborted while it pauses", async () => {
    const timers = new VirtualTimers();
    const controller = new AbortController();
    const limits = { signal: controller.signal, deadline: Infinity };
    const result = runAgain(failing(9, [], timers), { random: () => 1 }, limits, timers).catch(
      (error: unknown) => error,
    );
    await timers.advance(10);
    controller.abort();
    expect(await result).toBeInstanceOf(CancelledError);
    expect(timers.running).toBe(0);
  });
});

describe("engine.transaction()", () => {
  it("runs the block again on a fresh transaction, and applies it once", async () => {
    await using engine = createAsyncEngine("sqlite://");
    await engine.begin((connection) => connection.execute(text("CREATE TABLE t (x)")));
    let runs = 0;
    const value = await engine.transaction(
      async (connection) => {
        runs += 1;
        await connection.execute(text("INSERT INTO t VALUES (:x)"), { x: runs });
        if (runs < 3) throw new SerializationError("once more");
        return runs;
      },
      { baseDelayMs: 0 },
    );
    expect(value).toBe(3);
    expect(
      await engine.connect((connection) => connection.scalars(text("SELECT x FROM t")).then((all) => all.all())),
    ).toEqual([3]);
  });

  it("knows whether a statement was sent before the connection was lost", async () => {
    await using engine = createAsyncEngine("sqlite://");
    for (const [idempotent, sends, expected] of [
      [false, true, 1],
      [true, true, 2],
      [false, false, 2],
    ] as const) {
      let runs = 0;
      const result = engine.transaction(
        async (connection) => {
          runs += 1;
          if (sends) await connection.execute(text("SELECT 1"));
          if (runs === 1) throw new DisconnectError("lost");
        },
        { idempotent, baseDelayMs: 0 },
      );
      await result.catch((error: unknown) => {
        expect(error).toBeInstanceOf(DisconnectError);
      });
      expect(runs).toBe(expected);
    }
  });

  it("takes options of its own and of the connection, and no others", async () => {
    await using engine = createAsyncEngine("sqlite://");
    const level = await engine.transaction((connection) => connection.inTransaction, {
      isolationLevel: "SERIALIZABLE",
      retries: 0,
    });
    expect(level).toBe(true);
    await expect(engine.transaction(() => 1, { retries: -1 })).rejects.toThrow(ArgumentError);
    // @ts-expect-error no such option
    expect(() => engine.transaction(() => 1, { tries: 1 })).toThrow('no execution option "tries"');
  });
});
