// What several starts of a process say: the least of each figure, which need not come from the same start.
import { expect, it } from "vitest";
import { bestStart } from "../../bench/start/start.js";

it("takes the least of each figure", () => {
  const starts = [
    { loading: 5, firstRow: 40, processor: 50, residentBytes: 90 },
    { loading: 7, firstRow: 30, processor: 60, residentBytes: 80 },
  ];
  expect(bestStart(starts)).toEqual({ loading: 5, firstRow: 30, processor: 50, residentBytes: 80 });
});
