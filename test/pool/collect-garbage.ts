// Makes the garbage collector run until something shows.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { settle } from "./virtual-timers.js";

const MOST_ROUNDS = 50;

/** Collects until `done`, so many times at most. */
export async function collectGarbageUntil(done: () => boolean): Promise<void> {
  setFlagsFromString("--expose-gc");
  // Sound: the flag makes it.
  const collect = runInNewContext("gc") as () => void;
  for (let round = 0; round < MOST_ROUNDS && !done(); round++) {
    collect();
    await settle();
  }
}
