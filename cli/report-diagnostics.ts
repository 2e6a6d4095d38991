// Says to the person at the terminal what is wrong with a schema.
import picocolors from "picocolors";
import type { Diagnostic } from "../compiler/diagnostics/diagnostic.js";
import { type Painter, renderDiagnostics, type TextRole } from "../compiler/diagnostics/render.js";
import type { SourceFile } from "../compiler/text/source-file.js";
import type { Terminal } from "./terminal.js";

/** Writes all diagnostics with their code frames, then how many there are; nothing where there are none. */
export function reportDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
  terminal: Terminal,
): void {
  if (diagnostics.length === 0) return;
  const text = renderDiagnostics(diagnostics, sources, { paint: painter(terminal), limit: diagnostics.length });
  terminal.stderr(`${text}\n${countText(diagnostics)}\n`);
}

/** `2 errors, 1 warning` */
function countText(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error").length;
  const warnings = diagnostics.length - errors;
  const parts = [
    ...(errors > 0 ? [counted(errors, "error")] : []),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
  ];
  return parts.join(", ");
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function painter(terminal: Terminal): Painter {
  const colors = picocolors.createColors(terminal.color);
  const paints: Readonly<Record<TextRole, (text: string) => string>> = {
    error: (text) => colors.bold(colors.red(text)),
    warning: (text) => colors.bold(colors.yellow(text)),
    message: colors.bold,
    gutter: colors.blue,
    related: colors.blue,
    help: colors.cyan,
  };
  return (role, text) => paints[role](text);
}
