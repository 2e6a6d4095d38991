// What an operation costs in memory. The process has to run with `--expose-gc`, and with a young generation that holds
// all that the operation allocates, so that nothing is collected before it is counted.
import { PerformanceObserver } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

/** Bytes of JavaScript's heap. */
export interface Memory {
  /** All that the operation allocated; where a collection came between, what was left of it. */
  readonly allocated: number;
  /** What is alive while its result is held, beyond what was alive before. */
  readonly retained: number;
  /** Whether a collection came between, so that more was allocated than was counted. */
  readonly collected: boolean;
}

/** Flags of a process that measures memory. */
export const MEMORY_FLAGS: readonly string[] = [
  "--expose-gc",
  "--min-semi-space-size=1024",
  "--max-semi-space-size=1024",
];

/** Measures one call of `operation`. */
export async function memoryOf(operation: () => unknown): Promise<Memory> {
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error("memory is measured in a process with --expose-gc");
  // Twice, and with a turn between: what finalizers and weak references keep goes in the second.
  const settle = async (): Promise<number> => {
    collect();
    await sleep(5);
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = await settle();
  let collections = 0;
  const observer = new PerformanceObserver((list) => (collections += list.getEntries().length));
  observer.observe({ entryTypes: ["gc"] });
  await sleep(5);
  collections = 0;
  const start = process.memoryUsage().heapUsed;
  const result = await operation();
  const allocated = process.memoryUsage().heapUsed - start;
  await sleep(5);
  const collected = collections > 0;
  observer.disconnect();
  const retained = (await settle()) - before;
  // Looked at after the collection, so that it is still held there.
  if (result === undefined) throw new Error("the operation gave nothing to hold");
  return { allocated, retained, collected };
}
