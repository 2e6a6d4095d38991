// PostgreSQL's errors as this package's: which class an SQLSTATE belongs to, what to do about it, and what of the
// server's words may be shown.
import {
  AthanorError,
  CannotOpenDatabaseError,
  CheckViolationError,
  CommitOutcomeUnknownError,
  DatabaseError,
  DataError,
  DeadlockError,
  DisconnectError,
  ForeignKeyViolationError,
  IntegrityError,
  LockTimeoutError,
  NotNullViolationError,
  OperationalError,
  ProgrammingError,
  QueryCancelledError,
  ReadOnlyDatabaseError,
  SerializationError,
  type StatementErrorDetails,
  StatementTimeoutError,
  TooManyConnectionsError,
  TransactionAbortedError,
  UniqueViolationError,
} from "../../errors/errors.js";
import type { DatabaseUrl } from "../url.js";

interface Translation {
  readonly type: new (message: string, details?: StatementErrorDetails) => DatabaseError;
  readonly help?: string;
}

const DISCONNECT: Translation = { type: DisconnectError };
const CANNOT_OPEN: Translation = { type: CannotOpenDatabaseError };
const MISSING_TABLE =
  "Create it first, for instance with metadata.createAll(engine), or see that search_path is right.";

/** By SQLSTATE first, then by its class, the first two characters. */
const TRANSLATIONS: ReadonlyMap<string, Translation> = new Map<string, Translation>([
  ["23", { type: IntegrityError }],
  ["23502", { type: NotNullViolationError }],
  ["23503", { type: ForeignKeyViolationError }],
  ["23505", { type: UniqueViolationError }],
  ["23514", { type: CheckViolationError }],
  ["40", { type: SerializationError }],
  ["40003", { type: CommitOutcomeUnknownError }],
  ["40P01", { type: DeadlockError }],
  ["55P03", { type: LockTimeoutError }],
  ["57014", { type: QueryCancelledError }],
  ["08", DISCONNECT],
  ["57P01", DISCONNECT],
  ["57P02", DISCONNECT],
  ["57P03", DISCONNECT],
  ["57P05", DISCONNECT],
  ["25P03", { type: DisconnectError, help: "idle_in_transaction_session_timeout ended the session." }],
  ["53300", { type: TooManyConnectionsError, help: "Lower the pool's size, or raise the server's max_connections." }],
  ["53", { type: OperationalError }],
  ["54", { type: OperationalError }],
  ["55", { type: OperationalError }],
  ["57", { type: OperationalError }],
  ["58", { type: OperationalError }],
  ["25006", { type: ReadOnlyDatabaseError, help: "The transaction or the server is read-only." }],
  [
    "25P02",
    { type: TransactionAbortedError, help: "Roll back first: an earlier statement of this transaction failed." },
  ],
  ["25", { type: ProgrammingError }],
  ["28", CANNOT_OPEN],
  ["3D000", CANNOT_OPEN],
  ["22", { type: DataError }],
  ["21", { type: ProgrammingError }],
  ["42P01", { type: ProgrammingError, help: MISSING_TABLE }],
  ["42", { type: ProgrammingError }],
  ["0A", { type: ProgrammingError }],
  ["3F", { type: ProgrammingError }],
  ["26", { type: ProgrammingError }],
  ["34", { type: ProgrammingError }],
]);

/** Codes of sockets that broke. */
const SOCKET_CODES: ReadonlySet<string> = new Set([
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ECONNABORTED",
  "ENETRESET",
  "ENOTCONN",
  "ERR_STREAM_DESTROYED",
  "ERR_STREAM_WRITE_AFTER_END",
]);
/** pg's own words for a connection that is gone; these errors have no code. */
const GONE = /^Connection terminated|is not queryable$|^timeout expired$/;

const SQLSTATE = /^[0-9A-Z]{5}$/;

/** What the server's error message consists of, as pg gives it. */
interface ServerError extends Error {
  readonly code: string;
  readonly severity?: string | undefined;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
  readonly position?: string | undefined;
  readonly schema?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  readonly dataType?: string | undefined;
  readonly constraint?: string | undefined;
  readonly routine?: string | undefined;
}

/**
 * Turns what pg threw into one of this package's errors; it becomes the `cause`. Where values must not show, the
 * server's detail is left out and the cause is a copy without it.
 */
