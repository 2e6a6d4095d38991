// The child's side of a benchmark: owns one contender on its own copy of the data, says what its operations do, times
// a batch when told to, and puts the data back, untimed, after each operation that writes.
import { createHash } from "node:crypto";
import { type Contender, type Workload, type WorkloadName, writingWorkloads } from "./contender.js";
import type { BenchDatabase } from "./databases/database.js";
import { type Keeper, openKeeper } from "./databases/keeper.js";

/** What the parent asks: the facts of a workload's result, or a batch that is timed. */
export interface Request {
  readonly ask: "facts" | "time";
  readonly workload: WorkloadName;
}

/** A digest of the facts, or microseconds an operation. */
export type Reply = string | number;

/** Milliseconds of a workload before its first batch is timed, so that the code is compiled. */
const WARM_UP = 800;
/** Operations whose facts are compared where one differs from the next. */
const DIFFERENT_OPERATIONS: Partial<Record<WorkloadName, number>> = { W1: 8, W10: 8 };

/** Serves requests over the process's message channel until it closes. */
export async function serve(database: BenchDatabase, contenderName: string, url: string): Promise<void> {
  const create = database.contenders[contenderName];
  if (create === undefined) throw new RangeError(`unknown contender ${contenderName}`);
  const worker = new Worker(database, await create(url), openKeeper(url, database.tidying));
  process.on("message", (request: Request) => {
    const answer = request.ask === "facts" ? worker.facts(request.workload) : worker.time(request.workload);
    // A rejection ends the process, which the parent notices.
    void answer.then((reply: Reply) => process.send?.(reply));
  });
  process.on("disconnect", () => void worker.close());
  process.send?.(0);
}

class Worker {
  readonly #database: BenchDatabase;
  readonly #contender: Contender;
  readonly #keeper: Keeper;
  readonly #warm = new Set<WorkloadName>();

  constructor(database: BenchDatabase, contender: Contender, keeper: Keeper) {
    this.#database = database;
    this.#contender = contender;
    this.#keeper = keeper;
  }

  async facts(name: WorkloadName): Promise<string> {
    const { facts } = this.#contender.workloads[name];
    const hash = createHash("sha256");
    for (let turn = 0; turn < (DIFFERENT_OPERATIONS[name] ?? 1); turn++) hash.update(JSON.stringify(await facts()));
    if (writingWorkloads.has(name)) {
      hash.update(JSON.stringify(await this.#keeper.state()));
      await this.#keeper.restore();
    }
    return hash.digest("hex");
  }

  async time(name: WorkloadName): Promise<number> {
    const workload = this.#contender.workloads[name];
    if (!this.#warm.has(name)) {
      this.#warm.add(name);
      // Not before each batch: a forced collection also throws away optimized code whose objects are all gone.
      globalThis.gc?.();
      const started = performance.now();
      while (performance.now() - started < WARM_UP) await this.#batch(name, workload);
    }
    return this.#batch(name, workload);
  }

  async #batch(name: WorkloadName, { run }: Workload): Promise<number> {
    const { now, batchSizes } = this.#database;
    const operations = batchSizes[name];
    const writes = writingWorkloads.has(name);
    const together = writes ? 1 : operations;
    let elapsed = 0;
    for (let done = 0; done < operations; done += together) {
      const started = now();
      for (let turn = 0; turn < together; turn++) {
        const outcome = run();
        if (outcome instanceof Promise) await outcome;
      }
      elapsed += now() - started;
      if (writes) await this.#keeper.restore();
    }
    return elapsed / operations;
  }

  async close(): Promise<void> {
    await this.#contender.close();
    await this.#keeper.close();
  }
}
