// `athanor check`: every mistake in a schema, for people on stderr or as JSON on stdout.
import { renderDiagnosticsJson } from "../compiler/diagnostics/render-json.js";
import { type Flags, openProject } from "./config/project.js";
import { compileFiles } from "./compile-files.js";
import { counted, reportDiagnostics } from "./report-diagnostics.js";
import { schemaFilesOf } from "./schema-files.js";
import { type ExitCode, exitCodes, type Terminal } from "./terminal.js";

export async function runCheck(paths: readonly string[], flags: Flags, terminal: Terminal): Promise<ExitCode> {
  const project = await openProject(paths, flags, terminal);
  const { model, diagnostics, sources } = compileFiles(schemaFilesOf(project, terminal), project.config);
  if (flags["format"] === "json") terminal.stdout(withLineEnd(renderDiagnosticsJson(diagnostics, sources)));
  else {
    reportDiagnostics(diagnostics, sources, terminal);
    if (model !== undefined) terminal.stderr(`${counted(sources.length, "file")} checked: the schema is sound\n`);
  }
  return model === undefined ? exitCodes.refused : exitCodes.done;
}

function withLineEnd(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
