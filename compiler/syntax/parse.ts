// Text to syntax tree: the compiler's first stage. Never throws on any input; whatever could be read is in the tree.
import type { IRecognitionException } from "chevrotain";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic, Staged } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../text/source-file.js";
import type { Span } from "../text/span.js";
import type { Declaration, DocComment, SourceUnit } from "./ast.js";
import { layOut, type LaidOut } from "./layout.js";
import { lex } from "./lexer.js";
import { parseErrorDiagnostic } from "./parse-errors.js";
import { SchemaParser } from "./schema-parser.js";
import * as tokens from "./tokens.js";
import type { Comment } from "./trivia.js";

export interface ParsedFile {
  readonly source: SourceFile;
  readonly unit: SourceUnit;
  /** All comments, doc comments included, in source order. */
  readonly comments: readonly Comment[];
}

// Building the parser analyses the grammar, which costs more than most schemas take to read: done once, when needed.
let parser: SchemaParser | undefined;

export function parse(source: SourceFile): Staged<ParsedFile> {
  const lexed = lex(source);
  const layout = layOut(source.name, lexed.tokens);
  parser ??= new SchemaParser();
  parser.load({ file: source.name, docs: lexed.docs, continuations: layout.continuations }, layout.tokens);
  const declarations = parser.file();
  const end = source.text.length;
  const raised = parser.errors.map((error: IRecognitionException) => parseErrorDiagnostic(error, source.name, end));
  const found = [...lexed.diagnostics, ...layout.diagnostics, ...raised, ...parser.problems];
  // A broken entry takes no doc comment, which is not the comment's fault.
  const isSound = found.every(({ severity }) => severity === "warning");
  const problems = isSound ? [...found, ...unusedDocs(lexed.docs.values(), parser.usedDocs)] : found;
  const { diagnostics, readTo } = limitErrors(onePerCause(problems, layout));
  const unit: SourceUnit = {
    kind: "sourceUnit",
    file: source.name,
    declarations: startingBefore(readTo, declarations).map((declaration) => cutMembers(readTo, declaration)),
    span: { file: source.name, start: 0, end },
  };
  return { value: { source, unit, comments: lexed.comments }, diagnostics };
}

/** More errors than these say nothing new, such as those of a file that is no schema at all. */
const mostErrors = 100;

/** The first errors; the next one only says that the file is not read from there on. */
function limitErrors(sorted: readonly Diagnostic[]): { diagnostics: readonly Diagnostic[]; readTo: number } {
  const next = sorted.filter(({ severity }) => severity === "error")[mostErrors];
  if (next === undefined) return { diagnostics: sorted, readTo: Infinity };
  const last = diagnostic("S1026", next.primary.span, String(mostErrors), "read");
  return { diagnostics: [...sorted.slice(0, sorted.indexOf(next)), last], readTo: next.primary.span.start };
}

function startingBefore<Node extends { readonly span: Span }>(offset: number, nodes: readonly Node[]): Node[] {
  return nodes.filter(({ span }) => span.start < offset);
}

function cutMembers(offset: number, declaration: Declaration): Declaration {
  if (!("members" in declaration) || declaration.span.end < offset) return declaration;
  return { ...declaration, members: startingBefore(offset, declaration.members) };
}

function unusedDocs(docs: Iterable<DocComment>, used: ReadonlySet<DocComment>): Diagnostic[] {
  return [...docs].filter((doc) => !used.has(doc)).map((doc) => diagnostic("S1016", doc.span));
}

/** What the grammar finds wrong, which may follow from an earlier mistake in the same entry. */
const derivable: ReadonlySet<string> = new Set(["S1001", "S1003", "S1023"]);
/** Words that fit nowhere, which may be what malformed text fell apart into. */
const unknownWords: ReadonlySet<string> = new Set(["S1017", "S1018"]);
/** Malformed text. */
const lexical: ReadonlySet<string> = new Set(["S1006", "S1007", "S1009", "S1010", "S1011", "S1012", "S1014"]);

/** All diagnostics in source order, without those that most likely follow from another one in the same entry. */
function onePerCause(problems: readonly Diagnostic[], layout: LaidOut): Diagnostic[] {
  if (problems.length === 0) return [];
  const boundaries = layout.tokens
    .filter((token) => [tokens.EntryEnd, tokens.LeftBrace, tokens.RightBrace].includes(token.tokenType))
    .map((token) => token.startOffset);
  // An expression too deep to be read is part of brackets too deep to be read.
  const isTooDeep = problems.some(({ code }) => code === "S1025");
  const sorted = problems.toSorted((left, right) => left.primary.span.start - right.primary.span.start);
  const malformedAt = new Set(sorted.filter(({ code }) => lexical.has(code)).map(({ primary }) => primary.span.start));
  let boundary = 0;
  let spoiled = false;
  let malformed = false;
  return sorted.filter(({ code, severity, primary }) => {
    while ((boundaries[boundary] ?? Infinity) < primary.span.start) {
      boundary++;
      spoiled = false;
      malformed = false;
    }
    if (isTooDeep && code === "S1015") return false;
    if (spoiled && derivable.has(code)) return false;
    if (unknownWords.has(code) && (malformed || malformedAt.has(primary.span.end))) return false;
    if (lexical.has(code)) malformed = true;
    if (severity === "error") spoiled = true;
    return true;
  });
}
