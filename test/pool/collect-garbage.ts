// Makes the garbage collector run.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { settle } from "./virtual-timers.js";

const MOST_ROUNDS = 50;

/** Collects once. */
export function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  // Sound: the flag makes it.
  (runInNewContext("gc") as () => void)();
}

/** Collects until `done`, so many times at most. */
export async function collectGarbageUntil(done: () => boolean): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS && !done(); round++) {
    collectGarbage();
    await settle();
  }
}
