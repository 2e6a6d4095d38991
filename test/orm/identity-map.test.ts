// The identity map by itself: one object is kept without a map, more in one, very many in a table; none of it shows.
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IdentityMap } from "../../runtime/orm/identity-map.js";

describe.each([[1], [2], [5], [5000]])("an identity map of %i objects", (count) => {
  const keys = Array.from({ length: count }, (_, index) => index);
  const objects = keys.map((key) => ({ key }));

  function filled(): IdentityMap<object> {
    const map = new IdentityMap<object>();
    for (const object of objects) map.set(object.key, object);
    return map;
  }

  it("finds each by its key", () => {
    const map = filled();
    expect(keys.map((key) => map.get(key))).toEqual(objects);
    expect([...map.values()]).toEqual(objects);
    expect(map.size).toBe(count);
    expect(map.get(count)).toBeUndefined();
    expect(map.get("0")).toBeUndefined();
    expect(map.get(undefined)).toBeUndefined();
  });

  it("replaces the object of a key", () => {
    const map = filled();
    const other = { key: 0 };
    map.set(0, other);
    expect(map.get(0)).toBe(other);
    expect(map.size).toBe(count);
  });

  it("lets go of an object only under its own key", () => {
    const map = filled();
    map.delete(0, { key: 0 });
    expect(map.size).toBe(count);
    map.delete(0, objects[0] ?? {});
    expect(map.get(0)).toBeUndefined();
    expect(map.size).toBe(count - 1);
  });

  it("is empty once cleared, and takes objects again", () => {
    const map = filled();
    map.clear();
    expect([map.size, ...map.values()]).toEqual([0]);
    map.set(7, { key: 7 });
    expect(map.get(7)).toEqual({ key: 7 });
  });
});

/** Integers that lie close together, far apart, or beyond 32 bits, and now and then no integer at all. */
const keys = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -20, max: 60 }) },
  { weight: 3, arbitrary: fc.integer() },
  { weight: 1, arbitrary: fc.integer().map((key) => (key | 0) << 16) },
);
const rareKeys = fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true }), fc.string(), fc.bigInt());

const step = fc.record({
  does: fc.constantFrom("set", "set", "delete", "get"),
  key: fc.oneof({ weight: 40, arbitrary: keys }, { weight: 1, arbitrary: rareKeys }),
});

describe("an identity map", () => {
  it("does what a Map does, whether it is told how many objects come or not", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(step, { maxLength: 200 }), (isTold, steps) => {
        const map = new IdentityMap<{ readonly key: unknown }>();
        const model = new Map<unknown, { readonly key: unknown }>();
        if (isTold) map.expect(2048, 1);
        for (const { does, key } of steps) {
          if (does === "set") {
            const object = { key };
            map.set(key, object);
            model.set(key, object);
          } else if (does === "delete") {
            map.delete(key, model.get(key) ?? { key });
            model.delete(key);
          }
          expect(map.get(key)).toBe(model.get(key));
        }
        expect(map.size).toBe(model.size);
        expect([...map.values()]).toEqual([...model.values()]);
      }),
    );
  });

  it("keeps the order through growing, deleting and setting again", () => {
    const map = new IdentityMap<{ readonly key: number }>();
    map.expect(2048, 1);
    const model = new Map<number, { readonly key: number }>();
    for (let turn = 0; turn < 30_000; turn++) {
      const key = (turn * 7919) % 10_007;
      const object = { key };
      if (turn % 5 === 4) map.delete(key, model.get(key) ?? object);
      else map.set(key, object);
      if (turn % 5 === 4) model.delete(key);
      else model.set(key, object);
    }
    expect([...map.values()]).toEqual([...model.values()]);
  });
});
