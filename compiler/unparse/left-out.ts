// The note at the end of a reflected file that says what of the database is not in it, for people who read the file.
import type { Declaration } from "../syntax/ast.js";
import type { ParsedFile } from "../syntax/parse.js";
import type { Span } from "../text/span.js";

const heading = "// Left out, for a schema file has no words for it:";
const indent = "//   ";

interface LeftOutNote {
  readonly lines: readonly string[];
  readonly span: Span;
}

/** The note with a line for each of `lines`; empty where there are none. */
export function writeLeftOut(lines: readonly string[]): string {
  if (lines.length === 0) return "";
  return `\n${heading}\n${lines.map((line) => `${indent}${line.replaceAll(/\s+/g, " ")}\n`).join("")}`;
}

/** The note that a file has between or after its declarations. */
export function findLeftOut({ comments, unit }: ParsedFile): LeftOutNote | undefined {
  const first = comments.findIndex(({ text }) => text === heading);
  const start = comments[first];
  if (start === undefined || unit.declarations.some((one) => isInside(start.span.start, one))) return undefined;
  const after = comments.slice(first + 1);
  const length = after.findIndex(({ text }) => !text.startsWith(indent));
  const items = length === -1 ? after : after.slice(0, length);
  return {
    lines: items.map(({ text }) => text.slice(indent.length)),
    span: { ...start.span, end: (items.at(-1) ?? start).span.end },
  };
}

function isInside(offset: number, { span }: Declaration): boolean {
  return span.start <= offset && offset < span.end;
}
