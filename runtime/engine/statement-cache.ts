// Compiled statements of one engine by their structural key: a bounded least-recently-used map.
import type { Compiled } from "../sql/compile/compiled.js";

/**
 * What `engine.cacheStats()` tells: of the statements that programs execute and those that load relationships. A
 * session's others, such as a flush's, are kept beside the mapped class, without asking here.
 */
export interface CacheStats {
  readonly size: number;
  readonly capacity: number;
  readonly hits: number;
  readonly misses: number;
  /** Hits of all look-ups, between 0 and 1; 0 before the first. */
  readonly hitRate: number;
}

/** The figures as the log has them. */
export function cacheText({ size, capacity, hits, misses, hitRate }: CacheStats): string {
  const rate = (hitRate * 100).toFixed(1);
  return `statement cache: ${hits} hits, ${misses} misses (${rate} % hits), ${size} of ${capacity} kept`;
}

export class StatementCache {
  readonly #capacity: number;
  // A Map iterates in order of insertion: a hit is put in again, so the first is the one used longest ago.
  readonly #entries = new Map<number, Compiled>();
  #last: { readonly key: number; readonly compiled: Compiled } | null = null;
  #hits = 0;
  #misses = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The compiled form under `key`, made by `compile` where it is not there. */
  get(key: number, compile: () => Compiled): Compiled {
    // The same statement in a loop needs no reordering.
    if (this.#last !== null && this.#last.key === key) {
      this.#hits += 1;
      return this.#last.compiled;
    }
    let compiled = this.#entries.get(key);
    if (compiled === undefined) {
      this.#misses += 1;
      compiled = compile();
      if (this.#entries.size >= this.#capacity) this.#dropOldest();
    } else {
      this.#hits += 1;
      this.#entries.delete(key);
    }
    this.#entries.set(key, compiled);
    this.#last = { key, compiled };
    return compiled;
  }

  stats(): CacheStats {
    const hits = this.#hits;
    const misses = this.#misses;
    const hitRate = hits === 0 ? 0 : hits / (hits + misses);
    return { size: this.#entries.size, capacity: this.#capacity, hits, misses, hitRate };
  }

  #dropOldest(): void {
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }
}
