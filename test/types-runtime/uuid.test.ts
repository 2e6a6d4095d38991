// Identifiers that the program makes for new rows.
import { uuid, uuid7 } from "athanor";
import { expect, it } from "vitest";

it("makes random ones", () => {
  expect(uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it("makes ones that begin with the time, ascend and differ", () => {
  const before = Date.now();
  const made = Array.from({ length: 20_000 }, uuid7);
  for (const each of made)
    expect(each).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(made.map((each) => each.slice(0, 18))).toEqual(made.map((each) => each.slice(0, 18)).toSorted());
  expect(new Set(made).size).toBe(made.length);
  const time = Number.parseInt((made[0] ?? "").replace("-", "").slice(0, 12), 16);
  expect(time).toBeGreaterThanOrEqual(before);
});
