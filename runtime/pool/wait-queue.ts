// Those who wait for something scarce: first come, first served, each with its own limits. Whoever gave up is out of
// the queue at once and is never given anything.
import type { Timers } from "../dialects/driver.js";
import { type Expiry, type Limits, watchLimits } from "./limits.js";

interface Waiter<T> {
  give(value: T): void;
  refuse(error: unknown): void;
}

export class WaitQueue<T> {
  readonly #timers: Timers;
  // A Set keeps the order of insertion, and lets one go from the middle.
  readonly #waiters = new Set<Waiter<T>>();

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  get size(): number {
    return this.#waiters.size;
  }

  /** Settles when it is the caller's turn; rejects with what `expired` makes when a limit is passed first. */
  wait(limits: Limits, expired: (expiry: Expiry) => unknown): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const waiter: Waiter<T> = {
        give: (value) => {
          end();
          resolve(value);
        },
        refuse: (error) => {
          end();
          reject(error);
        },
      };
      const end = watchLimits(limits, this.#timers, (expiry) => {
        const error = expired(expiry);
        this.#waiters.delete(waiter);
        // oxlint-disable-next-line prefer-promise-reject-errors -- `expired` makes errors.
        reject(error);
      });
      this.#waiters.add(waiter);
    });
  }

  /** Gives to who waits longest what `make` makes. False, and nothing made, where nobody waits. */
  give(make: () => T): boolean {
    const waiter = this.#first();
    waiter?.give(make());
    return waiter !== null;
  }

  /** Turns away who waits longest. False where nobody waits. */
  refuse(error: unknown): boolean {
    const waiter = this.#first();
    waiter?.refuse(error);
    return waiter !== null;
  }

  #first(): Waiter<T> | null {
    for (const waiter of this.#waiters) {
      this.#waiters.delete(waiter);
      return waiter;
    }
    return null;
  }
}
