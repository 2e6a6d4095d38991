// Random expressions over the columns of one table, by what they give, and random rows for it.
import { Decimal } from "decimal.js";
import * as fc from "fast-check";
import { Temporal } from "temporal-polyfill";

/** The columns that the expressions read; those with `?` are NULL now and then. */
export const columns = [
  "id integer primary key identity",
  "a integer?",
  "b integer?",
  "c integer",
  "p text?",
  "q text",
  "x boolean?",
  "y boolean",
  "m numeric(8,2)?",
  "n numeric(9,3)",
  "f double?",
  "g double",
  "d date?",
  "e date",
  "t time?",
  "u time",
  "v timestamp?",
  "w timestamp",
  "i timestamptz?",
  "j timestamptz",
];

type Kind = "whole" | "exact" | "float" | "text" | "truth" | "day" | "hour" | "local" | "moment";

const size = { maxDepth: 3, depthIdentifier: "size" };
const orders = fc.constantFrom("=", "<>", "<", "<=", ">", ">=");

const joined = (...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((texts) => `(${texts.join(" ")})`);

/** Columns and literals of each kind of date and time; a literal stands beside a column alone. */
const times = {
  day: { columns: ["d", "e"], literals: ["'2024-02-29'", "'0001-01-01'"] },
  hour: { columns: ["t", "u"], literals: ["'08:30'", "'08:30:00.000001'"] },
  local: { columns: ["v", "w"], literals: ["'2024-02-29T08:30:00'", "'2024-02-29 08:30:00.5'"] },
  moment: { columns: ["i", "j"], literals: ["'2024-02-29T08:30:00Z'", "'2024-02-29T09:30:00.5+01:00'"] },
} as const;

/** Expressions as schema text. */
const expressions = fc.letrec<Record<Kind, string>>((tie) => {
  const chosen = (kind: Kind): fc.Arbitrary<string>[] => [
    fc.tuple(tie(kind), tie(kind)).map(([l, r]) => `coalesce(${l}, ${r})`),
    fc.tuple(tie(kind), tie(kind)).map(([l, r]) => `nullif(${l}, ${r})`),
    fc.tuple(tie("truth"), tie(kind), tie(kind)).map(([w, t, e]) => `(case when ${w} then ${t} else ${e} end)`),
  ];
  const number = fc.oneof(tie("whole"), tie("exact"));
  // No bare column: beside one, a literal has to be one of its values.
  const computed = number.map((each) => `(${each} + 0)`);
  const time = (kind: keyof typeof times): fc.Arbitrary<string> =>
    fc.oneof(size, fc.constantFrom(...times[kind].columns), ...chosen(kind));
  const timeTest = (kind: keyof typeof times): fc.Arbitrary<string> => {
    const { columns: named, literals } = times[kind];
    const column = fc.constantFrom(...named);
    const literal = fc.constantFrom(...literals);
    return fc.oneof(
      joined(tie(kind), orders, tie(kind)),
      joined(column, orders, literal),
      joined(literal, orders, column),
      joined(column, fc.constant("in ("), literal, fc.constant(","), column, fc.constant(")")),
      joined(column, fc.constant("between"), literal, fc.constant("and"), tie(kind)),
      joined(tie(kind), fc.constantFrom("is null", "is not null")),
    );
  };
  return {
    whole: fc.oneof(
      size,
      fc.constantFrom("a", "b", "c", "0", "1", "7", "-3"),
      fc.tuple(tie("whole"), fc.constantFrom("+", "-", "*", "/", "%"), tie("whole")).map(divided),
      tie("whole").map((each) => `(- (${each}))`),
      tie("whole").map((each) => `abs(${each})`),
      tie("text").map((each) => `length(${each})`),
      tie("exact").map((each) => `cast(${each} as integer)`),
      ...chosen("whole"),
    ),
    exact: fc.oneof(
      size,
      fc.constantFrom("m", "n", "0.1", "2.50", "-7.125"),
      joined(tie("exact"), fc.constantFrom("+", "-"), number),
      joined(number, fc.constantFrom("+", "-"), tie("exact")),
      // SQLite has some fifteen digits.
      joined(tie("exact"), fc.constant("*"), fc.constantFrom("a", "c", "0.1", "2.50")),
      fc
        .tuple(fc.constantFrom("m", "n", "7.25"), fc.constantFrom("m", "n", "c", "0.1"))
        .map(([l, r]) => `(${l} % nullif(${r}, 0))`),
      tie("exact").map((each) => `(- (${each}))`),
      tie("exact").map((each) => `abs(${each})`),
      fc.tuple(tie("exact"), fc.constantFrom("", ", 0", ", 1", ", 2")).map(([e, digits]) => `round(${e}${digits})`),
      ...chosen("exact"),
    ),
    float: fc.oneof(
      size,
      fc.constantFrom("f", "g"),
      joined(tie("float"), fc.constantFrom("+", "-", "*"), fc.oneof(tie("float"), number)),
      tie("float").map((each) => `abs(${each})`),
      ...chosen("float"),
    ),
    text: fc.oneof(
      size,
      fc.constantFrom("p", "q", "'ab'", "''", "'Zé'"),
      fc.tuple(tie("text"), tie("text")).map(([l, r]) => `(${l} || ${r})`),
      fc.tuple(fc.constantFrom("trim", "ltrim", "rtrim"), tie("text")).map(([f, e]) => `${f}(${e})`),
      // Of letters beyond ASCII each database has its own cases.
      fc
        .tuple(fc.constantFrom("lower", "upper"), fc.constantFrom("q", "'aB'", "(q || 'ab')"))
        .map(([f, e]) => `${f}(${e})`),
      fc.tuple(tie("text"), tie("text")).map(([l, r]) => `nullif(${l}, ${r})`),
      tie("text").map((each) => `substr(${each}, 2, 2)`),
      tie("text").map((each) => `replace(${each}, 'a', 'bb')`),
      tie("whole").map((each) => `cast(${each} as text)`),
      tie("truth").map((each) => `cast(${each} as text)`),
      tie("day").map((each) => `cast(${each} as text)`),
    ),
    truth: fc.oneof(
      size,
      fc.constantFrom("x", "y"),
      joined(computed, orders, computed),
      joined(tie("float"), orders, fc.oneof(tie("float"), computed)),
      joined(tie("text"), fc.constantFrom("=", "<", ">="), tie("text")),
      joined(tie("truth"), fc.constantFrom("and", "or"), tie("truth")),
      tie("truth").map((each) => `(not ${each})`),
      joined(
        computed,
        fc.constantFrom("is null", "is not null", "in (1, 7.5, b)", "between 0 and 5.25", "not between a and n"),
      ),
      joined(fc.constantFrom("p", "q"), fc.constantFrom("like 'a%'", "not like '%b_'")),
      joined(fc.constantFrom("d", "e"), orders, fc.constantFrom("v", "w")),
      ...(["day", "hour", "local", "moment"] as const).map(timeTest),
    ),
    day: time("day"),
    hour: time("hour"),
    local: time("local"),
    moment: time("moment"),
  };
});

/** PostgreSQL refuses to divide by zero. */
function divided([left, operator, right]: [string, string, string]): string {
  return operator === "/" || operator === "%"
    ? `(${left} ${operator} nullif(${right}, 0))`
    : `(${left} ${operator} ${right})`;
}

/** A property's type and expression. */
export const propertyOf = fc.oneof(
  expressions.whole.map((expression) => ({ type: "bigint?", expression })),
  expressions.exact.map((expression) => ({ type: "numeric?", expression })),
  expressions.exact.map((expression) => ({ type: "numeric(14,2)?", expression })),
  fc
    .tuple(expressions.exact, expressions.exact)
    .map(([l, r]) => ({ type: "numeric(12,3)?", expression: `(${l} / nullif(${r}, 0))` })),
  expressions.exact.map((expression) => ({ type: "bigint?", expression })),
  expressions.float.map((expression) => ({ type: "double?", expression })),
  expressions.text.map((expression) => ({ type: "text?", expression })),
  expressions.truth.map((expression) => ({ type: "boolean?", expression })),
  expressions.day.map((expression) => ({ type: "date?", expression })),
  expressions.hour.map((expression) => ({ type: "time?", expression })),
  expressions.local.map((expression) => ({ type: "timestamp?", expression })),
  expressions.moment.map((expression) => ({ type: "timestamptz?", expression })),
);

const orNull = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { freq: 3 });
const digits = (scale: number): fc.Arbitrary<Decimal> =>
  fc.integer({ min: -20_000, max: 20_000 }).map((value) => new Decimal(value).div(10 ** scale));
