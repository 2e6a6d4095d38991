// Characters that no token may hold or start with: controls, stray symbols, halves of surrogate pairs.
import type { ILexingError } from "chevrotain";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Span } from "../text/span.js";
import type { SourceFile } from "../text/source-file.js";

const adviceFor: ReadonlyMap<string, string> = new Map([
  ["#", "comments start with `//`"],
  ["`", "strings take single quotes, quoted names double quotes"],
  ["‘", "strings take straight single quotes: `'`"],
  ["’", "strings take straight single quotes: `'`"],
  ["“", 'quoted names take straight double quotes: `"`'],
  ["”", 'quoted names take straight double quotes: `"`'],
  ["&", "conditions are joined by `and`"],
  ["!", "write `not` before a condition, `<>` between values"],
  [
    "@",
    "there are no attributes: options are plain words after the type, such as `primary key`, `unique`, `default now()`",
  ],
]);

/** A text full of them is one mistake. */
const mostWarnings = 20;

const loneSurrogates = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Whether `text` holds no half of a surrogate pair alone. */
export function isWellFormed(text: string): boolean {
  return text.search(loneSurrogates) < 0;
}

/** Diagnostics for NUL and broken Unicode anywhere, and for what the lexer could not read. */
export function characterProblems(source: SourceFile, errors: readonly ILexingError[]): Diagnostic[] {
  const problems = brokenCharacters(source);
  const known = new Set(problems.map((problem) => problem.primary.span.start));
  for (const error of errors) {
    if (known.has(error.offset)) continue;
    const span = { file: source.name, start: error.offset, end: error.offset + error.length };
    const text = source.text.slice(span.start, span.end);
    const help = adviceFor.get(text.slice(0, 1));
    problems.push(diagnostic("S1010", { span, help }, describeCharacters(text)));
  }
  return [...problems, ...reorderingCharacters(source, problems)];
}

/** Overrides and isolates of the reading order. */
const reordering = /[\u202A-\u202E\u2066-\u2069]+/g;

/** Warnings about text that does not read as it stands; where it is no text of the language, that is said already. */
function reorderingCharacters(source: SourceFile, said: readonly Diagnostic[]): Diagnostic[] {
  const runs = [...source.text.matchAll(reordering)].slice(0, mostWarnings);
  return runs.flatMap((run) => {
    const span = { file: source.name, start: run.index, end: run.index + run[0].length };
    const isSaid = said.some(({ primary }) => primary.span.start <= span.start && span.start < primary.span.end);
    return isSaid ? [] : [diagnostic("S1028", span, codePointName(run[0]))];
  });
}

function brokenCharacters(source: SourceFile): Diagnostic[] {
  const problems: Diagnostic[] = [];
  const spanAt = (start: number) => ({ file: source.name, start, end: start + 1 });
  for (let at = source.text.indexOf("\0"); at >= 0; at = source.text.indexOf("\0", at + 1)) {
    problems.push(diagnostic("S1010", { span: spanAt(at), help: "remove it" }, describeCharacters("\0")));
  }
  for (const match of source.text.matchAll(loneSurrogates)) {
    problems.push(diagnostic("S1012", spanAt(match.index), codePointName(match[0])));
  }
  return problems;
}

/** What the escapes of a `U&` name or text make that no text may hold. */
export function escapedProblems(text: string, span: Span): Diagnostic[] {
  const problems: Diagnostic[] = [];
  if (text.includes("\0")) problems.push(diagnostic("S1010", { span, help: "leave it out" }, describeCharacters("\0")));
  for (const [half] of text.matchAll(loneSurrogates)) problems.push(diagnostic("S1012", span, codePointName(half)));
  return problems;
}

/** The characters in backticks, or as code points where they would not show. */
function describeCharacters(text: string): string {
  const shown = [...text].slice(0, 8);
  if (
    shown.every((character) => /[!-_a-~\u00A1-\uFFFD\u{10000}-\u{10FFFF}]/u.test(character) && !/\s/.test(character))
  ) {
    return `\`${shown.join("")}\``;
  }
  return shown.map(codePointName).join(" ");
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
