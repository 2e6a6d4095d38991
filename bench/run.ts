// `npm run bench [-- sqlite W2 W6] [-- --rounds 9] [-- --url postgresql://…]`: the raw drivers and Athanor on the same
// work, in one run. Each contender is a process of its own with its own copy of the data; rounds are interleaved, the
// raw driver runs twice to show the noise, results are compared before anything is timed.
import { mkdirSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { compare } from "./comparison.js";
import { type WorkloadName, workloadNames } from "./contender.js";
import type { BenchDatabase, Copies } from "./databases/database.js";
import { databases } from "./databases/databases.js";
import { reportRows, type ReportRow, reportTable } from "./report.js";
import { serve } from "./worker.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "7" },
    url: { type: "string" },
    worker: { type: "string" },
    on: { type: "string" },
  },
});

const hosting = databases[values.on ?? ""];
if (values.worker !== undefined && hosting !== undefined) await serve(hosting, values.worker, values.url ?? "");
else await run();

/** Those of `all` that the command line names; all where it names none. */
function chosen<Name extends string>(all: readonly Name[]): readonly Name[] {
  const named = all.filter((name) => positionals.includes(name));
  return named.length === 0 ? all : named;
}

async function run(): Promise<void> {
  const rounds = Number(values.rounds);
  const known: readonly string[] = [...workloadNames, ...Object.keys(databases)];
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
    const problem = unknown.length > 0 ? `unknown: ${unknown.join(", ")}` : "--rounds takes a whole number from 1";
    process.stderr.write(`${problem}; there are: ${known.join(", ")}\n`);
    process.exit(2);
  }
  const results: Record<string, readonly ReportRow[]> = {};
  for (const name of chosen(Object.keys(databases))) {
    const database = databases[name];
    if (database !== undefined) results[name] = await runOn([name, database], chosen(workloadNames), rounds);
  }
  mkdirSync("bench/results", { recursive: true });
  const now = new Date().toISOString();
  const file = `bench/results/${now.slice(0, 16).replace(":", "")}.json`;
  const facts = { at: now, node: process.version, load: loadavg(), rounds, results };
  writeFileSync(file, `${JSON.stringify(facts, undefined, 2)}\n`);
  process.stdout.write(`written to ${file}\n`);
}

async function runOn(
  [name, database]: readonly [string, BenchDatabase],
  workloads: readonly WorkloadName[],
  rounds: number,
): Promise<readonly ReportRow[]> {
  const copies = await openCopies(name, database);
  if (copies === null) return [];
  try {
    const before = loadavg()[0] ?? 0;
    const rows = reportRows(database, await compare([name, database], copies, workloads, rounds));
    const load = `load ${before.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after`;
    process.stdout.write(
      `\n${database.title} (${copies.origin})\n` +
        `${rounds} interleaved rounds, ${database.clock}, Node ${process.version}, ${load}\n\n${reportTable(rows)}\n\n`,
    );
    return rows;
  } finally {
    await copies.dispose();
  }
}

/** A copy of the data set for each contender; null, and a word about it, where the database is not to be had. */
async function openCopies(name: string, database: BenchDatabase): Promise<Copies | null> {
  try {
    return await database.open(Object.keys(database.contenders).length, values.url);
  } catch (error) {
    process.stderr.write(`${name} is left out: ${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}
