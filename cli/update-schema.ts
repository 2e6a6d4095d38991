// `athanor reflect --update`: what changed in the database goes into the schema files that people have edited; what
// says the same stays as it is written.
import { join } from "node:path";
import type { ReadFile } from "../compiler/bind/collect-units.js";
import { compileSchema } from "../compiler/compile.js";
import type { Diagnostic } from "../compiler/diagnostics/diagnostic.js";
import { type MergedSchema, mergeSchema } from "../compiler/merge/merge-schema.js";
import { createSourceFile } from "../compiler/text/source-file.js";
import type { SchemaModel } from "../model/schema-model.js";
import { reportDiagnostics } from "./compile-files.js";
import type { Project } from "./config/project.js";
import { readDatabase, type ReadingOptions } from "./read-database.js";
import { replaceFile } from "./replace-file.js";
import { findSchemaFiles } from "./schema-files.js";
import { CommandError, type ExitCode, exitCodes, type Terminal } from "./terminal.js";

/**
 * Updates the schema whose root is the one file of `project`, and says what changed. A schema with errors changes
 * nothing.
 */
export async function updateSchema(
  url: string,
  project: Project,
  options: ReadingOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { folder, files, read } = findSchemaFiles(project.schemas, terminal.cwd, project.folder);
  const { dialects, naming = {} } = project.config;
  const [root = ""] = files;
  const compile = (reader: ReadFile) =>
    compileSchema({ root, read: reader, naming, ...(dialects === undefined ? {} : { dialects }) });
  const compiled = compile(read);
  const known = compiled.value.model;
  if (known === undefined) {
    const sources = compiled.value.files.map(({ source }) => source);
    reportDiagnostics(compiled.diagnostics, sources, terminal);
    throw new CommandError(`${root} has errors: nothing was updated`, exitCodes.refused);
  }
  const { typed, verbatim, broughtAlong, leftOut, isInScope, likeness } = await readDatabase(url, options, known);
  const merge = (database: SchemaModel): MergedSchema =>
    mergeSchema({
      files: compiled.value.files,
      root,
      known,
      database,
      likeness,
      templates: naming,
      ...(leftOut === undefined ? {} : { leftOut }),
      isInScope,
    });
  const errorsOf = ({ texts }: MergedSchema): Diagnostic[] =>
    compile((path) => texts.get(path) ?? read(path)).diagnostics.filter(({ severity }) => severity === "error");
  const first = merge(typed);
  const merged = errorsOf(first).length === 0 ? first : merge(verbatim);
  for (const [name, text] of merged.texts) replaceFile(join(folder, name), text, name);
  terminal.stderr([...broughtAlong, ...merged.report].map((line) => `${line}\n`).join(""));
  terminal.stderr(
    merged.texts.size === 0 ? `${root} is up to date\n` : `${[...merged.texts.keys()].join(", ")} updated\n`,
  );
  const errors = errorsOf(merged);
  const sources = [...merged.texts].map(([name, text]) => createSourceFile(name, text));
  reportDiagnostics(errors, sources, terminal);
  return errors.length === 0 ? exitCodes.done : exitCodes.refused;
}
