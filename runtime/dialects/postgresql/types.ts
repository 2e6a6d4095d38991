// How PostgreSQL stores each logical type, and how its text becomes values. Every value is kept exactly or refused
// before it is sent: what the server would cut, round or not take has its check here. `infinity`, years BC and beyond
// 9999 have no Temporal form: reading one is a `DataError`.
import { qualifiedNameOf } from "../../../model/qualified-name.js";
import type { NativeType, RangeKind } from "../../../model/column-type.js";
import { DataError, InvalidValueError } from "../../errors/errors.js";
import { quoteLiteral } from "../../sql/compile/identifiers.js";
import { decodeElements, encodeElements } from "../../types/array-elements.js";
import {
  canonicalDecimal,
  canonicalTemporal,
  canonicalUuid,
  checkBigInt,
  checkBlanks,
  checkBoolean,
  checkBytes,
  checkEnum,
  checkInteger,
  checkText,
  invalidValue,
} from "../../types/check-value.js";
import { withCustomTypes } from "../../types/custom-type.js";
import { decodeDecimal } from "../../types/decimal.js";
import { DeclaredType, unknownType } from "../../types/declared-type.js";
import { nativeTypeText, rawTypeText } from "../../types/dialect-type-text.js";
import { describeValue } from "../../types/describe-value.js";
import { encodeJson, JsonText } from "../../types/json.js";
import type { SqlType, TypeCodec, ValueConverter } from "../../types/sql-type.js";
import { decodeInstant, decodePlainDate, decodePlainDateTime, decodePlainTime } from "../../types/temporal.js";
import { typeForValue } from "../../types/value-type.js";
import { type ArrayElement, arrayText, parseArray } from "./array-text.js";
import { quotePostgresqlIdentifier } from "./identifiers.js";
import { parseRange, rangeText } from "./range-text.js";

/** Codecs of all types, an application's own among them. */
export const postgresqlCodecFor: (type: SqlType) => TypeCodec = withCustomTypes(postgresqlCodec);

/** A codec, and the type's name in casts of parameters and arrays: without lengths, to which a cast would cut. */
interface PostgresqlCodec extends TypeCodec {
  /** Null where the type is not known. */
  readonly castName: string | null;
}

const codecs = new Map<string, PostgresqlCodec>();

/** How PostgreSQL stores a type. */
export function postgresqlCodec(type: SqlType): PostgresqlCodec {
  let codec = codecs.get(type.key);
  if (codec === undefined) {
    codec = makeCodec(type);
    codecs.set(type.key, codec);
  }
  return codec;
}

function makeCodec(type: SqlType): PostgresqlCodec {
  const logical = type.logical;
  switch (logical.kind) {
    case "smallint":
      return logical.unsigned ? wholeNumber("INTEGER", 0, 65_535) : wholeNumber("SMALLINT", -32_768, 32_767);
    case "integer":
      return logical.unsigned
        ? wholeNumber("BIGINT", 0, 4_294_967_295)
        : wholeNumber("INTEGER", -2_147_483_648, 2_147_483_647);
    case "bigint": {
      const least = logical.unsigned ? 0n : -(2n ** 63n);
      return early("BIGINT", (value) => checkBigInt(value, least, 2n ** 63n - 1n), decodeBigInt);
    }
    case "boolean":
      return early("BOOLEAN", checkBoolean, decodeBoolean);
    case "real":
      return early("REAL", checkNumber, Number);
    case "double":
      return early("DOUBLE PRECISION", checkNumber, Number);
    case "numeric":
      return numericCodec(logical.precision, logical.scale);
    case "char":
      return { ...textCodec(sized("CHAR", logical.length), logical.length), castName: "bpchar" };
    case "varchar":
      return textCodec(sized("VARCHAR", logical.length), logical.length);
    case "text":
      return textCodec("TEXT");
    case "bytes":
    case "binary":
    case "varbinary":
      return early("BYTEA", checkBytes, decodeBytes);
    case "date":
    case "time":
    case "timestamp":
    case "timestamptz":
      return temporalCodec(logical.kind, logical.precision);
    case "uuid":
      return early("UUID", canonicalUuid, null);
    case "json":
      return jsonCodec("JSON", encodeJson);
    case "jsonb":
      return jsonCodec("JSONB", encodeJsonb);
    case "enum":
      return enumCodec(logical.name, new Set(type.enumValues));
    case "interval":
    case "inet":
    case "cidr":
    case "macaddr":
    case "tsvector":
      return early(logical.kind.toUpperCase(), checkStorable, null);
    default:
      return composedCodec(type, logical);
  }
}

type ComposedKind = RangeKind | "array" | "domain" | "native" | "raw" | "null";

