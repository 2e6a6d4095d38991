// What the benchmark knows of a database: who competes on it, how long its operations take, and how the data set is
// made there, once for each contender.
import type { LoadContender, WorkloadName } from "../contender.js";
import type { Goals } from "../goals.js";

/** A copy of the data set for each contender, as URLs. */
export interface Copies {
  /** The database and its version or place, for people. */
  readonly origin: string;
  readonly urls: readonly string[];
  dispose(): Promise<void>;
}

export interface BenchDatabase {
  readonly title: string;
  /** By name, the raw driver first. The second is the raw driver again: its ratio is the noise. */
  readonly contenders: Readonly<Record<string, LoadContender>>;
  readonly goals: Goals;
  /** How many operations a timed batch holds at most: about as long for each workload. */
  readonly batchSizes: Readonly<Record<WorkloadName, number>>;
  /** What `now` measures. */
  readonly clock: string;
  /** Microseconds since some moment. */
  now(): number;
  /** Statements that tidy up behind rows that were put back. */
  readonly tidying: readonly string[];
  /**
   * Makes the data set so many times, on the server at `url` where one is given. Rejects with what to do where there
   * is no such database.
   */
  open(copies: number, url: string | undefined): Promise<Copies>;
}
