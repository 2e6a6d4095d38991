// W10: the shapes of the grouped query, which come by turns; each combination of three filters is one.
import { cycle } from "../contender.js";

/** What a shape filters by; undefined where it does not. */
export interface ReportFilters {
  readonly employeeId: number | undefined;
  readonly quantityAtLeast: number | undefined;
  readonly customerIdAtMost: number | undefined;
}

/** A line of the report: how many details a city has, and the largest quantity among them. */
export interface ReportLine {
  readonly city: string;
  readonly details: number;
  readonly largest: number | null;
}

const SHAPES = 8;

/** Gives the filters of one shape after another. */
export function reportShapes(): () => ReportFilters {
  const next = cycle(SHAPES);
  return () => {
    const shape = next();
    return {
      employeeId: shape & 1 ? 1 + (shape % 5) : undefined,
      quantityAtLeast: shape & 2 ? 5 : undefined,
      customerIdAtMost: shape & 4 ? 800 : undefined,
    };
  };
}
