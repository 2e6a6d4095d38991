// The persistent instances of one class in one session, by primary key: one object a row. References are strong.
// A one-column key is the map's key itself; composite keys and values without an identity of their own become strings.

/** Keys and their objects; iterates in the order in which they came. */
export class IdentityMap<E extends object> {
  /** The first object is kept beside the map: many sessions read one object and end. */
  #firstKey: unknown = undefined;
  #first: E | null = null;
  /** All objects, once there were two. */
  #objects: Map<unknown, E> | null = null;

  get size(): number {
    return this.#objects === null ? (this.#first === null ? 0 : 1) : this.#objects.size;
  }

  get(key: unknown): E | undefined {
    const at = isPlainKey(key) ? key : keyText(key);
    if (this.#objects !== null) return this.#objects.get(at);
    return this.#first !== null && this.#firstKey === at ? this.#first : undefined;
  }

  set(key: unknown, object: E): void {
    const at = isPlainKey(key) ? key : keyText(key);
    if (this.#objects !== null) this.#objects.set(at, object);
    else if (this.#first === null || this.#firstKey === at) {
      this.#firstKey = at;
      this.#first = object;
    } else
      this.#objects = new Map([
        [this.#firstKey, this.#first],
        [at, object],
      ]);
  }

  /** Removes the key if it stands for this object. */
  delete(key: unknown, object: E): void {
    const at = isPlainKey(key) ? key : keyText(key);
    if (this.#objects === null) {
      if (this.#first === object && this.#firstKey === at) this.clear();
    } else if (this.#objects.get(at) === object) this.#objects.delete(at);
  }

  clear(): void {
    this.#objects = null;
    this.#first = null;
    this.#firstKey = undefined;
  }

  values(): Iterable<E> {
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
