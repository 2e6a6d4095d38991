// Warnings about what a database holds are no news to those who reflect it: comments above the declarations allow them,
// so that what people write next stands out. `check/allowed-warnings.ts` reads the comments.
import { catalog, type DiagnosticCode } from "../diagnostics/catalog.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Declaration } from "../syntax/ast.js";
import type { ParsedFile } from "../syntax/parse.js";

/**
 * The text of `file` in which `warnings` are allowed, one comment for each kind of warning above a declaration. Where
 * they say that a comment allows nothing any more, and the comment is one of these, it goes.
 */
export function allowWarnings(file: ParsedFile, warnings: readonly Diagnostic[]): string {
  const { text } = file.source;
  const own = warnings.filter(({ primary }) => primary.span.file === file.unit.file);
  const edits = new Map<number, { readonly end: number; readonly lines: Set<string> }>();
  for (const { code, primary } of own) {
    const { start, end } = primary.span;
    if (code === "S2042") {
      if (isOwnComment(text.slice(start, end))) edits.set(start, { end: nextLine(text, end), lines: new Set() });
      continue;
    }
    const declaration = file.unit.declarations.find(({ span }) => span.start <= start && end <= span.end);
    if (declaration === undefined) continue;
    const at = startOf(declaration);
    const edit = edits.get(at) ?? { end: at, lines: new Set() };
    edits.set(at, edit);
    edit.lines.add(`${allowance(code)}\n`);
  }
  let allowed = text;
  for (const [start, { end, lines }] of [...edits].toSorted(([left], [right]) => right - left)) {
    allowed = allowed.slice(0, start) + [...lines].toSorted().join("") + allowed.slice(end);
  }
  return allowed;
}

/** `// allow S4014: foreign key without an index`. */
function allowance(code: DiagnosticCode): string {
  const [first = "", ...rest] = catalog[code].title;
  return `// allow ${code}: ${first.toLowerCase()}${rest.join("")}`;
}

function isOwnComment(text: string): boolean {
  const code = Object.keys(catalog).find((one) => text.startsWith(`// allow ${one}:`));
  // Sound: the catalogue's keys are its codes.
  return code !== undefined && text === allowance(code as DiagnosticCode);
}

function nextLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end + 1;
}

function startOf(declaration: Declaration): number {
  const doc = "doc" in declaration ? declaration.doc : undefined;
  return Math.min(doc?.span.start ?? Infinity, declaration.span.start);
}
