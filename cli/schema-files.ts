// From the paths on the command line to a schema's files: folders are searched, and the compiler gets a
// function that reads.
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { ReadFile } from "../compiler/bind/collect-units.js";
import { type Project, schemasOf } from "./config/project.js";
import { failureOf, statPath } from "./paths.js";
import { CommandError, exitCodes, type Terminal } from "./terminal.js";

const schemaExtension = ".schema";

/** Schema files, by paths relative to `folder` with `/`. */
export interface SchemaFiles {
  /** Absolute: the project's root where all files lie in it, else the folder that holds them all. */
  readonly folder: string;
  /** Every file named or found, sorted; imported files elsewhere are not among them. */
  readonly files: readonly string[];
  /** The text of a file inside `folder`; undefined where there is none. */
  readonly read: ReadFile;
}

/**
 * The schema files of `project`. Throws `CommandError` (wrong usage) where there are none, or a path does not exist or
 * cannot be read.
 */
export function schemaFilesOf(project: Project, { cwd }: Terminal): SchemaFiles {
  const found = new Set(schemasOf(project).flatMap((path) => schemasAt(resolve(cwd, path), path)));
  const folder = commonFolder(project.folder, [...found]);
  const files = [...found].map((file) => relative(folder, file).replaceAll(sep, "/")).toSorted();
  return { folder, files, read: cachedReader(folder) };
}

function schemasAt(path: string, written: string): string[] {
  const stats = statPath(path, written);
  if (stats === undefined) throw new CommandError(`${written} does not exist`, exitCodes.usage);
  if (stats.isFile()) return [path];
  const files = stats.isDirectory() ? filesBelow(path, written) : [];
  if (files.length > 0) return files;
  const help = `name a folder that holds *${schemaExtension} files, or a file`;
  throw new CommandError(`there is no ${schemaExtension} file in ${written}`, exitCodes.usage, help);
}

/** All schema files of a folder and those in it; hidden folders and packages are not searched. */
function filesBelow(folder: string, written: string): string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    throw new CommandError(`cannot read ${written}: ${failureOf(cause)}`, exitCodes.usage);
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const skipped = entry.name.startsWith(".") || entry.name === "node_modules";
      return skipped ? [] : filesBelow(path, join(written, entry.name));
    }
    return entry.name.endsWith(schemaExtension) ? [path] : [];
  });
}

function commonFolder(root: string, files: readonly string[]): string {
  let folder = root;
  for (const file of files) {
    while (!isInside(folder, file) && folder !== dirname(folder)) folder = dirname(folder);
  }
  return folder;
}

function isInside(folder: string, path: string): boolean {
  const inner = relative(folder, path);
  // Between drives, the relative path is an absolute one.
  return inner !== ".." && !inner.startsWith(`..${sep}`) && !isAbsolute(inner);
}

/** Reads each file once; a link that leads out of `folder` counts as no file. */
function cachedReader(folder: string): ReadFile {
  const texts = new Map<string, string | undefined>();
  return (path) => {
    if (!texts.has(path)) texts.set(path, readInside(folder, path));
    return texts.get(path);
  };
}

function readInside(folder: string, path: string): string | undefined {
  const file = resolve(folder, path);
  if (statPath(file, path)?.isFile() !== true) return undefined;
  try {
    return isInside(realpathSync(folder), realpathSync(file)) ? readFileSync(file, "utf8") : undefined;
  } catch (cause) {
    throw new CommandError(`cannot read ${path}: ${failureOf(cause)}`, exitCodes.usage);
  }
}
