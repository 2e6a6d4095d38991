// Makes a folder for output. One level at a time, because Node's own recursive `mkdirSync` never ends where a file
// system such as /proc refuses a new folder in one that exists.
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { displayPath, failureOf, statPath } from "./paths.js";
import { CommandError, exitCodes } from "./terminal.js";

/** Makes `folder` and those above it that do not exist yet. Throws `CommandError` where that cannot be done. */
export function makeFolder(folder: string, cwd: string): void {
  const missing: string[] = [];
  for (let path = folder; statPath(path, displayPath(path, cwd)) === undefined; path = dirname(path)) {
    missing.push(path);
    if (dirname(path) === path) break;
  }
  for (const path of missing.toReversed()) makeOne(path, cwd);
}

function makeOne(path: string, cwd: string): void {
  const shown = displayPath(path, cwd);
  try {
    mkdirSync(path);
  } catch (cause) {
    // Another process may have made it just now.
    if (statPath(path, shown)?.isDirectory() === true) return;
    // Its parent exists, so this is the file system's refusal.
    const refused = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const reason = refused ? "no folder can be made there" : failureOf(cause);
    throw new CommandError(`cannot write to ${shown}: ${reason}`, exitCodes.refused);
  }
}
