// What can name a table, column, schema or sequence.
import { ArgumentError } from "../errors/errors.js";
import { describeValue } from "../types/describe-value.js";
import { isWellFormed } from "../types/well-formed.js";

/** Throws `ArgumentError` unless `name` is a name; `what` says whose. */
export function checkName(what: string, name: unknown): asserts name is string {
  if (typeof name === "string" && name !== "" && isWellFormed(name) && !name.includes("\0")) return;
  throw new ArgumentError(`${what} is a name, got ${describeValue(name)}.`);
}
