// Quoting of identifiers and literals, as the SQL standard has it; dialects bring their own reserved words.
import { ArgumentError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";

const PLAIN = /^[a-z_][a-z0-9_$]*$/;

/**
 * A quoter that leaves lower-case names alone and puts all others, and the reserved ones, between quotes. Throws
 * `ArgumentError` for what cannot be a name.
 */
export function identifierQuoter(reserved: ReadonlySet<string>, quote: '"' | "`" = '"'): (name: string) => string {
  return (name) => {
    if (typeof name === "string" && PLAIN.test(name) && !reserved.has(name)) return name;
    return quoted(name, quote);
  };
}

function quoted(name: unknown, quote: string): string {
  if (typeof name !== "string" || name === "") {
    throw new ArgumentError(`an identifier is a string of one character or more, got ${describeValue(name)}`);
  }
  if (name.includes("\0")) throw new ArgumentError("an identifier cannot hold a NUL character");
  return quote + name.replaceAll(quote, quote + quote) + quote;
}

/** A string between single quotes. */
export function quoteLiteral(text: string): string {
  if (text.includes("\0")) throw new ArgumentError("a SQL literal cannot hold a NUL character");
  return `'${text.replaceAll("'", "''")}'`;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** What the SQL standard and the databases at large keep for themselves. */
export const RESERVED_WORDS: ReadonlySet<string> = words(
  `all analyse analyze and any array as asc asymmetric authorization between binary both case cast check collate
  column constraint create cross current_date current_role current_time current_timestamp current_user default
  deferrable desc distinct do else end except false for foreign freeze from full grant group having ilike in initially
  inner intersect into is isnull join leading left like limit localtime localtimestamp natural new not notnull null off
  offset old on only or order outer overlaps placing primary references returning right select session_user set similar
  some symmetric table then to trailing true union unique user using verbose when where window with`,
);
