// Time that stands still until the test moves it.
import type { Timers } from "../../runtime/dialects/driver.js";

interface Pending {
  readonly at: number;
  readonly callback: () => void;
}

export class VirtualTimers implements Timers {
  #now = 0;
  readonly #pending = new Set<Pending>();

  now(): number {
    return this.#now;
  }

  start(callback: () => void, milliseconds: number): unknown {
    const pending = { at: this.#now + milliseconds, callback };
    this.#pending.add(pending);
    return pending;
  }

  clear(timer: unknown): void {
    // Sound: `start` made it.
    this.#pending.delete(timer as Pending);
  }

  /** How many timers are running. */
  get running(): number {
    return this.#pending.size;
  }

  /** Moves time on, calling back what falls due, in order, each after what the one before set off. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settle();
    for (;;) {
      const due = [...this.#pending].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#pending.delete(due);
      this.#now = Math.max(this.#now, due.at);
      due.callback();
      await settle();
    }
    this.#now = end;
  }
}

/** Lets everything run that waits for nothing but its turn, and what waits for one turn of its own. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
}
