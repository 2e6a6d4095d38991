// Compares the contenders of one database: first that they do the same, then, round by round, how long they take.
import type { WorkloadName } from "./contender.js";
import type { BenchDatabase, Copies } from "./databases/database.js";
import { askFacts, askTime, type ContenderProcess, endContender, startContender } from "./workers.js";

/** The times of a workload's rounds, by contender: microseconds an operation. */
export type Times = ReadonlyMap<string, readonly number[]>;

/**
 * Runs the workloads on a database, and says on stderr which. `copies` holds the data set once for each contender.
 * Rejects where contenders disagree about what a workload gives.
 */
export async function compare(
  [databaseName, database]: readonly [string, BenchDatabase],
  copies: Copies,
  workloads: readonly WorkloadName[],
  rounds: number,
): Promise<ReadonlyMap<WorkloadName, Times>> {
  const contenders: ContenderProcess[] = [];
  try {
    for (const [index, name] of Object.keys(database.contenders).entries()) {
      contenders.push(await startContender(databaseName, name, copies.urls[index] ?? ""));
    }
    const times = new Map<WorkloadName, Times>();
    for (const workload of workloads) {
      process.stderr.write(`${databaseName} ${workload} …\n`);
      await requireEqualFacts(contenders, workload);
      times.set(workload, await timeRounds(contenders, workload, rounds));
    }
    return times;
  } finally {
    await Promise.all(contenders.map(endContender));
  }
}

async function requireEqualFacts(contenders: readonly ContenderProcess[], workload: WorkloadName): Promise<void> {
  const digests = new Map<string, string>();
  for (const contender of contenders) digests.set(contender.name, await askFacts(contender, workload));
  if (new Set(digests.values()).size === 1) return;
  const digest = [...digests].map(([name, text]) => `${name} ${text.slice(0, 8)}`).join(", ");
  throw new Error(`${workload}: the contenders' results differ: ${digest}`);
}

/** Contenders take turns, so that what else the machine does meets all of them. */
async function timeRounds(
  contenders: readonly ContenderProcess[],
  workload: WorkloadName,
  rounds: number,
): Promise<Times> {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) times.get(contender.name)?.push(await askTime(contender, workload));
  }
  return times;
}
