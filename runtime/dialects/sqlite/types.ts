// How SQLite stores each logical type. Integers are bound as bigint, because the driver binds numbers as REAL; dates
// are ISO text of fixed width; decimals beyond a double's 15 exact digits are text.
import { CompileError, DataError } from "../../errors/errors.js";
import {
  canonicalDecimal,
  canonicalTemporal,
  canonicalUuid,
  checkBigInt,
  checkBoolean,
  checkBytes,
  checkEnum,
  checkFloat,
  checkInteger,
  checkText,
  invalidValue,
} from "../../types/check-value.js";
import { withCustomTypes } from "../../types/custom-type.js";
import { decimalDigits, decodeDecimal, digitsOfNumber } from "../../types/decimal.js";
import { unknownType } from "../../types/declared-type.js";
import { describeValue } from "../../types/describe-value.js";
import { nativeTypeText, rawTypeText } from "../../types/dialect-type-text.js";
import { jsonArrayCodec } from "../../types/json-array.js";
import { encodeJson, JsonText } from "../../types/json.js";
import type { SqlType, TypeCodec, ValueConverter } from "../../types/sql-type.js";
import { decodeInstant, decodePlainDate, decodePlainDateTime, decodePlainTime } from "../../types/temporal.js";
import { typeForValue } from "../../types/value-type.js";
import { quoteLiteral } from "../../sql/compile/identifiers.js";
import { quoteSqliteIdentifier } from "./identifiers.js";

/** The name of the native type that stands for none: the column holds whatever is stored, as it is. */
export const UNTYPED = "untyped";

const codecs = new Map<string, TypeCodec>();

/** How SQLite stores a type. Throws `CompileError` for types that it has no form for. */
export function sqliteCodec(type: SqlType): TypeCodec {
  let codec = codecs.get(type.key);
  if (codec === undefined) {
    codec = makeCodec(type);
    codecs.set(type.key, codec);
  }
  return codec;
}

/** Codecs of all types, an application's own among them. */
export const sqliteCodecFor: (type: SqlType) => TypeCodec = withCustomTypes(sqliteCodec);

const OWNER = {
  names: ["sqlite"],
  title: "SQLite",
  quoteIdentifier: quoteSqliteIdentifier,
  quoteLiteral,
};

function makeCodec(type: SqlType): TypeCodec {
  const logical = type.logical;
  switch (logical.kind) {
    case "smallint":
      return logical.unsigned ? integerCodec(0, 65_535) : integerCodec(-32_768, 32_767);
    case "integer":
      return logical.unsigned ? integerCodec(0, 4_294_967_295) : integerCodec(-2_147_483_648, 2_147_483_647);
    case "bigint":
      return bigintCodec(logical.unsigned ? 0n : -(2n ** 63n));
    case "boolean":
      return plainCodec("BOOLEAN", (value) => (checkBoolean(value) ? 1n : 0n), decodeBoolean);
    case "real":
    case "double":
      return { ...plainCodec("REAL", checkFloat, null), decodeWide: narrow };
    case "numeric":
      return numericCodec(logical.precision, logical.scale);
    case "char":
    case "varchar":
    case "text":
      return plainCodec(sizedName(logical.kind, logical.length), checkText, null);
    case "bytes":
    case "binary":
    case "varbinary":
      return plainCodec("BLOB", checkBytes, decodeBytes);
    case "date":
    case "time":
    case "timestamp":
    case "timestamptz":
      return temporalCodec(logical.kind, logical.precision);
    case "uuid":
      return plainCodec("CHAR(36)", canonicalUuid, null);
    case "json":
    case "jsonb":
      return jsonCodec;
    case "enum": {
      const values = new Set(type.enumValues);
      return plainCodec("TEXT", (value) => checkEnum(value, values), null);
    }
    default:
      return composedCodec(type);
  }
}

/** Types that are made of others, and the one of which nothing is known. The others there are none of. */
function composedCodec(type: SqlType): TypeCodec {
  const { logical, inner = unknownType } = type;
  switch (logical.kind) {
    case "array":
      sqliteCodecFor(inner);
      return jsonArrayCodec(type, "TEXT");
    case "domain":
      return sqliteCodecFor(inner);
    case "native":
      return { ...sqliteCodecFor(inner), ddl: nativeTypeText(logical, OWNER) };
    case "raw":
      return { ...sqliteCodecFor(inner), ddl: rawTypeText(logical, OWNER.names) };
    case "null":
      return { ...plainCodec("", encodeByValue, narrow), bigint: true };
    default:
      throw new CompileError(`SQLite has no type for ${logical.kind}; store it as text, or use another database.`);
  }
}

