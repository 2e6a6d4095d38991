// The pool: its entries' state table, what is handed out, what comes back, and who may write.
import { describe, expect, it } from "vitest";
import { connectSqlite } from "../../runtime/dialects/sqlite/driver.js";
import { parseUrl } from "../../runtime/dialects/url.js";
import { DatabaseLockedError, InternalError } from "../../runtime/errors/errors.js";
import { ENTRY_TRANSITIONS, type EntryEvent, type EntryState, nextEntryState } from "../../runtime/pool/entry-state.js";
import { Pool } from "../../runtime/pool/pool.js";
import { commonSettings, type LeakReport, type SyncPoolOptions } from "../../runtime/pool/pool-options.js";
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
    pool.beginWriting(writer);
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
    pool.beginWriting(first);
    pool.beginWriting(first);
    expect(() => pool.beginWriting(second)).toThrow(DatabaseLockedError);
    expect(() => pool.beginWriting(second)).toThrow(/It began to write here:\n    at .*test.engine.pool\.test\.ts/);
    pool.endWriting(second);
    expect(() => pool.beginWriting(second)).toThrow(DatabaseLockedError);
    pool.endWriting(first);
    pool.beginWriting(second);
    pool.release(second);
    pool.beginWriting(first);
  });
});
