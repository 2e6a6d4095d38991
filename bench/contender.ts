// What a contender offers: each workload as one operation, and a check value that must agree across contenders.

/** The workloads, by the name under which the table prints them. */
export const workloads = {
  W1: "get one order by its key",
  W2: "load 1,000 orders",
  W3: "load 50,000 orders",
  W6: "insert 10,000 orders in one transaction, keys back",
  W8: "load 1,000 orders, change one field of each, flush",
} as const;

export type WorkloadName = keyof typeof workloads;

export interface Contender {
  /** Runs the workload's operation once and returns a number that tells its result apart from a wrong one. */
  readonly run: Readonly<Record<WorkloadName, () => number>>;
  close(): void;
}

/** How many operations a timed batch holds: about as long for each workload. */
export const batchSizes: Readonly<Record<WorkloadName, number>> = { W1: 30_000, W2: 200, W3: 2, W6: 4, W8: 60 };

/** Batches of each workload that run before the first is timed, so that both sides are compiled. */
export const WARM_UP_BATCHES = 3;

export const INSERTED = 10_000;
export const LOADED = 1_000;
