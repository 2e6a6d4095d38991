// The identity map by itself: one object is kept without a map, more in one, and neither shows.
import { describe, expect, it } from "vitest";
import { IdentityMap } from "../../runtime/orm/identity-map.js";

describe.each([[1], [2], [5]])("an identity map of %i objects", (count) => {
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
