// The pool: its entries' state table, what is handed out, what comes back, and who may write.
import { describe, expect, it } from "vitest";
import { connectSqlite } from "../../runtime/dialects/sqlite/driver.js";
import { parseUrl } from "../../runtime/dialects/url.js";
import {
  DatabaseLockedError,
  InternalError,
  InvalidRequestError,
  PoolTimeoutError,
} from "../../runtime/errors/errors.js";
import { ENTRY_TRANSITIONS, type EntryEvent, type EntryState, nextEntryState } from "../../runtime/pool/entry-state.js";
import { Pool } from "../../runtime/pool/pool.js";
import type { Lease } from "../../runtime/pool/pool-entry.js";
import { commonSettings, type LeakReport, type SyncPoolOptions } from "../../runtime/pool/pool-options.js";
import { collectGarbageUntil } from "../pool/collect-garbage.js";
import { VirtualTimers } from "../pool/virtual-timers.js";

interface TestedPool {
  readonly pool: Pool;
  readonly timers: VirtualTimers;
  readonly news: string[];
  readonly leaks: LeakReport[];
  readonly opened: () => number;
  /** Asked before each lending; may throw. */
  readonly asked: { lending: () => void };
}

function memoryPool(options: SyncPoolOptions = {}, shared = false): TestedPool {
  let opened = 0;
  const timers = new VirtualTimers();
  const news: string[] = [];
  const leaks: LeakReport[] = [];
  const asked = { lending: (): void => undefined };
  const pool = new Pool({
    ...commonSettings(options, shared),
    open: () => {
      opened += 1;
      return connectSqlite(parseUrl("sqlite://"), {});
    },
    timers,
    observer: {
      opened: () => undefined,
      isAsked: () => true,
      lending: () => asked.lending(),
      tell: (what) => news.push(what),
      leaked: (leak) => leaks.push(leak),
      ended: () => undefined,
    },
  });
  return { pool, timers, news, leaks, opened: () => opened, asked };
}

describe("the entry's states", () => {
  const states: readonly EntryState[] = ["connecting", "idle", "checking", "leased", "resetting", "detached", "closed"];
  const events: readonly EntryEvent[] = [
    "open",
    "lease",
    "check",
    "pass",
    "share",
    "unshare",
    "reset",
    "release",
    "detach",
    "close",
  ];
  const legal = new Map<string, EntryState>([
    ["connecting open", "idle"],
    ["connecting close", "closed"],
    ["idle lease", "leased"],
    ["idle check", "checking"],
    ["idle close", "closed"],
    ["checking pass", "idle"],
    ["checking close", "closed"],
    ["leased share", "leased"],
    ["leased unshare", "leased"],
    ["leased reset", "resetting"],
    ["leased release", "idle"],
    ["leased detach", "detached"],
    ["leased close", "closed"],
    ["detached close", "closed"],
    ["resetting release", "idle"],
    ["resetting lease", "leased"],
    ["resetting close", "closed"],
  ]);

  for (const state of states) {
    it.each(events)(`${state}: %s`, (event) => {
      const next = legal.get(`${state} ${event}`);
      if (next !== undefined) expect(nextEntryState(state, event)).toBe(next);
      else
        expect(() => nextEntryState(state, event)).toThrow(
          new InternalError(`a pooled connection cannot ${event} while it is ${state}`),
        );
    });
  }

  it("has no moves beside these", () => {
    const moves = Object.values(ENTRY_TRANSITIONS).flatMap((row) => Object.keys(row));
    expect(moves).toHaveLength(legal.size);
  });
});

