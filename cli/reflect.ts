// `athanor reflect`: an existing database to a schema file that a person would have written.
import { existsSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { writeSchemaFile } from "../compiler/unparse/schema-file.js";
import { keptAsSql } from "../model/reflected-report.js";
import type { SchemaModel } from "../model/schema-model.js";
import { counted } from "./compile-files.js";
import { makeFolder } from "./make-folder.js";
import { displayPath, failureOf } from "./paths.js";
import { readDatabase } from "./read-database.js";
import { CommandError, type ExitCode, exitCodes, type Terminal } from "./terminal.js";

export interface ReflectOptions {
  /** Where the schema goes; the standard output where left out. */
  readonly out?: string;
  readonly tables?: readonly string[];
  readonly schema?: readonly string[];
  readonly dialect?: readonly string[];
}

export async function runReflect(url: string, options: ReflectOptions, terminal: Terminal): Promise<ExitCode> {
  const target = options.out === undefined ? undefined : resolve(terminal.cwd, options.out);
  const shown = target === undefined ? "standard output" : displayPath(target, terminal.cwd);
  if (target !== undefined && existsSync(target)) {
    throw new CommandError(`${shown} exists already`, exitCodes.refused, "name another file, and compare the two");
  }
  const database = await readDatabase(url, options);
  const { text, diagnostics } = writeSchemaFile(shown, database.typed, database.verbatim);
  if (target === undefined) terminal.stdout(text);
  else {
    makeFolder(dirname(target), terminal.cwd);
    writeText(target, text, shown);
  }
  report(database.typed, shown, terminal);
  return diagnostics.length === 0 ? exitCodes.done : exitCodes.refused;
}

function writeText(target: string, text: string, shown: string): void {
  try {
    writeFileSync(target, text);
  } catch (cause) {
    throw new CommandError(`cannot write ${shown}: ${failureOf(cause)}`, exitCodes.refused);
  }
}

function report(model: SchemaModel, shown: string, terminal: Terminal): void {
  const relationships = model.classes.reduce((sum, one) => sum + one.relationships.length, 0);
  const parts = [
    counted(model.tables.length, "table"),
    `${model.classes.length} ${model.classes.length === 1 ? "class" : "classes"}`,
    counted(relationships, "relationship"),
    ...((model.views?.length ?? 0) === 0 ? [] : [counted(model.views?.length ?? 0, "view")]),
  ];
  terminal.stderr(`${shown}: ${parts.join(", ")}\n`);
  const kept = keptAsSql(model);
  if (kept.length > 0) terminal.stderr(`kept as SQL:\n${kept.map((line) => `  ${line}\n`).join("")}`);
}
