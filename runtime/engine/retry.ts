// Running a transaction again after errors that another run may not meet: which errors, how often, how long between.
import type { Timers } from "../dialects/driver.js";
import { AthanorError, type RetryAdvice } from "../errors/errors.js";
import { expiredError } from "../pool/expired-error.js";
import { expiryOf, type Limits, watchLimits } from "../pool/limits.js";
import { duration, wholeNumber } from "../pool/pool-options.js";

export interface RetryOptions {
  /** Runs beside the first; 5. */
  readonly retries?: number;
  /** Milliseconds after which no further run begins; 30 000. */
  readonly maxTotalMs?: number;
  /** The longest pause before the first further run, which doubles with each; 50. */
  readonly baseDelayMs?: number;
  /** The longest pause of all; 2 000. */
  readonly maxDelayMs?: number;
  /** True where the block may be carried out twice: then it is run again after a lost connection, too. */
  readonly idempotent?: boolean;
  /** Numbers between 0 and 1, for tests. */
  readonly random?: () => number;
}

export const RETRY_OPTION_NAMES: readonly (keyof RetryOptions)[] = [
  "retries",
  "maxTotalMs",
  "baseDelayMs",
  "maxDelayMs",
  "idempotent",
  "random",
];

/** What the helper has to know of one run. */
export interface Run {
  /** True once a statement of the block was sent. */
  statementsSent: boolean;
}

/** Whether an error of this advice is worth another run. */
const WORTH_ANOTHER: Readonly<Record<RetryAdvice, (statementsSent: boolean, idempotent: boolean) => boolean>> = {
  never: () => false,
  transaction: () => true,
  connect: () => true,
  idempotent: (statementsSent, idempotent) => idempotent || !statementsSent,
};

/** How deep an error of the program's own may hide ours as its cause. */
const CAUSE_DEPTH = 8;

/** True where the transaction is worth another run. */
export function mayRunAgain(error: unknown, statementsSent: boolean, idempotent: boolean): boolean {
  let cause = error;
  for (let depth = 0; depth < CAUSE_DEPTH && cause instanceof Error; depth++) {
    if (cause instanceof AthanorError) return WORTH_ANOTHER[cause.retryable](statementsSent, idempotent);
    cause = cause.cause;
  }
  return false;
}

/**
 * Runs `attempt` until it succeeds or is not worth another run; it writes into `run` what it did. The last error is
 * thrown as it is; its `attempt` and `earlierErrors` say how it came to that.
 */
export async function runAgain<T>(
  attempt: (run: Run) => Promise<T>,
  options: RetryOptions,
  limits: Limits,
  timers: Timers,
): Promise<T> {
  const retries = wholeNumber("retries", options.retries ?? 5, 0);
  const end = timers.now() + duration("maxTotalMs", options.maxTotalMs ?? 30_000);
  const base = duration("baseDelayMs", options.baseDelayMs ?? 50);
  const longest = duration("maxDelayMs", options.maxDelayMs ?? 2000);
  const random = options.random ?? Math.random;
  const earlierErrors: unknown[] = [];
  for (let tries = 1; ; tries++) {
    const run: Run = { statementsSent: false };
    try {
      return await attempt(run);
    } catch (error) {
      // Full jitter: whoever collided does not meet again.
      const pause = random() * Math.min(longest, base * 2 ** (tries - 1));
      const isLast = tries > retries || timers.now() + pause > end;
      if (isLast || !mayRunAgain(error, run.statementsSent, options.idempotent ?? false)) {
        throw withHistory(error, tries, earlierErrors);
      }
      earlierErrors.push(error);
      await sleep(pause, limits, timers);
    }
  }
}

/** Writes into the error which run it ended, and what ended those before it. */
function withHistory(error: unknown, attempt: number, earlierErrors: readonly unknown[]): unknown {
  if (error instanceof AthanorError) Object.assign(error, { attempt, earlierErrors });
  return error;
}

function sleep(milliseconds: number, limits: Limits, timers: Timers): Promise<void> {
  const passed = expiryOf(limits, timers);
  const during = "between two runs of a transaction";
  if (passed !== null) return Promise.reject(expiredError(passed, limits, during, "not sent"));
  return new Promise((resolve, reject) => {
    const timer = timers.start(() => {
      end();
      resolve();
    }, milliseconds);
    const end = watchLimits(limits, timers, (expiry) => {
      timers.clear(timer);
      reject(expiredError(expiry, limits, during, "not sent"));
    });
  });
}