describe("the pool", () => {
  it.each([false, true])("opens at the first checkout and hands out again what came back (last first: %s)", (lifo) => {
    const { pool, opened } = memoryPool({ poolUseLifo: lifo });
    expect([opened(), pool.status()]).toEqual([0, expect.objectContaining({ idle: 0, leased: 0 })]);
    const first = pool.checkout();
    const second = pool.checkout();
    expect([opened(), pool.status()]).toEqual([2, expect.objectContaining({ idle: 0, leased: 2 })]);
    pool.release(first);
    pool.release(second);
    expect(pool.status()).toMatchObject({ idle: 2, leased: 0 });
    expect(pool.checkout().driver).toBe((lifo ? second : first).driver);
    expect(pool.checkout().driver).toBe((lifo ? first : second).driver);
    expect(opened()).toBe(2);
  });

  it("keeps no more idle than its size", () => {
    const { pool } = memoryPool({ poolSize: 1 });
    const leases = [pool.checkout(), pool.checkout(), pool.checkout()];
    for (const lease of leases) pool.release(lease);
    expect(pool.status()).toMatchObject({ idle: 1, leased: 0 });
    expect(leases.map((lease) => lease.entry.state)).toEqual(["idle", "closed", "closed"]);
  });

  it("rolls back what comes back with an open transaction", () => {
    const { pool } = memoryPool();
    const lease = pool.checkout();
    lease.driver.prepare("CREATE TABLE t (x)").run([]);
    lease.driver.prepare("BEGIN").run([]);
    lease.driver.prepare("INSERT INTO t VALUES (1)").run([]);
    pool.release(lease);
    const again = pool.checkout();
    expect(again.driver).toBe(lease.driver);
    expect(again.driver.inTransaction).toBe(false);
    expect(again.driver.prepare("SELECT count(*) FROM t").all([], false)).toEqual([[0]]);
  });

  it("closes what cannot be cleaned", () => {
    const { pool } = memoryPool();
    const lease = pool.checkout();
    lease.driver.prepare("CREATE TABLE t (x)").run([]);
    lease.driver.prepare("BEGIN").run([]);
    lease.driver.prepare("INSERT INTO t VALUES (1)").run([]);
    // SQLite refuses to roll back while a result is being read.
    const rows = lease.driver.prepare("SELECT x FROM t").iterate([], false);
    rows.next();
    pool.release(lease);
    expect(lease.entry.state).toBe("closed");
    expect(pool.checkout().driver).not.toBe(lease.driver);
    rows.return?.();
  });

  it("dispose() closes idle connections at once and leased ones when they come back", () => {
    const { pool, opened } = memoryPool();
    const idle = pool.checkout();
    const leased = pool.checkout();
    pool.release(idle);
    pool.dispose();
    expect(idle.entry.state).toBe("closed");
    expect(leased.entry.state).toBe("leased");
    pool.release(leased);
    expect(leased.entry.state).toBe("closed");
    expect(pool.status()).toMatchObject({ idle: 0, leased: 0 });
    pool.checkout();
    expect(opened()).toBe(3);
  });

  it("shares one connection where the database is in memory", () => {
    const { pool, opened } = memoryPool({}, true);
    const first = pool.checkout();
    const second = pool.checkout();
    expect(second.driver).toBe(first.driver);
    expect([opened(), pool.status()]).toEqual([1, expect.objectContaining({ idle: 0, leased: 1 })]);
    pool.release(first);
    expect(second.entry.state).toBe("leased");
    pool.release(second);
    expect([second.entry.state, pool.status()]).toEqual(["idle", expect.objectContaining({ idle: 1, leased: 0 })]);
  });

  it("keeps a shared connection open whatever its size", () => {
    const { pool, opened } = memoryPool({ poolSize: 0 }, true);
    pool.release(pool.checkout());
    pool.release(pool.checkout());
    expect([opened(), pool.status()]).toEqual([1, expect.objectContaining({ idle: 1, leased: 0 })]);
  });

  it("leaves the transaction of another lease alone when a shared connection comes back", () => {
    const { pool } = memoryPool({}, true);
    const writer = pool.checkout();
    const reader = pool.checkout();
    pool.beginWriting(writer, "UPDATE t SET x = 1");
    writer.driver.prepare("BEGIN IMMEDIATE").run([]);
    pool.release(reader);
    expect(writer.driver.inTransaction).toBe(true);
    pool.release(writer);
    expect(writer.driver.inTransaction).toBe(false);
  });

  it("refuses a second writer, and says where the first began", () => {
    const { pool } = memoryPool();
    const first = pool.checkout();
    const second = pool.checkout();
    pool.beginWriting(first, "UPDATE t SET x = 1");
    pool.beginWriting(first, "UPDATE t SET x = 2");
    const writing = (): unknown => pool.beginWriting(second, "DELETE FROM t");
    expect(writing).toThrow(DatabaseLockedError);
    expect(writing).toThrow(
      /It began to write here:\n    at .*test.engine.pool\.test\.ts(.*\n)+with: UPDATE t SET x = 2/,
    );
    pool.endWriting(second);
    expect(writing).toThrow(DatabaseLockedError);
    pool.endWriting(first);
    writing();
    pool.release(second);
    pool.beginWriting(first, "UPDATE t SET x = 3");
  });

  it("says with which statement a writer began that was alone then, and where if leaks are to be told of", () => {
    for (const [options, told] of [
      [{}, /It began to write with: UPDATE t SET x = 1\n.*poolLeakAfter/],
      [{ poolLeakAfter: 60_000 }, /It began to write here:\n    at .*test.engine.pool\.test\.ts/],
    ] as const) {
      const { pool } = memoryPool(options);
      const first = pool.checkout();
      pool.beginWriting(first, "UPDATE t SET x = 1");
      const second = pool.checkout();
      expect(() => pool.beginWriting(second, "DELETE FROM t")).toThrow(told);
      pool.release(first);
      pool.release(second);
    }
  });

  it("shows the beginning of a long statement", () => {
    const { pool } = memoryPool();
    const first = pool.checkout();
    pool.beginWriting(first, `INSERT INTO t VALUES ${"(?), ".repeat(200)}(?)`);
    const second = pool.checkout();
    expect(() => pool.beginWriting(second, "DELETE FROM t")).toThrow(/with: INSERT INTO t VALUES [(?), ]{179}…$/m);
  });
});

