// The persistent instances of one class in one session, by primary key: one object a row. References are strong.
// A one-column key is the map's key itself; composite keys and values without an identity of their own become strings.
import { IntegerMap, isInteger32 } from "./integer-map.js";

/** From so many objects on an `IntegerMap` is worth its making, where it is known that they come. */
const MANY = 64;
/** And where it is not: then it takes over what a `Map` holds by then. */
const MANY_SO_FAR = 1024;

/** Keys and their objects; iterates in the order in which they came. */
export class IdentityMap<E extends object> {
  /** The first object is kept beside the map: many sessions read one object and end. */
  #firstKey: unknown = undefined;
  #first: E | null = null;
  /** All objects, once there were two. */
  #objects: Map<unknown, E> | null = null;
  /** All of them, once there were many and all their keys are integers. */
  #integers: IntegerMap<E> | null = null;

  get size(): number {
    if (this.#integers !== null) return this.#integers.size;
    return this.#objects === null ? (this.#first === null ? 0 : 1) : this.#objects.size;
  }

  get(key: unknown): E | undefined {
    if (this.#integers !== null) return isInteger32(key) ? this.#integers.get(key) : undefined;
    const at = isPlainKey(key) ? key : keyText(key);
    if (this.#objects !== null) return this.#objects.get(at);
    return this.#first !== null && this.#firstKey === at ? this.#first : undefined;
  }

  set(key: unknown, object: E): void {
    if (this.#integers !== null) {
      if (isInteger32(key)) {
        this.#integers.set(key, object);
        return;
      }
      this.#objects = new Map(this.#integers.entries());
      this.#integers = null;
    }
    const at = isPlainKey(key) ? key : keyText(key);
    if (this.#objects !== null) {
      this.#objects.set(at, object);
      // Asked once: where other keys are among them, it stays as it is.
      if (this.#objects.size === MANY_SO_FAR) this.#useIntegers(this.#objects, 2 * MANY_SO_FAR);
    } else if (this.#first === null || this.#firstKey === at) {
      this.#firstKey = at;
      this.#first = object;
    } else
      this.#objects = new Map([
        [this.#firstKey, this.#first],
        [at, object],
      ]);
  }

  /** Says that about so many objects will come, whose keys are likely like this one. */
  expect(count: number, key: unknown): void {
    if (count < MANY || !isInteger32(key) || this.#integers !== null) return;
    const first: [unknown, E][] = this.#first === null ? [] : [[this.#firstKey, this.#first]];
    this.#useIntegers(this.#objects ?? new Map(first), count);
  }

  #useIntegers(objects: ReadonlyMap<unknown, E>, count: number): void {
    const integers = new IntegerMap<E>(Math.max(objects.size, count));
    for (const [key, object] of objects) {
      if (!isInteger32(key)) return;
      integers.set(key, object);
    }
    this.#integers = integers;
    this.#objects = null;
    this.#first = null;
  }

  /** Removes the key if it stands for this object. */
  delete(key: unknown, object: E): void {
    const at = isPlainKey(key) ? key : keyText(key);
    if (this.#integers !== null) {
      if (isInteger32(at) && this.#integers.get(at) === object) this.#integers.delete(at);
    } else if (this.#objects === null) {
      if (this.#first === object && this.#firstKey === at) this.clear();
    } else if (this.#objects.get(at) === object) this.#objects.delete(at);
  }

  clear(): void {
    this.#objects = null;
    this.#integers = null;
    this.#first = null;
    this.#firstKey = undefined;
  }

  values(): Iterable<E> {
    if (this.#integers !== null) return this.#integers.values();
    return this.#objects !== null ? this.#objects.values() : this.#first === null ? [] : [this.#first];
  }
}

function isPlainKey(key: unknown): boolean {
  return typeof key === "number" || typeof key === "string" || typeof key === "bigint";
}

/** A string that no other key of the same mapping has. The first character keeps it apart from string keys. */
function keyText(key: unknown): string {
  return Array.isArray(key) ? `\u0000${key.map(partText).join("")}` : `\u0000${partText(key)}`;
}

/** The length in front makes any two sequences of parts differ. */
function partText(part: unknown): string {
  const text = part instanceof Uint8Array ? Buffer.from(part).toString("hex") : String(part);
  return `${typeof part}:${text.length}:${text}`;
}
