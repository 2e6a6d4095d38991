// The SQL type of a JavaScript value that stands in a statement with nothing beside it to say its type.
import { decimalDigits } from "./decimal.js";
import { invalidValue } from "./check-value.js";
import { unknownType } from "./declared-type.js";
import { JsonNull, JsonText } from "./json.js";
import type { SqlType } from "./sql-type.js";
import {
  BigInteger,
  Bool,
  Bytes,
  Double,
  Integer,
  Json,
  Numeric,
  SqlDate,
  SqlTime,
  Text,
  Timestamp,
  TimestampTz,
} from "./types.js";

const text = Text().type;
const integer = Integer().type;
const double = Double().type;
const bool = Bool().type;
const bigInteger = BigInteger().type;
const json = Json().type;
const numeric = Numeric().type;

const TAGGED: ReadonlyMap<string, SqlType> = new Map<string, SqlType>([
  ["[object Uint8Array]", Bytes().type],
  ["[object Temporal.PlainDate]", SqlDate().type],
  ["[object Temporal.PlainTime]", SqlTime().type],
  ["[object Temporal.PlainDateTime]", Timestamp().type],
  ["[object Temporal.Instant]", TimestampTz().type],
]);

/**
 * The type by which a literal value is bound. Throws `InvalidValueError` for what is no SQL value: undefined, plain
 * objects, arrays, dates without a Temporal type, functions.
 */
export function typeForValue(value: unknown): SqlType {
  switch (typeof value) {
    case "string":
      return text;
    case "number":
      // Whole numbers beyond 32 bits are no `Integer`; as values of unknown type they are still sent as integers.
      if (!Number.isInteger(value) || Object.is(value, -0)) return double;
      return (value | 0) === value ? integer : unknownType;
    case "boolean":
      return bool;
    case "bigint":
      return bigInteger;
    case "object":
      return value === null ? unknownType : typeForObject(value);
    default:
      throw invalidValue("a SQL value", value);
  }
}

function typeForObject(value: object): SqlType {
  const tagged = TAGGED.get(Object.prototype.toString.call(value));
  if (tagged !== undefined) return tagged;
  if (value === JsonNull || value instanceof JsonText) return json;
  if (decimalDigits(value) !== undefined) return numeric;
  throw invalidValue("a SQL value", value);
}
