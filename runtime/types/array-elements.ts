// Arrays as column values, element by element: the same checks whatever form the database keeps them in.
import { DataError, InvalidValueError } from "../errors/errors.js";
import { invalidValue } from "./check-value.js";
import type { ValueConverter } from "./sql-type.js";

/** How the elements of one array type cross; null where they pass as they are. */
export interface ElementCodec {
  readonly encode: ValueConverter | null;
  readonly decode: ValueConverter | null;
  readonly nullable: boolean;
}

/** The encoded elements of a list, null among them. Throws `InvalidValueError`, with the element's place. */
export function encodeElements(value: unknown, { encode, nullable }: ElementCodec): unknown[] {
  if (!Array.isArray(value)) throw invalidValue("an array", value);
  const elements: unknown[] = [];
  // By index, so that a hole is met as the undefined it reads as.
  for (let index = 0; index < value.length; index++) {
    const element: unknown = value[index];
    if (element === null && nullable) elements.push(null);
    else elements.push(encodeElement(element, index, encode));
  }
  return elements;
}

function encodeElement(element: unknown, index: number, encode: ValueConverter | null): unknown {
  if (element === null || element === undefined) {
    const help = element === null ? "An array that holds NULL is ArrayOf(….nullable())." : "";
    throw invalidValue(`a value as element ${index} of the array`, element, help);
  }
  try {
    return encode === null ? element : encode(element);
  } catch (cause) {
    if (!(cause instanceof InvalidValueError)) throw cause;
    throw new InvalidValueError(`Element ${index} of the array: ${cause.message}`, { cause });
  }
}

/** The values of a list as the database gave it. Throws `DataError` for a NULL where there should be none. */
export function decodeElements(list: readonly unknown[], { decode, nullable }: ElementCodec): unknown[] {
  return list.map((element) => {
    if (element === null) {
      if (nullable) return null;
      throw new DataError("The database holds an array with NULL in it, which the column's type says it does not.", {
        help: "Describe the column as ArrayOf(….nullable()).",
      });
    }
    return decode === null ? element : decode(element);
  });
}
