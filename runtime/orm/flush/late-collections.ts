// Maps and sets that a flush may need and mostly does not: each makes its storage when there is something to put in.

/** A map that is made with its first key. */
export class LateMap<K, V> implements Iterable<[K, V]> {
  #map: Map<K, V> | null = null;

  get size(): number {
    return this.#map === null ? 0 : this.#map.size;
  }

  get(key: K): V | undefined {
    return this.#map === null ? undefined : this.#map.get(key);
  }

  has(key: K): boolean {
    return this.#map !== null && this.#map.has(key);
  }

  set(key: K, value: V): void {
    (this.#map ??= new Map()).set(key, value);
  }

  keys(): Iterable<K> {
    return this.#map === null ? NOTHING : this.#map.keys();
  }

  values(): Iterable<V> {
    return this.#map === null ? NOTHING : this.#map.values();
  }

  [Symbol.iterator](): Iterator<[K, V]> {
    return (this.#map ?? NOTHING)[Symbol.iterator]();
  }
}

/** A set that is made with its first member. */
export class LateSet<T> implements Iterable<T> {
  #set: Set<T> | null = null;

  get size(): number {
    return this.#set === null ? 0 : this.#set.size;
  }

  has(member: T): boolean {
    return this.#set !== null && this.#set.has(member);
  }

  /** True for a member that was not there yet. */
  add(member: T): boolean {
    const set = (this.#set ??= new Set());
    const before = set.size;
    return set.add(member).size > before;
  }

  /** True for a member that was there. */
  delete(member: T): boolean {
    return this.#set !== null && this.#set.delete(member);
  }

  [Symbol.iterator](): Iterator<T> {
    return (this.#set ?? NOTHING)[Symbol.iterator]();
  }
}

const NOTHING: readonly never[] = [];
