// Ranges of values, as some databases keep them: two ends, either of which may be open or missing, or no value at all.
import { ArgumentError } from "../errors/errors.js";
import { describeValue } from "./describe-value.js";

/** Which ends belong to a range: `[` and `]` do, `(` and `)` do not. */
export type RangeBounds = "[)" | "[]" | "(]" | "()";

const BOUNDS: ReadonlySet<unknown> = new Set<RangeBounds>(["[)", "[]", "(]", "()"]);
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** From `lower` to `upper`; null is no end, so that the range goes on for ever. Never changes. */
export class Range<T> {
  readonly lower: T | null;
  readonly upper: T | null;
  /** A missing end never belongs to the range. */
  readonly bounds: RangeBounds;
  /** True for the range that holds no value. Its ends are null, as are those of the one that holds every value. */
  readonly isEmpty: boolean;

  /** Throws `ArgumentError` where an end is undefined or `bounds` are none of the four. */
  constructor(lower: T | null, upper: T | null, bounds: RangeBounds | "empty" = "[)") {
    if (lower === undefined || upper === undefined) {
      throw new ArgumentError("Range takes both ends; null stands for one that is missing.");
    }
    this.isEmpty = bounds === "empty";
    if (this.isEmpty ? lower !== null || upper !== null : !BOUNDS.has(bounds)) {
      throw new ArgumentError(
        `Range's bounds are "[)", "[]", "(]", "()" or, between two nulls, "empty"; got ${describeValue(bounds)}.`,
      );
    }
    this.lower = lower;
    this.upper = upper;
    // Sound: one of the two characters beside one of the other two.
    this.bounds = `${lower === null ? "(" : bounds.charAt(0)}${upper === null ? ")" : bounds.charAt(1)}` as RangeBounds;
    Object.freeze(this);
  }

  /** The range that holds no value. */
  static empty<T>(): Range<T> {
    return new Range<T>(null, null, "empty");
  }

  /** `[1,5)`, as SQL writes it; `empty`. */
  toString(): string {
    if (this.isEmpty) return "empty";
    const [open, close] = this.bounds;
    return `${open}${endText(this.lower)},${endText(this.upper)}${close}`;
  }

  /** The text, so that ends which JSON has no form for are kept. */
  toJSON(): string {
    return this.toString();
  }

  [INSPECT](): string {
    return `Range ${this.toString()}`;
  }
}

function endText(end: unknown): string {
  return end === null ? "" : String(end);
}
