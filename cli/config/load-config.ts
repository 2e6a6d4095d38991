// Finds the configuration of a project, upwards from where the command runs, and reads it.
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { displayPath, failureOf } from "../paths.js";
import { CommandError, exitCodes } from "../terminal.js";
import { configProblems } from "./check-config.js";
import type { Config } from "./config.js";

const names = ["ts", "mts", "js", "mjs", "json"].map((extension) => `athanor.config.${extension}`);

interface LoadedConfig {
  readonly config: Config;
  /** The folder that its paths are relative to: the file's, or where the command runs without one. */
  readonly folder: string;
  /** The file; undefined where there is none. */
  readonly file: string | undefined;
}

/**
 * The configuration in `file`, or in the nearest `athanor.config.*` in `cwd` or above; an empty one where there is
 * none.
 * Throws `CommandError` (wrong usage) for one that cannot be read or says what no setting takes.
 */
export async function loadConfig(cwd: string, file?: string): Promise<LoadedConfig> {
  const found = file === undefined ? findConfig(cwd) : resolve(cwd, file);
  if (found === undefined) return { config: {}, folder: cwd, file: undefined };
  const shown = displayPath(found, cwd);
  if (!existsSync(found)) throw new CommandError(`${shown} does not exist`, exitCodes.usage);
  const config = await readConfig(found, shown);
  const problems = configProblems(config);
  if (problems.length > 0) throw new CommandError(`${shown}: ${problems.join(`\n${shown}: `)}`, exitCodes.usage);
  // Sound: held against every setting just now.
  return { config: config as Config, folder: dirname(found), file: found };
}

function findConfig(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const here = names.filter((name) => existsSync(join(folder, name)));
    const [first, second] = here;
    if (second !== undefined) {
      const message = `${displayPath(folder, cwd)} holds ${first} and ${second}`;
      throw new CommandError(message, exitCodes.usage, "keep one of them, or say which with `--config`");
    }
    if (first !== undefined) return join(folder, first);
    if (dirname(folder) === folder) return undefined;
  }
}

async function readConfig(file: string, shown: string): Promise<unknown> {
  try {
    if (extname(file) === ".json") return JSON.parse(readFileSync(file, "utf8"));
    const module =
      extname(file).endsWith("ts") && !readsTypes() ? await importCompiled(file) : await importModule(file);
    return module["default"];
  } catch (cause) {
    throw new CommandError(`cannot read ${shown}: ${failureOf(cause)}`, exitCodes.usage);
  }
}

/** True where Node takes TypeScript as it is: from 22.18 on, and where it is told to. */
function readsTypes(): boolean {
  return process.features.typescript !== false && process.features.typescript !== undefined;
}

/** Read anew where the file has changed since: watching goes on for long. */
async function importModule(file: string): Promise<Record<string, unknown>> {
  const url = pathToFileURL(file);
  url.searchParams.set("changed", String(statSync(file).mtimeMs));
  const { emitWarning } = process;
  // Node warns of types that it strips, and of packages that do not say which modules they hold: both are meant.
  process.emitWarning = () => undefined;
  try {
    // A module's exports are what it exports; each is looked at before it is used.
    return (await import(url.href)) as Record<string, unknown>;
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Compiled into a file beside it, so that its imports are found. */
async function importCompiled(file: string): Promise<Record<string, unknown>> {
  const { transpile } = await import("../../compiler/emit/transpile.js");
  const compiled = join(dirname(file), `.${basename(file)}.${process.pid}.mjs`);
  try {
    writeFileSync(compiled, transpile(readFileSync(file, "utf8")), { flag: "wx" });
    return await importModule(compiled);
  } finally {
    rmSync(compiled, { force: true });
  }
}
