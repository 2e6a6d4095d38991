// One order for diagnostics wherever they are shown: by file, then by place, then by code.
import type { Diagnostic } from "./diagnostic.js";

export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.toSorted((left, right) => {
    const [a, b] = [left.primary.span, right.primary.span];
    return compareText(a.file, b.file) || a.start - b.start || a.end - b.end || compareText(left.code, right.code);
  });
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
