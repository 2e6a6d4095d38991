// Instants written by arithmetic must read as Temporal itself writes them.
import { assert, bigInt, constantFrom, property } from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, it } from "vitest";
import { instantText } from "../../runtime/types/instant-text.js";

const YEAR_ZERO = Temporal.Instant.from("0000-01-01T00:00:00Z").epochNanoseconds;
const LAST = Temporal.Instant.from("9999-12-31T23:59:59.999999999Z").epochNanoseconds;

it("writes any instant of four-digit years as Temporal does", () => {
  assert(
    property(bigInt({ min: YEAR_ZERO / 1000n, max: LAST / 1000n }), constantFrom(0, 3, 6), (micros, precision) => {
      const unit = 10n ** BigInt(6 - precision);
      const instant = Temporal.Instant.fromEpochNanoseconds((micros / unit) * unit * 1000n);
      // Temporal would write other years with a sign; these bounds have none.
      const text = instant.toString({ fractionalSecondDigits: precision });
      expect(instantText(instant.epochNanoseconds, precision)).toBe(text);
    }),
    {
      numRuns: 2000,
      examples: [
        [0n, 6],
        [-1n, 6],
        [YEAR_ZERO / 1000n, 6],
        [LAST / 1000n, 6],
        [951_782_400_000_000n, 0],
      ],
    },
  );
});

it("leaves other years and finer fractions to its caller", () => {
  expect(instantText(YEAR_ZERO - 1n, 6)).toBeNull();
  expect(instantText(LAST + 1n, 6)).toBeNull();
  expect(instantText(1n, 6)).toBeNull();
  expect(instantText(1_000_000n, 0)).toBeNull();
  expect(instantText(-1n, 9)).toBe("1969-12-31T23:59:59.999999999Z");
});
