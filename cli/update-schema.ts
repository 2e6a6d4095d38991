// `athanor reflect --update`: what changed in the database goes into the schema files that people have edited; what
// says the same stays as it is written.
import { join } from "node:path";
import type { ReadFile } from "../compiler/bind/collect-units.js";
import { compileSchema } from "../compiler/compile.js";
import type { Diagnostic } from "../compiler/diagnostics/diagnostic.js";
import { type MergedSchema, mergeSchema } from "../compiler/merge/merge-schema.js";
import { formatSchema } from "../compiler/print/format-schema.js";
import { parse } from "../compiler/syntax/parse.js";
import { createSourceFile } from "../compiler/text/source-file.js";
import { allowWarnings } from "../compiler/unparse/allow-warnings.js";
import type { SchemaModel } from "../model/schema-model.js";
import { reportDiagnostics } from "./report-diagnostics.js";
import type { Project } from "./config/project.js";
import { readDatabase, type ReadingOptions } from "./read-database.js";
import { replaceFile } from "./replace-file.js";
import { schemaFilesOf } from "./schema-files.js";
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
  const { folder, files, read } = schemaFilesOf(project, terminal);
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
  const diagnosticsOf = ({ texts }: MergedSchema): readonly Diagnostic[] =>
    compile((path) => texts.get(path) ?? read(path)).diagnostics;
  const first = merge(typed);
  const merged = diagnosticsOf(first).some(isError) ? merge(verbatim) : first;
  const diagnostics = diagnosticsOf(merged);
  const texts = allowNewWarnings(merged.texts, diagnostics, compiled.diagnostics);
  for (const [name, text] of texts) replaceFile(join(folder, name), text, name);
  terminal.stderr([...broughtAlong, ...merged.report].map((line) => `${line}\n`).join(""));
  terminal.stderr(texts.size === 0 ? `${root} is up to date\n` : `${[...texts.keys()].join(", ")} updated\n`);
  const errors = diagnostics.filter(isError);
  const sources = [...merged.texts].map(([name, text]) => createSourceFile(name, text));
  reportDiagnostics(errors, sources, terminal);
  return errors.length === 0 ? exitCodes.done : exitCodes.refused;
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

/** `texts` in which comments allow the warnings that the merge brought; those that were there stay what they are. */
function allowNewWarnings(
  texts: ReadonlyMap<string, string>,
  after: readonly Diagnostic[],
  before: readonly Diagnostic[],
): ReadonlyMap<string, string> {
  if (after.some(isError)) return texts;
  const known = new Set(before.map(warningKey));
  const fresh = after.filter((one) => !known.has(warningKey(one)));
  const allowed = [...texts].map(([name, text]): [string, string] => {
    const { value } = parse(createSourceFile(name, text));
    const changed = allowWarnings(value, fresh);
    return [name, changed === text ? text : formatSchema(parse(createSourceFile(name, changed)).value)];
  });
  return new Map(allowed);
}

/** Places move, what is said does not. */
function warningKey({ code, message, primary }: Diagnostic): string {
  return [code, primary.span.file, message].join("\n");
}
