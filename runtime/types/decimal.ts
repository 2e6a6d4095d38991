// Exact decimal numbers: `Decimal` is decimal.js, loaded when the first one is read or written.
import { createRequire } from "node:module";
import type { Decimal as DecimalJs } from "decimal.js";
import { DataError } from "../errors/errors.js";

export type Decimal = DecimalJs;

type DecimalConstructor = typeof DecimalJs;

let loaded: DecimalConstructor | undefined;

function decimalConstructor(): DecimalConstructor {
  if (loaded === undefined) {
    // The ES module, so that this is the very class an application imports. Sound: its declarations say this.
    const module = createRequire(import.meta.url)("decimal.js/decimal.mjs") as { Decimal: DecimalConstructor };
    loaded = module.Decimal;
  }
  return loaded;
}

const DIGITS = /^-?\d+(\.\d+)?$/;

/** Plain digits (`-12.50`) to a `Decimal`; throws `DataError` for any other text. */
export function decodeDecimal(text: string): Decimal {
  if (!DIGITS.test(text)) {
    throw new DataError(`The database holds ${JSON.stringify(text)}, which is not a decimal number.`, {
      help: "Correct the row, or read the column as text with a cast.",
    });
  }
  return new (decimalConstructor())(text);
}

/**
 * The digits of a decimal number without an exponent (`-12.5`), or undefined where the value is neither a `Decimal`
 * (of any copy of decimal.js) nor such digits already. `NaN` and infinities have none.
 */
export function decimalDigits(value: unknown): string | undefined {
  if (typeof value === "string") return DIGITS.test(value) ? value : undefined;
  if (!isDecimal(value)) return undefined;
  // The copy runs our own decimal.js on the value's data, never a method that came with the value.
  const copy = new (decimalConstructor())(value);
  return copy.isFinite() ? copy.toFixed() : undefined;
}

function isDecimal(value: unknown): value is Decimal {
  if (typeof value !== "object" || value === null) return false;
  // Data that came from JSON has a plain prototype and can never pass for a Decimal.
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== Object.prototype && "toStringTag" in value && value.toStringTag === "[object Decimal]";
}

/** The shortest digits, without an exponent, that read back as this finite number. */
export function digitsOfNumber(value: number): string {
  const text = String(value);
  return text.includes("e") ? new (decimalConstructor())(text).toFixed() : text;
}
