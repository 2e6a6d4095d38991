// What each logical type accepts, the same on every dialect: checks before anything is sent, and the canonical text
// of dates, UUIDs and decimals. Dialect codecs are built on these.
import { InvalidValueError } from "../errors/errors.js";
import { decimalDigits } from "./decimal.js";
import { describeValue } from "./describe-value.js";
import { instantText } from "./instant-text.js";
import { decodeInstant, decodePlainDate, decodePlainDateTime, decodePlainTime } from "./temporal.js";
import { isWellFormed } from "./well-formed.js";

/** The error for a value that a type does not take. */
export function invalidValue(expected: string, value: unknown, help = ""): InvalidValueError {
  return new InvalidValueError(`Expected ${expected}, got ${describeValue(value)}.${help === "" ? "" : ` ${help}`}`);
}

/** A whole number between two bounds, both included. */
export function checkInteger(value: unknown, least: number, most: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalidValue(`a whole number from ${least} to ${most}`, value);
}

export function checkBigInt(value: unknown, least: bigint, most: bigint): bigint {
  if (typeof value === "bigint" && value >= least && value <= most) return value;
  const help = typeof value === "number" ? "64-bit columns take bigint." : "";
  throw invalidValue(`a bigint from ${least} to ${most}`, value, help);
}

/** A finite number. */
export function checkFloat(value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw invalidValue("a finite number", value);
}

export function checkBoolean(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw invalidValue("a boolean", value);
}

/** A string without lone surrogates. */
export function checkText(value: unknown): string {
  if (typeof value === "string" && isWellFormed(value)) return value;
  throw invalidValue("a string of well-formed Unicode", value);
}

/** Blanks beyond the length would be cut off silently; anything else there is refused by the server. */
export function checkBlanks(text: string, length: number | undefined): string {
  if (length !== undefined && text.length > length && text.endsWith(" ")) {
    const excess = [...text].slice(length).join("");
    if (excess !== "" && /^ *$/.test(excess)) {
      const count = [...text].length;
      throw new InvalidValueError(`Expected at most ${length} characters, got ${count}. Cut the blanks off first.`);
    }
  }
  return text;
}

export function checkBytes(value: unknown): Uint8Array {
  // By the platform's tag, which another realm's arrays carry as well.
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === "[object Uint8Array]") {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  throw invalidValue("a Uint8Array", value);
}

export function checkEnum(value: unknown, values: ReadonlySet<string>): string {
  if (typeof value === "string" && values.has(value)) return value;
  throw invalidValue(`one of ${[...values].map((each) => JSON.stringify(each)).join(", ")}`, value);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A UUID in its 36 characters, in lower case. */
export function canonicalUuid(value: unknown): string {
  if (typeof value === "string") {
    const text = value.toLowerCase();
    if (UUID.test(text)) return text;
  }
  throw invalidValue("a UUID as 36 characters", value);
}

/**
 * The digits of an exact decimal, with exactly `scale` digits after the point where a scale is given. A value with
 * more digits than the type holds is refused, never rounded.
 */
export function canonicalDecimal(value: unknown, precision?: number, scale?: number): string {
  const digits = decimalDigits(value);
  if (digits === undefined) {
    throw invalidValue("a finite Decimal", value, typeof value === "number" ? 'Write new Decimal("…").' : "");
  }
  const negative = digits.startsWith("-");
  const [first = "", second = ""] = (negative ? digits.slice(1) : digits).split(".");
  const whole = first.replace(/^0+(?=\d)/, "");
  const fraction = second.replace(/0+$/, "");
  if (precision !== undefined) {
    const places = scale ?? 0;
    const wholeDigits = whole === "0" ? 0 : whole.length;
    if (fraction.length > places || wholeDigits > precision - places) {
      const expected = `a decimal of at most ${precision - places} digits before and ${places} after the point`;
      throw new InvalidValueError(`Expected ${expected}, got ${digits}. Round it first.`);
    }
    return signed(negative, whole, fraction.padEnd(places, "0"));
  }
  return signed(negative, whole, fraction);
}

function signed(negative: boolean, whole: string, fraction: string): string {
  const text = fraction === "" ? whole : `${whole}.${fraction}`;
  // Exact decimals have one zero.
  return negative && /[1-9]/.test(text) ? `-${text}` : text;
}

type TemporalKind = "date" | "time" | "timestamp" | "timestamptz";

interface TemporalForm {
  readonly name: string;
  readonly tag: string;
  /** Head, fraction of the second, tail. */
  readonly pattern: RegExp;
  readonly parse: (text: string) => { toString(): string };
}

const FORMS: Readonly<Record<TemporalKind, TemporalForm>> = {
  date: temporalForm("PlainDate", /^(\d{4}-\d\d-\d\d)()()$/, decodePlainDate),
  time: temporalForm("PlainTime", /^(\d\d:\d\d:\d\d)(?:\.(\d+))?()$/, decodePlainTime),
  timestamp: temporalForm("PlainDateTime", /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?()$/, decodePlainDateTime),
  timestamptz: temporalForm("Instant", /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z)$/, decodeInstant),
};

