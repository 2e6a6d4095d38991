// Dates and times: the types under their short names, and canonical ISO text to values. The platform's own Temporal
// is used where there is one, else the polyfill, which is loaded when the first date is read.
import { createRequire } from "node:module";
import type { Temporal } from "temporal-polyfill";
import { DataError } from "../errors/errors.js";

export type PlainDate = Temporal.PlainDate;
export type PlainTime = Temporal.PlainTime;
export type PlainDateTime = Temporal.PlainDateTime;
export type Instant = Temporal.Instant;

type TemporalNamespace = typeof Temporal;

let loaded: TemporalNamespace | undefined;

function temporal(): TemporalNamespace {
  loaded ??= platformTemporal() ?? polyfill();
  return loaded;
}

function platformTemporal(): TemporalNamespace | undefined {
  // Sound: where the global exists, it is the standard's Temporal, which the polyfill's types describe.
  return (globalThis as { Temporal?: TemporalNamespace }).Temporal;
}

function polyfill(): TemporalNamespace {
  // Sound: the package's declarations give `Temporal` this type.
  const module = createRequire(import.meta.url)("temporal-polyfill") as { Temporal: TemporalNamespace };
  return module.Temporal;
}

const DATE = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d\d:\d\d:\d\d(\.\d{1,9})?$/;
const DATE_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,9})?$/;
const ZONE = /(Z|[+-]\d\d(:\d\d)?)$/;

/** `YYYY-MM-DD` to a `PlainDate`; throws `DataError` for any other text. */
export function decodePlainDate(text: string): PlainDate {
  return decode("date", text, DATE.test(text), () => temporal().PlainDate.from(text));
}

/** `HH:MM:SS[.fraction]` to a `PlainTime`; throws `DataError` for any other text. */
export function decodePlainTime(text: string): PlainTime {
  return decode("time", text, TIME.test(text), () => temporal().PlainTime.from(text));
}

/** ISO text with `T`, or SQL's with a blank, to a `PlainDateTime`; throws `DataError` for any other text. */
export function decodePlainDateTime(text: string): PlainDateTime {
  return decode("timestamp", text, DATE_TIME.test(text), () => temporal().PlainDateTime.from(text));
}

/** Like `decodePlainDateTime`, with `Z` or an offset; without one, the text is taken as UTC. */
export function decodeInstant(text: string): Instant {
  const nanoseconds = utcNanoseconds(text);
  if (nanoseconds !== null) return new (temporal().Instant)(nanoseconds);
  const zone = ZONE.exec(text)?.[0];
  const local = zone === undefined ? text : text.slice(0, -zone.length);
  return decode("timestamp with time zone", text, DATE_TIME.test(local), () =>
    temporal().Instant.from(`${local}${zone ?? "Z"}`),
  );
}

/**
 * Nanoseconds since 1970 of the form that databases write (`2024-01-31 08:00:00[.fraction]+00`, or `T` and `Z`); null
 * for any other text, right or wrong. Six times as fast as Temporal's own reading, which is most of a row's cost.
 */
function utcNanoseconds(text: string): bigint | null {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  // Compared so that NaN, which stands for no digits, fails; what is unusual is left to Temporal.
  const usual = year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60;
  if (!(usual && second < 60) || (day > 28 && day > daysIn(year, month)) || !SEPARATORS.test(text)) return null;
  const end = text.length - (text.endsWith("Z") ? 1 : 3);
  const fraction = end === 19 ? 0 : Number(text.slice(20, end)) * 10 ** (29 - end);
  return BigInt(Date.UTC(year, month - 1, day, hour, minute, second)) * 1_000_000n + BigInt(fraction);
}

const SEPARATORS = /^.{4}-..-..[T ]..:..:..(?:\.\d{1,9})?(?:Z|\+00)$/;

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function decode<T>(type: string, text: string, wellFormed: boolean, parse: () => T): T {
  if (!wellFormed) throw unreadable(type, text);
  try {
    return parse();
  } catch (cause) {
    throw unreadable(type, text, cause);
  }
}

function unreadable(type: string, text: string, cause?: unknown): DataError {
  return new DataError(`The database holds ${JSON.stringify(text)}, which is not a ${type}.`, {
    cause,
    help: "Correct the row, or read the column as text with a cast.",
  });
}
