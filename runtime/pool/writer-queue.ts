// The engine's right to write, for databases that have one writer at a time: writers of this process wait for each
// other here, without blocking it, instead of meeting each other's lock in the database.
import type { Timers } from "../dialects/driver.js";
import { DatabaseLockedError } from "../errors/errors.js";
import { type CallerStack, captureStack, stackText } from "./caller-stack.js";
import { expiredError } from "./expired-error.js";
import { atMost, type Expiry, type Limits } from "./limits.js";
import { WaitQueue } from "./wait-queue.js";

export class WriterQueue {
  readonly #timers: Timers;
  readonly #timeout: number;
  readonly #queue: WaitQueue<void>;
  #holder: object | null = null;
  /** Where the holder began to write; the holder itself keeps it, because it keeps the holder alive. */
  #since: WeakRef<CallerStack> | null = null;

  /** `timeout`: milliseconds that a writer waits at most. */
  constructor(timers: Timers, timeout: number) {
    this.#timers = timers;
    this.#timeout = timeout;
    this.#queue = new WaitQueue(timers);
  }

  /**
   * Settles when `writer` is the one who writes; at once where it is already. Gives where that began, for the writer to
   * keep; null where it is known already.
   * Throws `DatabaseLockedError` after the timeout, `DeadlineExceededError` or `CancelledError` at the call's limits.
   */
  async lock(writer: object, limits: Limits): Promise<CallerStack | null> {
    if (this.#holder === writer) return null;
    if (this.#holder !== null) {
      const bounded = atMost(limits, this.#timeout, this.#timers);
      await this.#queue.wait(bounded, (expiry) => this.#expired(expiry, bounded === limits, limits));
    }
    this.#holder = writer;
    const since = captureStack();
    this.#since = new WeakRef(since);
    return since;
  }

  /** Lets the next one write. Does nothing where `writer` is not the one who does. */
  unlock(writer: object): void {
    if (this.#holder !== writer) return;
    // Until the next one runs on, the right is its already: nobody may slip in between.
    this.#holder = this.#queue.give(() => undefined) ? HANDED_OVER : null;
  }

  #expired(expiry: Expiry, ownLimit: boolean, limits: Limits): Error {
    if (expiry === "aborted" || ownLimit) {
      return expiredError(expiry, limits, "while it waited for another writer of this engine to end", "not sent");
    }
    return new DatabaseLockedError(
      `another connection of this engine has been in a write transaction for ${String(this.#timeout)} ms. Commit, ` +
        `roll back or close that one. It began to write here:\n${stackText(this.#since?.deref() ?? null)}`,
    );
  }
}

const HANDED_OVER: object = {};
