// How long a call may wait: until a moment, or until somebody aborts it. Every wait of the engine goes through here.
import type { Timers } from "../dialects/driver.js";

export interface Limits {
  readonly signal: AbortSignal | null;
  /** A moment of `Timers.now()`; Infinity where there is none. */
  readonly deadline: number;
}

/** Why a wait ended before what it waited for came. */
export type Expiry = "deadline" | "aborted";

export const NO_LIMITS: Limits = { signal: null, deadline: Infinity };

/** setTimeout fires at once beyond this. */
const LONGEST_TIMER = 0x7fffffff;

/** The limits, with a deadline of so many milliseconds from now at the latest. */
export function atMost(limits: Limits, milliseconds: number, timers: Timers): Limits {
  const deadline = milliseconds === Infinity ? Infinity : timers.now() + milliseconds;
  return deadline < limits.deadline ? { signal: limits.signal, deadline } : limits;
}

/** Whether the limits are passed already. */
export function expiryOf(limits: Limits, timers: Timers): Expiry | null {
  if (limits.signal?.aborted === true) return "aborted";
  return limits.deadline !== Infinity && timers.now() >= limits.deadline ? "deadline" : null;
}

/** Calls `expire` once when a limit is passed; the function returned ends the watch. */
export function watchLimits(limits: Limits, timers: Timers, expire: (expiry: Expiry) => void): () => void {
  const { signal, deadline } = limits;
  let timer: unknown = null;
  const end = (): void => {
    if (timer !== null) timers.clear(timer);
    timer = null;
    signal?.removeEventListener("abort", onAbort);
  };
  const onAbort = (): void => {
    end();
    expire("aborted");
  };
  const onTime = (): void => {
    timer = null;
    if (timers.now() < deadline) {
      startTimer();
      return;
    }
    end();
    expire("deadline");
  };
  const startTimer = (): void => {
    timer = timers.start(onTime, Math.min(Math.max(deadline - timers.now(), 0), LONGEST_TIMER));
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  if (deadline !== Infinity) startTimer();
  return end;
}

/**
 * What `work` gives, or a rejection with what `expire` makes when a limit is passed first; how `work` ends then is
 * nobody's business any more.
 */
export function settleWithin<T>(
  work: Promise<T>,
  limits: Limits,
  timers: Timers,
  expire: (expiry: Expiry) => unknown,
): Promise<T> {
  if (limits.signal === null && limits.deadline === Infinity) return work;
  return new Promise<T>((resolve, reject) => {
    const end = watchLimits(limits, timers, (expiry) => {
      // oxlint-disable-next-line prefer-promise-reject-errors -- `expire` makes errors.
      reject(expire(expiry));
    });
    work.then(
      (value) => {
        end();
        resolve(value);
      },
      (error: unknown) => {
        end();
        reject(error);
      },
    );
  });
}
