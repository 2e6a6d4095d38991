// The contract of retries, row by row: what each server calls an error, and whether a transaction that meets it is run
// again by itself.
import type { DatabaseKind } from "../databases/databases.js";
import type { ServerFailure } from "./dialogue.js";

export interface RetryRow extends ServerFailure {
  readonly name: string;
  readonly again: boolean;
}

/** Errors that a server gives to a statement. */
export const SERVER_ROWS: Readonly<Record<Exclude<DatabaseKind, "sqlite">, readonly RetryRow[]>> = {
  postgresql: [
    { name: "a serialization failure", state: "40001", again: true },
    { name: "a deadlock", state: "40P01", again: true },
    { name: "a lock that is not free", state: "55P03", again: true },
    { name: "a statement given up on request", state: "57014", again: false },
    { name: "a completion that nobody knows", state: "40003", again: false },
    { name: "a resolution that nobody knows", state: "08007", again: false },
    { name: "a violated constraint", state: "23505", again: false },
    { name: "a full disk", state: "53100", again: false },
    { name: "a value that does not fit", state: "22003", again: false },
  ],
  mysql: [
    { name: "a deadlock", state: "40001", number: 1213, again: true },
    { name: "a row that changed under a snapshot", state: "HY000", number: 1020, again: true },
    { name: "a wait for a lock that took too long", state: "HY000", number: 1205, again: true },
    { name: "a statement given up on request", state: "70100", number: 1317, again: false },
    { name: "a statement over its time", state: "70100", number: 1969, again: false },
    { name: "a completion that nobody knows", state: "40003", number: 1644, again: false },
    { name: "a violated constraint", state: "23000", number: 1062, again: false },
    { name: "a full disk", state: "HY000", number: 1021, again: false },
    { name: "a value that does not fit", state: "22003", number: 1264, again: false },
  ],
};

/** Result codes of the embedded database. */
export const EMBEDDED_ROWS: readonly { readonly code: string; readonly again: boolean }[] = [
  { code: "SQLITE_BUSY", again: true },
  { code: "SQLITE_BUSY_SNAPSHOT", again: true },
  { code: "SQLITE_BUSY_RECOVERY", again: true },
  { code: "SQLITE_LOCKED", again: true },
  { code: "SQLITE_LOCKED_SHAREDCACHE", again: true },
  { code: "SQLITE_FULL", again: false },
  { code: "SQLITE_IOERR_WRITE", again: false },
  { code: "SQLITE_IOERR_FSYNC", again: false },
  { code: "SQLITE_CORRUPT", again: false },
  { code: "SQLITE_READONLY", again: false },
  { code: "SQLITE_CONSTRAINT_UNIQUE", again: false },
];
