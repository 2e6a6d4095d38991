// Sorting by dependency: every order it gives is allowed, the same input gives the same order, and what has no order is
// told apart by name.
import { describe, expect, test } from "vitest";
import { type Edge, findCycleMembers, sortIntoLevels } from "../../runtime/orm/flush/toposort.js";

/** Small pseudo-random numbers that a seed determines, so that a failure can be repeated. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Edges from lower to higher ranks only, in a random order of items: never a cycle. */
function acyclicEdges(next: (below: number) => number, count: number): Edge[] {
  const ranks = Array.from({ length: count }, (_, item) => item).toSorted(() => next(3) - 1);
  return Array.from({ length: next(count * 2) }, (): Edge => {
    const [a, b] = [next(count), next(count)];
    const [first, then] = a < b ? [a, b] : [b, a];
    return [ranks[first] ?? 0, ranks[then] ?? 0];
  }).filter(([first, then]) => first !== then);
}

describe("levels", () => {
  test("items come after what they wait for, each once, each level in order of the items", () => {
    for (let seed = 1; seed <= 500; seed++) {
      const next = numbersFrom(seed);
      const count = 1 + next(12);
      const edges = acyclicEdges(next, count);
      const sorted = sortIntoLevels(count, edges);
      if (sorted.kind !== "sorted") throw new RangeError(`seed ${seed} gave a cycle`);
      const levelOf = new Map(sorted.levels.flatMap((level, at) => level.map((item) => [item, at] as const)));
      expect([...levelOf.keys()].toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, item) => item));
      for (const [first, then] of edges)
        expect(levelOf.get(first), `seed ${seed}`).toBeLessThan(levelOf.get(then) ?? -1);
      for (const level of sorted.levels) expect(level).toEqual([...level].toSorted((a, b) => a - b));
      expect(sortIntoLevels(count, edges.toReversed()), `seed ${seed}`).toEqual(sorted);
    }
  });

  test("without edges everything is one level", () => {
    expect(sortIntoLevels(3, [])).toEqual({ kind: "sorted", levels: [[0, 1, 2]] });
    expect(sortIntoLevels(0, [])).toEqual({ kind: "sorted", levels: [] });
  });
});

describe("cycles", () => {
  test("their members are named, what only leads to them or away from them is not", () => {
    const edges: Edge[] = [
      [0, 1],
      [1, 2],
      [2, 1],
      [2, 3],
      [4, 4],
    ];
    expect(sortIntoLevels(5, edges)).toEqual({ kind: "cycle", members: [1, 2, 4] });
    expect(findCycleMembers(5, edges)).toEqual([1, 2, 4]);
    expect(findCycleMembers(2, [[0, 1]])).toEqual([]);
  });

  test("members are exactly the items that can be reached from themselves", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const next = numbersFrom(seed);
      const count = 1 + next(8);
      const edges = Array.from({ length: next(14) }, (): Edge => [next(count), next(count)]);
      const reaches = (from: number, to: number): boolean => {
        const seen = new Set<number>();
        const open = [from];
        for (let item = open.pop(); item !== undefined; item = open.pop()) {
          for (const [first, then] of edges) {
            if (first !== item || seen.has(then)) continue;
            if (then === to) return true;
            seen.add(then);
            open.push(then);
          }
        }
        return false;
      };
      const expected = Array.from({ length: count }, (_, item) => item).filter((item) => reaches(item, item));
      expect(findCycleMembers(count, edges), `seed ${seed}`).toEqual(expected);
      expect(sortIntoLevels(count, edges).kind).toBe(expected.length === 0 ? "sorted" : "cycle");
    }
  });

  test("a long chain needs no recursion", () => {
    const count = 20_000;
    const edges = Array.from({ length: count - 1 }, (_, item): Edge => [item, item + 1]);
    expect(findCycleMembers(count, edges)).toEqual([]);
    expect(findCycleMembers(count, [...edges, [count - 1, 0]])).toHaveLength(count);
  });
});
