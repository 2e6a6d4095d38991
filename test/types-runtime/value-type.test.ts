// Values without a column beside them: the type that is inferred, and what SQLite is sent for them.
import { Decimal } from "decimal.js";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { sqliteCodec } from "../../runtime/dialects/sqlite/types.js";
import { InvalidValueError } from "../../runtime/errors/errors.js";
import { unknownType } from "../../runtime/types/declared-type.js";
import { JsonNull, JsonText } from "../../runtime/types/json.js";
import { typeForValue } from "../../runtime/types/value-type.js";

describe("the type of a value", () => {
  it.each([
    ["x", "text"],
    [1, "integer"],
    [-2_147_483_648, "integer"],
    [2_147_483_648, "null"],
    [1.5, "double"],
    [-0, "double"],
    [true, "boolean"],
    [1n, "bigint"],
    [new Uint8Array(1), "bytes"],
    [Buffer.from("x"), "bytes"],
    [Temporal.PlainDate.from("2024-01-01"), "date"],
    [Temporal.PlainTime.from("01:00"), "time"],
    [Temporal.PlainDateTime.from("2024-01-01T01:00"), "timestamp"],
    [Temporal.Instant.from("2024-01-01T01:00Z"), "timestamptz"],
    [new Decimal(1), "numeric"],
    [JsonNull, "json"],
    [new JsonText("1"), "json"],
    [null, "null"],
  ])("%o is %s", (value, kind) => {
    expect(typeForValue(value).logical.kind).toBe(kind);
  });

  it.each([[undefined], [{}], [[]], [new Date()], [() => 1], [Symbol("x")], [new Map()], [new Decimal(NaN)]])(
    "%o is no SQL value",
    (value) => {
      expect(() => typeForValue(value)).toThrow(InvalidValueError);
    },
  );
});

describe("values of unknown type on SQLite", () => {
  const { encode, decode, bigint } = sqliteCodec(unknownType);

  it.each([
    [5, 5n],
    [2 ** 40, 2n ** 40n],
    [1.5, 1.5],
    [-0, -0],
    ["x", "x"],
    [true, 1n],
    [2n ** 62n, 2n ** 62n],
    [Temporal.PlainDate.from("2024-01-01"), "2024-01-01"],
    [new Decimal("1.50"), "1.5"],
    [JsonNull, "null"],
  ])("%o is sent as %o", (value, sent) => {
    expect(encode?.(value)).toStrictEqual(sent);
  });

  it.each([[2 ** 60], [NaN], [Infinity], [2n ** 63n], [undefined], [{}], ["\ud800"]])("%o is refused", (value) => {
    expect(() => encode?.(value)).toThrow(InvalidValueError);
  });

  it("come back as numbers where those are exact", () => {
    expect(bigint).toBe(true);
    expect([5n, 2n ** 60n, 1.5, "x"].map((value) => decode?.(value))).toEqual([5, 2n ** 60n, 1.5, "x"]);
  });
});
