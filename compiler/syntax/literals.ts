// What quoted source text stands for, and how it is written back.
import type { RawVariant } from "./ast.js";

/** The name inside `"…"`, or inside the standard's `U&"…"`, which knows escapes. */
export function decodeQuotedName(image: string): string {
  return decodeQuoted(image, '"');
}

/** The text inside `'…'` or `U&'…'`. */
export function decodeString(image: string): string {
  return decodeQuoted(image, "'");
}

function decodeQuoted(image: string, quote: string): string {
  const escapes = image.startsWith("U&");
  const text = closedBy(image.slice(escapes ? 3 : 1), quote).replaceAll(quote + quote, quote);
  if (!escapes) return text;
  return text.replaceAll(/\\(?:(\\)|\+([0-9A-Fa-f]{6})|([0-9A-Fa-f]{4}))/g, (whole: string, backslash, long, short) => {
    const code = Number.parseInt(String(long ?? short), 16);
    return backslash === undefined ? (code > 0x10ffff ? whole : String.fromCodePoint(code)) : "\\";
  });
}

/** `text` between quotes: in the standard's `U&` form where it holds line ends, which the plain one cannot. */
export function writeQuoted(text: string, quote: string): string {
  const doubled = text.replaceAll(quote, quote + quote);
  if (!/[\r\n]/.test(text)) return quote + doubled + quote;
  const escaped = doubled.replaceAll("\\", "\\\\").replaceAll("\r", "\\000D").replaceAll("\n", "\\000A");
  return `U&${quote}${escaped}${quote}`;
}

/** The parts of `sql[:dialect]'…'` or `sql[:dialect]$tag$…$tag$`; line ends become LF. */
export function decodeFence(image: string): Omit<RawVariant, "span"> {
  const [opening = "", dialect, quote = "'", tag = ""] = /^sql(?::(\w+))?('|\$(\w*)\$)/.exec(image) ?? [];
  const body = closedBy(image.slice(opening.length), quote);
  return {
    ...(dialect === undefined ? {} : { dialect }),
    sql: quote === "'" ? body.replaceAll("''", "'") : normaliseLineEnds(body),
    ...(quote === "'" ? {} : { fence: tag }),
  };
}

/** A string literal. */
export function writeString(text: string): string {
  return writeQuoted(text, "'");
}

/** A fence as it was written, or in dollars where one line of quotes cannot hold it. */
export function writeFence(variant: Omit<RawVariant, "span">): string {
  const start = variant.dialect === undefined ? "sql" : `sql:${variant.dialect}`;
  if (variant.fence === undefined && !/[\r\n]/.test(variant.sql)) return start + writeString(variant.sql);
  let tag = variant.fence ?? "";
  // The first closing fence ends the text, and a `$` at its end may help to form one too early.
  while (`${variant.sql}$${tag}$`.indexOf(`$${tag}$`) < variant.sql.length) tag += "q";
  return `${start}$${tag}$${variant.sql}$${tag}$`;
}

export function normaliseLineEnds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

function closedBy(text: string, quote: string): string {
  return text.endsWith(quote) ? text.slice(0, -quote.length) : text;
}
