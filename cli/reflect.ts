// `athanor reflect`: an existing database to a schema file that a person would have written, or with `--update` into
// the one that a person has edited since.
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { writeLeftOut } from "../compiler/unparse/left-out.js";
import { writeSchemaFile } from "../compiler/unparse/schema-file.js";
import { keptAsSql } from "../model/reflected-report.js";
import type { SchemaModel } from "../model/schema-model.js";
import { counted, reportDiagnostics } from "./report-diagnostics.js";
import { createSourceFile } from "../compiler/text/source-file.js";
import { openProject } from "./config/project.js";
import { makeFolder } from "./make-folder.js";
import { displayPath } from "./paths.js";
import { readDatabase, type ReadingOptions } from "./read-database.js";
import { replaceFile } from "./replace-file.js";
import { CommandError, type ExitCode, exitCodes, type Terminal } from "./terminal.js";
import { updateSchema } from "./update-schema.js";

export interface ReflectOptions extends ReadingOptions {
  /** Where the schema goes; the standard output where left out. */
  readonly out?: string;
  readonly update: boolean;
  /** The file of the configuration, where it is named. */
  readonly config?: string;
}

/** `options` hold what commander read, `--config` among it. */
export async function runReflect(url: string, options: ReflectOptions, terminal: Terminal): Promise<ExitCode> {
  const { out, update } = options;
  const project = await openProject(out === undefined ? [] : [out], { config: options.config }, terminal);
  const target = out === undefined ? undefined : resolve(terminal.cwd, out);
  const exists = target !== undefined && existsSync(target);
  if (update && out === undefined) {
    throw new CommandError("`--update` needs the file that it is to update: `--out FILE`", exitCodes.usage);
  }
  if (update && exists && out !== undefined) return updateSchema(url, project, options, terminal);
  const shown = target === undefined ? "standard output" : displayPath(target, terminal.cwd);
  if (exists) {
    const help = "`--update` merges the database into it and keeps what you wrote";
    throw new CommandError(`${shown} exists already`, exitCodes.refused, help);
  }
  const { typed, verbatim, broughtAlong, leftOut = [] } = await readDatabase(url, options);
  const { text: declarations, diagnostics } = writeSchemaFile(shown, typed, verbatim, project.config.naming);
  const text = `${declarations}${writeLeftOut(leftOut)}`;
  if (target === undefined) terminal.stdout(text);
  else {
    makeFolder(dirname(target), terminal.cwd);
    replaceFile(target, text, shown);
  }
  reportDiagnostics(diagnostics, [createSourceFile(shown, text)], terminal);
  reportContent(typed, shown, terminal);
  terminal.stderr(broughtAlong.map((line) => `${line}\n`).join(""));
  if (leftOut.length > 0) terminal.stderr(`left out:\n${leftOut.map((line) => `  ${line}\n`).join("")}`);
  return diagnostics.length === 0 ? exitCodes.done : exitCodes.refused;
}

/** What there is, and what of it stays SQL, so that nothing is left out unsaid. */
function reportContent(model: SchemaModel, shown: string, terminal: Terminal): void {
  const relationships = model.classes.reduce((sum, one) => sum + one.relationships.length, 0);
  const views = model.views?.length ?? 0;
  const parts = [
    counted(model.tables.length, "table"),
    `${model.classes.length} ${model.classes.length === 1 ? "class" : "classes"}`,
    counted(relationships, "relationship"),
    ...(views === 0 ? [] : [counted(views, "view")]),
  ];
  terminal.stderr(`${shown}: ${parts.join(", ")}\n`);
  const kept = keptAsSql(model);
  if (kept.length > 0) terminal.stderr(`kept as SQL:\n${kept.map((line) => `  ${line}\n`).join("")}`);
}
