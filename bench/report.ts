// What a comparison says: durations of the raw driver, and how many times as long the others take.
import type { Times } from "./comparison.js";
import { type WorkloadName, workloads } from "./contender.js";
import type { BenchDatabase } from "./databases/database.js";

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
  readonly target: number;
}

/** What the report has to know of a database. */
export interface ReportDatabase extends Pick<BenchDatabase, "targets"> {
  readonly contenders: Readonly<Record<string, unknown>>;
}

export function reportRows(database: ReportDatabase, times: ReadonlyMap<WorkloadName, Times>): ReportRow[] {
  const [rawName = "", ...others] = Object.keys(database.contenders);
  return Array.from(times, ([workload, ofWorkload]) => {
    const raw = ofWorkload.get(rawName) ?? [];
    return {
      workload,
      rawBestMicroseconds: Math.min(...raw),
      rawMedianMicroseconds: median(raw),
      ratios: Object.fromEntries(others.map((name) => [name, ratioTo(raw, ofWorkload, name)])),
      target: database.targets[workload],
    };
  });
}

function ratioTo(raw: readonly number[], times: Times, name: string): Ratio {
  const own = times.get(name) ?? [];
  return {
    ofBest: Math.min(...own) / Math.min(...raw),
    median: median(own.map((time, round) => time / (raw[round] ?? time))),
  };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The rows as a Markdown table, which is also readable as it stands. */
export function reportTable(rows: readonly ReportRow[]): string {
  const names = Object.keys(rows[0]?.ratios ?? {});
  const head = ["", "raw: best", "median", ...names.map((name) => `${name}: best (median)`), "target", "workload"];
  const body = rows.map(({ workload, rawBestMicroseconds, rawMedianMicroseconds, ratios, target }) => {
    const met = (ratios["athanor"]?.ofBest ?? Number.NaN) <= target;
    return [
      workload,
      duration(rawBestMicroseconds),
      duration(rawMedianMicroseconds),
      ...names.map((name) => describeRatio(ratios[name])),
      `${target.toFixed(2)}× ${met ? "met" : "missed"}`,
      workloads[workload],
    ];
  });
  const widths = head.map((cell, column) => Math.max(cell.length, ...body.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = widths.map((width) => "-".repeat(width));
  return [head, rule, ...body].map(line).join("\n");
}

function describeRatio(ratio: Ratio | undefined): string {
  return ratio === undefined ? "" : `${ratio.ofBest.toFixed(2)}× (${ratio.median.toFixed(2)}×)`;
}

function duration(microseconds: number): string {
  return microseconds < 1_000 ? `${microseconds.toPrecision(3)} µs` : `${(microseconds / 1_000).toPrecision(3)} ms`;
}
