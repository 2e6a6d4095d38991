// The asynchronous pool under whatever may happen to it, in any order, beside a small model of what it promises.
import {
  type Arbitrary,
  array,
  assert,
  asyncProperty,
  boolean,
  constant,
  constantFrom,
  nat,
  oneof,
  record,
} from "fast-check";
import { describe, expect, it } from "vitest";
import { CancelledError, DisconnectError, PoolTimeoutError, ResourceClosedError } from "../../runtime/errors/errors.js";
import type { AsyncLease } from "../../runtime/pool/async-entry.js";
import { type Opening, StubPool, stubOf } from "./stub-pool.js";
import { settle } from "./virtual-timers.js";

const SIZE = 2;
const OVERFLOW = 1;
const TIMEOUT = 300;
const CONNECT_TIMEOUT = 200;

/** A call of `acquire()` as the model sees it. */
interface Caller {
  readonly since: number;
  readonly controller: AbortController;
  lease: AsyncLease | null;
  error: unknown;
  state: "waiting" | "holding" | "done";
}

/** What a holder may do. */
const USES = [
  "release",
  "release",
  "releaseTwice",
  "releaseDirty",
  "invalidate",
  "break",
  "kill",
  "abandon",
  "condemn",
  "detach",
] as const;
type Use = (typeof USES)[number];

type Command =
  | { readonly kind: "acquire"; readonly opening: Opening }
  | { readonly kind: Use; readonly who: number }
  | { readonly kind: "refuse" }
  | { readonly kind: "abort"; readonly who: number }
  | { readonly kind: "advance"; readonly by: number }
  | { readonly kind: "dispose" };

const anyCommand: Arbitrary<Command> = oneof(
  { weight: 6, arbitrary: record({ kind: constant("acquire" as const), opening: opening() }) },
  {
    weight: 6,
    arbitrary: record({ kind: constantFrom(...USES), who: nat(7) }),
  },
  { weight: 2, arbitrary: record({ kind: constant("abort" as const), who: nat(7) }) },
  { weight: 3, arbitrary: record({ kind: constant("advance" as const), by: constantFrom(1, 50, 150, 400) }) },
  { weight: 1, arbitrary: constant({ kind: "dispose" as const }) },
  { weight: 1, arbitrary: constant({ kind: "refuse" as const }) },
);

function opening(): Arbitrary<Opening> {
  return constantFrom("open" as const, "open" as const, "open" as const, "fail" as const, "hang" as const);
}

/** Does to the pool what the commands say, and looks after each whether it kept its promises. */
class Bench {
  readonly stub = new StubPool({
    poolSize: SIZE,
    maxOverflow: OVERFLOW,
    poolTimeout: TIMEOUT,
    connectTimeout: CONNECT_TIMEOUT,
    poolPrePing: 100,
    poolRecycle: 1000,
  });
  readonly callers: Caller[] = [];
  /** Connections that nobody may be lent again. */
  readonly condemned = new Set<unknown>();
  /** Leases of connections that left the pool and live on. */
  readonly detached: AsyncLease[] = [];
  #refusals = 0;

  constructor(takesMore: boolean) {
    this.stub.takesMore = takesMore;
    this.stub.isAsked = () => this.#refusals > 0;
    this.stub.lending = () => {
      if (this.#refusals === 0) return;
      this.#refusals -= 1;
      throw new DisconnectError("not this one");
    };
  }

  async run(command: Command): Promise<void> {
    const { pool, timers } = this.stub;
    switch (command.kind) {
      case "acquire":
        this.stub.openings.push(command.opening);
        this.#call();
        break;
      case "abort": {
        const waiting = this.callers.filter(({ state }) => state === "waiting");
        waiting[command.who % Math.max(1, waiting.length)]?.controller.abort();
        break;
      }
      case "advance":
        await timers.advance(command.by);
        break;
      case "dispose":
        void pool.dispose();
        break;
      case "refuse":
        this.#refusals += 1;
        break;
      default:
        this.#useOne(command.kind, command.who);
    }
    await settle();
    this.check();
  }

  #call(): void {
    const { timers } = this.stub;
    const controller = new AbortController();
    const caller: Caller = { since: timers.now(), controller, lease: null, error: null, state: "waiting" };
    this.callers.push(caller);
    this.stub.acquire({ signal: controller.signal, deadline: Infinity }).then(
      (lease) => {
        expect([caller.state, lease.driver.broken, controller.signal.aborted]).toEqual(["waiting", false, false]);
        expect(this.callers.filter((other) => other.lease?.driver === lease.driver)).toEqual([]);
        expect(this.condemned.has(lease.driver)).toBe(false);
        caller.lease = lease;
        caller.state = "holding";
      },
      (error: unknown) => {
        caller.error = error;
        caller.state = "done";
      },
    );
  }

