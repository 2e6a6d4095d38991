// Values of every type through the codecs, to a real server and back: each comes back as it was, or is refused before
// anything is sent.
import { Decimal } from "decimal.js";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { mysqlCodec } from "../../runtime/dialects/mysql/types.js";
import { DataError, InvalidValueError } from "../../runtime/errors/errors.js";
import { unknownType } from "../../runtime/types/declared-type.js";
import { JsonNull } from "../../runtime/types/json.js";
import type { SqlType } from "../../runtime/types/sql-type.js";
import * as types from "../../runtime/types/types.js";
import { describeDatabase } from "../support/databases/databases.js";
import { connections, mariadbUrl, run } from "./support/connection.js";

const { Instant, PlainDate, PlainDateTime, PlainTime } = Temporal;
const state = types.Enum("state", ["new", "it's", "", "A", "a", "\\"]);

const EXACT: readonly (readonly [SqlType, readonly unknown[]])[] = [
  [types.SmallInteger(), [0, 1, -32_768, 32_767]],
  [types.SmallInteger({ unsigned: true }), [0, 65_535]],
  [types.Integer(), [0, -2_147_483_648, 2_147_483_647]],
  [types.Integer({ unsigned: true }), [0, 4_294_967_295]],
  [types.BigInteger(), [0n, 9_007_199_254_740_993n, -9_007_199_254_740_993n, -(2n ** 63n), 2n ** 63n - 1n]],
  [types.BigInteger({ unsigned: true }), [0n, 2n ** 63n, 2n ** 64n - 1n]],
  [types.Bool(), [true, false]],
  [types.Real(), [0, 1.5, 0.1, 1.1, -3.25e-10, 16_777_216, 3.402_823_5e38, 1.175_494_4e-38]],
  [types.Double(), [0, 0.1, 0.1 + 0.2, 2.2250738585072014e-308, Number.MAX_VALUE, -Number.MAX_VALUE, 1e21]],
  [types.Numeric(65, 30), [new Decimal("12345678901234567890.123456789012345678901234567890"), new Decimal("-1e-30")]],
  [types.Numeric(10, 2), [new Decimal("0.10"), new Decimal("-99999999.99"), new Decimal(0)]],
  [types.Numeric(20), [new Decimal("12345678901234567890")]],
  [
    types.Text(),
    [
      "",
      " ",
      "a ",
      "é",
      "e\u0301",
      "😀",
      "it's",
      'say "hi"',
      String.raw`back\slash \' \0 %`,
      "\n\r\t\u0000\u0001\u001a",
      "NULL",
      "?",
    ],
  ],
  [types.Text(), ["x".repeat(300_000)]],
  [types.Varchar(5), ["", "abcde", "😀😀😀😀😀", "a  ", " a"]],
  [types.Char(3), ["abc", "  c", "", "😀"]],
  [types.Bytes(), [new Uint8Array(), new Uint8Array([0, 255, 92, 39]), Uint8Array.from({ length: 256 }, (_, n) => n)]],
  [types.Varbinary(4), [new Uint8Array([1, 2]), new Uint8Array([0, 0, 0, 0]), new Uint8Array([32])]],
  [types.Binary(2), [new Uint8Array([0, 0]), new Uint8Array([32, 32])]],
  [types.SqlDate(), ["0001-01-01", "1582-10-10", "2024-02-29", "9999-12-31"].map((text) => PlainDate.from(text))],
  [types.SqlTime(), ["00:00:00", "23:59:59.999999", "02:30:00.000001"].map((text) => PlainTime.from(text))],
  [types.SqlTime(0), [PlainTime.from("12:00:00")]],
  [
    types.Timestamp(),
    ["0001-01-01T00:00:00", "2024-03-10T02:30:00", "2024-03-10T00:00:00.5", "9999-12-31T23:59:59.999999"].map((text) =>
      PlainDateTime.from(text),
    ),
  ],
  [types.Timestamp(3), [PlainDateTime.from("2024-03-10T02:30:00.123")]],
  [
    types.TimestampTz(),
    ["1970-01-01T00:00:00.000001Z", "2024-03-10T06:59:59.123456Z", "2024-11-03T06:30:00Z", "2038-01-19T03:14:07Z"].map(
      (text) => Instant.from(text),
    ),
  ],
  [types.Uuid(), ["00000000-0000-0000-0000-000000000000", "3f2504e0-4f89-11d3-9a0c-0305e82c3301"]],
  [types.Json(), [JsonNull, {}, [], "text", 0, -1.5, true, { a: [null, { b: "\u0000" }], z: 1, y: "é😀\\" }, [1e21]]],
  [types.Jsonb(), [{ __proto__x: 1, constructor: "c" }]],
  [state, ["new", "it's", "", "A", "a", "\\"]],
];

