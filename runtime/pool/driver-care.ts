// What the pool does with a driver's connection beside lending it: each step has an end, whatever the server does.
import type { AsyncDriverConnection, Timers } from "../dialects/driver.js";
import { DisconnectError } from "../errors/errors.js";
import { atMost, NO_LIMITS, settleWithin } from "./limits.js";

/** Milliseconds for a question, a cleaning, a goodbye or a cancel request; a live server needs a few. */
const CARE_TIMEOUT = 5000;

/** True where the connection answers. */
export async function pingDriver(driver: AsyncDriverConnection, timers: Timers): Promise<boolean> {
  return !driver.broken && (await failureOf(driver.ping(), timers)) === null;
}

/**
 * Begins to undo what the borrower left; without `full`, only an open transaction. Null where there is nothing to do,
 * else what settles with null when it is done, or with why it failed.
 */
export function resetDriver(
  driver: AsyncDriverConnection,
  full: boolean,
  timers: Timers,
): Promise<Error | null> | null {
  if (driver.broken) return Promise.resolve(new DisconnectError("the connection broke"));
  if (!full && driver.transaction === "none") return null;
  return failureOf(driver.reset(), timers);
}

/** Says goodbye; cuts the connection where that takes too long. */
export async function closeDriver(driver: AsyncDriverConnection, timers: Timers): Promise<void> {
  if (driver.broken || (await failureOf(driver.close(), timers)) !== null) driver.destroy();
}

/** Asks the server to give up the running statement, then cuts the connection. */
export async function abandonDriver(driver: AsyncDriverConnection, timers: Timers): Promise<void> {
  if (!driver.broken) await failureOf(driver.cancel(), timers);
  driver.destroy();
}

async function failureOf(work: Promise<void>, timers: Timers): Promise<Error | null> {
  const outcome = work.then(nothing, asError);
  try {
    const end = atMost(NO_LIMITS, CARE_TIMEOUT, timers);
    return await settleWithin(outcome, end, timers, () => new DisconnectError("no answer"));
  } catch (late) {
    // Where this process was busy for so long, the answer has come and waits to be read: it is given one turn.
    await new Promise((resolve) => setImmediate(resolve));
    return Promise.race([outcome, Promise.resolve(asError(late))]);
  }
}

function nothing(): null {
  return null;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new DisconnectError(String(error));
}
