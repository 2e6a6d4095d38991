// PostgreSQL's text of ranges: `["2024-01-01","2024-02-01")`, `(,5]`, `empty`.
import { DataError } from "../../errors/errors.js";
import { invalidValue } from "../../types/check-value.js";
import { Range, type RangeBounds } from "../../types/range.js";
import type { ValueConverter } from "../../types/sql-type.js";

/** Ends are encoded and decoded as values of the type that the range is over; null where they pass as they are. */
interface EndCodec {
  readonly encode: ValueConverter | null;
  readonly decode: ValueConverter | null;
}

/** Throws `InvalidValueError` for what is no `Range` of such values. */
export function rangeText(value: unknown, { encode }: EndCodec): string {
  if (!(value instanceof Range)) throw invalidValue("a Range", value);
  if (value.isEmpty) return "empty";
  const end = (each: unknown): string => {
    if (each === null) return "";
    return `"${String(encode === null ? each : encode(each)).replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  };
  return `${value.bounds.charAt(0)}${end(value.lower)},${end(value.upper)}${value.bounds.charAt(1)}`;
}

/** An end: nothing, text in quotes in which a quote is doubled or escaped, or text without. */
const END = String.raw`(?:"((?:[^"\\]|\\.|"")*)"|([^,"\\\])]*))`;
const RANGE = new RegExp(String.raw`^([[(])${END},${END}([\])])$`);

/** Throws `DataError` for text that is no range. */
export function parseRange(value: unknown, { decode }: EndCodec): Range<unknown> {
  if (value === "empty") return Range.empty();
  const match = typeof value === "string" ? RANGE.exec(value) : null;
  if (match === null) {
    throw new DataError(`The database holds ${JSON.stringify(value)} where a range should be.`, {
      help: "Correct the row, or read the column as text with a cast.",
    });
  }
  const [, open = "", lowerQuoted, lowerPlain = "", upperQuoted, upperPlain = "", close = ""] = match;
  const end = (quoted: string | undefined, plain: string): unknown => {
    if (quoted === undefined && plain === "") return null;
    const text =
      quoted === undefined ? plain : quoted.replaceAll(/\\(.)|""/gs, (_all, escaped?: string) => escaped ?? '"');
    return decode === null ? text : decode(text);
  };
  // Sound: the pattern lets nothing else through.
  return new Range(end(lowerQuoted, lowerPlain), end(upperQuoted, upperPlain), `${open}${close}` as RangeBounds);
}
