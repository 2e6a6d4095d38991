// A full collection of garbage, in a process that was not started with a flag for it.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
// The flag makes it a function of every context made afterwards.
const collectGarbage = runInNewContext("gc") as () => void;

/** Collects everything that is not alive; gives the bytes of the heap that are. */
export function collect(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
