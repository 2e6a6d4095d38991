// Programs that need other libraries: those in the folders called `peers`. Each is bundled by itself, where its packages
// are installed, and loaded only where it is needed, so that everything else does without them.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** Whether the program `name` in `bench/<folder>/peers/` was bundled. */
export function hasPeerProgram(folder: string, name: string): boolean {
  return existsSync(bundleOf(folder, name));
}

/** Loads it. The caller says what it exports, which the type check of the benchmark sees to. */
export async function loadPeerProgram<Exports>(folder: string, name: string): Promise<Exports> {
  // What a file exports is known by its folder's contract.
  return (await import(pathToFileURL(bundleOf(folder, name)).href)) as Exports;
}

/** Bundles lie beside the program that runs. */
function bundleOf(folder: string, name: string): string {
  return join(dirname(process.argv[1] ?? ""), "peers", folder, `${name}.mjs`);
}
