// The output folder of `generate`: what has to change in it, and the change itself. Touches only files that carry the
// generated header, each replaced in one step, so that a reader never sees half a file.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EmittedFile } from "../compiler/emit/emitted-file.js";
import { makeFolder } from "./make-folder.js";
import { displayPath, failureOf, statPath } from "./paths.js";
import { StandingFile } from "./standing-file.js";
import { CommandError, exitCodes } from "./terminal.js";

export interface FolderChanges {
  readonly added: readonly EmittedFile[];
  readonly changed: readonly EmittedFile[];
  /** Names of generated files that the schema no longer gives. */
  readonly stale: readonly string[];
}

/** The generated files in an output folder, by name. */
export function generatedFiles(existing: FolderEntries): Map<string, StandingFile> {
  const files = new Map<string, StandingFile>();
  for (const [name, entry] of existing) if (entry !== "folder" && entry.isGenerated) files.set(name, entry);
  return files;
}

/**
 * What makes `folder`, which holds `existing`, hold exactly `files`, besides files of other origin, which stay.
 * `digestOf` gives the digest of an emitted file's text.
 * Throws `CommandError` where a file of other origin has the name of one to be written.
 */
export function compareFolder(
  folder: string,
  existing: FolderEntries,
  files: readonly EmittedFile[],
  digestOf: (file: EmittedFile) => string,
  cwd: string,
): FolderChanges {
  const added: EmittedFile[] = [];
  const changed: EmittedFile[] = [];
  for (const file of files) {
    const current = existing.get(file.path);
    if (current === undefined) added.push(file);
    else if (current === "folder" || !current.isGenerated) throw foreignFile(join(folder, file.path), cwd);
    // Checked out under Windows, the same file has other line ends.
    else if (current.digest !== digestOf(file) && current.text.replaceAll("\r\n", "\n") !== file.text)
      changed.push(file);
  }
  const wanted = new Set(files.map((file) => file.path));
  const stale = [...generatedFiles(existing).keys()].filter((name) => !wanted.has(name));
  return { added, changed, stale };
}

/**
 * Carries `changes` out: everything is written into a folder of drafts first, then moved to its place, then stale files
 * go. Whoever is killed in between leaves each file old or new, and drafts that the next run removes.
 */
export function applyChanges(folder: string, changes: FolderChanges, cwd: string): void {
  removeDrafts(folder);
  const files = [...changes.added, ...changes.changed];
  if (files.length + changes.stale.length === 0) return;
  const drafts = join(folder, `${draftPrefix}${process.pid}`);
  makeFolder(folder, cwd);
  try {
    mkdirSync(drafts, { recursive: true });
    for (const { path, text } of files) writeFileSync(join(drafts, path), text);
    for (const { path } of files) renameSync(join(drafts, path), join(folder, path));
    for (const name of changes.stale) rmSync(join(folder, name), { force: true });
    rmSync(drafts, { recursive: true });
  } catch (cause) {
    rmSync(drafts, { recursive: true, force: true });
    throw new CommandError(`cannot write to ${displayPath(folder, cwd)}: ${failureOf(cause)}`, exitCodes.refused);
  }
}

const draftPrefix = ".athanor-";

/** Removes the drafts of runs that were killed. */
function removeDrafts(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(draftPrefix) ? Number(name.slice(draftPrefix.length)) : Number.NaN;
    if (Number.isInteger(pid) && !isRunning(pid)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // Another user's process may not be asked, but it is there.
    return cause instanceof Error && "code" in cause && cause.code === "EPERM";
  }
}

type Entry = StandingFile | "folder";
type FolderEntries = ReadonlyMap<string, Entry>;

/** The `.ts` entries of the folder by name; none where it does not exist yet. */
export function readFolder(folder: string, cwd: string): FolderEntries {
  const stats = statPath(folder, displayPath(folder, cwd));
  if (stats === undefined) return new Map();
  if (!stats.isDirectory()) {
    const message = `${displayPath(folder, cwd)} is not a folder`;
    throw new CommandError(message, exitCodes.usage, "give `--out` a folder for the generated files");
  }
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(".ts"));
    return new Map(names.toSorted().map((name) => [name, readEntry(join(folder, name))]));
  } catch (cause) {
    throw new CommandError(`cannot read ${displayPath(folder, cwd)}: ${failureOf(cause)}`, exitCodes.usage);
  }
}

/** A link that leads nowhere counts as an empty file: there is something of that name. */
function readEntry(path: string): Entry {
  try {
    return new StandingFile(readFileSync(path));
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "EISDIR") return "folder";
    if (code === "ENOENT") return new StandingFile(Buffer.of());
    throw cause;
  }
}

function foreignFile(path: string, cwd: string): CommandError {
  return new CommandError(
    `${displayPath(path, cwd)} was not generated by athanor, so it is not overwritten`,
    exitCodes.refused,
    "move it elsewhere, or give `--out` another folder",
  );
}
