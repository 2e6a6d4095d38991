// Arrays of every type, native on PostgreSQL and JSON text elsewhere; ranges, domains, and types of one database.
import { Decimal } from "decimal.js";
import { Temporal } from "temporal-polyfill";
import {
  ArrayOf,
  BigInteger,
  Bool,
  Bytes,
  DateRange,
  Domain,
  Double,
  Enum,
  Int4Range,
  Int8Range,
  Integer,
  Json,
  JsonNull,
  Native,
  Numeric,
  NumRange,
  Range,
  RawType,
  sql,
  SqlDate,
  SqlTime,
  Text,
  Timestamp,
  TimestampTz,
  TsRange,
  TsTzRange,
  Uuid,
  Varchar,
} from "athanor";
import { type Deviation, kept, keptUnless, type TypeSamples } from "../support/samples.js";

const NO_ARRAYS = [undefined, "a", 1, {}, new Set([1]), { length: 0 }];
const POSTGRESQL_ONLY = ["sqlite", "mysql"] as const;
/** The servers compare JSON text by what it says, not by how it is written, or not at all. */
const DOCUMENTS_DO_NOT_COMPARE = ["mysql"] as const;

const NO_EMPTY_INSIDE: Deviation = { refused: "it keeps no empty arrays inside an array" };
const RECTANGULAR: Deviation = { refused: "the arrays inside an array have one length" };
const NO_NUL: Deviation = { refused: "it cannot store NUL characters" };
const NOT_A_NUMBER: Deviation = { refused: "JSON has no such number" };

const uuid = "0190163d-8694-739b-aea5-966c26f8ad91";
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

const arraysOfNumbers: readonly TypeSamples[] = [
  {
    name: "ArrayOf(Integer())",
    type: ArrayOf(Integer()),
    kept: kept(
      [],
      [0],
      [1, -2_147_483_648, 2_147_483_647],
      Array.from({ length: 1000 }, (_, index) => index),
    ),
    // oxlint-disable-next-line no-sparse-arrays
    refused: [...NO_ARRAYS, [1.5], [2_147_483_648], ["1"], [null], [undefined], [1, , 2], [[1]], [1n]],
    incomparable: DOCUMENTS_DO_NOT_COMPARE,
  },
  {
    name: "ArrayOf(BigInteger())",
    type: ArrayOf(BigInteger()),
    kept: kept([9_007_199_254_740_993n, -(2n ** 63n), 2n ** 63n - 1n, 0n], [1n]),
    refused: [[1], [2n ** 63n]],
    incomparable: DOCUMENTS_DO_NOT_COMPARE,
  },
  {
    name: "ArrayOf(Double())",
    type: ArrayOf(Double()),
    kept: [
      ...kept([0.1, -1.5, 1e21, 5e-324, 1.797_693_134_862_315_7e308], [-0, 0]),
      keptUnless([Number.NaN, Number.POSITIVE_INFINITY], { sqlite: NOT_A_NUMBER, mysql: NOT_A_NUMBER }),
    ],
    refused: [["1"], [1n]],
    incomparable: DOCUMENTS_DO_NOT_COMPARE,
  },
  {
    name: "ArrayOf(Numeric(30, 10))",
    type: ArrayOf(Numeric(30, 10)),
    kept: kept([new Decimal("12345678901234567890.1234567891"), new Decimal("-0.1"), new Decimal(0)]),
    refused: [[0.1], [new Decimal("0.12345678901")]],
    incomparable: DOCUMENTS_DO_NOT_COMPARE,
  },
  {
    name: "ArrayOf(Bool().nullable())",
    type: ArrayOf(Bool().nullable()),
    kept: kept([true, false, null], [null, null]),
    refused: [[1], [undefined]],
    incomparable: DOCUMENTS_DO_NOT_COMPARE,
  },
];

