// What can be said about a pool, what holds where nothing is said, and what a pool tells of.
import type { Timers } from "../dialects/driver.js";
import { ArgumentError } from "../errors/errors.js";

/**
 * `queue`: connections are kept and lent to one borrower at a time. `null`: each is closed when it comes back.
 * `static`: one connection for good, as an in-memory database needs it. `assertion`: one at a time, and who asks for a
 * second one is told where the first was taken: for tests.
 */
export type PoolKind = "queue" | "null" | "static" | "assertion";

/** How an engine of either face keeps its connections; everything may be left out. Times are milliseconds. */
export interface SyncPoolOptions {
  /** `static` for a database in memory, else `queue`. */
  readonly pool?: PoolKind;
  /** Connections kept open while idle; 5. */
  readonly poolSize?: number;
  /** Connections beyond these that may be open while all are in use; 10. */
  readonly maxOverflow?: number;
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
}

/** How an asynchronous engine keeps its connections: callers wait for one. */
export interface PoolOptions extends SyncPoolOptions {
  /** How long a call waits for a connection; 30 000. */
  readonly poolTimeout?: number;
  /** Callers that may wait at a time; one more is refused at once; 10 000. */
  readonly poolMaxWaiting?: number;
  /** How long opening a connection may take; 30 000. */
  readonly connectTimeout?: number;
}

export const SYNC_POOL_OPTION_NAMES: readonly (keyof SyncPoolOptions)[] = [
  "pool",
  "poolSize",
  "maxOverflow",
  "poolRecycle",
  "poolPrePing",
  "poolUseLifo",
  "poolReset",
  "poolLeakAfter",
];
export const POOL_OPTION_NAMES: readonly (keyof PoolOptions)[] = [
  ...SYNC_POOL_OPTION_NAMES,
  "poolTimeout",
  "poolMaxWaiting",
  "connectTimeout",
];

/** A driver's connection in a pool, and what the program notes on it. */
export interface Pooled<D> {
  readonly driver: D;
  readonly info: Map<unknown, unknown>;
}

/** What happens to a pooled connection without anybody being able to say no. */
export type PoolNews = "checkin" | "reset" | "invalidate" | "softInvalidate" | "close" | "detach" | "closeDetached";

/** What a pool tells whoever wants to know. */
export interface PoolObserver<D> {
  /** Awaited on the asynchronous face before anybody gets the connection; it is closed where this fails. */
  opened(pooled: Pooled<D>): Promise<void> | void;
  /** True where `lending` has somebody to ask. */
  isAsked(): boolean;
  /** About to be lent, awaited like `opened`; a `DisconnectError` has it replaced. */
  lending(pooled: Pooled<D>): Promise<void> | void;
  tell(news: PoolNews, pooled: Pooled<D>, error?: unknown): void;
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

/** The options of both faces with nothing left out. */
export interface CommonPoolSettings {
  readonly kind: PoolKind;
  readonly size: number;
  readonly overflow: number;
  readonly recycle: number;
  /** Idle time after which a connection is asked; Infinity for never. */
  readonly pingAfter: number;
  readonly lifo: boolean;
  readonly fullReset: boolean;
  readonly leakAfter: number;
}

/** What only a pool that lets callers wait is told. */
export interface WaitSettings {
  readonly timeout: number;
  readonly maxWaiting: number;
  readonly connectTimeout: number;
}

/** What the engine hands to its pool. */
export interface PoolParts<D> {
  readonly timers: Timers;
  readonly observer: PoolObserver<D>;
}

const KINDS: readonly PoolKind[] = ["queue", "null", "static", "assertion"];
const THIRTY_SECONDS = 30_000;
/** How many connections each kind keeps and adds; null: as the options say. */
const NUMBERS: Readonly<Record<PoolKind, { readonly size: number; readonly overflow: number } | null>> = {
  queue: null,
  null: { size: 0, overflow: Infinity },
  static: { size: 1, overflow: 0 },
  assertion: { size: 1, overflow: 0 },
};

/**
 * Checks the options. `onlyOne` where the database lives in one connection, which is then never replaced.
 * Throws `ArgumentError` for values that cannot be.
 */
export function commonSettings(options: SyncPoolOptions, onlyOne: boolean): CommonPoolSettings {
  const { poolPrePing = false, poolReset = "full", pool = "queue" } = options;
  oneOf("pool", pool, KINDS);
  oneOf("poolReset", poolReset, ["full", "rollback"]);
  const size = wholeNumber("poolSize", options.poolSize ?? 5, 0);
  const overflow = wholeNumber("maxOverflow", options.maxOverflow ?? 10, 0);
  if (size + overflow === 0) throw new ArgumentError("poolSize and maxOverflow are both 0: nothing could connect");
  if (onlyOne && pool === "null") {
    throw new ArgumentError(`an in-memory database would be gone with its first connection: pool: "null" is for files`);
  }
  const kind = onlyOne && pool === "queue" ? "static" : pool;
  const recycle = duration("poolRecycle", options.poolRecycle ?? Infinity);
  const ping = pingAfter(poolPrePing);
  return {
    kind,
    ...(NUMBERS[kind] ?? { size, overflow }),
    recycle: kind === "static" ? Infinity : recycle,
    pingAfter: kind === "static" ? Infinity : ping,
    lifo: options.poolUseLifo ?? false,
    fullReset: poolReset === "full",
    leakAfter: duration("poolLeakAfter", options.poolLeakAfter ?? Infinity),
  };
}

/** The options of a pool that lets callers wait. Throws `ArgumentError` for values that cannot be. */
export function waitSettings(options: PoolOptions): WaitSettings {
  return {
    timeout: duration("poolTimeout", options.poolTimeout ?? THIRTY_SECONDS),
    maxWaiting: wholeNumber("poolMaxWaiting", options.poolMaxWaiting ?? 10_000, 0),
    connectTimeout: duration("connectTimeout", options.connectTimeout ?? THIRTY_SECONDS),
  };
}

function oneOf(option: string, value: string, values: readonly string[]): void {
  if (values.includes(value)) return;
  const known = values.map((each) => JSON.stringify(each)).join(" or ");
  throw new ArgumentError(`${option} is ${known}, not ${JSON.stringify(value)}`);
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
