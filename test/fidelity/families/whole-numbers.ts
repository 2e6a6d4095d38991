// Whole numbers of every width at their bounds and one beyond, and what is no whole number.
import { BigInteger, Bool, Integer, SmallInteger } from "athanor";
import { kept, keptUnless, type TypeSamples } from "../support/samples.js";

const NO_WHOLE_NUMBERS = [
  0.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  "1",
  1n,
  true,
  new Date(0),
  [1],
  { one: 1 },
  undefined,
];

/** Without unsigned types of 64 bits, the signed one stands in for it. */
const BEYOND_SIGNED = { refused: "its whole numbers have 63 bits and a sign" };

export const wholeNumbers: readonly TypeSamples[] = [
  {
    name: "SmallInteger()",
    type: SmallInteger(),
    kept: kept(0, 1, -1, -32_768, 32_767),
    refused: [-32_769, 32_768, ...NO_WHOLE_NUMBERS],
  },
  {
    name: "SmallInteger({ unsigned: true })",
    type: SmallInteger({ unsigned: true }),
    kept: kept(0, 1, 32_768, 65_535),
    refused: [-1, 65_536],
  },
  {
    name: "Integer()",
    type: Integer(),
    kept: kept(0, 1, -1, -2_147_483_648, 2_147_483_647),
    refused: [-2_147_483_649, 2_147_483_648, Number.MAX_SAFE_INTEGER, ...NO_WHOLE_NUMBERS],
  },
  {
    name: "Integer({ unsigned: true })",
    type: Integer({ unsigned: true }),
    kept: kept(0, 2_147_483_648, 4_294_967_295),
    refused: [-1, 4_294_967_296],
  },
  {
    name: "BigInteger()",
    type: BigInteger(),
    kept: kept(0n, 1n, -1n, 2n ** 31n, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 63n - 1n, -(2n ** 63n)),
    refused: [2n ** 63n, -(2n ** 63n) - 1n, 2n ** 64n, 1, "1", 2 ** 53, undefined, [1n]],
  },
  {
    name: "BigInteger({ unsigned: true })",
    type: BigInteger({ unsigned: true }),
    kept: [
      ...kept(0n, 2n ** 53n + 1n, 2n ** 63n - 1n),
      keptUnless(2n ** 63n, { sqlite: BEYOND_SIGNED, postgresql: BEYOND_SIGNED }),
      keptUnless(2n ** 64n - 1n, { sqlite: BEYOND_SIGNED, postgresql: BEYOND_SIGNED }),
    ],
    refused: [-1n, 2n ** 64n],
  },
  {
    name: "Bool()",
    type: Bool(),
    kept: kept(true, false),
    refused: [0, 1, 2, "true", "", undefined, new Boolean(true)],
  },
];
