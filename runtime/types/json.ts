// JSON documents as column values: what may be stored, the sentinel that tells JSON's null from SQL's, and the
// text that waits to be parsed. A document is stored exactly or refused.
import { DataError, InvalidValueError } from "../errors/errors.js";
import { describeValue } from "./describe-value.js";
import { isWellFormed } from "./well-formed.js";

/** What may stand inside a JSON document. */
export type JsonElement =
  string | number | boolean | null | readonly JsonElement[] | { readonly [key: string]: JsonElement };

/** A JSON column's value: any document; the document `null` is `JsonNull`, because `null` itself is SQL's NULL. */
export type JsonValue = Exclude<JsonElement, null> | JsonNullValue;

class JsonNullValue {
  readonly #brand = "JsonNull";

  toJSON(): null {
    return null;
  }

  toString(): string {
    return this.#brand;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.#brand;
  }
}

/** The JSON document `null`: a value, where `null` says that there is none. */
export const JsonNull: JsonNullValue = new JsonNullValue();

/** A document as the database gave it, not parsed yet. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The document; throws `DataError` where the text is not JSON or holds a number that JavaScript would change. */
  parse(): JsonValue {
    let document: JsonElement;
    try {
      // Sound: this is what JSON.parse returns, whatever the text.
      document = parseJson(this.text) as JsonElement;
    } catch (cause) {
      if (cause instanceof DataError) throw cause;
      throw new DataError(`The database holds ${excerpt(this.text)}, which is not JSON.`, { cause });
    }
    return document === null ? JsonNull : document;
  }
}

const LONG_NUMBER = /\d{16}|\d[eE]|\.\d{15}/;

function parseJson(text: string): unknown {
  return LONG_NUMBER.test(text) ? JSON.parse(text, refuseInexact) : JSON.parse(text);
}

function refuseInexact(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== "number" || context?.source === undefined) return value;
  if (sameNumber(context.source, value)) return value;
  throw new DataError(`The document holds the number ${context.source}, which JavaScript would read as ${value}.`, {
    help: "Read the column as text with a cast.",
  });
}

/** Compares significant digits and magnitude, so that `1.50`, `15e-1` and `1.5` are the same number. */
function sameNumber(source: string, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  return normalDigits(source) === normalDigits(String(value));
}

function normalDigits(text: string): string {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  return `${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

function excerpt(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/**
 * A document's text. Throws `InvalidValueError`, with the path, at the first thing that JSON cannot hold exactly:
 * undefined, bigint, NaN, class instances, cycles. No method of the value is called.
 */
export function encodeJson(value: unknown): string {
  if (value instanceof JsonText) return value.text;
  if (value === JsonNull) return "null";
  return encodeElement(value, "$", 0);
}

/** As deep as SQLite's own JSON functions go. */
const DEEPEST = 1000;

function encodeElement(value: unknown, path: string, depth: number): string {
  switch (typeof value) {
    case "string":
      if (isWellFormed(value)) return JSON.stringify(value);
      throw unencodable(value, path);
    case "boolean":
      return value ? "true" : "false";
    case "number":
      if (Number.isFinite(value)) return Object.is(value, -0) ? "-0.0" : String(value);
      throw unencodable(value, path);
    case "object":
      if (value === null || value === JsonNull) return "null";
      if (depth < DEEPEST) return encodeContainer(value, path, depth + 1);
      throw new InvalidValueError(`A JSON document that is nested more than ${DEEPEST} deep or holds itself.`);
    default:
      throw unencodable(value, path);
  }
}

function encodeContainer(value: object, path: string, depth: number): string {
  const parts: string[] = [];
  if (Array.isArray(value)) {
    // By index, so that a hole is met as the undefined it reads as.
    for (let i = 0; i < value.length; i++) parts.push(encodeElement(value[i], `${path}[${i}]`, depth));
    return `[${parts.join(",")}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw unencodable(value, path);
  for (const [key, element] of Object.entries(value)) {
    if (!isWellFormed(key)) throw unencodable(key, path);
    parts.push(`${JSON.stringify(key)}:${encodeElement(element, `${path}.${key}`, depth)}`);
  }
  return `{${parts.join(",")}}`;
}

function unencodable(value: unknown, path: string): InvalidValueError {
  return new InvalidValueError(`A JSON document cannot hold ${describeValue(value)}, found at ${path}.`);
}
