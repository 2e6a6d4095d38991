// Every logical type on a real SQLite database: a value comes back exactly as it was written, or is refused with a
// typed error before anything is sent.
import { Decimal } from "decimal.js";
import * as fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { afterAll, describe, expect, it } from "vitest";
import { connectSqlite } from "../../runtime/dialects/sqlite/driver.js";
import { sqliteCodec } from "../../runtime/dialects/sqlite/types.js";
import { parseUrl } from "../../runtime/dialects/url.js";
import { CompileError, DataError, InvalidValueError } from "../../runtime/errors/errors.js";
import { JsonNull, JsonText } from "../../runtime/types/json.js";
import type { SqlType } from "../../runtime/types/sql-type.js";
import {
  BigInteger,
  Binary,
  Bool,
  Bytes,
  Char,
  Double,
  Enum,
  Integer,
  Interval,
  Json,
  Jsonb,
  Numeric,
  Real,
  SmallInteger,
  SqlDate,
  SqlTime,
  Text,
  Timestamp,
  TimestampTz,
  Uuid,
  Varchar,
} from "../../runtime/types/types.js";

const database = connectSqlite(parseUrl("sqlite://"), {});
afterAll(() => database.close());

let tables = 0;

/** Stores a value in a column of the type's DDL and gives back what the driver reads. */
function store(type: SqlType, value: unknown, wide = false): unknown {
  const codec = sqliteCodec(type);
  const table = `t${tables++}`;
  database.prepare(`CREATE TABLE ${table} (v ${codec.ddl})`).run([]);
  database.prepare(`INSERT INTO ${table} VALUES (?)`).run([codec.encode === null ? value : codec.encode(value)]);
  return database.prepare(`SELECT v FROM ${table}`).all([], codec.bigint || wide)[0]?.[0];
}

/** A value's way to the database and back. */
function roundTrip(type: SqlType, value: unknown, wide = false): unknown {
  const stored = store(type, value, wide);
  const { decode, decodeWide } = sqliteCodec(type);
  const convert = wide ? decodeWide : decode;
  return convert === null ? stored : convert(stored);
}

/** The stored text of a point in time. */
function instantText(micros: bigint): string {
  return String(sqliteCodec(TimestampTz()).encode?.(Temporal.Instant.fromEpochNanoseconds(micros * 1000n)));
}

const exact: readonly (readonly [SqlType, readonly unknown[]])[] = [
  [SmallInteger(), [0, 1, -1, 32_767, -32_768]],
  [SmallInteger({ unsigned: true }), [0, 65_535]],
  [Integer(), [0, 1, -1, 2_147_483_647, -2_147_483_648]],
  [Integer({ unsigned: true }), [0, 4_294_967_295]],
  [BigInteger(), [0n, 1n, -1n, 9_007_199_254_740_993n, 2n ** 63n - 1n, -(2n ** 63n)]],
  [BigInteger({ unsigned: true }), [0n, 2n ** 63n - 1n]],
  [Bool(), [true, false]],
  [Real(), [0, 1.5, -1.5, 16_777_217, 1e300]],
  [Double(), [0, 0.1, 0.1 + 0.2, 5, 5e-324, Number.MAX_VALUE, 2 ** 53 + 2]],
  [Char(3), ["abc", "a", ""]],
  [Varchar(5), ["", "a", "longer than five"]],
  [Text(), ["", " ", "a\0b", "é", "e\u0301", "😀", "'; DROP TABLE t; --", "1.0", "007"]],
  [Varchar(), ["12", "1e5"]],
  [Bytes(), [new Uint8Array(), new Uint8Array([0, 1, 255])]],
  [Binary(3), [new Uint8Array([1, 2, 3])]],
  [Uuid(), ["123e4567-e89b-42d3-a456-426614174000"]],
  [Enum("plan", ["free", "it's", ""]), ["free", "it's", ""]],
  [Json(), [{ a: [1, "x", null, true, { b: {} }] }, [], "5", "text", 5, 1.1, -0, true, false, JsonNull]],
  [Jsonb(), [{ "": "", __proto__x: 1, "\u2028": "\u0000" }]],
];

describe("values that are exact", () => {
  for (const [type, values] of exact) {
    it.each(values.map((value) => [value]))(`${type.key} keeps %o`, (value) => {
      expect(roundTrip(type, value)).toStrictEqual(value);
      if (!sqliteCodec(type).bigint) expect(roundTrip(type, value, true)).toStrictEqual(value);
    });
  }
});

