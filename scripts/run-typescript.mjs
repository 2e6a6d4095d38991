// Runs a TypeScript program of this repository under any supported Node: bundles it (packages stay outside, the
// project's own name resolves to `dist/`), then imports the bundle. `using` and types are lowered on the way.
import { mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { bundleOptions } from "./build.mjs";

/** Keeps `new URL("beside.me", import.meta.url)` about the source's folder, not the bundle's. */
const sourceUrls = {
  name: "source-urls",
  transform: (code, id) =>
    code.replace(/new URL\(("[^"]*"), import\.meta\.url\)/g, (_, relative) => {
      const url = new URL(JSON.parse(relative), pathToFileURL(id));
      return `new URL(${JSON.stringify(url.href)})`;
    }),
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Bundles and imports `program` (a path from the project's root); `args` become its `process.argv`. */
export async function runTypeScript(program, args = []) {
  const folder = join(root, ".cache", "programs");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${basename(program, ".ts")}.mjs`);
  const bundle = await rolldown({ ...bundleOptions, plugins: [sourceUrls], input: join(root, program) });
  await bundle.write({ file, format: "esm", codeSplitting: false });
  await bundle.close();
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
}
