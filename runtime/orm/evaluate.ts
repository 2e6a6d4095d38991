// What getters of generated properties compute with: SQL's operators and functions on JavaScript values, NULLs and
// three-valued logic included, as PostgreSQL has them under collation C. Numbers, bigints and decimals may meet.
import { ArgumentError } from "../errors/errors.js";
import type { Decimal as DecimalJs } from "decimal.js";
import { type Decimal, decodeDecimal, digitsOfNumber } from "../types/decimal.js";
import { describeValue } from "../types/describe-value.js";
import { decodeInstant, decodePlainDate, decodePlainDateTime, decodePlainTime } from "../types/temporal.js";

type Arithmetic = (left: number, right: number) => number;
type DecimalOperator = "plus" | "minus" | "times" | "div" | "mod";

function isDecimal(value: unknown): value is Decimal {
  return typeof value === "object" && value !== null && "toDecimalPlaces" in value;
}

function decimalOf(value: unknown): Decimal {
  return isDecimal(value) ? value : decodeDecimal(digitsOf(value));
}

/** Plain digits: JavaScript writes large and small numbers with exponents. */
function digitsOf(value: unknown): string {
  return typeof value === "number" ? digitsOfNumber(value) : String(value);
}

let wide: typeof DecimalJs | undefined;

/** A decimal whose operations keep every digit that a database keeps. */
function wideDecimal(value: unknown): Decimal {
  const decimal = decimalOf(value);
  // Sound: an instance's constructor is decimal.js's own class, or a clone of it.
  wide ??= (decimal.constructor as typeof DecimalJs).clone({ defaults: true, precision: 200 });
  return new wide(decimal);
}

function isWhole(value: unknown): boolean {
  return typeof value === "bigint" || Number.isInteger(value);
}

/** The operator on the wider of the two kinds of number. */
function calculate(
  left: unknown,
  right: unknown,
  onNumbers: Arithmetic,
  onBigints: (left: bigint, right: bigint) => bigint,
  onDecimals: DecimalOperator,
): unknown {
  if (left === null || right === null) return null;
  if (isDecimal(left) || isDecimal(right)) return wideDecimal(left)[onDecimals](wideDecimal(right));
  if ((typeof left === "bigint" || typeof right === "bigint") && isWhole(left) && isWhole(right)) {
    // Whole by the line above.
    return onBigints(BigInt(left as number | bigint), BigInt(right as number | bigint));
  }
  return onNumbers(Number(left), Number(right));
}

/** Negative, zero or positive; null where one is NULL. Texts go by code points, as UTF-8 does by bytes. */
function compare(left: unknown, right: unknown): number | null {
  if (left === null || right === null) return null;
  if (typeof left === "string" && typeof right === "string") return compareTexts(left, right);
  if (isDecimal(left) || isDecimal(right)) return decimalOf(left).cmp(decimalOf(right));
  const [first, second] = [sortable(left), sortable(right)];
  return first < second ? -1 : first > second ? 1 : 0;
}

function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  for (let at = 0; ; at += 1) {
    const [first, second] = [left.codePointAt(at), right.codePointAt(at)];
    if (first !== second) return (first ?? -1) - (second ?? -1);
    if (first !== undefined && first > 0xffff) at += 1;
  }
}

function sortable(value: unknown): number | bigint | string {
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "object" && value !== null) {
    if ("epochNanoseconds" in value && typeof value.epochNanoseconds === "bigint") return value.epochNanoseconds;
    if (value instanceof Date) return value.getTime();
  }
  // Dates and times of one kind sort as their text does, fractions of seconds made equally long.
  const text = String(value);
  // Beside a time of day and date, a date is its midnight.
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return `${text}T00:00:00.000000000`;
  return text.replace(/(:\d\d)(?:\.(\d+))?$/, (_, seconds: string, fraction = "") => {
    return `${seconds}.${String(fraction).padEnd(9, "0")}`;
  });
}

function whetherCompared(left: unknown, right: unknown, test: (order: number) => boolean): boolean | null {
  const order = compare(left, right);
  return order === null ? null : test(order);
}

/** `change` of a text; NULL stays NULL. */
function ofText(value: unknown, change: (text: string) => unknown): unknown {
  return value === null ? null : change(String(value));
}

function trimmed(value: unknown, pattern: RegExp): unknown {
  return ofText(value, (text) => text.replace(pattern, ""));
}

const isZero = (value: unknown): boolean => value !== null && Number(value) === 0;

