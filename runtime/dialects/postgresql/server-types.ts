// Values of columns whose type the statement does not know, as those of `text()` and of functions: by the type that the
// server tells for the column.
import type { SqlType, ValueConverter } from "../../types/sql-type.js";
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
  Timestamp,
  TimestampTz,
} from "../../types/types.js";
import { type ArrayElement, parseArray } from "./array-text.js";
import type { PgField } from "./pg-package.js";
import { postgresqlCodec } from "./types.js";

/** By the type's number in the server's catalogue. Types that are not here stay text. */
const TYPES: ReadonlyMap<number, SqlType> = new Map<number, SqlType>([
  [16, Bool().type],
  [17, Bytes().type],
  [20, BigInteger().type],
  [21, Integer().type],
  [23, Integer().type],
  [26, Integer().type],
  [114, Json().type],
  [700, Double().type],
  [701, Double().type],
  [1082, SqlDate().type],
  [1083, SqlTime().type],
  [1114, Timestamp().type],
  [1184, TimestampTz().type],
  [1700, Numeric().type],
  [3802, Json().type],
]);

const INT8 = 20;

/** Arrays, by the number of the type of their elements; those of text under a number that no type has. */
const PLAIN_TEXT = 0;
const ELEMENTS: ReadonlyMap<number, number> = new Map([
  [199, 114],
  [1000, 16],
  [1001, 17],
  [1002, PLAIN_TEXT],
  [1005, 21],
  [1007, 23],
  [1009, PLAIN_TEXT],
  [1014, PLAIN_TEXT],
  [1015, PLAIN_TEXT],
  [1016, INT8],
  [1021, 700],
  [1022, 701],
  [1028, 26],
  [1115, 1114],
  [1182, 1082],
  [1183, 1083],
  [1185, 1184],
  [1231, 1700],
  [2951, PLAIN_TEXT],
  [3807, 3802],
]);

function converterOf(dataTypeID: number): ValueConverter | null {
  const element = ELEMENTS.get(dataTypeID);
  if (element !== undefined) return arrayConverter(converterOf(element));
  const type = TYPES.get(dataTypeID);
  if (type === undefined) return null;
  const { decode } = postgresqlCodec(type);
  if (dataTypeID !== INT8 || decode === null) return decode;
  // As on other databases: a whole number that a double holds is a number where nothing says otherwise.
  return (value) => {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : decode(value);
  };
}

/** Of whatever dimensions; an array whose subscripts begin elsewhere than with 1, which no list can say, stays text. */
function arrayConverter(convert: ValueConverter | null): ValueConverter {
  const converted = (element: ArrayElement): unknown => {
    if (element === null) return null;
    if (typeof element !== "string") return element.map(converted);
    return convert === null ? element : convert(element);
  };
  return (value) => (typeof value === "string" && value.startsWith("{") ? parseArray(value).map(converted) : value);
}

/** Converts, in place, the columns of unknown type; all of them where the statement knows no columns. */
export function convertUnknown(
  rows: unknown[][],
  fields: readonly PgField[],
  columns: readonly { readonly type: SqlType }[] | null,
): void {
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index];
    if (field === undefined || (columns?.[index] ?? UNKNOWN).type.logical.kind !== "null") continue;
    const convert = converterOf(field.dataTypeID);
    if (convert === null) continue;
    for (const row of rows) {
      const value = row[index];
      if (value !== null) row[index] = convert(value);
    }
  }
}

const UNKNOWN = { type: { logical: { kind: "null" } } } as const;
