// A pool over stub connections and virtual time.
import type { AsyncDriverConnection } from "../../runtime/dialects/driver.js";
import { CannotOpenDatabaseError } from "../../runtime/errors/errors.js";
import type { AsyncLease } from "../../runtime/pool/async-entry.js";
import { AsyncPool } from "../../runtime/pool/async-pool.js";
import { type Limits, NO_LIMITS } from "../../runtime/pool/limits.js";
import { commonSettings, type LeakReport, type PoolOptions, waitSettings } from "../../runtime/pool/pool-options.js";
import { StubDriver } from "./stub-driver.js";
import { VirtualTimers } from "./virtual-timers.js";

function ignore(): void {}

/** How the next connections open, in order; those after the last open at once. */
export type Opening = "open" | "fail" | "hang";

export class StubPool {
  readonly timers = new VirtualTimers();
  readonly drivers: StubDriver[] = [];
  readonly openings: Opening[] = [];
  readonly leaks: LeakReport[] = [];
  readonly news: string[] = [];
  /** Whether connections may be lent while they are being cleaned. */
  takesMore = false;
  /** Asked before each lending; may throw. */
  lending: () => void = ignore;
  isAsked: () => boolean = () => this.lending !== ignore;
  readonly pool: AsyncPool;
  /** Settle the connections that hang. */
  readonly hanging: ((driver: StubDriver) => void)[] = [];

  constructor(options: PoolOptions = {}) {
    this.pool = new AsyncPool({
      ...commonSettings(options, false),
      ...waitSettings(options),
      open: () => this.#open(),
      timers: this.timers,
      observer: {
        opened: () => Promise.resolve(),
        isAsked: () => this.isAsked(),
        lending: () => this.lending(),
        tell: (news) => this.news.push(news),
        leaked: (leak) => this.leaks.push(leak),
        ended: () => undefined,
      },
    });
  }

  /** As an engine does it. */
  acquire(limits: Limits = NO_LIMITS): Promise<AsyncLease> {
    const taken = this.pool.take(limits);
    return taken === null ? this.pool.acquire(limits) : Promise.resolve(taken);
  }

  /** A new stub, as the database would have made it. */
  make(): StubDriver {
    const driver = new StubDriver(this.drivers.length);
    driver.takesMore = this.takesMore;
    this.drivers.push(driver);
    return driver;
  }

  /** Connections that the database has open. */
  get live(): number {
    return this.drivers.filter((driver) => driver.ended === null).length;
  }

  async #open(): Promise<AsyncDriverConnection> {
    const opening = this.openings.shift() ?? "open";
    await Promise.resolve();
    if (opening === "fail") throw new CannotOpenDatabaseError("the database is down");
    if (opening === "open") return this.make();
    return new Promise((resolve) => this.hanging.push(resolve));
  }
}

/** The stub behind a lease. */
export function stubOf(lease: AsyncLease): StubDriver {
  // Sound: the pool was given nothing but stubs.
  return lease.driver as StubDriver;
}
