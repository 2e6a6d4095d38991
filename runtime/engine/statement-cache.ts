// Compiled statements of one engine by their structural key, a bounded least-recently-used map, and the count of how
// often a statement that ran was there already.
import { ArgumentError } from "../errors/errors.js";
import type { Compiled } from "../sql/compile/compiled.js";

/**
 * What `engine.cacheStats()` tells. Every statement that is executed counts, whoever asked for it: a hit where its
 * compiled form had been executed before, a miss where it had to be made. DDL and raw SQL have no such form.
 */
export interface CacheStats {
  /** Statements kept here; those of a flush and of `get()` are kept beside the mapped class. */
  readonly size: number;
  readonly capacity: number;
  readonly hits: number;
  readonly misses: number;
  /** Hits of all executions, between 0 and 1; 0 before the first. */
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
  readonly #executed = new WeakSet<Compiled>();
  #last: { readonly key: number; readonly compiled: Compiled } | null = null;
  #lastExecuted: Compiled | null = null;
  readonly #counts: { hits: number; misses: number };

  /**
   * A cache of at most so many statements; the one that was used longest ago goes first. `counts`: where executions are
   * counted, for caches that count together.
   */
  constructor(capacity: number, counts = { hits: 0, misses: 0 }) {
    this.#counts = counts;
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new ArgumentError(
        `a StatementCache holds a whole number of statements, 1 or more, not ${String(capacity)}`,
      );
    }
    this.#capacity = capacity;
  }

  /** An empty cache of the same capacity, whose executions are counted here. */
  sibling(): StatementCache {
    return new StatementCache(this.#capacity, this.#counts);
  }

  /** The compiled form under `key`, made by `compile` where it is not there. */
  get(key: number, compile: () => Compiled): Compiled {
    // The same statement in a loop needs no reordering.
    if (this.#last !== null && this.#last.key === key) return this.#last.compiled;
    let compiled = this.#entries.get(key);
    if (compiled === undefined) {
      compiled = compile();
      if (this.#entries.size >= this.#capacity) this.#dropOldest();
      this.#entries.set(key, compiled);
    } else if (this.#entries.size * 2 > this.#capacity) {
      // Half empty, none goes soon enough for the order to matter.
      this.#entries.delete(key);
      this.#entries.set(key, compiled);
    }
    this.#last = { key, compiled };
    return compiled;
  }

  /** Notes that a statement is executed; true where its compiled form was executed before. */
  count(compiled: Compiled): boolean {
    // The same statement in a loop needs no look-up.
    if (compiled === this.#lastExecuted) {
      this.#counts.hits += 1;
      return true;
    }
    if (compiled.effect === "define" || compiled.raw === true) return false;
    this.#lastExecuted = compiled;
    if (this.#executed.has(compiled)) {
      this.#counts.hits += 1;
      return true;
    }
    this.#executed.add(compiled);
    this.#counts.misses += 1;
    return false;
  }

  stats(): CacheStats {
    const { hits, misses } = this.#counts;
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
