// Runs a TypeScript program of this repository under any supported Node: bundles it (packages stay outside, the
// project's own name resolves to `dist/`), then imports the bundle. `using` and types are lowered on the way.
import { mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { bundleOptions } from "./build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Bundles and imports `program` (a path from the project's root); `args` become its `process.argv`. */
export async function runTypeScript(program, args = []) {
  const folder = join(root, ".cache", "programs");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${basename(program, ".ts")}.mjs`);
  const bundle = await rolldown({ ...bundleOptions, input: join(root, program) });
  await bundle.write({ file, format: "esm", codeSplitting: false });
  await bundle.close();
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
}
