// The child's side of a benchmark: owns one contender on its own copy of the data, says what its operations do, measures
// them when told to, and puts the data back, unmeasured, after each operation that writes.
import { createHash } from "node:crypto";
import { type Contender, type Workload, type WorkloadName, writingWorkloads } from "../contender.js";
import type { BenchDatabase } from "../databases/database.js";
import { type Keeper, openKeeper } from "../databases/keeper.js";
import { type Memory, memoryOf } from "./memory.js";

/** What the parent asks about a workload: the facts of its result, the time of a batch, or its operation's memory. */
export interface Request {
  readonly ask: "facts" | "time" | "memory";
  readonly workload: WorkloadName;
}

/** A digest of the facts, microseconds an operation, or its memory. */
export type Reply = string | number | Memory;

/** Milliseconds of a workload before its first batch is timed, so that the code is compiled. */
const WARM_UP = 800;
/** Milliseconds that a batch takes at most, where it holds more than one operation. */
const LONGEST_BATCH = 150;
/** Operations before the one whose memory counts. */
const UNMEASURED_OPERATIONS = 5;
/** Operations whose facts are compared where one differs from the next. */
const DIFFERENT_OPERATIONS: Partial<Record<WorkloadName, number>> = { W1: 8, W10: 8 };

class Worker {
  readonly #database: BenchDatabase;
  readonly #contender: Contender;
  readonly #keeper: Keeper;
  /** How many operations a batch holds; known once a workload is warm. */
  readonly #batchSizes = new Map<WorkloadName, number>();

  constructor(database: BenchDatabase, contender: Contender, keeper: Keeper) {
    this.#database = database;
    this.#contender = contender;
    this.#keeper = keeper;
  }

  /** Serves requests over the process's message channel until it closes. */
  serve(): void {
    process.on("message", (request: Request) => {
      // A rejection ends the process, which the parent notices.
      void this.#answer(request).then((reply) => process.send?.(reply));
    });
    process.on("disconnect", () => void this.#close());
    process.send?.(0);
  }

  #answer({ ask, workload }: Request): Promise<Reply> {
    if (ask === "facts") return this.#facts(workload);
    return ask === "time" ? this.#time(workload) : this.#memory(workload);
  }

  async #facts(name: WorkloadName): Promise<string> {
    const { facts } = this.#contender.workloads[name];
    const hash = createHash("sha256");
    for (let turn = 0; turn < (DIFFERENT_OPERATIONS[name] ?? 1); turn++) hash.update(JSON.stringify(await facts()));
    if (writingWorkloads.has(name)) {
      hash.update(JSON.stringify(await this.#keeper.state()));
      await this.#keeper.restore();
    }
    return hash.digest("hex");
  }

  async #time(name: WorkloadName): Promise<number> {
    const operations = this.#batchSizes.get(name) ?? (await this.#warmUp(name));
    return (await this.#run(name, operations)) / operations;
  }

  /** Runs the workload until its code is compiled, and finds out how many operations its batches hold. */
  async #warmUp(name: WorkloadName): Promise<number> {
    // Not before each batch: a forced collection also throws away optimized code whose objects are all gone.
    globalThis.gc?.();
    const started = performance.now();
    let operations = 1;
    let each = (await this.#run(name, 1)) / 1_000;
    while (performance.now() - started < WARM_UP) {
      operations = Math.min(operations * 2, this.#database.batchSizes[name]);
      each = (await this.#run(name, operations)) / operations / 1_000;
    }
    const size = Math.max(1, Math.min(this.#database.batchSizes[name], Math.floor(LONGEST_BATCH / each)));
    this.#batchSizes.set(name, size);
    return size;
  }

  /** Microseconds of so many operations. */
  async #run(name: WorkloadName, operations: number): Promise<number> {
    const { run } = this.#contender.workloads[name];
    const { now } = this.#database;
    const writes = writingWorkloads.has(name);
    const together = writes ? 1 : operations;
    let elapsed = 0;
    for (let done = 0; done < operations; done += together) {
      const started = now();
      for (let turn = 0; turn < together; turn++) {
        const outcome = run();
        if (isThenable(outcome)) await outcome;
      }
      elapsed += now() - started;
      if (writes) await this.#keeper.restore();
    }
    return elapsed;
  }

  async #memory(name: WorkloadName): Promise<Memory> {
    const { run }: Workload = this.#contender.workloads[name];
    const restore = async (): Promise<void> => {
      if (writingWorkloads.has(name)) await this.#keeper.restore();
    };
    for (let turn = 0; turn < UNMEASURED_OPERATIONS; turn++) {
      await run();
      await restore();
    }
    const memory = await memoryOf(run);
    await restore();
    return memory;
  }

  async #close(): Promise<void> {
    await this.#contender.close();
    await this.#keeper.close();
  }
}

/** Some libraries' queries are no promises, but are run once somebody waits for them. */
function isThenable(outcome: unknown): boolean {
  return typeof outcome === "object" && outcome !== null && "then" in outcome;
}

/** Opens the contender and the keeper of the copy at `url`, and serves them. */
export async function serveContender(database: BenchDatabase, contenderName: string, url: string): Promise<void> {
  const load = database.contenders[contenderName];
  if (load === undefined) throw new RangeError(`unknown contender ${contenderName}`);
  new Worker(database, await (await load())(url), openKeeper(url, database.tidying)).serve();
}
