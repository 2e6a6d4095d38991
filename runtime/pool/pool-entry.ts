// One driver connection in the pool, and a lease of it: what a checkout hands out.
import type { SyncDriverConnection } from "../dialects/driver.js";
import { type EntryEvent, type EntryState, nextEntryState } from "./entry-state.js";

export class PoolEntry {
  readonly driver: SyncDriverConnection;
  /** An entry of an older generation than the pool's is closed when it comes back. */
  readonly generation: number;
  /** What the program notes on the connection, for as long as it is open. */
  readonly info = new Map<unknown, unknown>();
  /** When it was opened and when it was used last, on the timers' clock. */
  readonly openedAt: number;
  usedAt: number;
  /** True where it is to be lent no more. */
  condemned = false;
  leases = 0;
  /** Where it was taken last; null where nobody asked to be told. */
  borrower: string | null = null;
  #state: EntryState = "idle";

  constructor(driver: SyncDriverConnection, generation: number, now: number) {
    this.driver = driver;
    this.generation = generation;
    this.openedAt = now;
    this.usedAt = now;
  }

  get state(): EntryState {
    return this.#state;
  }

  /** Moves to the next state. Throws `InternalError` where the state does not allow the event. */
  apply(event: EntryEvent): void {
    this.#state = nextEntryState(this.#state, event);
  }
}

/** The right to use an entry's connection, from checkout to release. */
export class Lease {
  readonly entry: PoolEntry;
  readonly driver: SyncDriverConnection;
  readonly takenAt: number;
  readonly borrower: string | null;
  /** True once given back, or closed over the borrower's head. */
  ended = false;

  constructor(entry: PoolEntry, takenAt: number) {
    this.entry = entry;
    this.driver = entry.driver;
    this.takenAt = takenAt;
    this.borrower = entry.borrower;
  }
}
