// The asynchronous pool: who gets what when, what is closed when, and what every wait ends with.
import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  CancelledError,
  CannotOpenDatabaseError,
  DeadlineExceededError,
  DisconnectError,
  PoolTimeoutError,
  ResourceClosedError,
} from "../../runtime/errors/errors.js";
import type { AsyncLease } from "../../runtime/pool/async-entry.js";
import { NO_LIMITS } from "../../runtime/pool/limits.js";
import { collectGarbageUntil } from "./collect-garbage.js";
import { StubPool, stubOf } from "./stub-pool.js";
import { settle } from "./virtual-timers.js";

/** What a promise has come to by now. */
function watch<T>(promise: Promise<T>): { value?: T; error?: unknown } {
  const outcome: { value?: T; error?: unknown } = {};
  promise.then(
    (value) => (outcome.value = value),
    (error: unknown) => (outcome.error = error),
  );
  return outcome;
}

describe("checkout", () => {
  it("opens when first needed and gives out again what came back", async () => {
    const { pool, drivers, acquire } = bound(new StubPool());
    expect([drivers.length, pool.status().open]).toEqual([0, 0]);
    const first = await acquire();
    await pool.release(first);
    expect(pool.status()).toMatchObject({ open: 1, idle: 1, leased: 0 });
    const again = await acquire();
    expect(again.driver).toBe(first.driver);
    expect(drivers).toHaveLength(1);
  });

  it("gives out what came back first, or last where asked to", async () => {
    for (const [poolUseLifo, expected] of [
      [false, 0],
      [true, 1],
    ] as const) {
      const { pool, acquire } = bound(new StubPool({ poolUseLifo }));
      const leases = [await acquire(), await acquire()];
      for (const lease of leases) await pool.release(lease);
      expect(stubOf(await acquire()).number).toBe(expected);
    }
  });

  it("opens no more than size and overflow, and keeps no more idle than its size", async () => {
    const { pool, acquire, stub } = bound(new StubPool({ poolSize: 1, maxOverflow: 1 }));
    const leases = [await acquire(), await acquire()];
    const third = watch(acquire());
    await settle();
    expect(third).toEqual({});
    expect(pool.status()).toMatchObject({ open: 2, overflow: 1, leased: 2, waiting: 1 });
    for (const lease of leases) await pool.release(lease);
    await settle();
    expect(third.value?.driver).toBe(leases[0]?.driver);
    expect(pool.status()).toMatchObject({ open: 2, idle: 1, leased: 1 });
    if (third.value !== undefined) await pool.release(third.value);
    await settle();
    expect([pool.status().open, stub.live]).toEqual([1, 1]);
  });

  it("serves callers in the order in which they came", async () => {
    const { pool, acquire } = bound(new StubPool({ poolSize: 1, maxOverflow: 0 }));
    const served: number[] = [];
    const held = await acquire();
    const callers = [1, 2, 3].map(async (number) => {
      const lease = await acquire();
      served.push(number);
      await pool.release(lease);
    });
    await pool.release(held);
    await Promise.all(callers);
    expect(served).toEqual([1, 2, 3]);
  });

  it("times out with figures and the last failure to connect", async () => {
    const { pool, acquire, timers, stub } = bound(new StubPool({ poolSize: 1, maxOverflow: 0, poolTimeout: 300 }));
    stub.openings.push("fail");
    await expect(acquire()).rejects.toThrow(CannotOpenDatabaseError);
    await acquire();
    const late = watch(acquire());
    await timers.advance(299);
    expect(late).toEqual({});
    await timers.advance(1);
    expect(late.error).toBeInstanceOf(PoolTimeoutError);
    expect(String(late.error)).toContain(
      "no connection came free within 300 ms; the pool's size is 1, overflow 0 of 0; 1 in use, 0 idle, 0 connecting, " +
        "0 checked or cleaned, 1 waiting; connecting failed last with: the database is down",
    );
    expect(pool.status().waiting).toBe(0);
  });

  it("turns away at once who would be one too many to wait", async () => {
    const { acquire } = bound(new StubPool({ poolSize: 1, maxOverflow: 0, poolMaxWaiting: 1 }));
    await acquire();
    watch(acquire());
    await expect(acquire()).rejects.toThrow("too many callers wait for a connection already");
  });

  it("never gives a connection to who has given up", async () => {
    const { pool, acquire } = bound(new StubPool({ poolSize: 1, maxOverflow: 0 }));
    const held = await acquire();
    const controller = new AbortController();
    const aborted = watch(pool.acquire({ signal: controller.signal, deadline: Infinity }));
    const next = watch(acquire());
    controller.abort("enough");
    await settle();
    expect(aborted.error).toBeInstanceOf(CancelledError);
    expect(aborted.error).toMatchObject({ cause: "enough", outcome: "not sent" });
    await pool.release(held);
    await settle();
    expect(next.value?.driver).toBe(held.driver);
    expect(aborted.value).toBeUndefined();
  });

  it("keeps to the caller's own deadline, and asks nothing for who is late already", async () => {
    const { pool, acquire, timers } = bound(new StubPool({ poolSize: 1, maxOverflow: 0 }));
    await acquire();
    const late = watch(pool.acquire({ signal: null, deadline: 50 }));
    await timers.advance(50);
    expect(late.error).toBeInstanceOf(DeadlineExceededError);
    await expect(pool.acquire({ signal: AbortSignal.abort(), deadline: Infinity })).rejects.toThrow(CancelledError);
    expect(timers.running).toBe(0);
  });
});

