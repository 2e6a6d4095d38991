// Writes a file in one step: whoever reads it meanwhile gets the old text or the new one.
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { failureOf } from "./paths.js";
import { CommandError, exitCodes } from "./terminal.js";

/** Throws `CommandError` where it cannot be written; `shown` is its path for people. */
export function replaceFile(path: string, text: string, shown: string): void {
  const draft = join(dirname(path), `.athanor.${process.pid}.tmp`);
  try {
    writeFileSync(draft, text, { flag: "wx" });
    renameSync(draft, path);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw new CommandError(`cannot write ${shown}: ${failureOf(cause)}`, exitCodes.refused);
  }
}