function run({ driver }: Lease, sql: string): readonly (readonly unknown[])[] {
  const statement = driver.prepare(sql);
  if (statement.returnsRows) return statement.all([], false);
  statement.run([]);
  return [];
}

describe("what a synchronous pool gives out", () => {
  it("is never more than size and overflow: who comes then is told so at once", () => {
    const { pool } = memoryPool({ poolSize: 1, maxOverflow: 1 });
    const leases = [pool.checkout(), pool.checkout()];
    expect(() => pool.checkout()).toThrow(PoolTimeoutError);
    expect(() => pool.checkout()).toThrow(/all connections are in use \(poolSize 1, maxOverflow 1\)/);
    expect(pool.status()).toEqual({ size: 1, maxOverflow: 1, open: 2, overflow: 1, idle: 0, leased: 2 });
    for (const lease of leases) pool.release(lease);
    expect(pool.status()).toMatchObject({ open: 1, overflow: 0, idle: 1 });
    pool.checkout();
  });

  it("is replaced when it is too old, or does not answer after it was idle", async () => {
    const { pool, timers, news, opened } = memoryPool({ poolRecycle: 1000, poolPrePing: 100 });
    const first = pool.checkout();
    pool.release(first);
    await timers.advance(999);
    expect(pool.checkout().driver).toBe(first.driver);
    pool.release(first);
    await timers.advance(1);
    const second = pool.checkout();
    expect([opened(), first.entry.state]).toEqual([2, "leased"]);
    pool.release(second);
    second.driver.close();
    await timers.advance(100);
    pool.checkout();
    expect([opened(), second.entry.state]).toEqual([3, "closed"]);
    expect(news).toContain("invalidate");
  });

  it("is a new one each time from a null pool, which has no limit", () => {
    const { pool, opened } = memoryPool({ pool: "null" });
    const leases = Array.from({ length: 20 }, () => pool.checkout());
    for (const lease of leases) pool.release(lease);
    pool.release(pool.checkout());
    expect([opened(), pool.status().open]).toEqual([21, 0]);
  });

  it("is one at a time from an assertion pool, which says where the other was taken", () => {
    const { pool } = memoryPool({ pool: "assertion" });
    const lease = pool.checkout();
    expect(() => pool.checkout()).toThrow(/taken already; it was taken here:\n    at .*pool\.test\.ts/);
    pool.release(lease);
    pool.checkout();
  });

  it("is shared by all from a static pool, and never replaced", async () => {
    const { pool, timers, opened } = memoryPool({ pool: "static", poolRecycle: 10, poolPrePing: true });
    pool.release(pool.checkout());
    await timers.advance(1000);
    expect(pool.checkout().driver).toBe(pool.checkout().driver);
    expect(opened()).toBe(1);
    expect(() => pool.detach(pool.checkout())).toThrow(InvalidRequestError);
    expect(() => memoryPool({ pool: "null" }, true)).toThrow(/would be gone with its first connection/);
  });

  it("goes on after a soft invalidation and is closed when it comes back; a hard one closes it at once", () => {
    const { pool, news } = memoryPool();
    const soft = pool.checkout();
    pool.condemn(soft);
    pool.condemn(soft);
    expect(soft.driver.prepare("SELECT 1").all([], false)).toEqual([[1]]);
    pool.release(soft);
    const hard = pool.checkout();
    pool.invalidate(hard, null);
    pool.invalidate(hard, null);
    pool.release(hard);
    expect([soft.entry.state, hard.entry.state, pool.status().open]).toEqual(["closed", "closed", 0]);
    expect(news).toEqual(["softInvalidate", "reset", "checkin", "close", "invalidate", "close"]);
  });

  it("may be detached: its place is free, and it is closed by its borrower", () => {
    const { pool, news } = memoryPool({ poolSize: 1, maxOverflow: 0 });
    const lease = pool.checkout();
    pool.detach(lease);
    pool.release(pool.checkout());
    pool.release(lease);
    expect(lease.entry.state).toBe("closed");
    expect(news).toEqual(["detach", "reset", "checkin", "closeDetached"]);
  });

  it("comes back without temporary tables, attached databases and settings of the borrower's", () => {
    const { pool } = memoryPool({ poolSize: 1 });
    const first = pool.checkout();
    const marks = ["CREATE TEMP TABLE t (x)", "ATTACH ':memory:' AS other", "PRAGMA query_only = ON"];
    for (const sql of marks) run(first, sql);
    pool.release(first, { touched: false, marked: true });
    const second = pool.checkout();
    expect(second.driver).toBe(first.driver);
    expect(run(second, "SELECT count(*) FROM sqlite_temp_schema")).toEqual([[0]]);
    expect(run(second, "PRAGMA database_list").map(([, name]) => name)).not.toContain("other");
    expect(run(second, "PRAGMA query_only")).toEqual([[0]]);
  });

  it("is told of where it is kept for too long, or forgotten", async () => {
    const { pool, timers, leaks } = memoryPool({ poolLeakAfter: 500, poolSize: 1, maxOverflow: 0 });
    const kept = pool.checkout();
    await timers.advance(500);
    pool.release(kept);
    expect(leaks).toMatchObject([{ kind: "kept", heldFor: 500 }]);
    expect(leaks[0]?.stack).toMatch(/pool\.test\.ts/);
    (() => pool.guard({}, pool.checkout()))();
    await collectGarbageUntil(() => leaks.length > 1);
    expect(leaks[1]).toMatchObject({ kind: "forgotten" });
    pool.checkout();
  });
});
