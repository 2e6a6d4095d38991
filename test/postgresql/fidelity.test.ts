// Values of every type through the codecs, to a real server and back: each comes back as it was, or is refused before
// anything is sent.
import { Decimal } from "decimal.js";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { postgresqlCodec } from "../../runtime/dialects/postgresql/types.js";
import { DataError, InvalidValueError } from "../../runtime/errors/errors.js";
import { JsonNull } from "../../runtime/types/json.js";
import { ArrayOf } from "../../runtime/types/composed-types.js";
import type { SqlType } from "../../runtime/types/sql-type.js";
import * as types from "../../runtime/types/types.js";
import { describeDatabase } from "../support/databases/databases.js";
import { connections, run } from "./support/connection.js";

const { Instant, PlainDate, PlainDateTime, PlainTime } = Temporal;

const EXACT: readonly (readonly [SqlType, readonly unknown[]])[] = [
  [types.SmallInteger(), [0, 1, -32_768, 32_767]],
  [types.SmallInteger({ unsigned: true }), [0, 65_535]],
  [types.Integer(), [0, -2_147_483_648, 2_147_483_647]],
  [types.Integer({ unsigned: true }), [0, 4_294_967_295]],
  [types.BigInteger(), [0n, 9_007_199_254_740_993n, -(2n ** 63n), 2n ** 63n - 1n]],
  [types.Bool(), [true, false]],
  [types.Real(), [0, -0, 1.5, 0.1, Number.NaN, Number.POSITIVE_INFINITY, 16_777_216]],
  [
    types.Double(),
    [0, -0, 0.1, 0.1 + 0.2, 5e-324, Number.MAX_VALUE, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ],
  [types.Numeric(), [new Decimal("12345678901234567890.12345678901234567890"), new Decimal("-1e-30"), new Decimal(0)]],
  [types.Numeric(10, 2), [new Decimal("0.10"), new Decimal("-99999999.99")]],
  [types.Numeric(5), [new Decimal("12345")]],
  [
    types.Text(),
    ["", " ", "é", "e\u0301", "😀", "it's", 'say "hi"', String.raw`back\slash`, "\n\r\t\u0001", "NULL", "\\N"],
  ],
  [types.Varchar(5), ["", "abcde", "😀😀😀😀😀", "a  "]],
  [types.Char(3), ["abc", "  c"]],
  [types.Bytes(), [new Uint8Array(), new Uint8Array([0, 255, 92, 39]), Uint8Array.from({ length: 256 }, (_, n) => n)]],
  [types.Varbinary(4), [new Uint8Array([1, 2])]],
  [types.SqlDate(), ["0001-01-01", "1582-10-10", "2024-02-29", "9999-12-31"].map((text) => PlainDate.from(text))],
  [types.SqlTime(), ["00:00:00", "23:59:59.999999", "02:30:00.000001"].map((text) => PlainTime.from(text))],
  [types.SqlTime(0), [PlainTime.from("12:00:00")]],
  [
    types.Timestamp(),
    ["0001-01-01T00:00:00", "2024-03-10T02:30:00", "9999-12-31T23:59:59.999999"].map((text) =>
      PlainDateTime.from(text),
    ),
  ],
  [types.Timestamp(3), [PlainDateTime.from("2024-03-10T02:30:00.123")]],
  [
    types.TimestampTz(),
    [
      "0001-01-01T00:00:00Z",
      "1969-12-31T23:59:59.999999Z",
      "2024-03-10T06:59:59.123456Z",
      "9999-12-31T23:59:59.999999Z",
    ].map((text) => Instant.from(text)),
  ],
  [types.Uuid(), ["00000000-0000-0000-0000-000000000000", "3f2504e0-4f89-11d3-9a0c-0305e82c3301"]],
  [types.Json(), [JsonNull, {}, [], "text", 0, -1.5, true, { a: [null, { b: "\u0000" }], z: 1, y: "é😀" }]],
  [types.Jsonb(), [JsonNull, {}, [], "text", 0, -1.5, false, { a: [null, { b: String.raw`\u0000` }] }]],
  [types.Enum("mood", ["sad", "it's fine", "😀"]), ["sad", "it's fine", "😀"]],
  [types.Interval(), ["P1Y2M3DT4H5M6.789012S", "PT0S", "P-1D"]],
  [types.Inet(), ["10.0.0.1", "10.0.0.1/8", "::1"]],
  [types.Cidr(), ["10.0.0.0/8", "2001:db8::/32"]],
  [types.MacAddr(), ["08:00:2b:01:02:03"]],
  [types.TsVector(), ["'a' 'cat' 'fat'"]],
];

const REFUSED: readonly (readonly [SqlType, readonly unknown[]])[] = [
  [types.SmallInteger(), [32_768, 1.5, "1", 1n, Number.NaN, undefined, {}]],
  [types.Integer(), [2_147_483_648, Number.POSITIVE_INFINITY]],
  [types.Integer({ unsigned: true }), [-1]],
  [types.BigInteger(), [2n ** 63n, 1, "1"]],
  [types.Bool(), [1, "true"]],
  [types.Double(), ["1", 1n]],
  [types.Numeric(), [0.1, new Decimal(Number.NaN), new Decimal(Number.POSITIVE_INFINITY), "abc"]],
  [types.Numeric(4, 2), [new Decimal("0.001"), new Decimal("100")]],
  [types.Text(), ["a\0b", "\uD800", 1, new Date(), ["a"]]],
  [types.Varchar(3), ["abc "]],
  [types.Bytes(), ["text", [1]]],
  [types.SqlDate(), [new Date(), "2024-02-30", "0000-01-01"]],
  [types.SqlTime(3), [PlainTime.from("00:00:00.0001")]],
  [types.Timestamp(), [PlainDateTime.from("2024-01-01T00:00:00.000000001"), PlainDateTime.from("-000001-01-01T00:00")]],
  [types.TimestampTz(), [new Date(Number.NaN), Instant.from("+010000-01-01T00:00:00Z")]],
  [types.Uuid(), ["not-a-uuid"]],
  [types.Json(), [undefined, Number.NaN, 1n, new Map()]],
  [types.Jsonb(), ["\u0000", { "a\u0000": 1 }, String.raw`\\` + "\u0000"]],
  [types.Enum("mood", ["sad"]), ["happy"]],
  [types.Inet(), ["10.0.0.1\0"]],
];

await describeDatabase("postgresql", "values on PostgreSQL", (database) => {
  const open = connections();

  it.each(EXACT)("%s come back as they were", async (type, samples) => {
    const connection = await open(database.url);
    const codec = postgresqlCodec(type);
    await run(connection, "DROP TYPE IF EXISTS mood CASCADE");
    await run(connection, "CREATE TYPE mood AS ENUM ('sad', 'it''s fine', '😀')");
    await run(connection, `CREATE TEMPORARY TABLE kept (n integer, v ${codec.ddl})`);
    const cast = codec.castName === null ? "" : `::${codec.castName}`;
    const columns = [{ type }];
    for (const [n, sample] of samples.entries()) {
      const encoded = codec.encode === null ? sample : codec.encode(sample);
      await run(connection, `INSERT INTO kept VALUES ($1, $2${cast})`, [n, encoded], true);
      const sql = "SELECT v FROM kept WHERE n = $1";
      const reply = await connection.execute({ sql, parameters: [n], prepare: true, bigint: false, columns });
      const text = reply.rows[0]?.[0];
      expect(typeof text).toBe("string");
      const decoded = codec.decode === null ? text : codec.decode(text);
      expect(decoded).toEqual(sample);
      expect(Object.is(decoded, -0)).toBe(Object.is(sample, -0));
      // What an object keeps unread can be written back.
      const kept = codec.canonical === null ? text : codec.canonical(text);
      const again = codec.decodeLate && codec.encode !== null ? codec.encode(kept) : encoded;
      expect((await run(connection, `UPDATE kept SET v = $2${cast} WHERE n = $1`, [n, again])).rowCount).toBe(1);
      const after = await connection.execute({ sql, parameters: [n], prepare: true, bigint: false, columns });
      expect(after.rows[0]?.[0]).toBe(text);
    }
  });

  describe("are refused before they are sent", () => {
    it.each(REFUSED)("as %s", (type, samples) => {
      const { encode } = postgresqlCodec(type);
      for (const sample of samples) expect(() => encode?.(sample)).toThrow(InvalidValueError);
    });
  });

  it.each([
    [types.TimestampTz(), "'infinity'::timestamptz"],
    [types.TimestampTz(), "'10000-01-01'::timestamptz"],
    [types.SqlDate(), "'-infinity'::date"],
    [types.SqlDate(), "'0044-03-15 BC'::date"],
    [types.Numeric(), "'NaN'::numeric"],
    [types.SqlTime(), "'24:00:00'::time"],
    [types.Jsonb(), "'12345678901234567890'::jsonb"],
    [types.BigInteger(), "1.5"],
    [types.Bool(), "'yes'"],
    [ArrayOf(types.Integer()), "'[0:1]={1,2}'::integer[]"],
    [ArrayOf(types.Integer()), "'{1,NULL}'::integer[]"],
    [ArrayOf(types.Integer()), "'{{1},{2}}'::integer[]"],
    [ArrayOf(ArrayOf(types.Integer())), "'{1}'::integer[]"],
    [ArrayOf(types.Integer()), "'{1'"],
    [ArrayOf(types.Text()), `'{"a}'`],
    [types.Int4Range(), "'[1,2'"],
    [types.TsRange(), "'[-infinity,)'::tsrange"],
  ])("%s without a form here are an error when they are read: %s", async (type, sql) => {
    const connection = await open(database.url);
    const reply = await connection.execute({
      sql: `SELECT ${sql}`,
      parameters: [],
      prepare: false,
      bigint: false,
      columns: [{ type }],
    });
    expect(() => postgresqlCodec(type).decode?.(reply.rows[0]?.[0])).toThrow(DataError);
  });

  it("sums of whole numbers are exact even where they are wider than their column", () => {
    const decode = postgresqlCodec(types.Integer()).decode;
    expect(["12", "9007199254740993", "1.5"].map((text) => decode?.(text))).toEqual([12, 9_007_199_254_740_993n, 1.5]);
  });

  it("columns of unknown type come as the server's types say", async () => {
    const connection = await open(database.url);
    const sql = `SELECT 1::smallint, 2::integer, 3::bigint, 9007199254740993, 1.50, 0.5::real, true, NULL::integer, 'x',
      '\\x01'::bytea, date '2024-01-02', time '03:04:05', timestamp '2024-01-02 03:04:05',
      timestamptz '2024-01-02 03:04:05+02', '{"a": null}'::jsonb, '[1]'::json, '{1,2}'::integer[],
      '{{1,NULL},{3,4}}'::bigint[], ARRAY['a "b"', 'NULL', '\\', '{,}']::varchar[], '{}'::date[], '[2:3]={1,2}'::int[],
      array_agg(1.5), ARRAY['\x01'::bytea]`;
    const [row = []] = (await run(connection, sql)).rows;
    expect(
      row.map((value) => (typeof value === "object" && value !== null && "equals" in value ? String(value) : value)),
    ).toEqual([
      1,
      2,
      3,
      9_007_199_254_740_993n,
      "1.5",
      0.5,
      true,
      null,
      "x",
      new Uint8Array([1]),
      "2024-01-02",
      "03:04:05",
      "2024-01-02T03:04:05",
      "2024-01-02T01:04:05Z",
      { a: null },
      [1],
      [1, 2],
      [
        [1, null],
        [3, 4],
      ],
      ['a "b"', "NULL", "\\", "{,}"],
      [],
      // No list can say where its subscripts begin.
      "[2:3]={1,2}",
      [new Decimal("1.5")],
      [new Uint8Array([1])],
    ]);
  });
});
