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

/** The project's own name, from wherever the bundle lies: another `package.json` may be closer to it. */
const ownPackage = {
  name: "own-package",
  resolveId: (id) =>
    id === "athanor" ? { id: pathToFileURL(join(root, "dist", "index.js")).href, external: true } : null,
};

/**
 * Bundles and imports `program` (a path from the project's root); `args` become its `process.argv`. `options.beside` are
 * further programs, by the names of their bundles: they share what they can. `options.folder` is where bundles go.
 */
export async function runTypeScript(program, args = [], { beside = {}, folder = ".cache/programs" } = {}) {
  const dir = join(root, folder);
  mkdirSync(dir, { recursive: true });
  const name = basename(program, ".ts");
  const input = { [name]: program, ...beside };
  const bundle = await rolldown({
    ...bundleOptions,
    external: (id) => id !== "athanor" && bundleOptions.external(id),
    plugins: [sourceUrls, ownPackage],
    input: Object.fromEntries(Object.entries(input).map(([entry, path]) => [entry, join(root, path)])),
  });
  await bundle.write({ dir, format: "esm", entryFileNames: "[name].mjs", chunkFileNames: "chunks/[name].mjs" });
  await bundle.close();
  const file = join(dir, `${name}.mjs`);
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
}
