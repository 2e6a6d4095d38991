// What the driver throws, as this package's errors. Programs catch `UniqueViolationError`, whatever the database.
import {
  type AthanorError,
  DatabaseError,
  ProgrammingError,
  type StatementErrorDetails,
  UniqueViolationError,
} from "athanor";

export function translateError(cause: unknown, details: StatementErrorDetails): AthanorError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = cause instanceof Error && "code" in cause ? cause.code : null;
  const all = { ...details, cause };
  if (code === "SQLITE_CONSTRAINT_UNIQUE" || code === "SQLITE_CONSTRAINT_PRIMARYKEY") {
    return new UniqueViolationError(message, all);
  }
  return code === "SQLITE_ERROR" ? new ProgrammingError(message, all) : new DatabaseError(message, all);
}
