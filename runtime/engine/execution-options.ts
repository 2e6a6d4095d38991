// What can be said about how statements are executed: by an engine, a connection, a statement or one call, each over
// the one before.
import { ISOLATION_LEVELS, type IsolationLevel } from "../dialects/transaction-dialect.js";
import type { Dialect } from "../dialects/dialect.js";
import { ArgumentError } from "../errors/errors.js";
import type { Timers } from "../dialects/driver.js";
import type { Limits } from "../pool/limits.js";
import type { StatementOptions } from "../sql/statement-options.js";
import { StatementCache } from "./statement-cache.js";

/** What a transaction is. */
export interface TransactionOptions {
  /** Null for what the database is set to. `AUTOCOMMIT`: each statement is kept at once. */
  readonly isolationLevel?: IsolationLevel | null;
  readonly readOnly?: boolean;
}

/** How long a call may take. */
export interface CallOptions {
  /** Aborting it makes the call reject; the database is asked to give up, and the connection is closed. */
  readonly signal?: AbortSignal | null;
  /** Milliseconds for one statement; Infinity for no end. */
  readonly timeoutMs?: number;
  /** A moment of `performance.now()`; nothing is waited for beyond it. */
  readonly deadline?: number;
}

/** What one execution may be told on either face. */
export interface StatementExecutionOptions extends StatementOptions {
  /** Where compiled statements are kept: a `StatementCache` in place of the engine's, null for nowhere. */
  readonly compiledCache?: StatementCache | null | undefined;
}

/** What one execution may be told on the asynchronous face. */
export interface ExecutionOptions extends CallOptions, StatementExecutionOptions {}

/** Options of an asynchronous connection: those of its transactions and of its executions. */
export interface ConnectionOptions extends TransactionOptions, ExecutionOptions {}

/** Options of a synchronous connection. */
export interface SyncConnectionOptions extends TransactionOptions, StatementExecutionOptions {}

/** The options with nothing left out. */
export type CompleteOptions = {
  readonly [Key in keyof Omit<ConnectionOptions, "compiledCache">]-?: Exclude<ConnectionOptions[Key], undefined>;
} & {
  /** `undefined`: the engine's. */
  readonly compiledCache: StatementCache | null | undefined;
};

/** A statement that runs for longer than this has most likely lost its server. */
const FIVE_MINUTES = 300_000;

export const DEFAULT_OPTIONS: CompleteOptions = {
  isolationLevel: null,
  readOnly: false,
  signal: null,
  timeoutMs: FIVE_MINUTES,
  deadline: Infinity,
  yieldPer: null,
  maxRowBuffer: 1000,
  insertManyPageSize: 1000,
  loggingToken: null,
  schemaTranslateMap: null,
  compiledCache: undefined,
};

type Check = (value: unknown) => boolean;

const isNumber: Check = (value) => typeof value === "number" && value >= 0;
const isCount: Check = (value) => typeof value === "number" && Number.isInteger(value) && value > 0;

const CHECKS: Readonly<Record<keyof ConnectionOptions, { readonly is: Check; readonly what: string }>> = {
  isolationLevel: { is: isLevel, what: `one of ${ISOLATION_LEVELS.join(", ")}` },
  readOnly: { is: (value) => typeof value === "boolean", what: "true or false" },
  signal: { is: (value) => value === null || value instanceof AbortSignal, what: "an AbortSignal" },
  timeoutMs: { is: isNumber, what: "a number of milliseconds, 0 or more" },
  deadline: { is: isNumber, what: "a moment of performance.now()" },
  yieldPer: { is: (value) => value === null || isCount(value), what: "a whole number, 1 or more" },
  maxRowBuffer: { is: isCount, what: "a whole number, 1 or more" },
  insertManyPageSize: { is: isCount, what: "a whole number, 1 or more" },
  loggingToken: { is: (value) => value === null || typeof value === "string", what: "a string" },
  schemaTranslateMap: { is: isMap, what: "an object of schema names by schema name" },
  compiledCache: {
    is: (value) => value === null || value instanceof StatementCache,
    what: "a StatementCache, or null for none",
  },
};

export const CONNECTION_OPTION_NAMES: readonly string[] = Object.keys(CHECKS);
/** A statement in hand cannot be stopped on the synchronous face: nothing there waits. */
export const SYNC_OPTION_NAMES = CONNECTION_OPTION_NAMES.filter(
  (name) => !["signal", "timeoutMs", "deadline", "insertManyPageSize"].includes(name),
);

function isLevel(value: unknown): boolean {
  return value === null || ISOLATION_LEVELS.some((level) => level === value);
}

function isMap(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === null;
  return Object.values(value).every((name) => typeof name === "string");
}

/** `options` over `base`. Throws `ArgumentError` for an option or value that there is not, or not in this database. */
export function mergeOptions(base: CompleteOptions, options: ConnectionOptions, dialect: Dialect): CompleteOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  if (given.length === 0) return base;
  for (const [key, value] of given) {
    // Sound: an unknown key gives undefined, which is looked at.
    const check = Object.hasOwn(CHECKS, key) ? CHECKS[key as keyof ConnectionOptions] : undefined;
    if (check === undefined) {
      throw new ArgumentError(`there is no execution option "${key}"; there are ${CONNECTION_OPTION_NAMES.join(", ")}`);
    }
    if (!check.is(value)) throw new ArgumentError(`${key} is ${check.what}, not ${String(value)}`);
  }
  checkLevel(options.isolationLevel ?? null, dialect);
  // Sound: the entries are those of `options`, checked above.
  return { ...base, ...(Object.fromEntries(given) as ConnectionOptions as Partial<CompleteOptions>) };
}

/** What a statement says of itself over what holds for the connection, and what the call says over both. */
export function optionsOfCall(
  base: CompleteOptions,
  ofStatement: StatementOptions | null,
  ofCall: ConnectionOptions | undefined,
  dialect: Dialect,
): CompleteOptions {
  const withStatement = ofStatement === null ? base : mergeOptions(base, ofStatement, dialect);
  if (ofCall === undefined) return withStatement;
  for (const key of ["isolationLevel", "readOnly"] as const satisfies readonly (keyof TransactionOptions)[]) {
    if (ofCall[key] === undefined) continue;
    throw new ArgumentError(`${key} is an option of engines and connections: it holds for a whole transaction`);
  }
  return mergeOptions(withStatement, ofCall, dialect);
}

function checkLevel(level: IsolationLevel | null, dialect: Dialect): void {
  const { isolationLevels } = dialect.transactions;
  if (level === null || isolationLevels.includes(level)) return;
  throw new ArgumentError(`${dialect.name} has no isolation level ${level}; it has ${isolationLevels.join(", ")}`);
}

/** The limits of a call that begins now. */
export function limitsOf(options: CompleteOptions, timers: Timers): Limits {
  const { signal, timeoutMs, deadline } = options;
  return { signal, deadline: timeoutMs === Infinity ? deadline : Math.min(deadline, timers.now() + timeoutMs) };
}

/** How many rows each portion of a stream has: `yieldPer`, or few at first and five times as many with each. */
export function portionSizes({ yieldPer, maxRowBuffer }: CompleteOptions): () => number {
  if (yieldPer !== null) return () => yieldPer;
  let next = 1;
  return () => {
    next = Math.min(next * GROWTH, maxRowBuffer);
    return next;
  };
}

const GROWTH = 5;
