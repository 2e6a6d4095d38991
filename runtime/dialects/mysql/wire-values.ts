// Parameters on their way to mysql2, each under the protocol's type for it, and their sizes: what the server's message
// cannot hold is refused before anything is sent.
import { InvalidRequestError, InvalidValueError } from "../../errors/errors.js";
import { DecimalParameter } from "./decimal-parameter.js";
import type { Mysql2Package } from "./mysql2-package.js";

/** The protocol counts parameters in 16 bits. */
export const MAX_PARAMETERS = 65_535;

/** Bytes of a message beside its text values, at most: numbers, lengths, types. */
const BYTES_A_VALUE = 16;
const MAX_SIGNED = 2n ** 63n - 1n;

/**
 * The values as mysql2 sends them: whole numbers as 64-bit ones, which it would send as text or as doubles, decimals as
 * decimals. Throws where they are too many or too long for one message of the server's.
 */
export function wireValues(
  parameters: readonly unknown[],
  { TypedParameter }: Mysql2Package,
  maxPacket: number,
): readonly unknown[] {
  if (parameters.length > MAX_PARAMETERS) {
    throw new InvalidRequestError(
      `a statement takes at most ${MAX_PARAMETERS} parameters on MySQL and MariaDB, this one has ` +
        `${parameters.length}; execute it in smaller portions`,
    );
  }
  let size = parameters.length * BYTES_A_VALUE;
  const values = parameters.map((value) => {
    switch (typeof value) {
      case "string":
        size += value.length;
        return value;
      case "bigint":
        return value > MAX_SIGNED ? TypedParameter.LONGLONG.unsigned(value) : TypedParameter.LONGLONG(value);
      case "object":
        if (value instanceof DecimalParameter) return TypedParameter.NEWDECIMAL(value.digits);
        if (value instanceof Uint8Array) {
          size += value.length;
          return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
        }
        return value;
      default:
        return value;
    }
  });
  // A character is three bytes at most: only where that might not do are they counted.
  if (size * 3 > maxPacket) checkSize(parameters, maxPacket);
  return values;
}

function checkSize(parameters: readonly unknown[], maxPacket: number): void {
  let size = parameters.length * BYTES_A_VALUE;
  for (const value of parameters) {
    if (typeof value === "string") size += Buffer.byteLength(value);
    else if (value instanceof Uint8Array) size += value.length;
  }
  checkLength(size, maxPacket);
}

/** Throws `InvalidValueError` where a message of so many bytes is more than the server takes. */
export function checkLength(bytes: number, maxPacket: number): void {
  if (bytes < maxPacket) return;
  throw new InvalidValueError(
    `The statement and its values take ${bytes} bytes, but the server takes ${maxPacket} in one message: send less ` +
      "at a time, or raise the server's max_allowed_packet.",
  );
}
