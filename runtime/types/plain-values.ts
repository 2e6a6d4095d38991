// Columns whose values are plainer than their type's own: text in place of `Decimal` and `Temporal` values, `Date` in
// place of `Temporal.Instant`. What the database holds is the same.
import { ArgumentError, DataError } from "../errors/errors.js";
import { ColumnBuilder } from "./column-builder.js";
import { customType } from "./custom-type.js";
import { type Decimal, decodeDecimal } from "./decimal.js";
import { describeValue } from "./describe-value.js";
import {
  decodeInstant,
  decodePlainDate,
  decodePlainDateTime,
  decodePlainTime,
  type Instant,
  type PlainDate,
  type PlainDateTime,
  type PlainTime,
} from "./temporal.js";

type ExactValue = Decimal | PlainDate | PlainTime | PlainDateTime | Instant;

const decoders: Readonly<Record<string, (text: string) => ExactValue>> = {
  numeric: decodeDecimal,
  date: decodePlainDate,
  time: decodePlainTime,
  timestamp: decodePlainDateTime,
  timestamptz: decodeInstant,
};

// One type for each that it stands on: statements are cached by their types.
const texts = new Map<string, ColumnBuilder<string>>();
const dates = new Map<string, ColumnBuilder<Date>>();

/**
 * `asText(Numeric(12, 2))`: the values of `impl` as text. Decimals have the digits of their scale (`"9.50"`), where it
 * is given; dates and times are in ISO form. Throws `ArgumentError` for other types than these.
 */
export function asText(impl: ColumnBuilder<ExactValue>): ColumnBuilder<string> {
  const known = texts.get(impl.type.key);
  if (known !== undefined) return known;
  const { logical } = impl.type;
  const decode = decoders[logical.kind];
  if (decode === undefined)
    throw new ArgumentError(`asText() takes a numeric, a date or a time; ${String(impl)} is none.`);
  const scale = logical.kind === "numeric" && logical.precision !== undefined ? (logical.scale ?? 0) : undefined;
  const made = customType<string, ExactValue>({
    name: `text of ${String(impl)}`,
    impl,
    encode: (value) => decode(textGiven(value)),
    decode: (value) => ("toFixed" in value ? value.toFixed(scale) : value.toString()),
  });
  texts.set(impl.type.key, made);
  return made;
}

/** `asDate(TimestampTz())`: points in time as `Date`, which keeps milliseconds: what is finer is cut. */
export function asDate(impl: ColumnBuilder<Instant>): ColumnBuilder<Date> {
  const known = dates.get(impl.type.key);
  if (known !== undefined) return known;
  const made = customType<Date, Instant>({
    name: `Date of ${String(impl)}`,
    impl,
    encode: (value) => decodeInstant(dateGiven(value).toISOString()),
    decode: (value) => new Date(value.epochMilliseconds),
  });
  dates.set(impl.type.key, made);
  return made;
}

function textGiven(value: unknown): string {
  if (typeof value === "string") return value;
  throw new DataError(`The column takes text, got ${describeValue(value)}.`);
}

function dateGiven(value: unknown): Date {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value;
  throw new DataError(`The column takes a Date that is one, got ${describeValue(value)}.`);
}
