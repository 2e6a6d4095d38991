// How the benchmark prints: tables, and numbers of three figures with their unit.
import { describe, expect, it } from "vitest";
import { amount, duration, markdownTable, times } from "../../bench/report/markdown.js";
import { median, quantile } from "../../bench/report/statistics.js";

describe("a table", () => {
  it("has columns as wide as their widest cell, and empty cells where a row is short", () => {
    expect(markdownTable(["", "longest"], [["a", "1"], ["bcde"]])).toBe(
      ["|      | longest |", "| ---- | ------- |", "| a    | 1       |", "| bcde |         |"].join("\n"),
    );
  });
});

describe("numbers", () => {
  it("have three figures", () => {
    expect([0.5, 12.34, 999, 1_234, 56_789, 999_499, 1_234_567].map(duration)).toEqual([
      "0.500 µs",
      "12.3 µs",
      "999 µs",
      "1.23 ms",
      "56.8 ms",
      "999 ms",
      "1.23 s",
    ]);
    expect([12, 1_234, 999_400, 12_345_678, -5_000].map(amount)).toEqual([
      "12 B",
      "1.23 kB",
      "999 kB",
      "12.3 MB",
      "-5.00 kB",
    ]);
    expect([0.987, 12.345, 123.4].map(times)).toEqual(["0.99×", "12.35×", "123×"]);
  });

  it("have a middle, and shares", () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 3, Number.NaN]);
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([quantile(hundred, 0), quantile(hundred, 0.95), quantile(hundred, 1)]).toEqual([1, 96, 100]);
  });
});
