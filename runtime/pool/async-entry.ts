// One asynchronous driver connection in the pool, and a lease of it: what a checkout hands out.
import type { AsyncDriverConnection } from "../dialects/driver.js";
import { InternalError } from "../errors/errors.js";
import { type EntryEvent, type EntryState, nextEntryState } from "./entry-state.js";

export class AsyncEntry {
  /** An entry of an older generation than the pool's is closed as soon as nobody uses it. */
  readonly generation: number;
  /** What the program notes on the connection, for as long as it is open. */
  readonly info = new Map<unknown, unknown>();
  /** When it was opened and when it was used last, on the timers' clock. */
  openedAt = 0;
  usedAt = 0;
  /** How often it was cleaned. */
  cleanings = 0;
  /** True where it is to be lent no more. */
  condemned = false;
  /** Who has it. */
  lease: AsyncLease | null = null;
  #driver: AsyncDriverConnection | null = null;
  #state: EntryState = "connecting";

  constructor(generation: number) {
    this.generation = generation;
  }

  get state(): EntryState {
    return this.#state;
  }

  get driver(): AsyncDriverConnection {
    if (this.#driver === null) throw new InternalError("a pooled connection is used before it is open");
    return this.#driver;
  }

  /** The driver's connection is there, though not ready yet. */
  connected(driver: AsyncDriverConnection): void {
    this.#driver = driver;
  }

  /** The connection is ready. */
  open(now: number): void {
    this.apply("open");
    this.openedAt = now;
    this.usedAt = now;
  }

  /** Moves to the next state. Throws `InternalError` where the state does not allow the event. */
  apply(event: EntryEvent): void {
    this.#state = nextEntryState(this.#state, event);
  }
}

/** The right to use an entry's connection, from checkout to release. */
export class AsyncLease {
  readonly entry: AsyncEntry;
  readonly driver: AsyncDriverConnection;
  readonly takenAt: number;
  /** Where it was taken; null where nobody asked to be told of leaks. */
  readonly borrower: string | null;
  /** True once given back, or closed over the borrower's head. */
  ended = false;

  constructor(entry: AsyncEntry, now: number, borrower: string | null) {
    this.entry = entry;
    this.driver = entry.driver;
    this.takenAt = now;
    this.borrower = borrower;
    entry.lease = this;
  }
}