export function translatePostgresqlError(cause: unknown, details: StatementErrorDetails): AthanorError {
  if (cause instanceof AthanorError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (!isServerError(cause)) {
    const ErrorType = isConnectionLoss(cause) ? DisconnectError : DatabaseError;
    return new ErrorType(`(pg) ${message}`, { ...details, cause });
  }
  const { type: ErrorType, help } = translationOf(cause);
  const shown = details.showValues === true ? cause : withoutValues(cause);
  const detail = shown.detail === undefined ? "" : `\nDETAIL: ${shown.detail}`;
  const hint = cause.hint === undefined ? "" : `\nHINT: ${cause.hint}`;
  return new ErrorType(`(pg.DatabaseError ${cause.code}) ${shown.message}${detail}${hint}`, {
    ...details,
    cause: shown,
    help: details.help ?? help,
  });
}

/** The error of a connection that could not be opened; the URL is named without its password. */
export function openError(url: DatabaseUrl, cause: unknown): AthanorError {
  if (cause instanceof AthanorError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const where = `cannot connect to ${String(url)}`;
  if (isServerError(cause)) {
    const { type, help } = translationOf(cause);
    const ErrorType = type === TooManyConnectionsError || type === DisconnectError ? type : CannotOpenDatabaseError;
    const text = `(pg.DatabaseError ${cause.code}) ${where}: ${message}`;
    return new ErrorType(text, { cause, help: help ?? helpForOpening(cause.code) });
  }
  // An AggregateError, as of a host with several addresses, has its words in its parts.
  const parts = cause instanceof AggregateError ? cause.errors.map((each) => describePart(each)).join("; ") : message;
  return new CannotOpenDatabaseError(`(pg) ${where}: ${parts}`, {
    cause,
    help: "See that the server runs, that host and port are right, and that sslmode is what the server offers.",
  });
}

function describePart(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function helpForOpening(code: string): string | undefined {
  if (code === "3D000") return "Create the database first.";
  if (code.startsWith("28")) return "See that user name and password are right and that pg_hba.conf lets them in.";
  return undefined;
}

/** True where the connection can never be used again after this error. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  if (isServerError(error)) {
    return error.severity === "FATAL" || error.severity === "PANIC" || translationOf(error).type === DisconnectError;
  }
  const code: unknown = "code" in error ? error.code : null;
  return GONE.test(error.message) || (typeof code === "string" && SOCKET_CODES.has(code));
}

/** True where the server does not know a prepared statement's name any more, or its plan no longer fits its tables. */
export function isStale(error: unknown): boolean {
  if (!isServerError(error)) return false;
  if (error.code !== "0A000") return error.code === "26000";
  // The routine is the same in every language of messages.
  return "routine" in error && error.routine === "RevalidateCachedQuery";
}

function isServerError(cause: unknown): cause is ServerError {
  if (!(cause instanceof Error) || !("code" in cause) || typeof cause.code !== "string") return false;
  return SQLSTATE.test(cause.code) && "severity" in cause;
}

function translationOf({ code, message }: ServerError): Translation {
  // One code for two causes, told apart by words alone.
  if (code === "57014" && message.includes("statement timeout")) {
    return { type: StatementTimeoutError, help: "statement_timeout says for how long a statement may run." };
  }
  return TRANSLATIONS.get(code) ?? TRANSLATIONS.get(code.slice(0, 2)) ?? { type: DatabaseError };
}

/** What a message of class 22 quotes is a value: `invalid input syntax for type integer: "…"`. */
const QUOTED_VALUE = /: ".*"/s;

/** The error without what may hold a row's or a parameter's values. */
function withoutValues(error: ServerError): ServerError {
  const message = error.code.startsWith("22") ? error.message.replace(QUOTED_VALUE, ': "…"') : error.message;
  const { code, severity, hint, position, schema, table, column, dataType, constraint, routine } = error;
  const known = { code, severity, hint, position, schema, table, column, dataType, constraint, routine };
  const copy: Error = Object.create(Object.getPrototypeOf(error) as object); // a prototype of an Error is an object
  const stack = `${error.name}: ${message}`;
  for (const [key, value] of Object.entries({ message, stack })) {
    Object.defineProperty(copy, key, { value, enumerable: false, writable: true, configurable: true });
  }
  return Object.assign(copy, known);
}
