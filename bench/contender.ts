// What a contender offers: each workload as one operation, and the facts of its result, which must be the same for all.

/** The workloads, by the name under which the table prints them. */
export const workloads = {
  W1: "get one order by its key",
  W2: "load 1,000 orders",
  W3: "load 50,000 orders",
  W4: "load 100 orders with their details and products",
  W5: "search products by LIKE, the 50 cheapest",
  W6: "insert 10,000 orders in one transaction, keys back",
  W7: "insert 1,000 orders, a transaction each",
  W8: "load 1,000 orders, change one field of each, write",
  W9: "load 1,000 orders, delete them and their 3,000 details",
  W10: "put a grouped join of three tables together, and run it",
} as const;

export type WorkloadName = keyof typeof workloads;

export const workloadNames: readonly WorkloadName[] = Object.keys(workloads).filter(
  (name): name is WorkloadName => name in workloads,
);

/** The workloads that change rows: these are put back after each operation, untimed. */
export const writingWorkloads: ReadonlySet<WorkloadName> = new Set(["W6", "W7", "W8", "W9"]);

/** How many rows a workload is about. */
export const LOADED = 1_000;
export const LOADED_WITH_DETAILS = 100;
export const FOUND = 50;
export const INSERTED = 10_000;
export const INSERTED_ONE_BY_ONE = 1_000;
/** What W5 looks for. */
export const SEARCHED = "%bolt%";
/** W10 looks at the orders before this one: so few that putting the query together counts. */
export const REPORTED = 20;

/** One workload of one contender. */
export interface Workload {
  /** The operation that is timed. Synchronous where the contender is: an `await` would be timed, too. */
  readonly run: () => unknown;
  /** Runs the operation once and gives what came of it, as plain JSON values. */
  readonly facts: () => Promise<unknown>;
}

/** A contender on one database: each workload is one operation. */
export interface Contender {
  readonly workloads: Readonly<Record<WorkloadName, Workload>>;
  close(): void | Promise<void>;
}

/** Connects to the database at `url` and prepares what the contender keeps. */
export type CreateContender = (url: string) => Contender | Promise<Contender>;

/** Loads a contender's library. */
export type LoadContender = () => Promise<CreateContender>;

export type ReadingName = "W1" | "W2" | "W3" | "W4" | "W5" | "W10";
export type WritingName = Exclude<WorkloadName, ReadingName>;

/** The workloads that only read, and those that write. */
export type Reads = Pick<Contender["workloads"], ReadingName>;
export type Writes = Pick<Contender["workloads"], WritingName>;

/** A workload of its operation; `describe` says the operation's result as plain JSON values. */
export function workload<R>(run: () => R, describe: (result: Awaited<R>) => unknown): Workload {
  return { run, facts: async () => describe(await run()) };
}

/** Counts from 1 to `last` and begins again: the keys and shapes of successive operations. */
export function cycle(last: number): () => number {
  let current = 0;
  return () => (current = (current % last) + 1);
}
