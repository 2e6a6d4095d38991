// The two clocks that the engine reads, so that tests can stand still in time.

export interface Clock {
  /** The wall clock, for the log's time stamps. */
  readonly now: () => Date;
  /** Milliseconds of a clock that never jumps, the one that `Compiled.compiledAt` was read from. */
  readonly monotonic: () => number;
}

export const systemClock: Clock = { now: () => new Date(), monotonic: () => performance.now() };
