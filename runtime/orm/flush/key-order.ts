// The order in which existing rows are written: by primary key, so that two sessions lock them in the same order.
import { type Entity, type IdentityKey, keyOf } from "../entity.js";

/** The objects in the order of their stored keys; the same array where they are in it already. */
export function byStoredKey(entities: readonly Entity[]): readonly Entity[] {
  for (let at = 1; at < entities.length; at++) {
    const before = entities[at - 1];
    const entity = entities[at];
    if (before !== undefined && entity !== undefined && compareKeys(keyOf(before), keyOf(entity)) > 0) {
      return entities.toSorted((a, b) => compareKeys(keyOf(a), keyOf(b)));
    }
  }
  return entities;
}

/** Less than, equal to or greater than zero, as `a` comes before `b`. Part by part for composite keys. */
export function compareKeys(a: IdentityKey, b: IdentityKey): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "bigint" && typeof b === "bigint") return a < b ? -1 : a > b ? 1 : 0;
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let at = 0; at < a.length; at++) {
      const order = compareKeys(a[at], b[at]);
      if (order !== 0) return order;
    }
    return 0;
  }
  const left = String(a);
  const right = String(b);
  return left < right ? -1 : left > right ? 1 : 0;
}
