// The aggregates that properties may take over a to-many relationship.
import type { AggregateName } from "../../model/expression.js";

const aggregates: readonly AggregateName[] = ["count", "sum", "min", "max", "avg"];

/** The aggregate that `name` spells, in any case; undefined where it is none. */
export function aggregateName(name: string): AggregateName | undefined {
  const lower = name.toLowerCase();
  return aggregates.find((each) => each === lower);
}
