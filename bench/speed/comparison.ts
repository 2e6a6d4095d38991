// Compares the contenders of one database: first that they do the same, then, round by round, how long they take.
import type { WorkloadName } from "../contender.js";
import { type OpenDatabase, requireEqualFacts, withContenders } from "../workers/contenders.js";
import { askTime, type ContenderProcess } from "../workers/workers.js";

/** The times of a workload's rounds, by contender: microseconds an operation. */
export type Times = ReadonlyMap<string, readonly number[]>;

/** Every contender takes part in so many rounds at least … */
const LEAST_ROUNDS = 3;
/** … and in more only while its rounds of a workload took less than these milliseconds. */
const PATIENCE = 4_000;

/**
 * Runs the workloads on a database, and says on stderr which. Rejects where contenders disagree about what a workload
 * gives.
 */
export async function compare(
  database: OpenDatabase,
  workloads: readonly WorkloadName[],
  rounds: number,
): Promise<ReadonlyMap<WorkloadName, Times>> {
  return withContenders(database, {}, async (contenders) => {
    const times = new Map<WorkloadName, Times>();
    for (const workload of workloads) {
      process.stderr.write(`${database.name} ${workload} …\n`);
      await requireEqualFacts(contenders, workload);
      times.set(workload, await timeRounds(contenders, workload, rounds));
    }
    return times;
  });
}

/** Contenders take turns, so that what else the machine does meets all of them; the slowest drop out early. */
async function timeRounds(
  contenders: readonly ContenderProcess[],
  workload: WorkloadName,
  rounds: number,
): Promise<Times> {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  const spent = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      const before = spent.get(contender.name) ?? 0;
      if (round >= LEAST_ROUNDS && before > PATIENCE) continue;
      const started = performance.now();
      times.get(contender.name)?.push(await askTime(contender, workload));
      // The first round is also the one that warms up.
      if (round > 0) spent.set(contender.name, before + performance.now() - started);
    }
  }
  return times;
}
