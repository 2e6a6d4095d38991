// Runs something again whenever one of the files and folders that it depends on changes, until the process is told to
// end.
import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { dirname, join } from "node:path";
import { CommandError, type ExitCode, exitCodes, type Terminal, writeError } from "./terminal.js";

/** Editors write in several steps; what comes within this time is one change. */
const quietMs = 40;
/** So much earlier than it was a change may seem to be: file systems take the time of the clock's last tick. */
const clockTickMs = 10;

/**
 * Runs `run`, which gives the paths to watch, and again after each change. What it throws as `CommandError` is told and
 * waited out. Ends with the process, or when `signal` does.
 */
export async function watchAndRun(
  run: () => Promise<readonly string[]>,
  terminal: Terminal,
  signal = interruption(),
): Promise<ExitCode> {
  let watched: readonly string[] = [terminal.cwd];
  while (!signal.aborted) {
    const startedAt = Date.now();
    try {
      watched = await run();
    } catch (failure) {
      if (!(failure instanceof CommandError)) throw failure;
      writeError(terminal, failure.message, failure.help);
    }
    await nextChange(watched, startedAt, signal, () => terminal.stderr("watching for changes\n"));
  }
  return exitCodes.done;
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  process.once("SIGINT", () => controller.abort());
  process.once("SIGTERM", () => controller.abort());
  return controller.signal;
}

/**
 * Ends some quiet time after a change in one of `paths` since `startedAt`, or with `signal`. Calls `watching` once no
 * change is missed any more.
 */
async function nextChange(
  paths: readonly string[],
  startedAt: number,
  signal: AbortSignal,
  watching: () => void,
): Promise<void> {
  const watchers: FSWatcher[] = [];
  try {
    await new Promise<void>((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const changed = (): void => {
        clearTimeout(timer);
        timer = setTimeout(resolve, quietMs);
      };
      if (signal.aborted) resolve();
      signal.addEventListener("abort", () => resolve(), { once: true });
      const folders = foldersToWatch(paths);
      for (const folder of folders) {
        // A folder that goes away meanwhile is a change too.
        watchers.push(watch(folder, (_event, name) => isOfInterest(name) && changed()).on("error", changed));
      }
      watching();
      // What changed while nobody watched yet.
      if ([...folders].some((folder) => hasChanged(folder, startedAt - clockTickMs))) changed();
    });
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}

/** True where a file in `folder` is younger than `since`; one from the future is none that was just written. */
function hasChanged(folder: string, since: number): boolean {
  return readdirSync(folder)
    .filter(isOfInterest)
    .some((name) => {
      const changedAt = statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
      return changedAt > since && changedAt <= Date.now();
    });
}

function isOfInterest(name: string | null): boolean {
  return name === null || /\.schema$|^athanor\.config\./.test(name) || !name.includes(".");
}

/** Files are watched by their folders, because editors replace files rather than write them. */
function foldersToWatch(paths: readonly string[]): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory() === true) addBelow(path, folders);
    else folders.add(existingAbove(dirname(path)));
  }
  return folders;
}

function addBelow(folder: string, into: Set<string>): void {
  into.add(folder);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const isSearched = entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules";
    if (isSearched) addBelow(join(folder, entry.name), into);
  }
}

function existingAbove(folder: string): string {
  const exists = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  return exists || dirname(folder) === folder ? folder : existingAbove(dirname(folder));
}
