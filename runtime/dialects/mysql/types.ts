// How MySQL and MariaDB store each logical type. Values cross by the binary protocol: whole numbers as bigint or
// number, decimals, dates and JSON as text, bytes as buffers. What the server would cut, pad or round without a word is
// refused here.
import { CompileError, DataError } from "../../errors/errors.js";
import {
  canonicalDecimal,
  canonicalTemporal,
  canonicalUuid,
  checkBigInt,
  checkBlanks,
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
import { DecimalParameter } from "./decimal-parameter.js";
import { quoteMysqlIdentifier, quoteMysqlLiteral } from "./identifiers.js";

/** The widest decimals of both servers. */
const MAX_PRECISION = 65;
const MAX_SCALE = 30;

const codecs = new Map<string, TypeCodec>();

/** How the servers store a type. Throws `CompileError` for types that they have no form for. */
export function mysqlCodec(type: SqlType): TypeCodec {
  let codec = codecs.get(type.key);
  if (codec === undefined) {
    codec = makeCodec(type);
    codecs.set(type.key, codec);
  }
  return codec;
}

/** Codecs of all types, an application's own among them. */
export const mysqlCodecFor: (type: SqlType) => TypeCodec = withCustomTypes(mysqlCodec);

const OWNER = {
  names: ["mysql", "mariadb"],
  title: "MySQL or MariaDB",
  quoteIdentifier: quoteMysqlIdentifier,
  quoteLiteral: quoteMysqlLiteral,
};

function makeCodec(type: SqlType): TypeCodec {
  const logical = type.logical;
  switch (logical.kind) {
    case "smallint":
      return logical.unsigned ? integer("SMALLINT UNSIGNED", 0, 65_535) : integer("SMALLINT", -32_768, 32_767);
    case "integer":
      return logical.unsigned
        ? integer("INTEGER UNSIGNED", 0, 4_294_967_295)
        : integer("INTEGER", -2_147_483_648, 2_147_483_647);
    case "bigint":
      return logical.unsigned
        ? bigInteger("BIGINT UNSIGNED", 0n, 2n ** 64n - 1n)
        : bigInteger("BIGINT", -(2n ** 63n), 2n ** 63n - 1n);
    case "boolean":
      return early("TINYINT(1)", checkBoolean, decodeBoolean);
    case "real":
      return early("FLOAT", checkReal, decodeReal);
    case "double":
      return early("DOUBLE", checkDouble, decodeNumber);
    case "numeric":
      return numeric(logical.precision, logical.scale);
    case "char":
      return early(sized("CHAR", logical.length), checkChar, null);
    case "varchar":
      return early(sized("VARCHAR", logical.length), (value) => checkBlanks(checkText(value), logical.length), null);
    case "text":
      return early("LONGTEXT", checkText, null);
    case "bytes":
      return early("LONGBLOB", encodeBytes, decodeBytes);
    case "varbinary":
      return early(sized("VARBINARY", logical.length), encodeBytes, decodeBytes);
    case "binary":
      return fixedBytes(logical.length);
    case "date":
    case "time":
    case "timestamp":
    case "timestamptz":
      return temporal(logical.kind, logical.precision);
    case "uuid":
      return early("CHAR(36)", canonicalUuid, null);
    case "json":
    case "jsonb":
      return jsonCodec;
    case "enum":
      return enumeration(type.enumValues ?? []);
    default:
      return composedCodec(type);
  }
}

/** Types that are made of others, and the one of which nothing is known. The others there are none of. */
function composedCodec(type: SqlType): TypeCodec {
  const { logical, inner = unknownType } = type;
  switch (logical.kind) {
    case "array":
      mysqlCodecFor(inner);
      return jsonArrayCodec(type, "JSON");
    case "domain":
      return mysqlCodecFor(inner);
    case "native":
      return { ...mysqlCodecFor(inner), ddl: nativeTypeText(logical, OWNER) };
    case "raw":
      return { ...mysqlCodecFor(inner), ddl: rawTypeText(logical, OWNER.names) };
    case "null":
      return early("", encodeByValue, null);
    default:
      throw new CompileError(
        `MySQL and MariaDB have no type for ${logical.kind}; store it as text, or use another database.`,
      );
  }
}

/** A type whose values are decoded as the row arrives. Integers arrive alike beside all neighbours. */
function early(ddl: string, encode: ValueConverter, decode: ValueConverter | null): TypeCodec {
  return { ddl, encode, decode, decodeWide: decode, decodeLate: false, canonical: null, bigint: false };
}

function late(ddl: string, encode: ValueConverter, canonical: ValueConverter, parse: ValueConverter): TypeCodec {
  const decode: ValueConverter = (value) => parse(canonical(value));
  return { ddl, encode, decode, decodeWide: decode, decodeLate: true, canonical, bigint: false };
}

function sized(name: string, length: number | undefined): string {
  return length === undefined ? name : `${name}(${length})`;
}

// ---- numbers

function integer(ddl: string, least: number, most: number): TypeCodec {
  return early(ddl, (value) => BigInt(checkInteger(value, least, most)), decodeNumber);
}

function bigInteger(ddl: string, least: bigint, most: bigint): TypeCodec {
  return { ...early(ddl, (value) => checkBigInt(value, least, most), decodeBigInt), bigint: true };
}

/** Sums and quotients of numbers are decimals to the servers, and arrive as text. */
function decodeNumber(value: unknown): unknown {
  if (typeof value === "number") return value;
  if (typeof value === "string" && decimalDigits(value) !== undefined) {
    return value.includes(".") ? Number(value) : narrow(BigInt(value));
  }
  return typeof value === "bigint" ? narrow(value) : value;
}

/** The number, where a double holds it exactly. */
function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function decodeBigInt(value: unknown): unknown {
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
  if (typeof value === "string" && /^-?\d+$/.test(value)) return BigInt(value);
  throw unreadable("whole number", value);
}

function decodeBoolean(value: unknown): boolean {
  if (value === 1 || value === 1n) return true;
  if (value === 0 || value === 0n) return false;
  throw unreadable("boolean", value);
}

/** A double without -0, which the servers store as 0. */
function checkDouble(value: unknown): number {
  const number = checkFloat(value);
  return number === 0 ? 0 : number;
}

/** The nearest 32-bit number, which is what a column of them holds and compares equal to. */
function checkReal(value: unknown): number {
  const single = Math.fround(checkDouble(value));
  if (Number.isFinite(single)) return single;
  throw invalidValue("a number that 32 bits hold", value);
}

/** Numbers nearer to 0 have fewer digits than the six that all others have. */
const SMALLEST_NORMAL_REAL = 2 ** -126;

/** The shortest digits that name this 32-bit number: `1.1`, where widening gives 1.100000023841858. */
function decodeReal(value: unknown): unknown {
  if (typeof value !== "number" || Math.fround(value) !== value) return decodeNumber(value);
  for (let digits = Math.abs(value) < SMALLEST_NORMAL_REAL ? 1 : 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}

function numeric(precision: number | undefined, scale = 0): TypeCodec {
  if (precision !== undefined && (precision > MAX_PRECISION || scale > MAX_SCALE)) {
    throw new CompileError(
      `MySQL and MariaDB keep decimals of at most ${MAX_PRECISION} digits, ${MAX_SCALE} of them after the point; ` +
        `numeric(${precision}, ${scale}) has more.`,
    );
  }
  const ddl = precision === undefined ? `DECIMAL(${MAX_PRECISION}, ${MAX_SCALE})` : `DECIMAL(${precision}, ${scale})`;
  return late(
    ddl,
    (value) => encodeDecimal(value, precision, scale),
    decimalText,
    (text) => decodeDecimal(String(text)),
  );
}

function encodeDecimal(value: unknown, precision: number | undefined, scale: number): DecimalParameter {
  if (precision !== undefined) return DecimalParameter.of(canonicalDecimal(value, precision, scale));
  const digits = canonicalDecimal(value);
  const [whole = "", fraction = ""] = digits.replace("-", "").split(".");
  if (whole.length + fraction.length <= MAX_PRECISION && fraction.length <= MAX_SCALE)
    return DecimalParameter.of(digits);
  throw invalidValue(`a decimal of at most ${MAX_PRECISION} digits, ${MAX_SCALE} of them after the point`, digits);
}

function decimalText(value: unknown): string {
  if (typeof value === "string" && decimalDigits(value) !== undefined) return value;
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return digitsOfNumber(value);
  throw unreadable("decimal number", value);
}

// ---- text and bytes

/** CHAR pads with blanks and cuts them off again, so that a value's own would be lost. */
function checkChar(value: unknown): string {
  const text = checkText(value);
  if (!text.endsWith(" ")) return text;
  throw invalidValue(
    "a string without a blank at its end, which CHAR does not keep",
    value,
    "Make the column varchar.",
  );
}

/** The driver would send another Uint8Array than a Buffer as text. */
function encodeBytes(value: unknown): Buffer {
  const bytes = checkBytes(value);
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A view without Buffer's own methods. */
function decodeBytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw unreadable("byte string", value);
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

/** BINARY fills shorter values up with zeros, which would come back as the value's own. */
function fixedBytes(length = 1): TypeCodec {
  return early(
    `BINARY(${length})`,
    (value) => {
      const bytes = encodeBytes(value);
      if (bytes.length === length) return bytes;
      throw invalidValue(`exactly ${length} bytes`, value, `It has ${bytes.length}; varbinary takes fewer, too.`);
    },
    decodeBytes,
  );
}

/** Longer ones, and blanks at the end, the servers cut off. */
const LONGEST_LABEL = 255;

function enumeration(values: readonly string[]): TypeCodec {
  for (const value of values) {
    if (value.endsWith(" ") || [...value].length > LONGEST_LABEL) {
      throw new CompileError(
        `MySQL and MariaDB cannot keep the enum value ${JSON.stringify(value)}: it ends with a blank or has more ` +
          `than ${LONGEST_LABEL} characters.`,
      );
    }
  }
  const known = new Set(values);
  return early(`ENUM(${values.map(quoteMysqlLiteral).join(", ")})`, (value) => checkEnum(value, known), null);
}

// ---- dates, JSON, values of unknown type

const TEMPORAL = {
  date: { name: "DATE", parse: decodePlainDate },
  time: { name: "TIME", parse: decodePlainTime },
  timestamp: { name: "DATETIME", parse: decodePlainDateTime },
  timestamptz: { name: "TIMESTAMP", parse: decodeInstant },
} as const;

function temporal(kind: keyof typeof TEMPORAL, precision = 6): TypeCodec {
  const { name, parse } = TEMPORAL[kind];
  const ddl = kind === "date" || precision === 0 ? name : `${name}(${precision})`;
  return late(
    ddl,
    // The session's time zone is UTC, so that points in time cross without one.
    (value) => canonicalTemporal(kind, value, precision).replace("T", " ").replace("Z", ""),
    (value) => isoText(kind, value),
    (text) => parse(String(text)),
  );
}

/** ISO text. A time beyond a day and a date with zeros in it stay as they are: parsing says what is wrong with them. */
function isoText(kind: keyof typeof TEMPORAL, value: unknown): string {
  if (typeof value !== "string") throw unreadable(kind, value);
  if (kind === "date" || kind === "time") return value;
  const text = value.replace(" ", "T");
  return kind === "timestamp" || text.endsWith("Z") ? text : `${text}Z`;
}

function jsonText(value: unknown): JsonText {
  if (typeof value === "string") return new JsonText(value);
  throw unreadable("JSON document", value);
}

const jsonCodec: TypeCodec = {
  ...early("JSON", encodeJson, (value) => jsonText(value).parse()),
  decodeLate: true,
  canonical: jsonText,
};

/** Values whose column is not known: bound by what they are in JavaScript. */
function encodeByValue(value: unknown): unknown {
  if (typeof value === "number" && Number.isInteger(value)) {
    if (Number.isSafeInteger(value)) return BigInt(value);
    throw invalidValue("a whole number that is exact, or a bigint", value);
  }
  const { encode } = mysqlCodec(typeForValue(value));
  return encode === null ? value : encode(value);
}

function unreadable(type: string, value: unknown): DataError {
  return new DataError(`The database holds ${describeValue(value)} where a ${type} should be.`, {
    help: "Correct the row, or read the column as text with a cast.",
  });
}