  #useOne(kind: Use, who: number): void {
    const { pool } = this.stub;
    const holding = this.callers.filter(({ state }) => state === "holding");
    const caller = holding[who % Math.max(1, holding.length)];
    const lease = caller?.lease;
    if (caller === undefined || lease === null || lease === undefined) return;
    if (kind === "kill") {
      // The borrower has not noticed yet, and gives it back later.
      stubOf(lease).destroy();
      return;
    }
    if (kind === "releaseDirty") stubOf(lease).failing.add("reset");
    if (kind === "condemn" || kind === "detach") this.condemned.add(lease.driver);
    if (kind === "condemn") {
      pool.condemn(lease);
      return;
    }
    caller.state = "done";
    caller.lease = null;
    if (kind === "invalidate") pool.invalidate(lease, null);
    else if (kind === "break") pool.invalidate(lease, new DisconnectError("broke"));
    else if (kind === "abandon") pool.abandon(lease);
    else if (kind === "detach") {
      pool.detach(lease);
      this.detached.push(lease);
      return;
    } else void pool.release(lease);
    if (kind === "releaseTwice") void pool.release(lease);
  }

  check(): void {
    const { pool, drivers, timers } = this.stub;
    // What was lent while it was being cleaned is taken away where that fails.
    for (const caller of this.callers) if (caller.lease?.ended === true) caller.state = "done";
    const status = pool.status();
    const count = (state: Caller["state"]): number => this.callers.filter((caller) => caller.state === state).length;
    expect(status.open).toBeLessThanOrEqual(SIZE + OVERFLOW);
    expect(status.open).toBe(status.connecting + status.idle + status.leased + status.checking);
    expect(status.idle).toBeLessThanOrEqual(SIZE);
    expect(status.leased).toBe(count("holding"));
    expect(status.waiting).toBe(count("waiting"));
    // Nobody waits while there is something to be had, or for longer than was said.
    if (status.waiting > 0) {
      expect(status.idle).toBe(0);
      const room = SIZE + OVERFLOW - status.open;
      expect(status.connecting + status.checking >= status.waiting || room === 0).toBe(true);
    }
    for (const caller of this.callers) {
      if (caller.state === "waiting") expect(timers.now() - caller.since).toBeLessThan(TIMEOUT);
      if (caller.controller.signal.aborted) expect(caller.error).toBeInstanceOf(CancelledError);
    }
    // No connection of the database's is forgotten.
    const live = drivers.filter((driver) => !driver.broken);
    const pooled = live.filter((driver) => !this.detached.some((lease) => lease.driver === driver));
    expect(pooled.length).toBeLessThanOrEqual(status.open - status.connecting);
  }

  /** Everything comes back, all time passes: nothing is left. */
  async finish(): Promise<void> {
    const { pool, timers } = this.stub;
    this.stub.openings.length = 0;
    for (const lease of this.detached) void pool.release(lease);
    for (let round = 0; round < 20; round++) {
      for (const _ of this.callers) this.#useOne("release", 0);
      await timers.advance(TIMEOUT);
    }
    expect(this.callers.filter(({ state }) => state !== "done")).toEqual([]);
    expect(pool.status()).toMatchObject({ leased: 0, waiting: 0, connecting: 0, checking: 0 });
    for (const { error } of this.callers) expect(isExpected(error)).toBe(true);
    await pool.dispose();
    await timers.advance(10_000);
    expect(pool.status().open).toBe(0);
    expect([this.stub.live, timers.running]).toEqual([0, 0]);
  }
}

function isExpected(error: unknown): boolean {
  if (error === null) return true;
  const types = [CancelledError, PoolTimeoutError, ResourceClosedError, DisconnectError];
  return types.some((type) => error instanceof type) || String(error).includes("the database is down");
}

describe("the asynchronous pool", () => {
  it("keeps its promises whatever happens in whatever order", async () => {
    await assert(
      asyncProperty(boolean(), array(anyCommand, { maxLength: 40 }), async (takesMore, commands) => {
        const bench = new Bench(takesMore);
        for (const each of commands) await bench.run(each);
        await bench.finish();
      }),
      { numRuns: 300 },
    );
  });
});
