// The error of a call whose own limits were passed.
import { CancelledError, DeadlineExceededError, type Outcome, type StatementErrorDetails } from "../errors/errors.js";
import type { Expiry, Limits } from "./limits.js";

/** `during` completes the sentence "… was over / was aborted while …". */
export function expiredError(
  expiry: Expiry,
  limits: Limits,
  during: string,
  outcome: Outcome,
  details: StatementErrorDetails = {},
): DeadlineExceededError | CancelledError {
  const help =
    outcome === "unknown"
      ? "The database was asked to give up and the connection is closed; what ran may have been carried out."
      : undefined;
  if (expiry === "deadline") {
    return new DeadlineExceededError(`the call's time was over ${during}`, outcome, { help, ...details });
  }
  const reason: unknown = limits.signal?.reason;
  return new CancelledError(`the call was aborted ${during}`, outcome, { help, ...details, cause: reason });
}
