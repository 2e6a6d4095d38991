// Values for text in the driver's own parameter style: by position, one array or one array a set.
import { ArgumentError } from "../errors/errors.js";
import { describeValue } from "../types/describe-value.js";
import type { SqlRow } from "./execution.js";

/** Values by position; an array of such arrays executes the text once for each. */
export type DriverParameters = SqlRow | readonly SqlRow[];

/** The sets of values. Throws `ArgumentError` where text or values are none. */
export function driverSets(
  sql: unknown,
  parameters: DriverParameters | undefined,
): { readonly sets: readonly SqlRow[]; readonly many: boolean } {
  if (typeof sql !== "string" || sql.trim() === "") {
    throw new ArgumentError(`execDriverSql() takes SQL as a string, not ${describeValue(sql)}`);
  }
  if (parameters === undefined) return { sets: [[]], many: false };
  if (!Array.isArray(parameters)) {
    throw new ArgumentError(`execDriverSql() takes an array of values by position, not ${describeValue(parameters)}`);
  }
  const many = parameters.length > 0 && parameters.every((each) => Array.isArray(each));
  // Sound: each of them is an array.
  return many ? { sets: parameters as readonly SqlRow[], many } : { sets: [parameters], many };
}