/** As SQL rounds: halves away from zero. */
function roundHalfUp(value: unknown, digits: unknown): unknown {
  if (value === null || digits === null) return null;
  if (isDecimal(value)) return value.toDecimalPlaces(Number(digits), 4);
  if (typeof value === "bigint") return value;
  const scale = 10 ** Number(digits);
  const scaled = Number(value) * scale;
  return (Math.sign(scaled) * Math.round(Math.abs(scaled))) / scale;
}

/** A LIKE pattern as a regular expression; a backslash escapes. */
function likePattern(pattern: string): RegExp {
  let source = "";
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? "";
    if (character === "\\" && at + 1 < characters.length) source += escaped(characters[(at += 1)] ?? "");
    else source += character === "%" ? ".*" : character === "_" ? "." : escaped(character);
  }
  return new RegExp(`^${source}$`, "su");
}

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, String.raw`\$&`);
}

function present(values: readonly unknown[]): unknown[] {
  return values.filter((value) => value !== null && value !== undefined);
}

export const evaluate = {
  plus: (left: unknown, right: unknown) =>
    calculate(
      left,
      right,
      (a, b) => a + b,
      (a, b) => a + b,
      "plus",
    ),
  minus: (left: unknown, right: unknown) =>
    calculate(
      left,
      right,
      (a, b) => a - b,
      (a, b) => a - b,
      "minus",
    ),
  times: (left: unknown, right: unknown) =>
    calculate(
      left,
      right,
      (a, b) => a * b,
      (a, b) => a * b,
      "times",
    ),
  /** Null where the divisor is zero, which PostgreSQL refuses. */
  dividedBy: (left: unknown, right: unknown) =>
    isZero(right)
      ? null
      : calculate(
          left,
          right,
          (a, b) => a / b,
          (a, b) => a / b,
          "div",
        ),
  /** Of whole numbers, without the fraction. */
  quotient: (left: unknown, right: unknown) =>
    isZero(right)
      ? null
      : calculate(
          left,
          right,
          (a, b) => Math.trunc(a / b) + 0,
          (a, b) => a / b,
          "div",
        ),
  modulo: (left: unknown, right: unknown) =>
    isZero(right)
      ? null
      : calculate(
          left,
          right,
          (a, b) => (a % b) + 0,
          (a, b) => a % b,
          "mod",
        ),
  negated: (value: unknown) => evaluate.minus(0, value),
  concat: (left: unknown, right: unknown) => (left === null || right === null ? null : String(left) + String(right)),

  equal: (left: unknown, right: unknown) => whetherCompared(left, right, (order) => order === 0),
  unequal: (left: unknown, right: unknown) => whetherCompared(left, right, (order) => order !== 0),
  less: (left: unknown, right: unknown) => whetherCompared(left, right, (order) => order < 0),
  lessOrEqual: (left: unknown, right: unknown) => whetherCompared(left, right, (order) => order <= 0),
  greater: (left: unknown, right: unknown) => whetherCompared(left, right, (order) => order > 0),
  greaterOrEqual: (left: unknown, right: unknown) => whetherCompared(left, right, (order) => order >= 0),

  and(...conditions: unknown[]): boolean | null {
    if (conditions.includes(false)) return false;
    return conditions.includes(null) ? null : true;
  },
  or(...conditions: unknown[]): boolean | null {
    if (conditions.includes(true)) return true;
    return conditions.includes(null) ? null : false;
  },
  not: (condition: unknown) => (condition === null ? null : condition !== true),
  isNull: (value: unknown) => value === null,
  in(value: unknown, values: readonly unknown[]): boolean | null {
    return evaluate.or(...values.map((each) => evaluate.equal(value, each)));
  },
  between: (value: unknown, low: unknown, high: unknown) =>
    evaluate.and(evaluate.greaterOrEqual(value, low), evaluate.lessOrEqual(value, high)),
  like: (value: unknown, pattern: unknown) =>
    value === null || pattern === null ? null : likePattern(String(pattern)).test(String(value)),
  /** `CASE`: conditions and their values in turn, then what else. */
  choose(branches: readonly (readonly [condition: unknown, value: unknown])[], otherwise: unknown): unknown {
    const branch = branches.find(([condition]) => condition === true);
    return branch === undefined ? otherwise : branch[1];
  },

  coalesce: (...values: unknown[]) => values.find((value) => value !== null) ?? null,
  nullif: (left: unknown, right: unknown) => (evaluate.equal(left, right) === true ? null : left),
  // Letters of ASCII alone, as collation C has it.
  lower: (value: unknown) => ofText(value, (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())),
  upper: (value: unknown) => ofText(value, (text) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase())),
  length: (value: unknown) => ofText(value, (text) => [...text].length),
  trim: (value: unknown) => trimmed(value, /^ +| +$/g),
  ltrim: (value: unknown) => trimmed(value, /^ +/),
  rtrim: (value: unknown) => trimmed(value, / +$/),
  replace: (value: unknown, from: unknown, to: unknown) =>
    from === null || to === null
      ? null
      : ofText(value, (text) => (from === "" ? text : text.split(String(from)).join(String(to)))),
  /** Counts characters from 1. */
  substr: (value: unknown, start: unknown, length?: unknown) => {
    if (start === null || length === null) return null;
    const first = Number(start) - 1;
    const end = length === undefined ? undefined : Math.max(0, first + Number(length));
    return ofText(value, (text) => [...text].slice(Math.max(0, first), end).join(""));
  },
  abs: (value: unknown) => {
    if (typeof value === "number") return Math.abs(value);
    return compare(value, 0) === -1 ? evaluate.negated(value) : value;
  },
  round: (value: unknown, digits: unknown = 0) => roundHalfUp(value, digits),

  count: (values: Iterable<unknown>) => present([...values]).length,
  sum: (values: Iterable<unknown>) => {
    const [first, ...rest] = present([...values]);
    return first === undefined ? null : rest.reduce((total, value) => evaluate.plus(total, value), first);
  },
  min: (values: Iterable<unknown>) => smallest(present([...values]), 1),
  max: (values: Iterable<unknown>) => smallest(present([...values]), -1),
  /** Exact for decimals and whole numbers. */
  avg: (values: Iterable<unknown>) => {
    const numbers = present([...values]);
    const isExact = numbers.every((value) => isDecimal(value) || isWhole(value));
    const total = evaluate.sum(isExact ? numbers.map(decimalOf) : numbers);
    return evaluate.dividedBy(total, numbers.length);
  },

  /** The clock: the moment, or the date or time of day of it in UTC. */
  now: (kind: "date" | "time" | "timestamp" | "timestamptz") => {
    const text = new Date().toISOString();
    const parts = {
      date: text.slice(0, 10),
      time: text.slice(11, 23),
      timestamp: text.slice(0, 23),
      timestamptz: text,
    };
    return evaluate.to(kind, parts[kind]);
  },

  /** What the database has for a value that a module of the user's own converts. */
  stored: <Value>(value: Value | null, encode: (value: Value) => unknown) => (value === null ? null : encode(value)),

  /** As text, where the project's settings want decimals and times so: a decimal with as many digits as its type. */
  toText(value: unknown, scale?: number): string | null {
    if (value === null) return null;
    return isDecimal(value) ? value.toFixed(scale) : String(value);
  },
  toDate: (value: unknown) =>
    value === null ? null : new Date(Number(BigInt(sortable(value)) / NANOSECONDS_PER_MILLISECOND)),

  /** `CAST`, and the last step to the property's own type. */
  to(kind: string, value: unknown): unknown {
    if (value === null) return null;
    switch (kind) {
      case "smallint":
      case "integer":
        return wholeOf(value);
      case "bigint":
        return typeof value === "bigint" ? value : BigInt(wholeOf(value));
      case "real":
      case "double":
        return Number(value);
      case "numeric":
        return plainDecimal(value);
      case "boolean":
        return typeof value === "boolean" ? value : Number(value) !== 0;
      case "date":
        return typeof value === "string" ? decodePlainDate(value) : value;
      case "time":
        return typeof value === "string" ? decodePlainTime(value) : value;
      case "timestamp":
        return typeof value === "string" ? decodePlainDateTime(value) : value;
      case "timestamptz":
        return value instanceof Date || typeof value === "string" ? decodeInstant(isoText(value)) : value;
      default:
        return textOf(value);
    }
  },
} as const;

/** Of the class that applications import; operations give their own, of more digits. */
function plainDecimal(value: unknown): Decimal {
  return isDecimal(value) ? decodeDecimal(value.toFixed()) : decimalOf(value);
}

function isoText(value: Date | string): string {
  return typeof value === "string" ? value : value.toISOString();
}

const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

function wholeOf(value: unknown): number {
  const rounded = isDecimal(value) ? value.toDecimalPlaces(0, 4) : value;
  const number = typeof rounded === "number" ? Number(roundHalfUp(rounded, 0)) : Number(rounded);
  if (Number.isNaN(number)) throw new ArgumentError(`${describeValue(value)} is no whole number.`);
  return number;
}

function textOf(value: unknown): string {
  if (isDecimal(value)) return value.toFixed();
  return typeof value === "boolean" ? (value ? "true" : "false") : String(value);
}

function smallest(values: readonly unknown[], sign: 1 | -1): unknown {
  return values.reduce((best, value) => {
    return best === null || (compare(value, best) ?? 0) * sign < 0 ? value : best;
  }, null);
}
