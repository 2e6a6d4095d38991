// Builds the package into `dist/`: JavaScript bundled to few files an entry, so that start-up is cheap, and
// declarations beside it. Skips what is younger than every source.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = ["model", "compiler", "runtime", "cli"];

/** The rolldown options that every bundle of this project shares: packages stay outside, helpers of lowered syntax do not. */
export const bundleOptions = {
  platform: "node",
  external: (id) => !/^([./]|[A-Za-z]:|@oxc-project\/runtime)/.test(id),
  transform: { target: "es2022" },
  logLevel: "warn",
};

function newestChange() {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const settings = ["package.json", "tsconfig.json", "tsconfig.build.json", "scripts/build.mjs"];
  const inputs = [...files, ...settings.map((name) => join(root, name))];
  return Math.max(...inputs.map((file) => statSync(file).mtimeMs));
}

/** True where `stamp` is younger than every source; else the step that calls it has work to do. */
function isUpToDate(stamp) {
  return existsSync(stamp) && statSync(stamp).mtimeMs > newestChange();
}

/** What a running application loads stands in three files, as each file more costs it a third of a millisecond. */
const packageOutput = {
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "chunks/[name]-[hash].js",
  codeSplitting: {
    groups: [
      { name: "model", test: /\/model\//, priority: 2 },
      { name: "runtime", test: /\/runtime\/(?!testing\/|engine\/opentelemetry)/, priority: 1 },
    ],
  },
  comments: { annotation: true, jsdoc: false, legal: true },
};

/** One letter beyond ASCII doubles the memory of a whole file's text, and with it the time to read it. */
const asciiText = {
  name: "ascii-text",
  generateBundle: (_, bundle) => {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === "chunk") chunk.code = chunk.code.replaceAll(/[\u0080-\uffff]/g, escapedUnit);
    }
  },
};

function escapedUnit(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Bundles the JavaScript of the package into `dist/`, unless it is up to date. */
export async function buildCode() {
  const stamp = join(root, "dist", ".code");
  if (isUpToDate(stamp)) return;
  rmSync(join(root, "dist"), { recursive: true, force: true });
  const bundle = await rolldown({
    ...bundleOptions,
    plugins: [asciiText],
    input: {
      index: join(root, "runtime/index.ts"),
      config: join(root, "cli/config/config.ts"),
      compiler: join(root, "compiler/index.ts"),
      opentelemetry: join(root, "runtime/engine/opentelemetry.ts"),
      testing: join(root, "runtime/testing/index.ts"),
      bin: join(root, "cli/bin.ts"),
    },
  });
  await bundle.write({ dir: join(root, "dist"), ...packageOutput });
  await bundle.close();
  writeFileSync(stamp, "");
}

/** Builds all of `dist/`, declarations too. Ends the process when they do not compile. */
export async function build() {
  await buildCode();
  const stamp = join(root, "dist", ".declarations");
  if (isUpToDate(stamp)) return;
  const tsc = join(root, "node_modules", ".bin", process.platform === "win32" ? "tsc.cmd" : "tsc");
  const done = spawnSync(tsc, ["-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
  writeFileSync(stamp, "");
}