/** Types that are made of others, and the one of which nothing is known. */
function composedCodec(type: SqlType, logical: Extract<SqlType["logical"], { kind: ComposedKind }>): PostgresqlCodec {
  switch (logical.kind) {
    case "int4range":
    case "int8range":
    case "numrange":
    case "tsrange":
    case "tstzrange":
    case "daterange":
      return rangeCodec(logical.kind);
    case "array":
      return arrayCodec(type);
    case "domain":
      // A cast to the domain would check values that are only compared.
      return { ...innerCodec(type), ddl: enumTypeName(logical.name) };
    case "native":
      return nativeCodec(logical, innerCodec(type));
    case "raw":
      return { ...innerCodec(type), ddl: rawTypeText(logical, OWNER.names), castName: null };
    case "null":
      return { ...early("", encodeByValue, null), castName: null };
  }
}

/** A type whose text is turned into its value when the row is read. */
function early(ddl: string, encode: ValueConverter | null, decode: ValueConverter | null): PostgresqlCodec {
  const castName = ddl.toLowerCase();
  return {
    ddl,
    encode,
    decode,
    decodeWide: decode,
    decodeLate: false,
    canonical: null,
    bigint: false,
    castName,
  };
}

function late(ddl: string, encode: ValueConverter, decode: (text: string) => unknown): PostgresqlCodec {
  // Sound: the driver delivers text and nothing else.
  const fromText: ValueConverter = (value) => decode(value as string);
  return { ...early(ddl, encode, fromText), decodeLate: true };
}

function sized(name: string, length: number | undefined): string {
  return length === undefined ? name : `${name}(${length})`;
}

// ---- numbers

function wholeNumber(ddl: string, least: number, most: number): PostgresqlCodec {
  return early(ddl, (value) => checkInteger(value, least, most), decodeInteger);
}

/** A sum of integers may be wider than they are: exact all the same, as a bigint. */
function decodeInteger(value: unknown): number | bigint {
  const number = Number(value);
  if (Number.isSafeInteger(number) || !Number.isInteger(number)) return number;
  return decodeBigInt(value);
}

function decodeBigInt(value: unknown): bigint {
  try {
    return BigInt(String(value));
  } catch {
    throw unreadable("64-bit whole number", value);
  }
}

/** Floating point numbers, NaN and the infinities among them. */
function checkNumber(value: unknown): number {
  if (typeof value === "number") return value;
  throw invalidValue("a number", value);
}

function numericCodec(precision: number | undefined, scale: number | undefined): PostgresqlCodec {
  const size = precision === undefined ? "" : scale === undefined ? `(${precision})` : `(${precision}, ${scale})`;
  return {
    ...late(`NUMERIC${size}`, (value) => canonicalDecimal(value, precision, scale), decodeDecimal),
    castName: "numeric",
  };
}

function decodeBoolean(value: unknown): boolean {
  if (value === "t") return true;
  if (value === "f") return false;
  throw unreadable("boolean", value);
}

// ---- text and bytes

/** Text that PostgreSQL can hold: well-formed, without NUL. */
function checkStorable(value: unknown): string {
  const text = checkText(value);
  if (text.includes("\0")) throw invalidValue("a string without NUL characters, which PostgreSQL cannot store", value);
  return text;
}

function textCodec(ddl: string, length?: number): PostgresqlCodec {
  const encode: ValueConverter =
    length === undefined ? checkStorable : (value) => checkBlanks(checkStorable(value), length);
  return { ...early(ddl, encode, null), castName: "varchar" };
}

