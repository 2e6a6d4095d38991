// Making a session as it was when it began, in one round trip: DISCARD ALL, but for the statements that this package
// prepared itself, which hold nothing of a borrower's. No more is undone than what was run can have left behind.

/**
 * What a borrower can have left behind, each level with those before it. `locks`: statements that this package compiled
 * ran in transactions that were rolled back, which undoes all but the session's locks and what it knows of sequences.
 * `settings`: such statements were kept, and what they call may have set, created or listened to something. `anything`:
 * text of the program's own ran, or the program had pg's client in hand.
 */
export const MARK = { nothing: 0, locks: 1, settings: 2, anything: 3 } as const;

export type Mark = (typeof MARK)[keyof typeof MARK];

const UNLOCK = "SELECT pg_advisory_unlock_all()";
/** The server makes a list of all prepared statements for it: the dearest of all, where many are. */
const UNLOCK_AND_FIND_PREPARED =
  "SELECT pg_advisory_unlock_all(), EXISTS (SELECT FROM pg_prepared_statement() WHERE from_sql)";

const SETTINGS = [
  "CLOSE ALL",
  "SET SESSION AUTHORIZATION DEFAULT",
  "RESET ALL",
  "UNLISTEN *",
  "DISCARD TEMP",
  "DISCARD SEQUENCES",
];

const STATEMENTS: Readonly<Record<Mark, readonly string[]>> = {
  [MARK.nothing]: [],
  [MARK.locks]: ["DISCARD SEQUENCES", UNLOCK],
  [MARK.settings]: [...SETTINGS, UNLOCK],
  [MARK.anything]: [...SETTINGS, UNLOCK_AND_FIND_PREPARED],
};

/**
 * The statements that undo what was left. After `anything`, the row that comes back says `t` in its second column where
 * PREPARE has left something.
 */
export function resetStatements(mark: Mark): readonly string[] {
  return STATEMENTS[mark];
}
