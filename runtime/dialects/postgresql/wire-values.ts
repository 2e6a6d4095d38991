// From values as the codecs give them to what goes over the wire: text, bytes for byte strings, null.
import { InvalidRequestError, InvalidValueError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";

/** The protocol counts parameters in 16 bits, and pg would let the count wrap around. */
export const MAX_PARAMETERS = 65_535;

/** The parameters of one execution. Throws before anything is sent where there are too many. */
export function wireValues(parameters: readonly unknown[]): readonly (string | Buffer | null)[] {
  if (parameters.length > MAX_PARAMETERS) {
    throw new InvalidRequestError(
      `a statement takes at most ${String(MAX_PARAMETERS)} parameters, this one has ${String(parameters.length)}; ` +
        "send fewer rows at a time",
    );
  }
  return parameters.map(wireValue);
}

/** One value; throws `InvalidValueError` for what is none. */
export function wireValue(value: unknown): string | Buffer | null {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return numberText(value);
    case "bigint":
      return String(value);
    case "boolean":
      return value ? "t" : "f";
    default:
      if (value === null) return null;
      if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      throw new InvalidValueError(`a parameter is text, a number, a boolean or bytes, not ${describeValue(value)}`);
  }
}

function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
