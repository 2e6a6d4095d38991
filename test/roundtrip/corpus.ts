// The databases that other people made, in the folder that ATHANOR_CORPUS names: `NAME/load.{sqlite,pg,mysql}.sql`.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseKind } from "../support/databases/databases.js";

export interface CorpusDatabase {
  readonly name: string;
  /** The SQL file that makes it. */
  readonly file: string;
}

const suffixes: Readonly<Record<DatabaseKind, string>> = { sqlite: "sqlite", postgresql: "pg", mysql: "mysql" };

/** The databases of one kind; only those called `ATHANOR_CORPUS_ONLY`, where that is set. */
export function corpusDatabases(kind: DatabaseKind): CorpusDatabase[] {
  const folder = process.env["ATHANOR_CORPUS"] ?? "";
  const only = process.env["ATHANOR_CORPUS_ONLY"] ?? "";
  if (folder === "") return [];
  return readdirSync(folder)
    .toSorted()
    .filter((name) => only === "" || only.split(",").includes(name))
    .map((name) => ({ name, file: join(folder, name, `load.${suffixes[kind]}.sql`) }))
    .filter(({ file }) => existsSync(file));
}
