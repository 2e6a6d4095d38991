// A map from 32-bit integers to objects for identity maps of many objects: open addressing over a typed array, which is
// faster than a large `Map` and takes less memory, but costs more to make. Iterates in the order in which keys came.

/** Half of the places stay free, so that a search ends after one or two. */
const PLACES_PER_ENTRY = 2;
const FEWEST_ENTRIES = 16;
/** The golden ratio in 32 bits: multiplied by it, keys that follow each other or end alike lie far apart. */
const SPREAD = 0x9e3779b1;

/** True for a key that an `IntegerMap` can hold. */
export function isInteger32(key: unknown): key is number {
  return typeof key === "number" && (key | 0) === key;
}

export class IntegerMap<E extends object> {
  /** For each place, the number of its entry counted from 1, 0 where it is free; then each entry's key. */
  #numbers: Int32Array;
  /** How many places there are, a power of two. */
  #places: number;
  /** The place of a key: so many bits of its product are left out. */
  #shift: number;
  /** By entry. Undefined for one that was deleted; its place stays taken, so that searches go on past it. */
  #objects: (E | undefined)[];
  #used = 0;
  #size = 0;

  /** @param expected about how many objects will come */
  constructor(expected: number) {
    const capacity = Math.max(expected, FEWEST_ENTRIES);
    this.#places = 2 ** Math.ceil(Math.log2(capacity * PLACES_PER_ENTRY));
    this.#numbers = new Int32Array(this.#places + capacity);
    this.#shift = Math.clz32(this.#places) + 1;
    this.#objects = Array<E | undefined>(capacity);
  }

  get size(): number {
    return this.#size;
  }

  get(key: number): E | undefined {
    const entry = this.#entryOf(key);
    return entry === 0 ? undefined : this.#objects[entry - 1];
  }

  /** Counted from 1; 0 where the key never came. */
  #entryOf(key: number): number {
    const numbers = this.#numbers;
    const places = this.#places;
    let place = Math.imul(key, SPREAD) >>> this.#shift;
    for (let entry = numbers[place] ?? 0; entry !== 0; entry = numbers[place] ?? 0) {
      if (numbers[places + entry - 1] === key) return entry;
      place = (place + 1) & (places - 1);
    }
    return 0;
  }

  set(key: number, object: E): void {
    const numbers = this.#numbers;
    const places = this.#places;
    const objects = this.#objects;
    let place = Math.imul(key, SPREAD) >>> this.#shift;
    for (let entry = numbers[place] ?? 0; entry !== 0; entry = numbers[place] ?? 0) {
      if (numbers[places + entry - 1] === key) {
        // What was deleted comes anew: last.
        if (objects[entry - 1] === undefined) break;
        objects[entry - 1] = object;
        return;
      }
      place = (place + 1) & (places - 1);
    }
    const used = this.#used;
    if (used === objects.length) {
      this.#grow();
      this.set(key, object);
      return;
    }
    numbers[places + used] = key;
    objects[used] = object;
    numbers[place] = used + 1;
    this.#used = used + 1;
    this.#size += 1;
  }

  delete(key: number): void {
    const entry = this.#entryOf(key);
    if (entry === 0 || this.#objects[entry - 1] === undefined) return;
    this.#objects[entry - 1] = undefined;
    this.#size -= 1;
  }

  *values(): Generator<E> {
    for (const [, object] of this.entries()) yield object;
  }

  *entries(): Generator<[number, E]> {
    // What grows meanwhile has other arrays; these stay as they are.
    const numbers = this.#numbers;
    const places = this.#places;
    const objects = this.#objects;
    for (let entry = 0; entry < objects.length; entry++) {
      const object = objects[entry];
      if (object !== undefined) yield [numbers[places + entry] ?? 0, object];
    }
  }

  /** Makes room for as many again; what was deleted goes. */
  #grow(): void {
    const larger = new IntegerMap<E>(this.#size * 2);
    for (const [key, object] of this.entries()) larger.set(key, object);
    this.#numbers = larger.#numbers;
    this.#places = larger.#places;
    this.#shift = larger.#shift;
    this.#objects = larger.#objects;
    this.#used = larger.#used;
  }
}
