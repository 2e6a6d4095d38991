// What quoted source text stands for, and how it is written back.
import type { RawVariant } from "./ast.js";

/** The name inside `"…"`. */
export function decodeQuotedName(image: string): string {
  return closedBy(image.slice(1), '"').replaceAll('""', '"');
}

/** The text inside `'…'`. */
export function decodeString(image: string): string {
  return closedBy(image.slice(1), "'").replaceAll("''", "'");
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

/** A string literal; the language has no escape but the doubled quote, so `text` must be one line. */
export function writeString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
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
