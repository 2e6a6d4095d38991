// The states of a session and its transaction, as a table.
import { InternalError } from "../errors/errors.js";

/**
 * `idle`: no transaction. `active`: one has begun. `failed`: a flush failed, its work is rolled back, and the session
 * waits for `rollback()`. It recovers when only a savepoint was rolled back for it. `closed`: closed for good.
 */
export type SessionState = "idle" | "active" | "failed" | "closed";

export type SessionEvent = "begin" | "fail" | "recover" | "commit" | "rollback" | "close";

export const sessionMoves: Readonly<Record<SessionState, Readonly<Partial<Record<SessionEvent, SessionState>>>>> = {
  idle: { begin: "active", close: "closed" },
  active: { fail: "failed", commit: "idle", rollback: "idle" },
  failed: { rollback: "idle", recover: "active" },
  closed: {},
};

/** The state after `event`; the caller has checked what users can get wrong. */
export function nextSessionState(state: SessionState, event: SessionEvent): SessionState {
  const next = sessionMoves[state][event];
  if (next === undefined) throw new InternalError(`A session's transaction cannot ${event} while it is ${state}`);
  return next;
}
