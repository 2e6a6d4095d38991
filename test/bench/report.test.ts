// What the benchmark says of the times that it took: ratios of the best rounds, the median of each round's own ratio,
// and whether a target was met.
import { describe, expect, it } from "vitest";
import type { Times } from "../../bench/speed/comparison.js";
import type { WorkloadName } from "../../bench/contender.js";
import type { Goals } from "../../bench/goals.js";
import { meetsGoal, reportRows, reportTable } from "../../bench/speed/report.js";

const contenders = ["raw", "athanor"];
const goals: Goals = { W1: 1.2, W2: 1, W3: 1, W4: 1, W5: 1, W6: 1, W7: 1, W8: 1, W9: 1, W10: 1.1 };
const times = new Map<WorkloadName, Times>([
  [
    "W1",
    new Map([
      ["raw", [10, 20, 12]],
      ["athanor", [15, 20, 12]],
    ]),
  ],
  [
    "W10",
    new Map([
      ["raw", [2_000, 4_000]],
      ["athanor", [3_000, 8_000]],
    ]),
  ],
]);

describe("the report", () => {
  it("pairs rounds, and compares the best ones", () => {
    expect(reportRows(contenders, goals, times)).toEqual([
      {
        workload: "W1",
        rawBestMicroseconds: 10,
        rawMedianMicroseconds: 12,
        ratios: { athanor: { ofBest: 1.2, median: 1 } },
        goal: 1.2,
      },
      {
        workload: "W10",
        rawBestMicroseconds: 2_000,
        rawMedianMicroseconds: 4_000,
        ratios: { athanor: { ofBest: 1.5, median: 2 } },
        goal: 1.1,
      },
    ]);
  });

  it("says which targets were met", () => {
    const cells = reportTable(reportRows(contenders, goals, times))
      .split("\n")
      .map((line) => line.split("|").map((cell) => cell.trim()));
    expect(cells[0]?.slice(1, 5)).toEqual(["", "raw", "athanor", "goal"]);
    expect(cells[2]?.slice(1, 5)).toEqual(["W1", "10.0 µs (12.0 µs)", "1.20× (1.00×)", "1.20× met"]);
    expect(cells[3]?.slice(1, 5)).toEqual(["W10", "2.00 ms (4.00 ms)", "1.50× (2.00×)", "1.10× missed"]);
  });

  it("meets a goal within the slack that is given, and never without Athanor", () => {
    const [first, second] = reportRows(contenders, goals, times);
    if (first === undefined || second === undefined) throw new Error("two workloads were measured");
    expect([meetsGoal(first), meetsGoal(second), meetsGoal(second, 1.5)]).toEqual([true, false, true]);
    const alone = reportRows(["raw"], goals, times);
    expect(alone.map((row) => meetsGoal(row, 100))).toEqual([false, false]);
    expect(reportTable(alone)).not.toMatch(/met|missed/);
  });
});
