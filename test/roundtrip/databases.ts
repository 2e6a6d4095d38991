// Databases to take there and back: those of this folder, written in the manner of programs that many people use, and
// those that other people made, in the folder that ATHANOR_CORPUS names. Each is `NAME/load.{sqlite,pg,mysql}.sql`.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DatabaseKind } from "../support/databases/databases.js";

export interface SourceDatabase {
  readonly name: string;
  /** The SQL file that makes it. */
  readonly file: string;
}

const own = fileURLToPath(new URL("databases", import.meta.url));
const suffixes: Readonly<Record<DatabaseKind, string>> = { sqlite: "sqlite", postgresql: "pg", mysql: "mysql" };

/** The databases of one kind; only those called `ATHANOR_CORPUS_ONLY`, where that is set. */
export function sourceDatabases(kind: DatabaseKind): SourceDatabase[] {
  const corpus = process.env["ATHANOR_CORPUS"] ?? "";
  const only = process.env["ATHANOR_CORPUS_ONLY"] ?? "";
  const folders = corpus === "" ? [own] : [own, corpus];
  return folders
    .flatMap((folder) => readdirSync(folder).map((name) => ({ folder, name })))
    .filter(({ name }) => only === "" || only.split(",").includes(name))
    .map(({ folder, name }) => ({ name, file: join(folder, name, `load.${suffixes[kind]}.sql`) }))
    .filter(({ file }) => existsSync(file))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
}
