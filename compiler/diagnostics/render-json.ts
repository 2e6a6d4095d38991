// Diagnostics to JSON for editors and continuous integration: places as offsets and as one-based lines and columns.
import { positionAt, type SourceFile } from "../text/source-file.js";
import type { Diagnostic, Label } from "./diagnostic.js";
import { sortDiagnostics } from "./sort-diagnostics.js";

/** A JSON array, indented by two, all diagnostics in order of file and place. */
export function renderDiagnosticsJson(diagnostics: readonly Diagnostic[], sources: Iterable<SourceFile>): string {
  const byName = new Map([...sources].map((source) => [source.name, source]));
  const list = sortDiagnostics(diagnostics).map(({ code, severity, message, primary, related, help }) => ({
    code,
    severity,
    message,
    place: placeOf(primary, byName),
    related: related.map((label) => placeOf(label, byName)),
    help,
  }));
  return JSON.stringify(list, undefined, 2);
}

function placeOf(label: Label, sources: ReadonlyMap<string, SourceFile>) {
  const { file, start, end } = label.span;
  const source = sources.get(file);
  return {
    file,
    offset: { start, end },
    start: source && positionAt(source, start),
    end: source && positionAt(source, end),
    label: label.text === "" ? undefined : label.text,
  };
}