const arraysOfTexts: readonly TypeSamples[] = [
  {
    name: "ArrayOf(Text().nullable())",
    type: ArrayOf(Text().nullable()),
    kept: [
      ...kept(
        ["", " ", "NULL", "null", null, "a"],
        ['"', "\\", '\\"', "\\\\", "'", "{", "}", ",", "{1,2}", "[1:2]={a}", "a,b", "\n\t", "[]", String.raw`\u0041`],
        ["é😀", "e\u0301", "\u2028"],
        ["a".repeat(100_000)],
      ),
      keptUnless(["a\0b"], { postgresql: NO_NUL }),
    ],
    refused: [...NO_ARRAYS, ["\uD800"], [1], [["a"]]],
    incomparable: DOCUMENTS_DO_NOT_COMPARE,
  },
  {
    name: "ArrayOf(Varchar(3))",
    type: ArrayOf(Varchar(3)),
    kept: kept(["abc", ""]),
    refused: [[null], [1]],
    incomparable: DOCUMENTS_DO_NOT_COMPARE,
  },
  {
    name: "ArrayOf(Bytes())",
    type: ArrayOf(Bytes()),
    kept: kept([new Uint8Array([0, 1, 255, 34, 92]), new Uint8Array()]),
    refused: [["a"], [[0]]],
    incomparable: DOCUMENTS_DO_NOT_COMPARE,
  },
  {
    name: 'ArrayOf(Enum("tone", ["low", "very high"]))',
    type: ArrayOf(Enum("tone", ["low", "very high"])),
    kept: kept(["low", "very high", "low"]),
    refused: [["LOW"], ["high"]],
    incomparable: DOCUMENTS_DO_NOT_COMPARE,
  },
  {
    name: "ArrayOf(Uuid())",
    type: ArrayOf(Uuid()),
    kept: kept([uuid]),
    refused: [["x"]],
    incomparable: DOCUMENTS_DO_NOT_COMPARE,
  },
  {
    name: "ArrayOf(Json().nullable())",
    type: ArrayOf(Json().nullable()),
    kept: kept([JsonNull, null, { a: [1, "x"] }, "text", [1, 2], 0.1, "null"]),
    refused: [[undefined], [1n], [new Date(0)]],
    incomparable: ["postgresql", "mysql"],
  },
];

const arraysOfDates: readonly TypeSamples[] = [
  {
    name: "ArrayOf(SqlDate())",
    type: ArrayOf(SqlDate()),
    kept: kept([day("2024-02-29"), day("0001-01-01")]),
    refused: [[new Date(0)], ["2024-02-30"]],
    incomparable: DOCUMENTS_DO_NOT_COMPARE,
  },
  {
    name: "ArrayOf(SqlTime())",
    type: ArrayOf(SqlTime()),
    kept: kept([Temporal.PlainTime.from("23:59:59.999999")]),
    refused: [[Temporal.PlainTime.from("00:00:00.0000001")]],
    incomparable: DOCUMENTS_DO_NOT_COMPARE,
  },
  {
    name: "ArrayOf(Timestamp())",
    type: ArrayOf(Timestamp()),
    kept: kept([Temporal.PlainDateTime.from("2024-03-10T02:30:00.123456")]),
    refused: [[new Date(0)]],
    incomparable: DOCUMENTS_DO_NOT_COMPARE,
  },
  {
    name: "ArrayOf(TimestampTz())",
    type: ArrayOf(TimestampTz()),
    kept: kept([Temporal.Instant.from("2024-03-10T07:30:00.123456Z")]),
    refused: [[new Date(0)]],
    incomparable: DOCUMENTS_DO_NOT_COMPARE,
  },
];

const nestedArrays: readonly TypeSamples[] = [
  {
    name: "ArrayOf(ArrayOf(Integer().nullable()))",
    type: ArrayOf(ArrayOf(Integer().nullable())),
    kept: [
      ...kept(
        [],
        [
          [1, null],
          [3, 4],
        ],
      ),
      keptUnless([[]], { postgresql: NO_EMPTY_INSIDE }),
      keptUnless([[1], [2, 3]], { postgresql: RECTANGULAR }),
    ],
    refused: [[1], [null], [[1], null], [["1"]], [[[1]]]],
    incomparable: DOCUMENTS_DO_NOT_COMPARE,
  },
  {
    name: "ArrayOf(ArrayOf(ArrayOf(Text())))",
    type: ArrayOf(ArrayOf(ArrayOf(Text()))),
    kept: kept(
      [
        [
          ["a", 'b"'],
          ["", "{}"],
        ],
      ],
      [[["x"]]],
    ),
    refused: [[["a"]], [[[null]]]],
    incomparable: DOCUMENTS_DO_NOT_COMPARE,
  },
];