describe("decimals", () => {
  it.each([
    [Numeric(10, 2), "0.10", "0.1", "real"],
    [Numeric(10, 2), "5", "5", "integer"],
    [Numeric(15, 2), "-9999999999999.99", "-9999999999999.99", "real"],
    [Numeric(15, 15), "0.000000000000001", "1e-15", "real"],
    [Numeric(15), "999999999999999", "999999999999999", "integer"],
    [Numeric(38, 10), "1234567890123456789012345678.0123456789", "1.2345678901234567890123456780123456789e+27", "text"],
    [Numeric(), "0.1234567890123456789012345678901234567890", "0.123456789012345678901234567890123456789", "text"],
    [Numeric(), "-0", "0", "text"],
  ])("%s: %s", (type, digits, printed, storage) => {
    const read = roundTrip(type, new Decimal(digits));
    expect(read).toBeInstanceOf(Decimal);
    expect(String(read)).toBe(printed);
    expect(String(roundTrip(type, new Decimal(digits), true))).toBe(printed);
    expect(database.prepare(`SELECT typeof(v) FROM t${tables - 1}`).all([], false)).toEqual([[storage]]);
  });

  it("gives digits with the column's scale until they are read", () => {
    const { canonical } = sqliteCodec(Numeric(10, 2));
    expect(canonical?.(0.1)).toBe("0.10");
    expect(canonical?.(5n)).toBe("5.00");
    expect(canonical?.(1 / 3)).toBe("0.3333333333333333");
    expect(canonical?.(1e-7)).toBe("0.0000001");
    expect(sqliteCodec(Numeric(20, 2)).canonical?.("7.50")).toBe("7.50");
  });

  it("takes what it gave, digits or Decimal, and makes them one", () => {
    const { encode } = sqliteCodec(Numeric(20, 2));
    expect(["7.5", "7.50", "007.500"].map((digits) => encode?.(digits))).toEqual(["7.50", "7.50", "7.50"]);
    expect(sqliteCodec(Numeric()).encode?.(new Decimal("1e3"))).toBe("1000");
  });

  it("keeps every decimal that fits", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }),
        fc.integer({ min: 0, max: 15 }),
        (n, s) => {
          const value = new Decimal(String(n)).div(new Decimal(10).pow(s));
          expect(String(roundTrip(Numeric(15, s), value))).toBe(String(value.isZero() ? new Decimal(0) : value));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("dates and times", () => {
  const date = Temporal.PlainDate.from("2024-02-29");
  const time = Temporal.PlainTime.from("23:59:59.123456");
  const dateTime = Temporal.PlainDateTime.from("2024-03-10T02:30:00.000001");
  const instant = Temporal.Instant.from("9999-12-31T23:59:59.999999Z");

  it.each([
    [SqlDate(), date, "2024-02-29"],
    [SqlDate(), Temporal.PlainDate.from("0000-01-01"), "0000-01-01"],
    [SqlTime(), time, "23:59:59.123456"],
    [SqlTime(0), Temporal.PlainTime.from("08:00"), "08:00:00"],
    [SqlTime(3), Temporal.PlainTime.from("08:00:00.1"), "08:00:00.100"],
    [Timestamp(), dateTime, "2024-03-10T02:30:00.000001"],
    [Timestamp(), Temporal.PlainDateTime.from("0001-01-01T00:00"), "0001-01-01T00:00:00.000000"],
    [TimestampTz(), instant, "9999-12-31T23:59:59.999999Z"],
    [TimestampTz(0), Temporal.Instant.from("2024-01-01T00:00:00+02:00"), "2023-12-31T22:00:00Z"],
  ] as const)("%s keeps %s as %s", (type, value, text) => {
    expect(store(type, value)).toBe(text);
    const read = roundTrip(type, value);
    expect(read).toBeInstanceOf(value.constructor);
    expect(String(read)).toBe(String(value));
    expect(sqliteCodec(type).canonical?.(text)).toBe(text);
    expect(store(type, text)).toBe(text);
  });

  it("reads what SQLite's own clock writes", () => {
    expect(String(sqliteCodec(Timestamp()).decode?.("2024-01-02 03:04:05"))).toBe("2024-01-02T03:04:05");
    expect(String(sqliteCodec(TimestampTz()).decode?.("2024-01-02 03:04:05"))).toBe("2024-01-02T03:04:05Z");
    expect(String(sqliteCodec(TimestampTz()).decode?.("2024-01-02 03:04:05.5+02:00"))).toBe("2024-01-02T01:04:05.5Z");
  });

  it("orders texts as times", () => {
    const micros = fc.bigInt({ min: -62_167_219_200_000_000n, max: 253_402_300_799_999_999n });
    fc.assert(
      fc.property(micros, micros, (a, b) => {
        expect(instantText(a) < instantText(b)).toBe(a < b);
      }),
    );
  });
});

describe("values that are refused", () => {
  const refused: readonly (readonly [SqlType, readonly unknown[]])[] = [
    [SmallInteger(), [32_768, -32_769, 1.5, "1", 1n, true, NaN]],
    [Integer(), [2_147_483_648, -2_147_483_649, 0.5, NaN, Infinity, "1", 1n, {}, undefined, new Date(0)]],
    [Integer({ unsigned: true }), [-1, 4_294_967_296]],
    [BigInteger(), [1, 2n ** 63n, -(2n ** 63n) - 1n, "1"]],
    [BigInteger({ unsigned: true }), [-1n]],
    [Bool(), [0, 1, "true", {}]],
    [Double(), [NaN, Infinity, -Infinity, "1", 1n]],
    [Text(), ["\ud800", "a\udc00", 1, {}, [], new String("a"), { toString: () => "x" }]],
    [Bytes(), ["x", [1], new Uint16Array(1), { length: 1 }]],
    [
      Numeric(5, 2),
      [1, "x", "1e5", new Decimal("1000"), new Decimal("1.005"), new Decimal(NaN), new Decimal(Infinity)],
    ],
    [Numeric(5), [new Decimal("0.5")]],
    [Numeric(), [1.5, { s: 1, e: 0, d: [5], toStringTag: "[object Decimal]" }]],
    [
      SqlDate(),
      [new Date(0), "2024-02-30", "2024-2-1", 5, Temporal.Now.plainDateTimeISO(), { toString: () => "2024-01-01" }],
    ],
    [SqlDate(), [Temporal.PlainDate.from("+010000-01-01"), Temporal.PlainDate.from("2024-01-01[u-ca=gregory]")]],
    [SqlTime(), ["24:00:00", Temporal.PlainTime.from("00:00:00.123456789")]],
    [SqlTime(0), [Temporal.PlainTime.from("00:00:00.5")]],
    [Timestamp(), ["2024-01-01T00:00:00Z", "0000-00-00 00:00:00", new Date(NaN)]],
    [TimestampTz(), [new Date(0), "x", Temporal.Instant.from("+275760-09-13T00:00:00Z")]],
    [Uuid(), ["", "123", "123e4567e89b42d3a456426614174000", "g23e4567-e89b-42d3-a456-426614174000", 1]],
    [Enum("plan", ["free"]), ["pro", "FREE", 1]],
    [
      Json(),
      [undefined, NaN, 1n, () => 1, new Date(0), new Map(), { a: undefined }, Array(1), "\ud800", { "\ud800": 1 }],
    ],
  ];
  for (const [type, values] of refused) {
    it.each(values.map((value) => [value]))(`${type.key} refuses %o`, (value) => {
      expect(() => sqliteCodec(type).encode?.(value)).toThrow(InvalidValueError);
    });
  }

  it("says what was expected and what came", () => {
    expect(() => sqliteCodec(Integer()).encode?.("7")).toThrow(
      'Expected a whole number from -2147483648 to 2147483647, got the string "7".',
    );
    expect(() => sqliteCodec(BigInteger()).encode?.(7)).toThrow("got the number 7. 64-bit columns take bigint.");
    expect(() => sqliteCodec(TimestampTz()).encode?.(new Date(0))).toThrow("Temporal.Instant.fromEpochMilliseconds");
    expect(() => sqliteCodec(Numeric(5, 2)).encode?.(new Decimal("1.005"))).toThrow("got 1.005. Round it first.");
    expect(() => sqliteCodec(Json()).encode?.({ a: [1, { b: 1n }] })).toThrow("the bigint 1n, found at $.a[1].b");
  });

  it("refuses a document that holds itself", () => {
    const ring: Record<string, unknown> = {};
    ring["self"] = ring;
    expect(() => sqliteCodec(Json()).encode?.(ring)).toThrow(InvalidValueError);
  });

  it("never calls what a value brings along", () => {
    const trap = {
      toJSON: () => expect.unreachable(),
      toString: () => expect.unreachable(),
      valueOf: () => expect.unreachable(),
    };
    for (const type of [Integer(), BigInteger(), Text(), Numeric(), SqlDate(), Json(), Uuid(), Bytes(), Bool()]) {
      expect(() => sqliteCodec(type).encode?.(trap)).toThrow(InvalidValueError);
    }
  });

  it("has no form for what only PostgreSQL stores", () => {
    expect(() => sqliteCodec(Interval())).toThrow(CompileError);
  });
});

describe("rows that others wrote", () => {
  it.each([
    [Bool(), 2],
    [Bool(), "t"],
    [Bytes(), "text"],
    [SqlDate(), 20_240_101],
    [SqlDate(), "0000-00-00"],
    [SqlTime(), "838:59:59"],
    [Timestamp(), "2024-02-30T00:00:00"],
    [Numeric(), "abc"],
    [Numeric(10, 2), Infinity],
    [Json(), "{"],
    [Json(), 5],
    [Json(), '{"a": 12345678901234567890}'],
    [Json(), "[0.1234567890123456789]"],
  ])("%s cannot read %o", (type, value) => {
    expect(() => sqliteCodec(type).decode?.(value)).toThrow(DataError);
  });

  it("parses a document when it is asked, and writes back what was never parsed", () => {
    const kept = sqliteCodec(Json()).canonical?.('{"a": 1.50}');
    expect(kept).toBeInstanceOf(JsonText);
    expect(sqliteCodec(Json()).encode?.(kept)).toBe('{"a": 1.50}');
    expect(kept instanceof JsonText && kept.parse()).toEqual({ a: 1.5 });
  });

  it("keeps long numbers in documents that JavaScript holds exactly", () => {
    expect(sqliteCodec(Json()).decode?.("[9007199254740992, 1.5000000000000000, 1e3, 100000000000000000000]")).toEqual([
      2 ** 53,
      1.5,
      1000,
      1e20,
    ]);
  });
});