function plainCodec(ddl: string, encode: ValueConverter | null, decode: ValueConverter | null): TypeCodec {
  return { ddl, encode, decode, decodeWide: decode, decodeLate: false, canonical: null, bigint: false };
}

function sizedName(kind: string, length: number | undefined): string {
  return length === undefined ? kind.toUpperCase() : `${kind.toUpperCase()}(${length})`;
}

/** Integers that a double holds, from rows in which integers come as bigint. */
function narrow(value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function integerCodec(least: number, most: number): TypeCodec {
  return {
    ...plainCodec("INTEGER", (value) => BigInt(checkInteger(value, least, most)), null),
    // A column makes an integer of a number by itself; an expression would go on as REAL.
    encodeStored: (value) => checkInteger(value, least, most),
    decodeWide: narrow,
  };
}

function widen(value: unknown): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
  throw unreadable("whole number", value);
}

function bigintCodec(least: bigint): TypeCodec {
  return {
    ...plainCodec("INTEGER", (value) => checkBigInt(value, least, 2n ** 63n - 1n), widen),
    bigint: true,
  };
}

function decodeBoolean(value: unknown): boolean {
  if (value === 1 || value === 1n) return true;
  if (value === 0 || value === 0n) return false;
  throw unreadable("boolean", value);
}

/** A view without Buffer's own methods over the driver's memory, which belongs to the row alone. */
function decodeBytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw unreadable("byte string", value);
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

function unreadable(type: string, value: unknown): DataError {
  return new DataError(`The database holds ${describeValue(value)} where a ${type} should be.`, {
    help: "Correct the row, or read the column as text with a cast.",
  });
}

/** A double keeps 15 digits exactly; beyond that, and where the digits are not bounded, decimals are text. */
const EXACT_DIGITS = 15;

function numericCodec(precision: number | undefined, scale = 0): TypeCodec {
  const asNumber = precision !== undefined && precision <= EXACT_DIGITS;
  const places = precision === undefined ? undefined : scale;
  const canonical = (value: unknown): string => decimalText(value, places);
  return {
    ddl: asNumber ? `NUMERIC(${precision}, ${scale})` : "TEXT",
    encode: asNumber
      ? (value) => Number(canonicalDecimal(value, precision, scale))
      : (value) => canonicalDecimal(value, precision, scale),
    decode: (value) => decodeDecimal(canonical(value)),
    decodeWide: (value) => decodeDecimal(canonical(value)),
    decodeLate: true,
    canonical,
    bigint: false,
  };
}

/** Digits with the column's scale; more of them where an expression's result has more. */
function decimalText(value: unknown, scale: number | undefined): string {
  if (typeof value === "bigint") return scale ? `${value}.${"0".repeat(scale)}` : String(value);
  if (typeof value === "number" && Number.isFinite(value)) {
    const fixed = Math.abs(value) < 1e21 ? value.toFixed(scale ?? 0) : "";
    return fixed !== "" && Number(fixed) === value ? fixed : digitsOfNumber(value);
  }
  if (typeof value === "string" && decimalDigits(value) !== undefined) return value;
  throw unreadable("decimal number", value);
}

const TEMPORAL_DECODERS = {
  date: decodePlainDate,
  time: decodePlainTime,
  timestamp: decodePlainDateTime,
  timestamptz: decodeInstant,
} as const;

function temporalCodec(kind: keyof typeof TEMPORAL_DECODERS, precision: number | undefined): TypeCodec {
  const parse = TEMPORAL_DECODERS[kind];
  const canonical = (value: unknown): string => {
    if (typeof value === "string") return value;
    throw unreadable(kind, value);
  };
  const decode: ValueConverter = (value) => parse(canonical(value));
  return {
    ddl: sizedName(kind, precision),
    encode: (value) => canonicalTemporal(kind, value, precision),
    decode,
    decodeWide: decode,
    decodeLate: true,
    canonical,
    bigint: false,
  };
}

function jsonText(value: unknown): JsonText {
  if (typeof value === "string") return new JsonText(value);
  throw unreadable("JSON document", value);
}

const jsonCodec: TypeCodec = {
  ddl: "TEXT",
  encode: encodeJson,
  decode: (value) => jsonText(value).parse(),
  decodeWide: (value) => jsonText(value).parse(),
  decodeLate: true,
  canonical: jsonText,
  bigint: false,
};

/** Values whose column is not known: bound by what they are in JavaScript. */
function encodeByValue(value: unknown): unknown {
  if (typeof value === "number" && Number.isInteger(value) && !Object.is(value, -0)) {
    if (Number.isSafeInteger(value)) return BigInt(value);
    throw invalidValue("a whole number that is exact, or a bigint", value);
  }
  const type = typeForValue(value);
  const encode = sqliteCodec(type).encode;
  return encode === null ? value : encode(value);
}