function decodeBytes(value: unknown): Uint8Array {
  if (typeof value !== "string" || !value.startsWith(String.raw`\x`)) throw unreadable("byte string", value);
  const bytes = Buffer.from(value.slice(2), "hex");
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function enumCodec(name: string, values: ReadonlySet<string>): PostgresqlCodec {
  const written = enumTypeName(name);
  return { ...early(written, (value) => checkEnum(value, values), null), castName: written };
}

/** An enum's type as it stands in SQL; `schema.name` where it has a schema. */
export function enumTypeName(name: string): string {
  const { schema, name: own } = qualifiedNameOf(name);
  return (schema === undefined ? [own] : [schema, own]).map(quotePostgresqlIdentifier).join(".");
}

// ---- dates and times

const TEMPORAL = {
  date: { decode: decodePlainDate, before: "DATE", after: "" },
  time: { decode: decodePlainTime, before: "TIME", after: " WITHOUT TIME ZONE" },
  timestamp: { decode: decodePlainDateTime, before: "TIMESTAMP", after: " WITHOUT TIME ZONE" },
  timestamptz: { decode: decodeInstant, before: "TIMESTAMP", after: " WITH TIME ZONE" },
} as const;

function temporalCodec(kind: keyof typeof TEMPORAL, precision: number | undefined): PostgresqlCodec {
  const { decode, before, after } = TEMPORAL[kind];
  const encode: ValueConverter = (value) => {
    const text = canonicalTemporal(kind, value, precision);
    if (text.startsWith("0000")) throw new InvalidValueError(`PostgreSQL has no year 0, as in ${text}.`);
    return text;
  };
  return { ...late(`${sized(before, precision)}${after}`, encode, decode), castName: kind };
}

// ---- types made of others

/** The codec of what the type is made of. */
function innerCodec({ inner = unknownType }: SqlType): PostgresqlCodec {
  return { ...postgresqlCodec(inner), ...postgresqlCodecFor(inner) };
}

/** Like `postgresqlCodecFor`, but arrays are lists, of which the outermost one is made into text. */
const listCodecFor: (type: SqlType) => TypeCodec = withCustomTypes((type) =>
  type.logical.kind === "array" ? listCodec(type) : postgresqlCodec(type),
);

function listCodec(type: SqlType): TypeCodec {
  const elements = { ...listCodecFor(type.inner ?? unknownType), nullable: type.nullableElements === true };
  const isNested = type.inner?.logical.kind === "array";
  return early(
    "",
    (value) => encodeElements(value, elements),
    (list) => {
      // Sound: the parser of arrays gives lists, and elements that are not null are looked at here.
      const parsed = list as readonly ArrayElement[];
      if (parsed.some((each) => each !== null && Array.isArray(each) !== isNested)) {
        throw new DataError(`The database holds an array of other dimensions than ${type.key} has.`, {
          help: "Describe the column as an ArrayOf(…) of as many dimensions as its values have.",
        });
      }
      return decodeElements(parsed, elements);
    },
  );
}

function arrayCodec(type: SqlType): PostgresqlCodec {
  const { encode, decode } = listCodecFor(type);
  const { ddl, castName } = innerCodec(type);
  return {
    ...early(
      `${ddl}[]`,
      // Sound: the codec of lists gives lists.
      (value) => arrayText(encode?.(value) as readonly unknown[]),
      (value) => {
        if (typeof value !== "string") throw unreadable("array", value);
        return decode?.(parseArray(value));
      },
    ),
    castName: arrayName(type.inner ?? unknownType, ddl, castName),
  };
}

/** The array's name in casts; arrays of unlike names do not compare, as their elements might. */
function arrayName({ logical }: SqlType, ddl: string, castName: string | null): string | null {
  if (logical.kind === "text") return "text[]";
  if (logical.kind === "domain") return `${ddl}[]`;
  return castName === null || castName.endsWith("[]") ? castName : `${castName}[]`;
}

const RANGES = {
  int4range: { kind: "integer" },
  int8range: { kind: "bigint" },
  numrange: { kind: "numeric" },
  tsrange: { kind: "timestamp" },
  tstzrange: { kind: "timestamptz" },
  daterange: { kind: "date" },
} as const;

function rangeCodec(kind: keyof typeof RANGES): PostgresqlCodec {
  const ends = postgresqlCodec(new DeclaredType(RANGES[kind], RANGES[kind].kind));
  return early(
    kind.toUpperCase(),
    (value) => rangeText(value, ends),
    (value) => parseRange(value, ends),
  );
}

const OWNER = {
  names: ["postgresql"],
  title: "PostgreSQL",
  quoteIdentifier: quotePostgresqlIdentifier,
  quoteLiteral,
};

/** Types that a cast without a length would cut. */
const CUT_BY_CASTS: ReadonlySet<string> = new Set(["bit", "char", "character", "varchar", "numeric"]);

function nativeCodec(type: NativeType, values: PostgresqlCodec): PostgresqlCodec {
  const ddl = nativeTypeText(type, OWNER);
  const isCut = type.arguments !== undefined || CUT_BY_CASTS.has(type.name.toLowerCase());
  return { ...values, ddl, castName: isCut ? null : ddl };
}

// ---- JSON

function jsonText(value: unknown): JsonText {
  if (typeof value === "string") return new JsonText(value);
  throw unreadable("JSON document", value);
}

function jsonCodec(ddl: string, encode: ValueConverter): PostgresqlCodec {
  const parse: ValueConverter = (value) => jsonText(value).parse();
  return { ...early(ddl, encode, parse), decodeLate: true, canonical: jsonText };
}

/** The escape of NUL, with an even number of backslashes before it. */
const NUL_ESCAPE = /(?<!\\)(?:\\\\)*\\u0000/;

/** The parsed form holds strings as text, and text holds no NUL. */
function encodeJsonb(value: unknown): string {
  const text = encodeJson(value);
  if (NUL_ESCAPE.test(text)) {
    throw new InvalidValueError("A jsonb document cannot hold NUL characters; the type json can.");
  }
  return text;
}

// ---- values whose type is not known

/** Bound by what they are in JavaScript. */
function encodeByValue(value: unknown): unknown {
  if (typeof value === "number") {
    if (!Number.isInteger(value) || Number.isSafeInteger(value)) return value;
    throw invalidValue("a whole number that is exact, or a bigint", value);
  }
  const { encode } = postgresqlCodec(typeForValue(value));
  return encode === null ? value : encode(value);
}

function unreadable(type: string, value: unknown): DataError {
  return new DataError(`The database holds ${describeValue(value)} where a ${type} should be.`, {
    help: "Correct the row, or read the column as text with a cast.",
  });
}
