// Arrays on databases that have none: JSON text, the same on all of them. Numbers and booleans stand as such, NULL as
// null, all else as text: decimals by their digits, dates in ISO form, bytes as hexadecimal digits, documents as JSON.
import { CompileError, DataError } from "../errors/errors.js";
import { decodeElements, type ElementCodec, encodeElements } from "./array-elements.js";
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
} from "./check-value.js";
import { withCustomTypes } from "./custom-type.js";
import { decodeDecimal } from "./decimal.js";
import { describeValue } from "./describe-value.js";
import { encodeJson, JsonText } from "./json.js";
import type { SqlType, TypeCodec, ValueConverter } from "./sql-type.js";
import { decodeInstant, decodePlainDate, decodePlainDateTime, decodePlainTime } from "./temporal.js";

/** The codec of an array type whose DDL name is `ddl`. Throws `CompileError` for elements that JSON has no form for. */
export function jsonArrayCodec(type: SqlType, ddl: string): TypeCodec {
  const elements = elementsOf(type);
  const decode: ValueConverter = (value) => decodeElements(parseList(value), elements);
  return { ...codec((value) => listText(encodeElements(value, elements)), decode), ddl };
}

function elementsOf({ inner, nullableElements }: SqlType): ElementCodec {
  if (inner === undefined) throw new CompileError("an array needs the type of its elements");
  const { encode, decode } = jsonCodec(inner);
  return { encode, decode, nullable: nullableElements === true };
}

const jsonCodec = withCustomTypes(elementCodec);

function elementCodec(type: SqlType): TypeCodec {
  const { logical } = type;
  switch (logical.kind) {
    case "smallint":
      return logical.unsigned ? wholeNumber(0, 65_535) : wholeNumber(-32_768, 32_767);
    case "integer":
      return logical.unsigned ? wholeNumber(0, 4_294_967_295) : wholeNumber(-2_147_483_648, 2_147_483_647);
    case "bigint": {
      const [least, most] = logical.unsigned ? [0n, 2n ** 64n - 1n] : [-(2n ** 63n), 2n ** 63n - 1n];
      return codec((value) => checkBigInt(value, least, most), decodeBigInt);
    }
    case "real":
    case "double":
      return codec(checkFloat, expecting("number", "number"));
    case "boolean":
      return codec(checkBoolean, expecting("boolean", "boolean"));
    case "numeric":
      return textual((value) => canonicalDecimal(value, logical.precision, logical.scale), decodeDecimal);
    case "char":
    case "varchar":
    case "text":
      return textual(checkText, same);
    case "uuid":
      return textual(canonicalUuid, same);
    case "enum": {
      const values = new Set(type.enumValues);
      return textual((value) => checkEnum(value, values), same);
    }
    case "bytes":
    case "binary":
    case "varbinary":
      return textual((value) => Buffer.from(checkBytes(value)).toString("hex"), decodeHex);
    case "date":
    case "time":
    case "timestamp":
    case "timestamptz":
      return textual((value) => canonicalTemporal(logical.kind, value, logical.precision), TEMPORAL[logical.kind]);
    case "json":
    case "jsonb":
      return textual(encodeJson, (text) => new JsonText(text).parse());
    default:
      return composedCodec(type);
  }
}

function composedCodec(type: SqlType): TypeCodec {
  switch (type.logical.kind) {
    case "array": {
      const elements = elementsOf(type);
      return codec(
        (value) => encodeElements(value, elements),
        (value) => decodeElements(requireList(value), elements),
      );
    }
    case "domain":
    case "native":
    case "raw":
      if (type.inner !== undefined) return jsonCodec(type.inner);
      break;
    default:
      break;
  }
  throw new CompileError(`an array of ${type.key} has no form as JSON; give its elements a type that is known`);
}

const TEMPORAL = {
  date: decodePlainDate,
  time: decodePlainTime,
  timestamp: decodePlainDateTime,
  timestamptz: decodeInstant,
} as const;

function codec(encode: ValueConverter, decode: ValueConverter): TypeCodec {
  return { ddl: "", encode, decode, decodeWide: decode, decodeLate: false, canonical: null, bigint: false };
}

/** Sound: `expecting` lets strings through alone. */
function textual(encode: ValueConverter, parse: (text: string) => unknown): TypeCodec {
  const text = expecting("string", "text");
  return codec(encode, (value) => parse(text(value) as string));
}

function same(text: string): string {
  return text;
}

function wholeNumber(least: number, most: number): TypeCodec {
  return codec(
    (value) => checkInteger(value, least, most),
    (value) => {
      if (typeof value === "number" && Number.isInteger(value)) return value;
      throw unreadable("whole number", value);
    },
  );
}

function decodeBigInt(value: unknown): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
  throw unreadable("whole number", value);
}

function decodeHex(text: string): Uint8Array {
  if (!/^(?:[\da-f]{2})*$/i.test(text)) throw unreadable("byte string in hexadecimal digits", text);
  const bytes = Buffer.from(text, "hex");
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function expecting(type: "string" | "number" | "boolean", name: string): ValueConverter {
  return (value) => {
    if (typeof value === type) return value;
    throw unreadable(name, value);
  };
}

function unreadable(type: string, value: unknown): DataError {
  return new DataError(`The database holds an array with ${describeValue(value)} where a ${type} should be.`, {
    help: "Correct the row, or read the column as text with a cast.",
  });
}

// ---- the text

function listText(elements: readonly unknown[]): string {
  return `[${elements.map(elementText).join(",")}]`;
}

function elementText(element: unknown): string {
  if (Array.isArray(element)) return listText(element);
  if (typeof element === "bigint") return String(element);
  return Object.is(element, -0) ? "-0.0" : JSON.stringify(element);
}

function requireList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw unreadable("list", value);
}

function parseList(value: unknown): readonly unknown[] {
  if (typeof value !== "string") throw unreadable("list", value);
  let list: unknown;
  try {
    list = JSON.parse(value, keepDigits);
  } catch (cause) {
    throw new DataError(`The database holds ${describeValue(value)} where an array as JSON should be.`, { cause });
  }
  return requireList(list);
}

/** Whole numbers that a double does not hold stay whole, as bigint. */
function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : value;
}
