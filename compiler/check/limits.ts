// How much is said: a mistake in a mixin once, not once for each table that has it; of a file with very many mistakes
// the first ones.
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { sortDiagnostics } from "../diagnostics/sort-diagnostics.js";
import type { SourceUnit } from "../syntax/ast.js";

/** `found` without what the members of mixins repeat in every table. */
export function oncePerMixin(found: readonly Diagnostic[], units: readonly SourceUnit[]): readonly Diagnostic[] {
  const mixins = units.flatMap((unit) => unit.declarations.filter(({ kind }) => kind === "mixin"));
  if (mixins.length === 0) return found;
  const seen = new Set<string>();
  return found.filter(({ code, primary: { span } }) => {
    const isShared = mixins.some(
      (mixin) => mixin.span.file === span.file && mixin.span.start <= span.start && span.end <= mixin.span.end,
    );
    if (!isShared) return true;
    const key = JSON.stringify([code, span.file, span.start, span.end]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Beyond these, errors of one file say nothing new. */
const mostErrors = 100;

/**
 * The first errors of each file in `found`, and for a file with more a last one that says so; warnings are all kept.
 * A file of which `syntax` says so already gets no second one.
 */
export function firstOfEachFile(found: readonly Diagnostic[], syntax: readonly Diagnostic[]): readonly Diagnostic[] {
  const cut = new Set(syntax.filter(({ code }) => code === "S1026").map(({ primary }) => primary.span.file));
  const counts = new Map<string, number>();
  return sortDiagnostics(found).flatMap((problem) => {
    const { span } = problem.primary;
    if (problem.severity === "warning") return [problem];
    const count = (counts.get(span.file) ?? 0) + 1;
    counts.set(span.file, count);
    if (count <= mostErrors) return [problem];
    const isLast = count === mostErrors + 1 && !cut.has(span.file);
    return isLast ? [diagnostic("S1026", span, String(mostErrors), "listed")] : [];
  });
}
