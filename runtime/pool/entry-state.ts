// The states of a pooled connection, as a table: what may happen to it when. The synchronous pool knows only some.
import { InternalError } from "../errors/errors.js";

/**
 * `connecting`: being opened. `idle`: waits in the pool. `checking`: being asked whether it still lives. `leased`: a
 * borrower has it. `resetting`: back, being cleaned, while a driver that can lets the next borrower have it already.
 * `detached`: its borrower's own, no more of the pool's business. `closed`: out of the pool for good.
 */
export type EntryState = "connecting" | "idle" | "checking" | "leased" | "resetting" | "detached" | "closed";

/** `share`: a further lease of a connection that is out; `unshare`: one of several leases ends. */
export type EntryEvent =
  "open" | "lease" | "check" | "pass" | "share" | "unshare" | "reset" | "release" | "detach" | "close";

export const ENTRY_TRANSITIONS: Readonly<Record<EntryState, Readonly<Partial<Record<EntryEvent, EntryState>>>>> = {
  connecting: { open: "idle", close: "closed" },
  idle: { lease: "leased", check: "checking", close: "closed" },
  checking: { pass: "idle", close: "closed" },
  leased: {
    share: "leased",
    unshare: "leased",
    reset: "resetting",
    release: "idle",
    detach: "detached",
    close: "closed",
  },
  resetting: { release: "idle", lease: "leased", close: "closed" },
  detached: { close: "closed" },
  closed: {},
};

/** The state after `event`. Throws where the table has no such move: a bug in the pool. */
export function nextEntryState(state: EntryState, event: EntryEvent): EntryState {
  const next = ENTRY_TRANSITIONS[state][event];
  if (next === undefined) throw new InternalError(`a pooled connection cannot ${event} while it is ${state}`);
  return next;
}
