// JSON documents, and the types of PostgreSQL's own.
import { Cidr, Inet, Json, Jsonb, JsonNull, MacAddr, TsVector } from "athanor";
import { type Deviation, kept, keptUnless, type TypeSamples } from "../support/samples.js";

const NO_NUL: Deviation = { refused: "its jsonb cannot hold NUL; its json can" };

const cyclic: Record<string, unknown> = {};
cyclic["self"] = cyclic;

const NO_DOCUMENTS = [
  undefined,
  1n,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  new Date(0),
  new Map(),
  () => 1,
  "\uD800",
  { a: undefined },
  { a: [1, { b: 2n }] },
  { "\uD800": 1 },
  cyclic,
  new Uint8Array([1]),
];

const DOCUMENTS: readonly unknown[] = [
  JsonNull,
  true,
  false,
  0,
  -1.5,
  0.1,
  1e21,
  9_007_199_254_740_991,
  "",
  "text",
  "null",
  '"quoted"',
  "é😀",
  [],
  {},
  [null],
  [1, [2, [3, []]]],
  { "": 1, a: null, b: { c: [true, "x"] } },
  { z: 1, y: 2, "10": 3, "9": 4 },
  { __proto__x: 1, constructor: "c", toString: 1 },
  { text: String.raw`\u0000 \ " '` },
  { key: "a".repeat(10_000) },
];

/** Types that nothing but PostgreSQL has. */
const POSTGRESQL_ONLY = ["sqlite", "mysql"] as const;

export const documents: readonly TypeSamples[] = [
  {
    name: "Json()",
    type: Json(),
    kept: kept(...DOCUMENTS, "\0", { "a\0": "\0" }),
    refused: NO_DOCUMENTS,
    incomparable: ["postgresql", "mysql"],
  },
  {
    name: "Jsonb()",
    type: Jsonb(),
    kept: [
      ...kept(...DOCUMENTS),
      keptUnless("\0", { postgresql: NO_NUL }),
      keptUnless({ "a\0": 1 }, { postgresql: NO_NUL }),
      keptUnless([{ a: "b\0" }], { postgresql: NO_NUL }),
    ],
    refused: NO_DOCUMENTS,
    incomparable: ["mysql"],
  },
  { name: "Inet()", type: Inet(), kept: kept("10.0.0.1", "10.0.0.1/8", "::1"), refused: [1], missing: POSTGRESQL_ONLY },
  { name: "Cidr()", type: Cidr(), kept: kept("10.0.0.0/8", "2001:db8::/32"), refused: [1], missing: POSTGRESQL_ONLY },
  { name: "MacAddr()", type: MacAddr(), kept: kept("08:00:2b:01:02:03"), refused: [1], missing: POSTGRESQL_ONLY },
  { name: "TsVector()", type: TsVector(), kept: kept("'a' 'cat' 'fat'"), refused: [1], missing: POSTGRESQL_ONLY },
];