const REFUSED: readonly (readonly [SqlType, readonly unknown[]])[] = [
  [types.SmallInteger(), [32_768, 1.5, "1", 1n, Number.NaN]],
  [types.Integer({ unsigned: true }), [-1, 4_294_967_296]],
  [types.BigInteger(), [2n ** 63n, 1]],
  [types.BigInteger({ unsigned: true }), [-1n, 2n ** 64n]],
  [types.Bool(), [1, "true"]],
  [types.Real(), [Number.NaN, Number.POSITIVE_INFINITY, 3.5e38]],
  [types.Double(), [Number.NaN, Number.NEGATIVE_INFINITY, "1"]],
  [types.Numeric(10, 2), [0.1, new Decimal("1.234"), new Decimal("123456789"), new Decimal(Number.NaN)]],
  [types.Numeric(), [new Decimal("1e-31"), new Decimal("1e65")]],
  [types.Text(), ["\uD800", 1]],
  [types.Char(3), ["a ", " "]],
  [types.Binary(2), [new Uint8Array([1]), new Uint8Array([1, 2, 3])]],
  [types.SqlDate(), [new Date(0), "2024-02-30", "-000001-01-01"]],
  [types.SqlTime(3), [PlainTime.from("00:00:00.0001"), "24:00:00"]],
  [types.Timestamp(), [PlainDateTime.from("2024-01-01T00:00:00.0000001"), "0000-00-00 00:00:00"]],
  [types.TimestampTz(), [new Date(0), "+010000-01-01T00:00:00Z"]],
  [types.Uuid(), ["3f2504e0"]],
  [types.Json(), [undefined, 1n, Number.NaN, new Date(0)]],
  [state, ["other", "NEW"]],
  [unknownType, [undefined, {}, Number.NaN, 2 ** 60]],
];

/** Something to compare by: Temporal objects and decimals as text, bytes as numbers. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return [...value];
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) === Object.prototype) return value;
  return Array.isArray(value) ? value : String(value);
}

await describeDatabase("mysql", "values", (database) => {
  const connect = connections();

  it.each(EXACT.map(([type, list]) => [String(type), type, list] as const))(
    "of %s come back as they were",
    async (_name, type, list) => {
      const connection = await connect(mariadbUrl(database.url));
      const codec = mysqlCodec(type);
      await run(connection, `CREATE TEMPORARY TABLE kept (at integer, value ${codec.ddl}) COLLATE utf8mb4_nopad_bin`);
      for (const [at, value] of list.entries()) {
        const encoded = codec.encode === null ? value : codec.encode(value);
        await run(connection, "INSERT INTO kept VALUES (?, ?)", [BigInt(at), encoded], true);
      }
      const { rows } = await run(connection, "SELECT value FROM kept ORDER BY at");
      const decoded = rows.map(([value]) => (codec.decode === null ? value : codec.decode(value)));
      expect(decoded.map(plain)).toEqual(list.map(plain));
      // What an object keeps unread can be written back, and what was written is found again.
      for (const [at, value] of list.entries()) {
        const stored = rows[at]?.[0];
        const canonical = codec.canonical === null ? stored : codec.canonical(stored);
        if (codec.decodeLate) expect(plain(codec.encode?.(canonical))).toEqual(plain(codec.encode?.(value)));
        if (type.logical.kind === "json" || type.logical.kind === "jsonb") continue;
        const found = await run(connection, "SELECT at FROM kept WHERE value = ?", [codec.encode?.(value)]);
        expect(found.rows).toEqual([[at]]);
      }
    },
  );

  it("that the servers hold but this package has no value for are errors when read", async () => {
    const connection = await connect(mariadbUrl(database.url));
    await run(connection, "SET sql_mode = ''");
    await run(
      connection,
      "CREATE TEMPORARY TABLE odd (d date, t time(6), dt datetime(6), ts timestamp NULL, b tinyint(1))",
    );
    await run(connection, "INSERT INTO odd VALUES ('0000-00-00', '25:00:00', '0000-00-00 00:00:00', '0000-00-00', 2)");
    await run(connection, "INSERT INTO odd VALUES ('2024-02-00', '-01:00:00', '2024-00-10 00:00:00', NULL, -1)");
    await run(connection, "INSERT INTO odd VALUES ('2024-00-00', '838:59:59', NULL, NULL, 127)");
    const { rows } = await run(connection, "SELECT * FROM odd");
    const kinds = [types.SqlDate(), types.SqlTime(), types.Timestamp(), types.TimestampTz(), types.Bool()];
    for (const row of rows) {
      for (const [index, type] of kinds.entries()) {
        if (row[index] === null) continue;
        expect(() => mysqlCodec(type).decode?.(row[index]), `${String(type)} ${String(row[index])}`).toThrow(DataError);
      }
    }
    expect(rows).toHaveLength(3);
  });

  it("of numbers are numbers whatever type the server computes in", async () => {
    const connection = await connect(mariadbUrl(database.url));
    const { rows } = await run(
      connection,
      "SELECT sum(seq), avg(seq), 7 / 2, sum(seq * 1e0), sum(9007199254740993) FROM seq_1_to_4",
    );
    const [row = []] = rows;
    const integer = mysqlCodec(types.Integer()).decode;
    const double = mysqlCodec(types.Double()).decode;
    expect([integer?.(row[0]), double?.(row[1]), double?.(row[2]), double?.(row[3])]).toEqual([10, 2.5, 3.5, 10]);
    expect(mysqlCodec(types.BigInteger()).decode?.(row[4])).toBe(36_028_797_018_963_972n);
  });
});

describe("values that would not come back", () => {
  it.each(REFUSED.flatMap(([type, list]) => list.map((value) => [String(type), value, type] as const)))(
    "of %s are refused: %o",
    (_name, value, type) => {
      expect(() => mysqlCodec(type).encode?.(value)).toThrow(InvalidValueError);
    },
  );
});
