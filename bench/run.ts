// `npm run bench [-- W2 W6] [-- --rounds 9]`: the raw driver and Athanor on the same work, in one run. Each contender
// is a process of its own with its own copy of the data; rounds are interleaved, the raw driver runs twice to show
// the noise, results are compared before anything is timed.
import { type ChildProcess, fork } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type WorkloadName, workloads } from "./contender.js";
import { createDatabase } from "./data.js";
import { type BatchReply, type BatchRequest, serve } from "./worker.js";

/** Ratios to the raw driver that the product means to reach. */
const goals: Readonly<Record<WorkloadName, number>> = { W1: 1.2, W2: 1.15, W3: 1.25, W6: 0.95, W8: 0.9 };
const MEMORY_FOLDER = "/dev/shm";
const contenders = ["raw", "raw again", "athanor"] as const;
type ContenderName = (typeof contenders)[number];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "9" }, worker: { type: "string" }, database: { type: "string" } },
});

if (values.worker !== undefined && values.database !== undefined) serve(values.worker, values.database);
else await compare(chosenWorkloads(positionals), Number(values.rounds));

function chosenWorkloads(names: readonly string[]): WorkloadName[] {
  const all = Object.keys(workloads).filter((name): name is WorkloadName => name in workloads);
  const unknown = names.filter((name) => !(name in workloads));
  if (unknown.length > 0) {
    process.stderr.write(`unknown workload ${unknown.join(", ")}; there are: ${all.join(", ")}\n`);
    process.exit(2);
  }
  return names.length === 0 ? all : all.filter((name) => names.includes(name));
}

async function compare(chosen: readonly WorkloadName[], rounds: number): Promise<void> {
  // In memory where the system has such a folder: the disk is the same for all, and noise.
  const folder = mkdtempSync(join(existsSync(MEMORY_FOLDER) ? MEMORY_FOLDER : tmpdir(), "athanor-bench-"));
  try {
    const original = join(folder, "original.db");
    createDatabase(original);
    const children = new Map(
      contenders.map((name, index) => {
        const database = join(folder, `contender-${index}.db`);
        copyFileSync(original, database);
        return [name, startWorker(name, database)] as const;
      }),
    );
    const times = new Map<string, number[]>();
    for (const workload of chosen) {
      await requireEqualResults(children, workload);
      for (let round = 0; round < rounds; round++) {
        for (const [name, child] of children) {
          const { microseconds } = await ask(child, { workload, warmUp: false });
          const key = `${workload} ${name}`;
          times.set(key, [...(times.get(key) ?? []), microseconds]);
        }
      }
    }
    for (const child of children.values()) child.disconnect();
    report(chosen, times, rounds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function startWorker(name: ContenderName, database: string): ChildProcess {
  const program = process.argv[1] ?? "";
  return fork(program, ["--worker", name, "--database", database], { execArgv: ["--expose-gc"] });
}

function ask(child: ChildProcess, request: BatchRequest): Promise<BatchReply> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`a contender ended with code ${String(code)}`));
    child.once("exit", onExit);
    child.once("message", (reply) => {
      child.off("exit", onExit);
      // The worker sends nothing else.
      resolve(reply as BatchReply);
    });
    child.send(request);
  });
}

/** The first batches of each contender, which also warm it up. */
async function requireEqualResults(
  children: ReadonlyMap<ContenderName, ChildProcess>,
  workload: WorkloadName,
): Promise<void> {
  const checks = new Map<string, number>();
  for (const [name, child] of children) checks.set(name, (await ask(child, { workload, warmUp: true })).check);
  if (new Set(checks.values()).size === 1) return;
  throw new Error(`${workload}: the contenders disagree: ${JSON.stringify(Object.fromEntries(checks))}`);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function report(chosen: readonly WorkloadName[], times: ReadonlyMap<string, number[]>, rounds: number): void {
  const rows = chosen.map((workload) => {
    const of = (name: ContenderName): number[] => times.get(`${workload} ${name}`) ?? [];
    const raw = of("raw");
    const ratio = (name: ContenderName): number => median(of(name).map((time, round) => time / (raw[round] ?? time)));
    const best = (name: ContenderName): number => Math.min(...of(name));
    return {
      workload,
      rawMicroseconds: median(raw),
      noise: ratio("raw again"),
      ratio: ratio("athanor"),
      ratioOfBest: best("athanor") / best("raw"),
      goal: goals[workload],
    };
  });
  process.stdout.write(
    `\nSQLite, ${rounds} interleaved rounds; processor time, ratios to the raw driver (better-sqlite3)\n\n`,
  );
  process.stdout.write("     raw µs      raw again   athanor   of best   goal\n");
  for (const row of rows) {
    const columns = [
      row.workload.padEnd(4),
      row.rawMicroseconds.toFixed(1).padStart(9),
      `${row.noise.toFixed(2)}×`.padStart(12),
      `${row.ratio.toFixed(2)}×`.padStart(10),
      `${row.ratioOfBest.toFixed(2)}×`.padStart(9),
      `${row.goal.toFixed(2)}×`.padStart(7),
    ];
    process.stdout.write(`${columns.join(" ")}   ${workloads[row.workload]}\n`);
  }
  mkdirSync("bench/results", { recursive: true });
  const file = `bench/results/${new Date().toISOString().slice(0, 10)}.json`;
  writeFileSync(file, `${JSON.stringify({ node: process.version, rounds, rows }, undefined, 2)}\n`);
  process.stdout.write(`\nwritten to ${file}\n`);
}
