// `athanor format`: schema files in their canonical form, or with `--check` which are not. A file that does not parse
// stays as it is.
import { join } from "node:path";
import type { Diagnostic } from "../compiler/diagnostics/diagnostic.js";
import { formatSchema } from "../compiler/print/format-schema.js";
import { parse } from "../compiler/syntax/parse.js";
import { createSourceFile, type SourceFile } from "../compiler/text/source-file.js";
import { counted, reportDiagnostics } from "./report-diagnostics.js";
import { type Flags, openProject } from "./config/project.js";
import { replaceFile } from "./replace-file.js";
import { schemaFilesOf } from "./schema-files.js";
import { type ExitCode, exitCodes, type Terminal } from "./terminal.js";

export async function runFormat(paths: readonly string[], flags: Flags, terminal: Terminal): Promise<ExitCode> {
  const project = await openProject(paths, flags, terminal);
  const { folder, files, read } = schemaFilesOf(project, terminal);
  const sources = files.map((file) => createSourceFile(file, read(file) ?? ""));
  const parsed = sources.map((source) => parse(source));
  const diagnostics = parsed.flatMap((each) => each.diagnostics);
  if (diagnostics.some(isError)) {
    reportDiagnostics(diagnostics, sources, terminal);
    terminal.stderr("nothing was formatted\n");
    return exitCodes.refused;
  }
  const changed = parsed
    .map(({ value }) => ({ source: value.source, text: formatSchema(value) }))
    .filter(({ source, text }) => text !== source.text);
  if (flags["check"] === true)
    return reportUnformatted(
      changed.map(({ source }) => source),
      files.length,
      terminal,
    );
  for (const { source, text } of changed) replaceFile(join(folder, source.name), text, source.name);
  for (const { source } of changed) terminal.stderr(`formatted  ${source.name}\n`);
  terminal.stderr(`${counted(files.length, "file")}, ${changed.length} changed\n`);
  return exitCodes.done;
}

function isError(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === "error";
}

function reportUnformatted(changed: readonly SourceFile[], total: number, terminal: Terminal): ExitCode {
  for (const { name } of changed) terminal.stderr(`not formatted  ${name}\n`);
  if (changed.length === 0) {
    terminal.stderr(`${counted(total, "file")}, all formatted\n`);
    return exitCodes.done;
  }
  terminal.stderr(`${counted(changed.length, "file")} to format: run \`athanor format\`\n`);
  return exitCodes.refused;
}
