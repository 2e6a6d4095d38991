// The child's side of a benchmark: owns one contender on its own copy of the data, times a batch when told to and
// puts the data back, untimed, after each batch.
import Database from "better-sqlite3";
import { createAthanor } from "./contenders/athanor.js";
import { createRaw } from "./contenders/raw.js";
import { batchSizes, type Contender, type WorkloadName } from "./contender.js";
import { ORDERS } from "./data.js";

const factories: Readonly<Record<string, (path: string) => Contender>> = {
  raw: createRaw,
  "raw again": createRaw,
  athanor: createAthanor,
};

/** What the parent asks: one batch of one workload. */
export interface BatchRequest {
  readonly workload: WorkloadName;
}

/** What the child answers: microseconds an operation, and the check values' sum. */
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
  process.on("message", (request: BatchRequest) => process.send?.(timeBatch(contender, restorer, request.workload)));
  process.on("disconnect", () => {
    contender.close();
    restorer.close();
  });
}

function timeBatch(contender: Contender, restorer: Database.Database, workload: WorkloadName): BatchReply {
  const run = contender.run[workload];
  const writes = workload === "W6" || workload === "W8";
  let check = 0;
  let elapsed = 0;
  globalThis.gc?.();
  for (let index = 0; index < batchSizes[workload]; index += writes ? 1 : batchSizes[workload]) {
    const started = performance.now();
    if (writes) check += run();
    else for (let turn = 0; turn < batchSizes[workload]; turn++) check += run();
    elapsed += performance.now() - started;
    if (writes) restore(restorer, workload);
  }
  return { microseconds: (elapsed * 1000) / batchSizes[workload], check };
}

function restore(database: Database.Database, workload: WorkloadName): void {
  if (workload === "W6") database.prepare("DELETE FROM orders WHERE id > ?").run(ORDERS);
}
