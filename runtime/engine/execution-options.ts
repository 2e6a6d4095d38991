// What can be said about how statements are executed: by an engine, a connection or one call, each over the one before.
import { ISOLATION_LEVELS, type IsolationLevel } from "../dialects/transaction-dialect.js";
import type { Dialect } from "../dialects/dialect.js";
import { ArgumentError } from "../errors/errors.js";
import type { Timers } from "../dialects/driver.js";
import type { Limits } from "../pool/limits.js";

/** What a transaction is. */
export interface TransactionOptions {
  /** Null for what the database is set to. `AUTOCOMMIT`: each statement is kept at once. */
  readonly isolationLevel?: IsolationLevel | null;
  readonly readOnly?: boolean;
}

export const TRANSACTION_OPTION_NAMES: readonly (keyof TransactionOptions)[] = ["isolationLevel", "readOnly"];

/** How long a call may take. */
export interface CallOptions {
  /** Aborting it makes the call reject; the database is asked to give up, and the connection is closed. */
  readonly signal?: AbortSignal | null;
  /** Milliseconds for one statement; Infinity for no end. */
  readonly timeoutMs?: number;
  /** A moment of `performance.now()`; nothing is waited for beyond it. */
  readonly deadline?: number;
}

/** What one execution may be told. */
export interface ExecutionOptions extends CallOptions {
  /** Rows that `stream()` reads at a time; 1000. */
  readonly yieldPer?: number;
  /** Rows that one statement of an `insert().returning()` with many sets of parameters writes at most; 1000. */
  readonly insertManyPageSize?: number;
}

/** Options of a connection: those of its transactions and of its executions. */
export interface ConnectionOptions extends TransactionOptions, ExecutionOptions {}

/** The options with nothing left out. */
export type CompleteOptions = {
  readonly [Key in keyof ConnectionOptions]-?: Exclude<ConnectionOptions[Key], undefined>;
};

/** A statement that runs for longer than this has most likely lost its server. */
const FIVE_MINUTES = 300_000;

export const DEFAULT_OPTIONS: CompleteOptions = {
  isolationLevel: null,
  readOnly: false,
  signal: null,
  timeoutMs: FIVE_MINUTES,
  deadline: Infinity,
  yieldPer: 1000,
  insertManyPageSize: 1000,
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
  yieldPer: { is: isCount, what: "a whole number, 1 or more" },
  insertManyPageSize: { is: isCount, what: "a whole number, 1 or more" },
};

export const CONNECTION_OPTION_NAMES: readonly string[] = Object.keys(CHECKS);

function isLevel(value: unknown): boolean {
  return value === null || ISOLATION_LEVELS.some((level) => level === value);
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
