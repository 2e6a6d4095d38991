// Where the server's transaction stands, from what its answers say and, after an error, from which error it was.
import type { Mysql2Result } from "./mysql2-package.js";

export type TransactionStatus = "none" | "open" | "failed" | "unknown";

/** The protocol's SERVER_STATUS_IN_TRANS. */
const IN_TRANSACTION = 1;

/** What the answer says; undefined for rows, whose end mysql2 keeps to itself, and which change nothing. */
export function statusOf(result: Mysql2Result): TransactionStatus | undefined {
  if (!Array.isArray(result)) return "serverStatus" in result ? fromFlags(result.serverStatus) : undefined;
  const last: unknown = result.at(-1);
  // Of several results, as of CALL, the last one is no row.
  if (typeof last !== "object" || last === null || !("serverStatus" in last)) return undefined;
  return fromFlags(Number(last.serverStatus));
}

function fromFlags(flags: number): TransactionStatus {
  return (flags & IN_TRANSACTION) === 0 ? "none" : "open";
}

/** A deadlock has rolled the whole transaction back, and the server goes on as if there had been none. */
const ROLLED_BACK = 1213;
/** After a lock's timeout or a row that another one changed, half of the transaction may be lost. */
const HALF_DONE: ReadonlySet<number> = new Set([1020, 1205]);

/** Statements whose failure leaves the transaction as it was; others may have committed it before they failed. */
const CHANGES_NOTHING =
  /^\s*(?:\(|delete|do|insert|release|replace|savepoint|select|set|show|table|update|values|with)\b/i;

/** The status after a statement failed with this number; null where the server gave none. */
export function afterError(before: TransactionStatus, sql: string, number: number | null): TransactionStatus {
  if (number === ROLLED_BACK) return "none";
  if (before === "none") return "none";
  if (number !== null && HALF_DONE.has(number)) return "failed";
  if (before === "failed") return "failed";
  return number !== null && CHANGES_NOTHING.test(sql) ? before : "unknown";
}