function temporalForm(name: string, pattern: RegExp, parse: TemporalForm["parse"]): TemporalForm {
  return { name: `Temporal.${name}`, tag: `[object Temporal.${name}]`, pattern, parse };
}

/**
 * ISO text of fixed width (`2026-01-31T08:00:00.000000Z`), so that the order of texts is the order of times. Takes the
 * Temporal object or text that `decode…` would read. Finer fractions than `precision` are refused, never rounded, and
 * so are years beyond 0000 to 9999 and other calendars than ISO's.
 */
export function canonicalTemporal(kind: TemporalKind, value: unknown, precision = 6): string {
  if (kind === "timestamptz" && typeof value === "object" && value !== null) {
    const text = quickInstantText(value, precision);
    if (text !== null) return text;
  }
  const { name, pattern } = FORMS[kind];
  const text = isoText(FORMS[kind], value);
  const match = pattern.exec(text);
  if (match === null) {
    throw new InvalidValueError(`Expected a ${name} of the ISO calendar in the years 0000 to 9999, got ${text}.`);
  }
  const [, head = "", fraction = "", tail = ""] = match;
  if (kind === "date") return head;
  if (/[1-9]/.test(fraction.slice(precision))) {
    throw new InvalidValueError(
      `Expected a ${name} with at most ${precision} digits of the second's fraction, got ${text}. Round it first.`,
    );
  }
  return precision === 0 ? head + tail : `${head}.${fraction.slice(0, precision).padEnd(precision, "0")}${tail}`;
}

/** Null for what is no instant and for what the long way refuses. */
function quickInstantText(value: object, precision: number): string | null {
  // Sound: both properties are looked at before they are used.
  const { [Symbol.toStringTag]: tag, epochNanoseconds } = value as {
    [Symbol.toStringTag]?: unknown;
    epochNanoseconds?: unknown;
  };
  return tag === "Temporal.Instant" && typeof epochNanoseconds === "bigint"
    ? instantText(epochNanoseconds, precision)
    : null;
}

function isoText(form: TemporalForm, value: unknown): string {
  if (typeof value === "string") {
    try {
      return form.parse(value).toString();
    } catch {
      throw invalidValue(`a ${form.name}`, value);
    }
  }
  // The tag, which no data that came from JSON can carry, tells Temporal objects of any implementation.
  if (typeof value === "object" && value !== null && Object.prototype.toString.call(value) === form.tag) {
    return String(value);
  }
  const help =
    value instanceof Date ? "A Date is an instant: Temporal.Instant.fromEpochMilliseconds(date.getTime())." : "";
  throw invalidValue(`a ${form.name}`, value, help);
}
