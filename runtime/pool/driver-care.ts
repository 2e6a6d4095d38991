// What the pool does with a driver's connection beside lending it: each step has an end, whatever the server does.
import type { AsyncDriverConnection, Timers } from "../dialects/driver.js";
import { DisconnectError } from "../errors/errors.js";
import { atMost, NO_LIMITS, settleWithin } from "./limits.js";

/** Milliseconds for a question, a cleaning, a goodbye or a cancel request; a live server needs a few. */
const CARE_TIMEOUT = 5000;

/** True where the connection answers. */
export async function pingDriver(driver: AsyncDriverConnection, timers: Timers): Promise<boolean> {
  if (driver.broken) return false;
  return succeeds(driver.ping(), timers);
}

/** True where nothing of the borrower is left. Without `full`, only an open transaction is undone. */
export async function resetDriver(driver: AsyncDriverConnection, full: boolean, timers: Timers): Promise<boolean> {
  if (driver.broken) return false;
  if (!full && driver.transaction === "none") return true;
  return (await succeeds(driver.reset(), timers)) && !driver.broken;
}

/** Says goodbye; cuts the connection where that takes too long. */
export async function closeDriver(driver: AsyncDriverConnection, timers: Timers): Promise<void> {
  if (driver.broken || !(await succeeds(driver.close(), timers))) driver.destroy();
}

/** Asks the server to give up the running statement, then cuts the connection. */
export async function abandonDriver(driver: AsyncDriverConnection, timers: Timers): Promise<void> {
  if (!driver.broken) await succeeds(driver.cancel(), timers);
  driver.destroy();
}

async function succeeds(work: Promise<void>, timers: Timers): Promise<boolean> {
  try {
    await settleWithin(work, atMost(NO_LIMITS, CARE_TIMEOUT, timers), timers, () => new DisconnectError("no answer"));
    return true;
  } catch {
    return false;
  }
}
