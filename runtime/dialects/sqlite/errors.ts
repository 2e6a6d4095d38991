// better-sqlite3's errors as this package's: which class a SQLite result code belongs to, and what to do about it.
import {
  AthanorError,
  CannotOpenDatabaseError,
  CheckViolationError,
  DatabaseError,
  DatabaseLockedError,
  DataError,
  ForeignKeyViolationError,
  IntegrityError,
  InvalidRequestError,
  InvalidValueError,
  NotNullViolationError,
  OperationalError,
  ProgrammingError,
  ReadOnlyDatabaseError,
  ResourceClosedError,
  type StatementErrorDetails,
  UniqueViolationError,
} from "../../errors/errors.js";

interface Translation {
  readonly type: new (message: string, details?: StatementErrorDetails) => DatabaseError;
  readonly help?: string;
}

const LOCKED: Translation = {
  type: DatabaseLockedError,
  help:
    "Another connection holds the database's lock: let it commit or roll back, then run the transaction again; " +
    "connectArgs.timeout says for how many milliseconds to wait.",
};
const READ_ONLY: Translation = {
  type: ReadOnlyDatabaseError,
  help: "Open it without `readonly`, and see that this process may write to the file and its folder.",
};
const CORRUPT: Translation = {
  type: OperationalError,
  help: "The file is damaged: copy it, then run `PRAGMA integrity_check` and recover from a backup.",
};

const UNIQUE: Translation = {
  type: UniqueViolationError,
  help: "Another row holds these values: change that row, choose other values, or insert with onConflictDoUpdate().",
};
const FOREIGN_KEY: Translation = {
  type: ForeignKeyViolationError,
  help: "Insert the row referred to first, and delete or change the rows that refer to one before that one.",
};
const NOT_NULL: Translation = {
  type: NotNullViolationError,
  help: "Give the column a value; one that may be empty is declared nullable.",
};
const CHECK: Translation = {
  type: CheckViolationError,
  help: "A value breaks the rule of that name in the table's definition: correct the value.",
};

/** By extended result code first, then by primary code. */
const TRANSLATIONS: ReadonlyMap<string, Translation> = new Map<string, Translation>([
  ["SQLITE_CONSTRAINT_UNIQUE", UNIQUE],
  ["SQLITE_CONSTRAINT_PRIMARYKEY", UNIQUE],
  ["SQLITE_CONSTRAINT_ROWID", UNIQUE],
  ["SQLITE_CONSTRAINT_FOREIGNKEY", FOREIGN_KEY],
  ["SQLITE_CONSTRAINT_NOTNULL", NOT_NULL],
  ["SQLITE_CONSTRAINT_CHECK", CHECK],
  ["SQLITE_CONSTRAINT_DATATYPE", { type: DataError }],
  ["SQLITE_CONSTRAINT", { type: IntegrityError }],
  ["SQLITE_BUSY_SNAPSHOT", { type: DatabaseLockedError, help: "Another connection wrote: run the transaction again." }],
  ["SQLITE_BUSY", LOCKED],
  ["SQLITE_LOCKED", LOCKED],
  ["SQLITE_READONLY", READ_ONLY],
  ["SQLITE_CANTOPEN", { type: CannotOpenDatabaseError }],
  ["SQLITE_NOTADB", { type: CannotOpenDatabaseError, help: "The file is not a SQLite database, or it is encrypted." }],
  ["SQLITE_FULL", { type: OperationalError, help: "The disk is full: make room, then run the transaction again." }],
  ["SQLITE_IOERR", { type: OperationalError, help: "The operating system could not read or write the file." }],
  ["SQLITE_CORRUPT", CORRUPT],
  ["SQLITE_NOMEM", { type: OperationalError }],
  ["SQLITE_INTERRUPT", { type: OperationalError }],
  ["SQLITE_PROTOCOL", LOCKED],
  ["SQLITE_MISMATCH", { type: DataError }],
  ["SQLITE_TOOBIG", { type: DataError }],
  ["SQLITE_ERROR", { type: ProgrammingError }],
  ["SQLITE_RANGE", { type: ProgrammingError }],
  ["SQLITE_AUTH", { type: ProgrammingError }],
]);

/**
 * Turns what the driver threw into one of this package's errors. `details` says which statement ran;
 * the driver's error becomes the `cause`.
 */
export function translateSqliteError(cause: unknown, details: StatementErrorDetails): AthanorError {
  if (cause instanceof AthanorError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = codeOf(cause);
  if (code === null) return misuse(message, { ...details, cause });
  const { type: ErrorType, help } = translationOf(code);
  return new ErrorType(`(better-sqlite3.SqliteError ${code}) ${message}`, {
    ...details,
    cause,
    help: details.help ?? help ?? helpFor(message),
  });
}

/** The error of a connection that could not be opened: it names the path. */
export function openError(path: string, cause: unknown): AthanorError {
  const code = codeOf(cause);
  const message = cause instanceof Error ? cause.message : String(cause);
  if (code !== null && translationOf(code).type !== CannotOpenDatabaseError) {
    return translateSqliteError(cause, {});
  }
  const known = code === null ? undefined : translationOf(code).help;
  const where = code === null ? "" : `(better-sqlite3.SqliteError ${code}) `;
  return new CannotOpenDatabaseError(`${where}cannot open the database "${path}": ${message}`, {
    cause,
    help:
      known ??
      "See that the folder exists, that the path names a file, and that this process may read and write it; " +
        "a relative path starts at the working directory.",
  });
}

function codeOf(cause: unknown): string | null {
  if (!(cause instanceof Error) || !("code" in cause) || typeof cause.code !== "string") return null;
  return cause.code.startsWith("SQLITE_") ? cause.code : null;
}

function translationOf(code: string): Translation {
  const exact = TRANSLATIONS.get(code);
  if (exact !== undefined) return exact;
  const primary = code.split("_", 2).join("_");
  return TRANSLATIONS.get(primary) ?? { type: DatabaseError };
}

function helpFor(message: string): string | undefined {
  if (message.startsWith("no such table")) return "Create it first, for instance with metadata.createAll(engine).";
  if (message === "too many SQL variables") return "Send the values in several statements.";
  return undefined;
}

/** What better-sqlite3 itself refuses, before SQLite sees it; its errors carry no code. */
function misuse(message: string, details: StatementErrorDetails): AthanorError {
  if (message.includes("can only bind") || message.includes("bigint is too big")) {
    return new InvalidValueError(`SQLite cannot store a parameter of this statement: ${message}`, details);
  }
  if (message.includes("parameter value")) return new ProgrammingError(`(better-sqlite3) ${message}`, details);
  if (message.includes("more than one statement")) {
    return new ProgrammingError(`(better-sqlite3) ${message}`, { ...details, help: "Execute them one at a time." });
  }
  if (message.includes("no statements")) return new ProgrammingError(`(better-sqlite3) ${message}`, details);
  if (message.includes("connection is busy")) {
    const help = "Read the open result to its end first.";
    return new InvalidRequestError(`a result of this connection is still being read. ${help}`, {
      cause: details.cause,
    });
  }
  if (message.includes("connection is not open")) {
    return new ResourceClosedError("the database connection is closed", { cause: details.cause });
  }
  return new DatabaseError(`(better-sqlite3) ${message}`, details);
}