describe("connecting", () => {
  it("that hangs holds up nobody else, and its place comes back", async () => {
    const { pool, acquire, timers, stub } = bound(new StubPool({ poolSize: 2, maxOverflow: 0, connectTimeout: 1000 }));
    const held = await acquire();
    stub.openings.push("hang");
    const waiting = watch(acquire());
    await settle();
    expect(pool.status()).toMatchObject({ open: 2, connecting: 1, waiting: 1 });
    await pool.release(held);
    await settle();
    expect(waiting.value?.driver).toBe(held.driver);
    await timers.advance(1000);
    expect(pool.status()).toMatchObject({ open: 1, connecting: 0 });
    const late = stub.make();
    stub.hanging[0]?.(late);
    await settle();
    expect(late.ended).toBe("destroyed");
  });

  it("that takes too long fails for who waits", async () => {
    const { acquire, timers, stub } = bound(new StubPool({ connectTimeout: 1000 }));
    stub.openings.push("hang");
    const waiting = watch(acquire());
    await timers.advance(1000);
    expect(waiting.error).toBeInstanceOf(DisconnectError);
    expect(String(waiting.error)).toContain("no connection was made within 1000 ms");
  });

  it("that fails leaves the counters right", async () => {
    const { pool, acquire, stub } = bound(new StubPool({ poolSize: 1, maxOverflow: 1 }));
    stub.openings.push("fail", "fail", "fail");
    const outcomes = await Promise.allSettled([acquire(), acquire(), acquire(), acquire()]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected", "fulfilled"]);
    expect(pool.status()).toMatchObject({ open: 1, leased: 1, connecting: 0, waiting: 0 });
  });
});

describe("coming back", () => {
  it("cleans the connection before anybody else has it", async () => {
    const { pool, acquire } = bound(new StubPool({ poolSize: 1, maxOverflow: 0 }));
    const lease = await acquire();
    stubOf(lease).transaction = "open";
    await pool.release(lease);
    expect(stubOf(lease).calls).toEqual(["reset"]);
    await pool.release(lease);
    expect([stubOf(lease).calls, pool.status().idle]).toEqual([["reset"], 1]);
  });

  it("undoes no more than an open transaction where asked to", async () => {
    const { pool, acquire } = bound(new StubPool({ poolReset: "rollback" }));
    const lease = await acquire();
    await pool.release(lease);
    expect(stubOf(lease).calls).toEqual([]);
    const again = await acquire();
    stubOf(again).transaction = "failed";
    await pool.release(again);
    expect(stubOf(again).calls).toEqual(["reset"]);
  });

  it("keeps what was cleaned while the process was too busy to read the answer", async () => {
    const { pool, acquire, timers } = bound(new StubPool());
    const lease = await acquire();
    const answers: (() => void)[] = [];
    stubOf(lease).reset = () => new Promise((resolve) => answers.push(resolve));
    const start = timers.start.bind(timers);
    timers.start = (callback, milliseconds) =>
      start(() => {
        callback();
        for (const answer of answers) setImmediate(answer);
      }, milliseconds);
    const released = watch(Promise.resolve(pool.release(lease)).then(() => "done"));
    await timers.advance(5000);
    expect([released.value, stubOf(lease).ended, pool.status().idle]).toEqual(["done", null, 1]);
  });

  it("closes what cannot be cleaned, in time", async () => {
    const { pool, acquire, timers, stub } = bound(new StubPool());
    const failing = await acquire();
    stubOf(failing).failing.add("reset");
    await pool.release(failing);
    const hanging = await acquire();
    stubOf(hanging).hanging.add("reset").add("close");
    const released = watch(Promise.resolve(pool.release(hanging)).then(() => "done"));
    await timers.advance(10_000);
    expect(released.value).toBe("done");
    expect(stub.drivers.map(({ ended }) => ended)).toEqual(["destroyed", "destroyed"]);
    expect([pool.status().open, timers.running]).toEqual([0, 0]);
  });
});

describe("a thousand callers", () => {
  it.each([false, true])("get ten connections in the order in which they came (lent early: %s)", async (takesMore) => {
    const { pool, acquire, stub } = bound(new StubPool({ poolSize: 10, maxOverflow: 0 }));
    stub.takesMore = takesMore;
    const served: number[] = [];
    const callers = Array.from({ length: 1000 }, async (_, number) => {
      const lease = await acquire();
      served.push(number);
      await settle();
      void pool.release(lease);
    });
    await Promise.all(callers);
    expect(served).toEqual(served.toSorted((a, b) => a - b));
    expect(stub.drivers).toHaveLength(10);
    await settle();
    expect(pool.status()).toMatchObject({ open: 10, idle: 10, waiting: 0 });
  });
});

describe("a connection that is being cleaned", () => {
  it("is waited for, rather than opening another one", async () => {
    const { pool, acquire, stub } = bound(new StubPool());
    void pool.release(await acquire());
    expect(pool.status()).toMatchObject({ open: 1, checking: 1, idle: 0 });
    expect(stubOf(await acquire()).number).toBe(0);
    expect(stub.news).toEqual(["reset", "checkin"]);
  });

  it("does not hold up who comes while another is idle, nor two who wait for it", async () => {
    const { pool, acquire, timers } = bound(new StubPool());
    const idle = await acquire();
    const hanging = await acquire();
    await pool.release(idle);
    stubOf(hanging).hanging.add("reset");
    void pool.release(hanging);
    expect((await acquire()).driver).toBe(idle.driver);
    const waiting = [watch(acquire()), watch(acquire())];
    await settle();
    expect(waiting.map(({ value }) => value && stubOf(value).number)).toEqual([2, undefined]);
    await timers.advance(5000);
    expect(waiting.map(({ value }) => value && stubOf(value).number)).toEqual([2, 3]);
  });

  it("is lent at once where its driver takes more, in the order of coming back", async () => {
    const { pool, acquire, stub } = bound(new StubPool());
    stub.takesMore = true;
    const leases = [await acquire(), await acquire()];
    for (const lease of leases) {
      stubOf(lease).hanging.add("reset");
      void pool.release(lease);
    }
    const again = [await acquire(), await acquire()];
    expect(again.map((lease) => stubOf(lease).number)).toEqual([0, 1]);
    expect(pool.status()).toMatchObject({ open: 2, leased: 2, checking: 0, idle: 0 });
    expect(stub.news).toEqual(["reset", "reset", "checkin", "checkin"]);
  });

  it("is not lent before it has answered where each is asked whether it lives", async () => {
    const { pool, acquire, stub } = bound(new StubPool({ poolPrePing: true }));
    stub.takesMore = true;
    const lease = await acquire();
    stubOf(lease).hanging.add("reset");
    void pool.release(lease);
    const next = watch(acquire());
    await settle();
    expect(next).toEqual({});
  });

  it("and lent, ends its lease when cleaning it fails", async () => {
    const { pool, acquire, stub } = bound(new StubPool());
    stub.takesMore = true;
    const first = await acquire();
    const fails: ((error: Error) => void)[] = [];
    stubOf(first).reset = () => new Promise((_, reject) => fails.push(reject));
    void pool.release(first);
    const second = await acquire();
    fails[0]?.(new Error("no"));
    await settle();
    expect([second.driver === first.driver, second.ended, stubOf(second).ended]).toEqual([true, true, "destroyed"]);
    expect(stub.news).toEqual(["reset", "checkin", "invalidate", "close"]);
    expect(pool.release(second)).toBeNull();
    expect(pool.status()).toMatchObject({ open: 0, leased: 0 });
  });

  it("and idle again by its second lender, is cleaned when its last cleaning ends", async () => {
    const { pool, acquire, stub } = bound(new StubPool());
    stub.takesMore = true;
    const ends: (() => void)[] = [];
    const first = await acquire();
    stubOf(first).reset = () => new Promise((resolve) => ends.push(resolve));
    void pool.release(first);
    void pool.release(await acquire());
    ends[0]?.();
    await settle();
    expect(pool.status()).toMatchObject({ checking: 1, idle: 0 });
    ends[1]?.();
    await settle();
    expect(pool.status()).toMatchObject({ checking: 0, idle: 1 });
  });

  it("is told of when that fails and nobody waits", async () => {
    const { pool, acquire, stub } = bound(new StubPool());
    const lease = await acquire();
    stubOf(lease).failing.add("reset");
    void pool.release(lease);
    await settle();
    expect(stub.news).toEqual(["reset", "invalidate", "checkin", "close"]);
    expect(pool.status().open).toBe(0);
  });

  it("is closed before dispose() is done", async () => {
    const { pool, acquire, stub } = bound(new StubPool());
    void pool.release(await acquire());
    await pool.dispose();
    expect([stub.drivers[0]?.ended, pool.status().open]).toEqual(["closed", 0]);
  });
});

describe("age and life", () => {
  it("replaces what is too old", async () => {
    const { pool, acquire, timers, stub } = bound(new StubPool({ poolRecycle: 1000 }));
    await pool.release(await acquire());
    await timers.advance(999);
    await pool.release(await acquire());
    await timers.advance(1);
    expect(stubOf(await acquire()).number).toBe(1);
    expect(stub.drivers[0]?.ended).toBe("closed");
  });

  it("asks what is idle, and drops it together with all that are as old", async () => {
    const { pool, acquire, stub } = bound(new StubPool({ poolPrePing: true }));
    const leases = [await acquire(), await acquire(), await acquire()];
    const kept = leases[2];
    for (const lease of leases.slice(0, 2)) await pool.release(lease);
    for (const driver of stub.drivers) driver.failing.add("ping");
    expect(stubOf(await acquire()).number).toBe(3);
    expect(stub.drivers.slice(0, 2).map(({ ended }) => ended)).toEqual(["closed", "closed"]);
    expect(stub.drivers[1]?.calls).not.toContain("ping");
    if (kept !== undefined) await pool.release(kept);
    await settle();
    expect([stub.drivers[2]?.ended, stub.drivers[3]?.ended]).toEqual(["closed", null]);
  });

  it("asks only after the idle time that was said", async () => {
    const { pool, acquire, timers } = bound(new StubPool({ poolPrePing: 500 }));
    const lease = await acquire();
    await pool.release(lease);
    await timers.advance(499);
    await pool.release(await acquire());
    expect(stubOf(lease).calls).not.toContain("ping");
    await timers.advance(500);
    await acquire();
    expect(stubOf(lease).calls).toContain("ping");
  });

  it("closes with a broken connection all that are as old, those in use when they come back", async () => {
    const { pool, acquire, stub } = bound(new StubPool());
    const leases = [await acquire(), await acquire(), await acquire()];
    const [broken, idle, used] = leases;
    if (broken === undefined || idle === undefined || used === undefined) throw new ArgumentError("three leases");
    await pool.release(idle);
    pool.invalidate(broken, new DisconnectError("gone"));
    await settle();
    expect(stub.drivers.map(({ ended }) => ended)).toEqual(["destroyed", "closed", null]);
    const fresh = await acquire();
    pool.invalidate(used, new DisconnectError("gone"));
    await pool.release(fresh);
    expect([stubOf(fresh).ended, pool.status().idle]).toEqual([null, 1]);
  });

  it("closes one connection alone where the program wants it gone", async () => {
    const { pool, acquire, stub } = bound(new StubPool());
    const [first, second] = [await acquire(), await acquire()];
    await pool.release(second);
    pool.invalidate(first, null);
    await settle();
    expect(stub.drivers.map(({ ended }) => ended)).toEqual(["destroyed", null]);
  });

  it("asks the server to give up before it cuts a connection off, and frees the place at once", async () => {
    const { pool, acquire, timers } = bound(new StubPool({ poolSize: 1, maxOverflow: 0 }));
    const lease = await acquire();
    stubOf(lease).hanging.add("cancel");
    pool.abandon(lease);
    await acquire();
    expect([stubOf(lease).calls, stubOf(lease).ended]).toEqual([["cancel"], null]);
    await timers.advance(5000);
    expect(stubOf(lease).ended).toBe("destroyed");
  });
});

describe("dispose()", () => {
  it("turns away who waits, closes what is idle, and what is used when it comes back", async () => {
    const { pool, acquire, stub } = bound(new StubPool({ poolSize: 2, maxOverflow: 0 }));
    const [used, idle] = [await acquire(), await acquire()];
    await pool.release(idle);
    stub.openings.push("hang");
    const held = await acquire();
    const waiting = watch(acquire());
    await pool.dispose();
    await settle();
    expect(waiting.error).toBeInstanceOf(ResourceClosedError);
    await pool.release(used);
    await pool.release(held);
    await settle();
    expect([stub.live, pool.status().open]).toEqual([0, 0]);
    stub.openings.length = 0;
    expect(stubOf(await acquire()).number).toBe(2);
  });

  it("gives up connections that are being opened", async () => {
    const { pool, acquire, stub } = bound(new StubPool());
    stub.openings.push("hang");
    const waiting = watch(acquire());
    await settle();
    await pool.dispose();
    await settle();
    expect([waiting.error instanceof ResourceClosedError, pool.status().open]).toEqual([true, 0]);
    expect(stubOf(await acquire()).number).toBe(0);
  });
});

describe("leaks", () => {
  it("are told with the place where the connection was taken", async () => {
    const { pool, timers, stub } = bound(new StubPool({ poolLeakAfter: 1000 }));
    const inTime = await stub.acquire();
    async function theForgetfulCaller(): Promise<void> {
      await stub.acquire();
    }
    await theForgetfulCaller();
    await timers.advance(999);
    await pool.release(inTime);
    await timers.advance(1);
    expect(stub.leaks).toMatchObject([{ kind: "kept", heldFor: 1000 }]);
    expect(stub.leaks[0]?.stack).toContain("theForgetfulCaller");
  });

  it("of borrowers that became garbage free the place", async () => {
    const { pool, stub } = bound(new StubPool({ poolSize: 1, maxOverflow: 0 }));
    await (async () => {
      const lease = await stub.acquire();
      pool.guard({ a: "borrower" }, lease);
    })();
    await collectGarbageUntil(() => stub.leaks.length > 0);
    expect(stub.leaks).toMatchObject([{ kind: "forgotten" }]);
    expect(pool.status()).toMatchObject({ open: 0, leased: 0 });
  });
});

describe("kinds of pools", () => {
  it("null: each connection is closed when it comes back, and there is no limit", async () => {
    const { pool, stub } = bound(new StubPool({ pool: "null" }));
    const leases = await Promise.all(Array.from({ length: 30 }, () => stub.acquire()));
    expect(stub.live).toBe(30);
    for (const lease of leases) await pool.release(lease);
    await pool.dispose();
    expect([stub.live, pool.status().open]).toEqual([0, 0]);
  });

  it("static: one connection, never replaced, and who comes second waits", async () => {
    const { pool, stub, timers } = bound(new StubPool({ pool: "static", poolRecycle: 1, poolPrePing: true }));
    const first = await stub.acquire();
    const second = stub.acquire();
    await timers.advance(1000);
    await pool.release(first);
    expect((await second).driver).toBe(first.driver);
    expect(stubOf(first).calls).toEqual(["reset"]);
  });

  it("assertion: who comes second is told where the first was taken", async () => {
    const { pool, stub } = bound(new StubPool({ pool: "assertion" }));
    async function theFirstCaller(): Promise<AsyncLease> {
      return stub.acquire();
    }
    const lease = await theFirstCaller();
    await expect(stub.acquire()).rejects.toThrow(/taken already; it was taken here:[^]*theFirstCaller/);
    await pool.release(lease);
    await stub.acquire();
  });
});

describe("leaving the pool", () => {
  it("a condemned connection goes on and is closed when it comes back", async () => {
    const { pool, stub } = bound(new StubPool({ poolSize: 1, maxOverflow: 0 }));
    const lease = await stub.acquire();
    pool.condemn(lease);
    pool.condemn(lease);
    expect(stubOf(lease).ended).toBeNull();
    await pool.release(lease);
    expect((await stub.acquire()).driver).not.toBe(lease.driver);
    expect(stub.news).toEqual(["softInvalidate", "reset", "checkin", "close"]);
  });

  it("a detached connection frees its place at once, for who waits for it, and is closed by its borrower", async () => {
    const { pool, stub } = bound(new StubPool({ poolSize: 1, maxOverflow: 0 }));
    const lease = await stub.acquire();
    const waiting = stub.acquire();
    pool.detach(lease);
    pool.detach(lease);
    const next = await waiting;
    expect([stub.live, pool.status().open]).toEqual([2, 1]);
    await pool.release(lease);
    expect(stubOf(lease).ended).toBe("closed");
    await pool.release(next);
    expect(stub.news).toEqual(["detach", "closeDetached", "reset", "checkin"]);
    const other = await stub.acquire();
    pool.detach(other);
    pool.invalidate(other, null);
    expect([stubOf(other).ended, stub.live]).toEqual(["destroyed", 0]);
  });

  it("a connection that is refused at checkout is replaced, three times at most, and the place is free then", async () => {
    const { pool, stub } = bound(new StubPool({ poolSize: 1, maxOverflow: 0 }));
    let refusals = 2;
    stub.lending = () => {
      if (refusals-- > 0) throw new DisconnectError("not this one");
    };
    const lease = await stub.acquire();
    expect(stub.drivers.map(({ ended }) => ended)).toEqual(["destroyed", "destroyed", null]);
    await pool.release(lease);
    refusals = 3;
    await expect(stub.acquire()).rejects.toThrow("not this one");
    stub.lending = () => {
      throw new TypeError("a bug of the listener's");
    };
    await expect(stub.acquire()).rejects.toThrow("a bug of the listener's");
    stub.lending = () => undefined;
    await pool.release(await stub.acquire());
    expect(pool.status()).toMatchObject({ open: 1, idle: 1, leased: 0 });
  });

  it("dispose() waits so long for what is in use, then cuts it", async () => {
    const { pool, stub, timers } = bound(new StubPool());
    const inTime = await stub.acquire();
    const late = await stub.acquire();
    let disposed = false;
    const disposing = pool.dispose(1000).then(() => (disposed = true));
    await pool.release(inTime);
    await timers.advance(999);
    expect([disposed, stubOf(inTime).ended, stubOf(late).ended]).toEqual([false, "closed", null]);
    await timers.advance(1);
    await disposing;
    expect([late.ended, stubOf(late).ended]).toEqual([true, "destroyed"]);
    await pool.release(late);
    expect(pool.status()).toMatchObject({ open: 0, leased: 0 });
    await pool.dispose(1000);
    expect(timers.running).toBe(0);
  });
});

describe("options", () => {
  it.each([
    [{ pool: "some" as "queue" }, 'pool is "queue" or "null" or "static" or "assertion", not "some"'],
    [{ poolSize: -1 }, "poolSize is a whole number, 0 or more, not -1"],
    [{ poolSize: 1.5 }, "poolSize is a whole number, 0 or more, not 1.5"],
    [{ poolTimeout: -5 }, "poolTimeout is a number of milliseconds, 0 or more, not -5"],
    [{ poolTimeout: Number.NaN }, "poolTimeout is a number of milliseconds, 0 or more, not NaN"],
    [{ poolSize: 0, maxOverflow: 0 }, "poolSize and maxOverflow are both 0: nothing could connect"],
    [{ poolReset: "some" as "full" }, 'poolReset is "full" or "rollback", not "some"'],
  ])("%o", (options, message) => {
    expect(() => new StubPool(options)).toThrow(new ArgumentError(message));
  });

  it("wait for nobody's limits where there are none", async () => {
    const { pool, timers } = bound(new StubPool({ poolTimeout: Infinity, connectTimeout: Infinity }));
    await pool.acquire(NO_LIMITS);
    expect(timers.running).toBe(0);
  });
});

function bound(
  stub: StubPool,
): Pick<StubPool, "pool" | "drivers" | "timers" | "acquire"> & { readonly stub: StubPool } {
  const { pool, drivers, timers } = stub;
  return { stub, pool, drivers, timers, acquire: () => stub.acquire() };
}