const ranges: readonly TypeSamples[] = [
  {
    name: "Int4Range()",
    type: Int4Range(),
    kept: kept(new Range(1, 5), new Range(1, null), new Range<number>(null, 5), Range.empty(), new Range(null, null)),
    refused: [[1, 5], "[1,5)", new Range("1", "5"), new Range(1.5, 2), { lower: 1, upper: 5, bounds: "[)" }],
    missing: POSTGRESQL_ONLY,
  },
  {
    name: "Int8Range()",
    type: Int8Range(),
    kept: kept(new Range(9_007_199_254_740_993n, 9_007_199_254_740_995n), new Range(-(2n ** 63n), null)),
    refused: [new Range(1, 5)],
    missing: POSTGRESQL_ONLY,
  },
  {
    name: "NumRange()",
    type: NumRange(),
    kept: kept(
      new Range(new Decimal("0.1"), new Decimal("12345678901234567890.12"), "[]"),
      new Range(new Decimal(1), new Decimal(2), "()"),
      new Range(new Decimal(1), new Decimal(2), "(]"),
    ),
    refused: [new Range(0.1, 0.2)],
    missing: POSTGRESQL_ONLY,
  },
  {
    name: "DateRange()",
    type: DateRange(),
    kept: kept(new Range(day("2024-01-01"), day("2024-02-01")), Range.empty()),
    refused: [new Range(new Date(0), null)],
    missing: POSTGRESQL_ONLY,
  },
  {
    name: "TsRange()",
    type: TsRange(),
    kept: kept(new Range(Temporal.PlainDateTime.from("2024-03-10T02:30:00.123456"), null, "()")),
    refused: [new Range(day("2024-01-01"), null)],
    missing: POSTGRESQL_ONLY,
  },
  {
    name: "TsTzRange()",
    type: TsTzRange(),
    kept: kept(
      new Range(
        Temporal.Instant.from("2024-03-10T07:30:00Z"),
        Temporal.Instant.from("2024-03-10T08:30:00.000001Z"),
        "[]",
      ),
    ),
    refused: [new Range(new Date(0), null)],
    missing: POSTGRESQL_ONLY,
  },
  {
    name: "ArrayOf(Int4Range())",
    type: ArrayOf(Int4Range()),
    kept: kept([new Range(1, 5), Range.empty(), new Range(7, null)]),
    refused: [[1]],
    missing: POSTGRESQL_ONLY,
  },
];

const named: readonly TypeSamples[] = [
  {
    name: 'Domain("amount", Numeric(10, 2))',
    type: Domain("amount", Numeric(10, 2), { checks: [{ name: "amount_positive", condition: "VALUE >= 0" }] }),
    kept: kept(new Decimal("0.10"), new Decimal("99999999.99")),
    refused: [0.1, new Decimal("0.001")],
  },
  {
    name: 'ArrayOf(Domain("short_name", Text()))',
    type: ArrayOf(Domain("short_name", Text(), { checks: [{ condition: "length(VALUE) < 9" }] })),
    kept: kept(["a", "bc"]),
    refused: [[1]],
    incomparable: DOCUMENTS_DO_NOT_COMPARE,
  },
  {
    name: "RawType(…, { as: Integer() })",
    type: RawType(sql({ postgresql: "oid", mysql: "mediumint", sqlite: "INT" }), { as: Integer() }),
    kept: kept(0, 8_388_607),
    refused: ["5"],
  },
  {
    name: 'Native("postgresql", "varbit")',
    type: Native("postgresql", "varbit"),
    kept: kept("10101", ""),
    refused: [5],
    missing: POSTGRESQL_ONLY,
  },
  {
    name: 'Native("mysql", "set", { arguments: ["a", "b"] })',
    type: Native("mysql", "set", { arguments: ["a", "b"] }),
    kept: kept("a,b", "", "b"),
    refused: [5],
    missing: ["sqlite", "postgresql"],
  },
  {
    name: 'Native("mysql", "mediumint", { unsigned: true })',
    type: Native("mysql", "mediumint", { unsigned: true }),
    kept: kept(0, 16_777_215),
    refused: [-1, "5"],
    missing: ["sqlite", "postgresql"],
  },
  {
    name: 'Native("sqlite", "clob")',
    type: Native("sqlite", "clob"),
    kept: kept("text"),
    refused: [5],
    missing: ["postgresql", "mysql"],
  },
];

export const arraysAndRanges: readonly TypeSamples[] = [
  ...arraysOfNumbers,
  ...arraysOfTexts,
  ...arraysOfDates,
  ...nestedArrays,
  ...ranges,
  ...named,
];
