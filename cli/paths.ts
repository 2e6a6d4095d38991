// Paths as people read them, and file-system failures in words.
import { statSync, type Stats } from "node:fs";
import { relative, sep } from "node:path";
import { CommandError, exitCodes } from "./terminal.js";

/** `path` relative to `cwd` where it lies inside, with `/` everywhere. */
export function displayPath(path: string, cwd: string): string {
  const inside = relative(cwd, path);
  const shown = inside === "" ? "." : inside.startsWith(`..${sep}`) || inside === ".." ? path : inside;
  return sep === "/" ? shown : shown.replaceAll(sep, "/");
}

/** What is at `path`; undefined for nothing. Throws `CommandError` (wrong usage) where that cannot be told. */
export function statPath(path: string, shown: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (cause) {
    throw new CommandError(`cannot read ${shown}: ${failureOf(cause)}`, exitCodes.usage);
  }
}

const failures: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EEXIST: "a part of the path is a file",
  EISDIR: "it is a folder",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "the name is too long",
  ENOENT: "it does not exist",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is not a folder",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
};

/** What a file-system call died of. */
export function failureOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  return failures[code] ?? cause.message;
}
