// The states of a connection's transaction, as a table.
import { InternalError } from "../errors/errors.js";

/**
 * `none`: no transaction. `begun`: logged as begun, but nothing sent yet, because nothing called for it. `open`: BEGIN
 * was sent. `failed`: the database takes nothing but a rollback, to a savepoint perhaps. `dead`: the work is lost, and
 * only a rollback of the whole helps. `closed`: the connection went back to the pool.
 */
export type TransactionState = "none" | "begun" | "open" | "failed" | "dead" | "closed";

/**
 * `taken` and `ended`: the program sent BEGIN, COMMIT or ROLLBACK as text. `recover`: a rollback to a savepoint.
 * `close` comes after `rollback`, and in its stead where that failed: the pool then drops the connection.
 */
export type TransactionEvent =
  "begin" | "open" | "taken" | "ended" | "commit" | "rollback" | "fail" | "recover" | "die" | "close";

export const TRANSACTION_TRANSITIONS: Readonly<
  Record<TransactionState, Readonly<Partial<Record<TransactionEvent, TransactionState>>>>
> = {
  none: { begin: "begun", close: "closed" },
  begun: { open: "open", taken: "open", commit: "none", rollback: "none" },
  open: { ended: "begun", commit: "none", rollback: "none", fail: "failed", die: "dead", close: "closed" },
  failed: { rollback: "none", recover: "open", die: "dead", close: "closed" },
  dead: { rollback: "none", close: "closed" },
  closed: {},
};

/** The state after `event`. Throws where the table has no such move; what users can get wrong is checked before. */
export function nextTransactionState(state: TransactionState, event: TransactionEvent): TransactionState {
  const next = TRANSACTION_TRANSITIONS[state][event];
  if (next === undefined) throw new InternalError(`a transaction cannot ${event} while it is ${state}`);
  return next;
}
