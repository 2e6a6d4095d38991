// What the project means to reach: ratios to the raw driver, by database and workload.
import type { WorkloadName } from "./contender.js";

export type Goals = Readonly<Record<WorkloadName, number>>;

export const goals: Readonly<Record<"sqlite" | "postgresql", Goals>> = {
  sqlite: { W1: 1.2, W2: 1.15, W3: 1.25, W4: 1.3, W5: 1.05, W6: 0.95, W7: 1.2, W8: 0.9, W9: 1, W10: 1.1 },
  postgresql: { W1: 0.9, W2: 0.7, W3: 0.75, W4: 0.85, W5: 1, W6: 0.9, W7: 0.9, W8: 0.15, W9: 0.2, W10: 1 },
};

/** `npm run bench:gate` fails beyond so many times the goal: machines that others use swing by a third. */
export const GATE_LIMIT = 1.5;
