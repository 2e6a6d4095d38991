// What a comparison says: durations of the raw driver, and how many times as long the others take.
import { type WorkloadName, workloads } from "../contender.js";
import type { Goals } from "../goals.js";
import { duration, markdownTable, times as timesAsMuch } from "../report/markdown.js";
import { median } from "../report/statistics.js";
import type { Times } from "./comparison.js";

/** How often as long as the raw driver a contender takes. */
export interface Ratio {
  readonly ofBest: number;
  /** The median of the rounds' own ratios. */
  readonly median: number;
}

export interface ReportRow {
  readonly workload: WorkloadName;
  readonly rawBestMicroseconds: number;
  readonly rawMedianMicroseconds: number;
  readonly ratios: Readonly<Record<string, Ratio>>;
  readonly goal: number;
}

/** A row for each workload; `contenders` are in the order of the columns, the raw driver first. */
export function reportRows(
  contenders: readonly string[],
  goals: Goals,
  times: ReadonlyMap<WorkloadName, Times>,
): ReportRow[] {
  const [rawName = "", ...others] = contenders;
  return Array.from(times, ([workload, ofWorkload]) => {
    const raw = ofWorkload.get(rawName) ?? [];
    return {
      workload,
      rawBestMicroseconds: Math.min(...raw),
      rawMedianMicroseconds: median(raw),
      ratios: Object.fromEntries(others.map((name) => [name, ratioTo(raw, ofWorkload.get(name) ?? [])])),
      goal: goals[workload],
    };
  });
}

function ratioTo(raw: readonly number[], own: readonly number[]): Ratio {
  return {
    ofBest: Math.min(...own) / Math.min(...raw),
    median: median(own.map((time, round) => time / (raw[round] ?? time))),
  };
}

/** Whether Athanor's best round is within `slack` times the goal; false where it did not take part. */
export function meetsGoal({ ratios, goal }: ReportRow, slack = 1): boolean {
  return (ratios["athanor"]?.ofBest ?? Number.NaN) <= goal * slack;
}

/** The rows as a table: for each contender the ratio of the best rounds, in brackets the median. */
export function reportTable(rows: readonly ReportRow[]): string {
  const names = Object.keys(rows[0]?.ratios ?? {});
  const head = ["", "raw", ...names, "goal", "workload"];
  const body = rows.map((row) => [
    row.workload,
    `${duration(row.rawBestMicroseconds)} (${duration(row.rawMedianMicroseconds)})`,
    ...names.map((name) => describeRatio(row.ratios[name])),
    describeGoal(row),
    workloads[row.workload],
  ]);
  return markdownTable(head, body);
}

/** Says no verdict where Athanor did not take part. */
function describeGoal(row: ReportRow): string {
  if (row.ratios["athanor"] === undefined) return timesAsMuch(row.goal);
  return `${timesAsMuch(row.goal)} ${meetsGoal(row) ? "met" : "missed"}`;
}

function describeRatio(ratio: Ratio | undefined): string {
  return ratio === undefined ? "" : `${timesAsMuch(ratio.ofBest)} (${timesAsMuch(ratio.median)})`;
}
