// What comments allow: `// allow S4014` takes back a warning about the entry at whose end it stands, or about the
// declaration or member below it. Where there is no such warning, the comment is one.
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { ParsedFile } from "../syntax/parse.js";
import type { Comment } from "../syntax/trivia.js";
import type { Span } from "../text/span.js";

/** Codes, then anything that says why. */
const allowance = /^\/\/[ \t]*allow[ \t]+(S\d{4}(?:[ \t]*,?[ \t]*S\d{4})*)\b/;

interface Allowance {
  readonly code: string;
  /** The comment that says it. */
  readonly comment: Span;
  /** What it is said of; undefined where it stands at nothing. */
  readonly about: Span | undefined;
}

/** `found` without the warnings that comments of the files allow, and with one for each code that allows nothing. */
export function withoutAllowed(found: readonly Diagnostic[], files: readonly ParsedFile[]): readonly Diagnostic[] {
  const allowances = files.flatMap(allowancesOf);
  if (allowances.length === 0) return found;
  const used = new Set<Allowance>();
  const kept = found.filter(({ code, severity, primary }) => {
    const allowing = allowances.filter((one) => one.code === code && covers(one.about, primary.span));
    if (severity === "error" || allowing.length === 0) return true;
    for (const one of allowing) used.add(one);
    return false;
  });
  // What could not be checked may be what a comment allows.
  if (kept.some(({ severity }) => severity === "error")) return kept;
  const idle = allowances.filter((one) => !used.has(one));
  return [...kept, ...idle.map(({ code, comment }) => diagnostic("S2042", comment, code))];
}

function covers(about: Span | undefined, span: Span): boolean {
  return about !== undefined && about.file === span.file && about.start <= span.start && span.start <= about.end;
}

function allowancesOf(file: ParsedFile): Allowance[] {
  return file.comments.flatMap((comment) => {
    const codes = allowance.exec(comment.text)?.[1]?.match(/S\d{4}/g) ?? [];
    const about = codes.length === 0 ? undefined : subjectOf(comment, file);
    return codes.map((code) => ({ code, comment: comment.span, about }));
  });
}

/** The entry that ends before the comment on its line, the one that holds it, or the next one of the same block. */
function subjectOf({ span: { start, end } }: Comment, { source, unit }: ParsedFile): Span | undefined {
  const declarations = unit.declarations.map(({ span }) => span);
  const members = unit.declarations.flatMap((one) => ("members" in one ? one.members.map(({ span }) => span) : []));
  const before = source.text.slice(0, start);
  const lineStart = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
  const endsBefore = (span: Span): boolean => lineStart < span.end && span.end <= start;
  const holds = (span: Span): boolean => span.start < start && end <= span.end;
  const closest = declarations.findLast(endsBefore) ?? members.findLast(endsBefore) ?? members.find(holds);
  if (closest !== undefined) return closest;
  const block = declarations.find(holds);
  if (block !== undefined && block.start >= lineStart) return block;
  const below = block === undefined ? declarations : members.filter((span) => span.end <= block.end);
  return below.find((span) => span.start >= end);
}
