// The column types, one builder function a logical type. `Integer()` is a SQL type and, with the options that can
// be chained to it, the description of a table's column.
//
//   schema language   builder                     schema language   builder
//   smallint          SmallInteger()              date              SqlDate()
//   integer           Integer()                   time(p)           SqlTime(p?)
//   bigint            BigInteger()                timestamp(p)      Timestamp(p?)
//   … unsigned        Integer({ unsigned: true }) timestamptz(p)    TimestampTz(p?)
//   boolean           Bool()                      uuid              Uuid()
//   real, double      Real(), Double()            json, jsonb       Json<T>(), Jsonb<T>()
//   numeric(p,s)      Numeric(p?, s?)             enum              Enum("post_status", ["draft", "published"])
//   char, varchar     Char(n?), Varchar(n?)       interval          Interval()
//   text              Text()                      inet, cidr        Inet(), Cidr()
//   bytes             Bytes()                     macaddr           MacAddr()
//   binary, varbinary Binary(n?), Varbinary(n?)   tsvector          TsVector()
//   int4range, int8range, numrange, daterange     Int4Range(), Int8Range(), NumRange(), DateRange()
//   tsrange, tstzrange                            TsRange(), TsTzRange()
//
// Arrays, domains and types of one dialect are in composed-types.ts.
//
// A default is `.default(value)`, `.default(sql("…"))` or, for the database's clock (`now()`, `current_timestamp`),
// `.default(currentTimestamp)`, `.default(currentDate)`, `.default(currentTime)`.
import { type ColumnType, type NamedKind, namedType } from "../../model/column-type.js";
import { ArgumentError } from "../errors/errors.js";
import { ColumnBuilder } from "./column-builder.js";
import type { Decimal } from "./decimal.js";
import { DeclaredType } from "./declared-type.js";
import { describeValue } from "./describe-value.js";
import type { JsonValue } from "./json.js";
import type { Range } from "./range.js";
import type { Instant, PlainDate, PlainDateTime, PlainTime } from "./temporal.js";
import { isWellFormed } from "./well-formed.js";

/** Whole numbers without a sign are as wide as their type and never negative. */
interface IntegerOptions {
  readonly unsigned?: boolean;
}

/** 16-bit whole numbers. */
export function SmallInteger(options: IntegerOptions = {}): ColumnBuilder<number> {
  return wholeNumber("smallint", "SmallInteger", options);
}

/** 32-bit whole numbers. */
export function Integer(options: IntegerOptions = {}): ColumnBuilder<number> {
  return wholeNumber("integer", "Integer", options);
}

/** 64-bit whole numbers, as bigint. */
export function BigInteger(options: IntegerOptions = {}): ColumnBuilder<bigint> {
  return wholeNumber("bigint", "BigInteger", options);
}

/** `BOOLEAN`. */
export function Bool(): ColumnBuilder<boolean> {
  return plain("boolean", "Bool");
}

/** 32-bit floating point. */
export function Real(): ColumnBuilder<number> {
  return plain("real", "Real");
}

/** 64-bit floating point. */
export function Double(): ColumnBuilder<number> {
  return plain("double", "Double");
}

/** Exact decimals of `precision` digits, `scale` of them after the point; without either, the database's widest. */
export function Numeric(precision?: number, scale?: number): ColumnBuilder<Decimal> {
  if (precision === undefined) {
    if (scale !== undefined) throw new ArgumentError("Numeric takes a scale only beside a precision.");
    return column({ kind: "numeric" }, "Numeric()");
  }
  checkSize("Numeric's precision", precision, 1);
  if (scale === undefined) return column({ kind: "numeric", precision }, `Numeric(${precision})`);
  checkSize("Numeric's scale", scale, 0);
  if (scale > precision) throw new ArgumentError(`Numeric's scale, ${scale}, is over its precision, ${precision}.`);
  return column({ kind: "numeric", precision, scale }, `Numeric(${precision}, ${scale})`);
}

/** `CHAR(length)`. */
export function Char(length?: number): ColumnBuilder<string> {
  return sized("char", "Char", length);
}

/** `VARCHAR(length)`; `length` counts characters. */
export function Varchar(length?: number): ColumnBuilder<string> {
  return sized("varchar", "Varchar", length);
}

/** Text of any length. */
export function Text(): ColumnBuilder<string> {
  return plain("text", "Text");
}

/** Byte strings of any length. */
export function Bytes(): ColumnBuilder<Uint8Array> {
  return plain("bytes", "Bytes");
}

/** `BINARY(length)`; `length` counts bytes. */
export function Binary(length?: number): ColumnBuilder<Uint8Array> {
  return sized("binary", "Binary", length);
}

/** `VARBINARY(length)`; `length` counts bytes. */
export function Varbinary(length?: number): ColumnBuilder<Uint8Array> {
  return sized("varbinary", "Varbinary", length);
}

/** A calendar date: `Temporal.PlainDate`. */
export function SqlDate(): ColumnBuilder<PlainDate> {
  return plain("date", "SqlDate");
}

/** A time of day, `Temporal.PlainTime`; `precision` counts the digits of the second's fraction, 6 when left out. */
export function SqlTime(precision?: number): ColumnBuilder<PlainTime> {
  return temporal("time", "SqlTime", precision);
}

