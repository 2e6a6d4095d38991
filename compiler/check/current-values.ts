// The clock's words of the schema language.
import type { CurrentValueName } from "../../model/expression.js";

const currentValueNames: readonly CurrentValueName[] = [
  "current_date",
  "current_time",
  "current_timestamp",
  "localtimestamp",
];

/** The clock's word that `name` spells, in any case; undefined where it is none. */
export function currentValueName(name: string): CurrentValueName | undefined {
  const lower = name.toLowerCase();
  return currentValueNames.find((word) => word === lower);
}
