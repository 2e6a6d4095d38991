// One driver connection in the pool, and a lease of it: what a checkout hands out.
import type { SyncDriverConnection } from "../dialects/driver.js";
import type { CallerStack } from "./caller-stack.js";
import { type EntryEvent, type EntryState, nextEntryState } from "./entry-state.js";

export class PoolEntry {
  readonly driver: SyncDriverConnection;
  /** Counts `dispose()` calls before it was opened: an entry of an older generation is closed when it comes back. */
  readonly generation: number;
  leases = 0;
  #state: EntryState = "idle";

  constructor(driver: SyncDriverConnection, generation: number) {
    this.driver = driver;
    this.generation = generation;
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
  /** Where the write transaction of this lease began; null while it writes nothing. */
  writingSince: CallerStack | null = null;

  constructor(entry: PoolEntry) {
    this.entry = entry;
    this.driver = entry.driver;
  }
}
