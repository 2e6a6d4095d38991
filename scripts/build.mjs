// Builds the package into `dist/`: JavaScript bundled to few files an entry, so that start-up is cheap, and
// declarations beside it. Skips what is newer than every source.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = ["model", "compiler", "runtime", "cli"];
const STAMP = join(root, "dist", ".built");

/** The rolldown options that every bundle of this project shares: packages stay outside. */
export const bundleOptions = {
  platform: "node",
  external: (id) => !id.startsWith(".") && !id.startsWith("/") && !/^[A-Za-z]:/.test(id),
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

/** Builds `dist/` unless it is up to date. Ends the process when the declarations do not compile. */
export async function build() {
  if (existsSync(STAMP) && statSync(STAMP).mtimeMs > newestChange()) return;
  rmSync(join(root, "dist"), { recursive: true, force: true });
  const bundle = await rolldown({
    ...bundleOptions,
    input: {
      index: join(root, "runtime/index.ts"),
      compiler: join(root, "compiler/index.ts"),
      bin: join(root, "cli/bin.ts"),
    },
  });
  await bundle.write({
    dir: join(root, "dist"),
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name]-[hash].js",
  });
  await bundle.close();
  const tsc = join(root, "node_modules", ".bin", process.platform === "win32" ? "tsc.cmd" : "tsc");
  const declarations = spawnSync(tsc, ["-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (declarations.status !== 0) process.exit(declarations.status ?? 1);
  writeFileSync(STAMP, "");
}
