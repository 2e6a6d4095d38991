// Decimal and floating point numbers.
import { Decimal } from "decimal.js";
import { Double, Numeric, Real } from "athanor";
import type { DatabaseKind } from "../../support/databases/databases.js";
import { type Deviation, kept, keptUnless, type Sample, type TypeSamples } from "../support/samples.js";

const decimals = (...digits: readonly string[]): Sample[] => kept(...digits.map((each) => new Decimal(each)));

const NO_DECIMALS = [
  0.1,
  1,
  1n,
  "1e3",
  "abc",
  "",
  new Decimal(Number.NaN),
  new Decimal(Number.POSITIVE_INFINITY),
  undefined,
];

const NOT_A_NUMBER: Deviation = { refused: "it has no such number, and would make NULL of it" };
const NO_INFINITY: Deviation = { refused: "floating point numbers are finite here" };
const POSITIVE_ZERO: Deviation = { becomes: 0, why: "it has one zero" };
const ROUNDED: Deviation = { becomes: 16_777_216, why: "32 bits hold 24 bits of a number's digits" };

const onlyPostgresql = (value: number, deviation: Deviation): Sample =>
  keptUnless(value, { sqlite: deviation, mysql: deviation } satisfies Partial<Record<DatabaseKind, Deviation>>);

export const decimalNumbers: readonly TypeSamples[] = [
  {
    name: "Numeric()",
    type: Numeric(),
    kept: [
      ...decimals("0", "1", "-1", "0.1", "-0.10", "12345678901234567890.12", "0.000000000000000000000000000001"),
      ...decimals("99999999999999999999999999999999999.999999999999999999999999999999", "9007199254740993"),
      ...decimals(`1${"0".repeat(70)}`, `0.${"0".repeat(39)}1`),
    ],
    refused: NO_DECIMALS,
    missing: ["mysql"],
  },
  {
    name: "Numeric(10, 2)",
    type: Numeric(10, 2),
    kept: decimals("0", "0.1", "0.10", "-0.01", "99999999.99", "-99999999.99", "12345678.9"),
    refused: [new Decimal("0.001"), new Decimal("100000000"), new Decimal("-99999999.999"), ...NO_DECIMALS],
  },
  {
    name: "Numeric(15, 5)",
    type: Numeric(15, 5),
    kept: decimals("9999999999.99999", "0.00001", "1234567890.12345", "-0.1"),
    refused: [new Decimal("0.000001"), new Decimal("10000000000")],
  },
  {
    name: "Numeric(22, 2)",
    type: Numeric(22, 2),
    kept: decimals("12345678901234567890.12", "0.10", "-99999999999999999999.99", "0"),
    refused: [new Decimal("100000000000000000000"), new Decimal("0.001")],
  },
  {
    name: "Numeric(5)",
    type: Numeric(5),
    kept: decimals("0", "99999", "-99999"),
    refused: [new Decimal("100000"), new Decimal("0.5")],
  },
  {
    name: "Double()",
    type: Double(),
    kept: [
      ...kept(0, 1, -1, 0.1, 0.1 + 0.2, 1 / 3, Math.PI, Number.EPSILON, 2 ** 53, 2 ** 53 + 2, -1e300, 1e21, 1e-7),
      ...kept(Number.MAX_VALUE, 2.225_073_858_507_201_4e-308, 123_456_789.123_456_79),
      keptUnless(-0, { sqlite: POSITIVE_ZERO, mysql: POSITIVE_ZERO }),
      onlyPostgresql(Number.NaN, NOT_A_NUMBER),
      onlyPostgresql(Number.POSITIVE_INFINITY, NO_INFINITY),
      onlyPostgresql(Number.NEGATIVE_INFINITY, NO_INFINITY),
    ],
    refused: ["1", 1n, true, undefined, new Decimal("0.1"), new Number(1)],
  },
  {
    name: "Real()",
    type: Real(),
    kept: [
      ...kept(0, 1, -1.5, 0.25, 16_777_216, 3.402_823_5e38, 0.1, 1e-45),
      keptUnless(16_777_217, { postgresql: ROUNDED, mysql: ROUNDED }),
      keptUnless(-0, { sqlite: POSITIVE_ZERO, mysql: POSITIVE_ZERO }),
      onlyPostgresql(Number.NaN, NOT_A_NUMBER),
    ],
    refused: ["1", 1n, undefined],
  },
];