/** Date and time without a zone: `Temporal.PlainDateTime`. */
export function Timestamp(precision?: number): ColumnBuilder<PlainDateTime> {
  return temporal("timestamp", "Timestamp", precision);
}

/** A point in time, kept as UTC: `Temporal.Instant`. */
export function TimestampTz(precision?: number): ColumnBuilder<Instant> {
  return temporal("timestamptz", "TimestampTz", precision);
}

/** UUIDs, as lower-case text. */
export function Uuid(): ColumnBuilder<string> {
  return plain("uuid", "Uuid");
}

/** JSON documents; `null` is SQL's NULL, `JsonNull` the document `null`. */
export function Json<T extends JsonValue = JsonValue>(): ColumnBuilder<T> {
  return plain("json", "Json");
}

/** JSON documents in the database's parsed form, where it has one. */
export function Jsonb<T extends JsonValue = JsonValue>(): ColumnBuilder<T> {
  return plain("jsonb", "Jsonb");
}

/** One of some strings; `name` is the enum's in the database, `schema.name` where it has a schema. */
export function Enum<const V extends readonly [string, ...string[]]>(
  name: string,
  values: V,
): ColumnBuilder<V[number]> {
  if (typeof name !== "string" || name === "") throw new ArgumentError("Enum takes its name first.");
  const seen = new Set<string>();
  for (const value of values) {
    if (typeof value !== "string" || !isWellFormed(value)) {
      throw new ArgumentError(`Enum ${name} takes strings, got ${describeValue(value)}.`);
    }
    if (seen.has(value)) throw new ArgumentError(`Enum ${name} lists ${describeValue(value)} twice.`);
    seen.add(value);
  }
  if (seen.size === 0) throw new ArgumentError(`Enum ${name} needs at least one value.`);
  return new ColumnBuilder(
    new DeclaredType({ kind: "enum", name }, `Enum(${JSON.stringify(name)})`, { enumValues: [...values] }),
  );
}

/** A span of time, as the database's text; PostgreSQL. */
export function Interval(): ColumnBuilder<string> {
  return plain("interval", "Interval");
}

/** A network address; PostgreSQL. */
export function Inet(): ColumnBuilder<string> {
  return plain("inet", "Inet");
}

/** A network; PostgreSQL. */
export function Cidr(): ColumnBuilder<string> {
  return plain("cidr", "Cidr");
}

/** A hardware address; PostgreSQL. */
export function MacAddr(): ColumnBuilder<string> {
  return plain("macaddr", "MacAddr");
}

/** A text search document; PostgreSQL. */
export function TsVector(): ColumnBuilder<string> {
  return plain("tsvector", "TsVector");
}

/** A range of 32-bit whole numbers; PostgreSQL, as are all ranges. It makes `[1,5]` the same as `[1,6)`. */
export function Int4Range(): ColumnBuilder<Range<number>> {
  return plain("int4range", "Int4Range");
}

/** A range of 64-bit whole numbers. */
export function Int8Range(): ColumnBuilder<Range<bigint>> {
  return plain("int8range", "Int8Range");
}

/** A range of exact decimals. */
export function NumRange(): ColumnBuilder<Range<Decimal>> {
  return plain("numrange", "NumRange");
}

/** A range of dates and times without a zone. */
export function TsRange(): ColumnBuilder<Range<PlainDateTime>> {
  return plain("tsrange", "TsRange");
}

/** A range of points in time. */
export function TsTzRange(): ColumnBuilder<Range<Instant>> {
  return plain("tstzrange", "TsTzRange");
}

/** A range of days. */
export function DateRange(): ColumnBuilder<Range<PlainDate>> {
  return plain("daterange", "DateRange");
}

function column<T>(logical: ColumnType, display: string): ColumnBuilder<T> {
  return new ColumnBuilder<T>(new DeclaredType(logical, display));
}

type UnsizedKind = Exclude<NamedKind, "numeric">;

function plain<T>(kind: UnsizedKind, name: string): ColumnBuilder<T> {
  return column(namedType(kind), `${name}()`);
}

function wholeNumber<T>(
  kind: "smallint" | "integer" | "bigint",
  name: string,
  options: IntegerOptions,
): ColumnBuilder<T> {
  return options.unsigned === true
    ? column({ kind, unsigned: true }, `${name}({ unsigned: true })`)
    : plain(kind, name);
}

function sized<T>(kind: "char" | "varchar" | "binary" | "varbinary", name: string, length?: number): ColumnBuilder<T> {
  if (length === undefined) return plain(kind, name);
  checkSize(`${name}'s length`, length, 1);
  return column({ kind, length }, `${name}(${length})`);
}

function temporal<T>(kind: "time" | "timestamp" | "timestamptz", name: string, precision?: number): ColumnBuilder<T> {
  if (precision === undefined) return plain(kind, name);
  checkSize(`${name}'s precision`, precision, 0);
  if (precision > 6) throw new ArgumentError(`${name}'s precision is at most 6 digits, got ${precision}.`);
  return column({ kind, precision }, `${name}(${precision})`);
}

function checkSize(what: string, size: number, least: number): void {
  if (Number.isSafeInteger(size) && size >= least) return;
  throw new ArgumentError(`${what} is a whole number from ${least}, got ${describeValue(size)}.`);
}
