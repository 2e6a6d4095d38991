// A syntax tree as readable text: one node or field a line, with the source text that each node's span covers.
import type { Span } from "../../compiler/text/span.js";

/** `source` is the text that the spans point into. */
export function dumpTree(value: unknown, source: string, indent = ""): string {
  if (Array.isArray(value)) {
    return value.length === 0
      ? " []\n"
      : `\n${value.map((item) => `${indent}-${dumpTree(item, source, `${indent}  `)}`).join("")}`;
  }
  if (typeof value !== "object" || value === null) return ` ${JSON.stringify(value)}\n`;
  const { kind, span, ...fields } = value as { kind?: string; span?: Span };
  const covered = span === undefined ? "" : ` ${JSON.stringify(shorten(source.slice(span.start, span.end)))}`;
  const heading = `${kind === undefined ? "" : ` ${kind}`}${covered}\n`;
  const lines = Object.entries(fields)
    .filter(([name]) => name !== "file")
    .map(([name, field]) => `${indent}${name}:${dumpTree(field, source, `${indent}  `)}`);
  return heading + lines.join("");
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 40)}…${text.slice(-15)}`;
}
