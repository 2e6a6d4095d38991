// What every step of a flush needs to know.
import type { SqlDialect } from "../../sql/compile/sql-dialect.js";
import type { ChangeSet } from "./change-set.js";
import type { FlushRecord } from "./flush-record.js";

/** A flush at work. */
export interface FlushWork {
  readonly changes: ChangeSet;
  readonly dialect: SqlDialect;
  /** Learns what has to be undone should the transaction be rolled back. */
  readonly record: FlushRecord;
}
