// What can be said about a pool of asynchronous connections, and what holds where nothing is said.
import type { AsyncDriverConnection, Timers } from "../dialects/driver.js";
import { ArgumentError } from "../errors/errors.js";

/** How an asynchronous engine keeps its connections; everything may be left out. Times are milliseconds. */
export interface PoolOptions {
  /** Connections kept open while idle; 5. */
  readonly poolSize?: number;
  /** Connections beyond these that may be open while all are in use; 10. */
  readonly maxOverflow?: number;
  /** How long a call waits for a connection; 30 000. */
  readonly poolTimeout?: number;
  /** Callers that may wait at a time; one more is refused at once; 10 000. */
  readonly poolMaxWaiting?: number;
  /** Age at which a connection is replaced instead of being given out; never. */
  readonly poolRecycle?: number;
  /** Ask a connection whether it lives before giving it out: always, or after it was idle for so long; false. */
  readonly poolPrePing?: boolean | number;
  /** Give out the connection that came back last, so that the others grow old and go; false. */
  readonly poolUseLifo?: boolean;
  /** What is cleaned when a connection comes back: everything, or only an open transaction; `full`. */
  readonly poolReset?: "full" | "rollback";
  /** Report a connection that is kept for longer, with the place where it was taken; never. */
  readonly poolLeakAfter?: number;
  /** How long opening a connection may take; 30 000. */
  readonly connectTimeout?: number;
}

export const POOL_OPTION_NAMES: readonly (keyof PoolOptions)[] = [
  "poolSize",
  "maxOverflow",
  "poolTimeout",
  "poolMaxWaiting",
  "poolRecycle",
  "poolPrePing",
  "poolUseLifo",
  "poolReset",
  "poolLeakAfter",
  "connectTimeout",
];

/** What a pool tells whoever wants to know. */
export interface PoolObserver {
  /** Awaited before anybody gets the connection; it is closed where this rejects. */
  opened(driver: AsyncDriverConnection): Promise<void>;
  closed(driver: AsyncDriverConnection): void;
  /** `invalidated`: it broke, or was declared broken. */
  invalidated(driver: AsyncDriverConnection, error: unknown): void;
  leaked(leak: LeakReport): void;
  /** A lease ended, however that came about. */
  ended(lease: object): void;
}

/** A connection that its borrower kept for too long or forgot. */
export interface LeakReport {
  /** `kept`: longer than `poolLeakAfter`. `forgotten`: garbage, and never closed. */
  readonly kind: "kept" | "forgotten";
  readonly heldFor: number;
  /** Where it was taken; null without `poolLeakAfter`. */
  readonly stack: string | null;
}

/** The options with nothing left out. */
export interface PoolSettings {
  readonly open: (signal: AbortSignal) => Promise<AsyncDriverConnection>;
  readonly timers: Timers;
  readonly observer: PoolObserver;
  readonly size: number;
  readonly overflow: number;
  readonly timeout: number;
  readonly maxWaiting: number;
  readonly recycle: number;
  /** Idle time after which a connection is asked; Infinity for never. */
  readonly pingAfter: number;
  readonly lifo: boolean;
  readonly fullReset: boolean;
  readonly leakAfter: number;
  readonly connectTimeout: number;
}

const THIRTY_SECONDS = 30_000;

/**
 * Checks the options. `onlyOne` where the database lives in one connection, which is then never replaced.
 * Throws `ArgumentError` for values that cannot be.
 */
export function poolSettings(
  options: PoolOptions,
  onlyOne: boolean,
  given: Pick<PoolSettings, "open" | "timers" | "observer">,
): PoolSettings {
  const { poolPrePing = false, poolReset = "full" } = options;
  if (poolReset !== "full" && poolReset !== "rollback") {
    throw new ArgumentError(`poolReset is "full" or "rollback", not ${JSON.stringify(poolReset)}`);
  }
  const size = wholeNumber("poolSize", options.poolSize ?? 5, 0);
  const overflow = wholeNumber("maxOverflow", options.maxOverflow ?? 10, 0);
  if (size + overflow === 0) throw new ArgumentError("poolSize and maxOverflow are both 0: nothing could connect");
  return {
    ...given,
    size: onlyOne ? 1 : size,
    overflow: onlyOne ? 0 : overflow,
    timeout: duration("poolTimeout", options.poolTimeout ?? THIRTY_SECONDS),
    maxWaiting: wholeNumber("poolMaxWaiting", options.poolMaxWaiting ?? 10_000, 0),
    recycle: onlyOne ? Infinity : duration("poolRecycle", options.poolRecycle ?? Infinity),
    pingAfter: onlyOne ? Infinity : pingAfter(poolPrePing),
    lifo: options.poolUseLifo ?? false,
    fullReset: poolReset === "full",
    leakAfter: duration("poolLeakAfter", options.poolLeakAfter ?? Infinity),
    connectTimeout: duration("connectTimeout", options.connectTimeout ?? THIRTY_SECONDS),
  };
}

function pingAfter(prePing: boolean | number): number {
  if (typeof prePing === "number") return duration("poolPrePing", prePing);
  return prePing ? 0 : Infinity;
}

/** The value. Throws `ArgumentError` where it is no whole number of at least `least`. */
export function wholeNumber(option: string, value: number, least: number): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw new ArgumentError(`${option} is a whole number, ${String(least)} or more, not ${String(value)}`);
}

/** The value. Throws `ArgumentError` where it is no number of milliseconds; Infinity is one. */
export function duration(option: string, value: number): number {
  if (typeof value === "number" && value >= 0) return value;
  throw new ArgumentError(`${option} is a number of milliseconds, 0 or more, not ${String(value)}`);
}
