// The child's side of a benchmark: owns one contender on its own copy of the data, times a batch when told to and
// puts the data back, untimed, after each batch.
import Database from "better-sqlite3";
import { createAthanor } from "./contenders/athanor.js";
import { createRaw } from "./contenders/raw.js";
import { batchSizes, type Contender, WARM_UP_BATCHES, type WorkloadName } from "./contender.js";
import { ORDERS } from "./data.js";

const factories: Readonly<Record<string, (path: string) => Contender>> = {
  raw: createRaw,
  "raw again": createRaw,
  athanor: createAthanor,
};

/** What the parent asks: one batch of one workload, or what comes before the first that counts. */
export interface BatchRequest {
  readonly workload: WorkloadName;
  readonly warmUp: boolean;
}

/** What the child answers: microseconds of processor time an operation, and the check values' sum. */
export interface BatchReply {
  readonly microseconds: number;
  readonly check: number;
}

/** Serves batch requests over the process's message channel until it closes. */
export function serve(contenderName: string, path: string): void {
  const create = factories[contenderName];
  if (create === undefined) throw new RangeError(`unknown contender ${contenderName}`);
  const contender = create(path);
  const restorer = new Database(path);
  restorer.pragma("synchronous = OFF");
  process.on("message", ({ workload, warmUp }: BatchRequest) => {
    if (warmUp) prepare(contender, restorer, workload);
    process.send?.(timeBatch(contender, restorer, workload));
  });
  process.on("disconnect", () => {
    contender.close();
    restorer.close();
  });
}

/** Compiles the code by running it, and starts with a clean heap. */
function prepare(contender: Contender, restorer: Database.Database, workload: WorkloadName): void {
  // Not before each batch: a forced collection also throws away optimized code whose objects are all gone.
  globalThis.gc?.();
  for (let batch = 0; batch < WARM_UP_BATCHES; batch++) timeBatch(contender, restorer, workload);
}

function timeBatch(contender: Contender, restorer: Database.Database, workload: WorkloadName): BatchReply {
  const run = contender.run[workload];
  const operations = batchSizes[workload];
  // What an insert left behind is removed before the next one.
  const together = workload === "W6" ? 1 : operations;
  let check = 0;
  let elapsed = 0;
  for (let done = 0; done < operations; done += together) {
    const started = processorTime();
    for (let turn = 0; turn < together; turn++) check += run();
    elapsed += processorTime() - started;
    if (workload === "W6") restorer.prepare("DELETE FROM orders WHERE id > ?").run(ORDERS);
  }
  return { microseconds: elapsed / operations, check };
}

/**
 * Microseconds of processor time, of the collector's helper threads as well. Time on the clock would count what other
 * programs do; nothing here waits, as the database is in memory.
 */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
