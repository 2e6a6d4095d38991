// Entries of a pool in the order in which they came. An array that gives its memory back when it shrinks would allocate
// at each checkout and each return.
import type { PoolEntry } from "./pool-entry.js";

export class EntryList {
  readonly #entries: (PoolEntry | undefined)[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(entry: PoolEntry): void {
    this.#entries[this.#length] = entry;
    this.#length += 1;
  }

  /** Takes out the one that came last. */
  pop(): PoolEntry | undefined {
    return this.#takeAt(this.#length - 1);
  }

  /** Takes out the one that came first. */
  shift(): PoolEntry | undefined {
    return this.#takeAt(0);
  }

  /** Takes this one out. Does nothing where it is not there. */
  remove(entry: PoolEntry): void {
    for (let at = this.#length - 1; at >= 0; at--) if (this.#entries[at] === entry) this.#takeAt(at);
  }

  *[Symbol.iterator](): Generator<PoolEntry> {
    for (const entry of this.#entries.slice(0, this.#length)) if (entry !== undefined) yield entry;
  }

  #takeAt(place: number): PoolEntry | undefined {
    if (place < 0 || this.#length === 0) return undefined;
    const taken = this.#entries[place];
    const last = this.#length - 1;
    for (let at = place; at < last; at++) this.#entries[at] = this.#entries[at + 1];
    this.#entries[last] = undefined;
    this.#length = last;
    return taken;
  }
}