const floats = fc.constantFrom(0, 0.1, -0.3, 2.5, 1e-9, 123456.789);
const clock = ["08:30:00", "08:30:00.000001", "08:30:00.5", "23:59:59.999999"];

/** Values that are often equal, and often nearly so. */
export const row = fc.record({
  a: orNull(fc.integer({ min: -9, max: 9 })),
  b: orNull(fc.integer({ min: -9, max: 9 })),
  c: fc.integer({ min: -9, max: 9 }),
  p: orNull(fc.constantFrom("", "a", "ab", " Ab ", "zéB", "𝄞a", "abab", "ſ")),
  q: fc.constantFrom("", "a", "b ", "B"),
  x: orNull(fc.boolean()),
  y: fc.boolean(),
  m: orNull(digits(2)),
  n: digits(3),
  f: orNull(floats),
  g: floats,
  d: orNull(day()),
  e: day(),
  t: orNull(hour()),
  u: hour(),
  v: orNull(local()),
  w: local(),
  i: orNull(local().map((each) => each.toZonedDateTime("UTC").toInstant())),
  j: local().map((each) => each.toZonedDateTime("UTC").toInstant()),
});

function day(): fc.Arbitrary<Temporal.PlainDate> {
  return fc.constantFrom("2024-02-29", "2024-03-01", "1999-12-31").map((text) => Temporal.PlainDate.from(text));
}

function hour(): fc.Arbitrary<Temporal.PlainTime> {
  return fc.constantFrom("00:00:00", ...clock).map((text) => Temporal.PlainTime.from(text));
}

function local(): fc.Arbitrary<Temporal.PlainDateTime> {
  return fc.tuple(day(), hour()).map(([date, time]) => date.toPlainDateTime(time));
}
