// MySQL's and MariaDB's errors as this package's: which class an error number belongs to, what to do about it, and what
// of the server's words may be shown.
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
  UniqueViolationError,
} from "../../errors/errors.js";
import type { DatabaseUrl } from "../url.js";

interface Translation {
  readonly type: new (message: string, details?: StatementErrorDetails) => DatabaseError;
  readonly help?: string;
}

/** The number of a statement that was given up because somebody asked for that. */
export const INTERRUPTED = 1317;

/** By error number, several of which mean the same. */
const BY_NUMBER: readonly (readonly [numbers: readonly number[], translation: Translation])[] = [
  [[1022, 1062, 1169, 1557, 1586, 1859], { type: UniqueViolationError }],
  [[1216, 1217, 1451, 1452, 1761, 1762], { type: ForeignKeyViolationError }],
  // A column without a default that an INSERT leaves out is told apart from NULL by these servers alone.
  [[1048, 1263, 1364], { type: NotNullViolationError }],
  [[3819, 4025], { type: CheckViolationError }],
  [[1213, 1614], { type: DeadlockError }],
  [[1205, 3572], { type: LockTimeoutError, help: "Another transaction holds the lock: run this one again." }],
  [[1020], { type: SerializationError, help: "Another transaction changed the row: run this one again." }],
  [[1969, 3024], { type: StatementTimeoutError, help: "The server limits how long a statement may run." }],
  [[INTERRUPTED], { type: QueryCancelledError }],
  [[1040, 1203, 1226], { type: TooManyConnectionsError, help: "Lower the pool's size, or raise the server's limit." }],
  [[1053, 1079, 1080, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 3169, 4031], { type: DisconnectError }],
  [[2002, 2003, 2006, 2013, 2014, 2045, 2055], { type: DisconnectError }],
  [[1290, 1792, 1836, 3707], { type: ReadOnlyDatabaseError, help: "The transaction or the server is read-only." }],
  [[1264, 1265, 1292, 1365, 1366, 1367, 1406, 1411, 1416, 1426, 1441, 1690], { type: DataError }],
  [[3140, 3141, 3156, 3903, 4038], { type: DataError }],
  [[1153], { type: DataError, help: "Send less at a time, or raise the server's max_allowed_packet." }],
  [[1146], { type: ProgrammingError, help: "Create it first, for instance with metadata.createAll(engine)." }],
  [[1044, 1045, 1049, 1142, 1143, 1227, 1370], { type: ProgrammingError }],
  [[1005, 1050, 1051, 1054, 1060, 1061, 1064, 1091, 1093, 1109, 1136, 1170], { type: ProgrammingError }],
  [[1210, 1215, 1242, 1295, 1305, 1353, 1390], { type: ProgrammingError }],
  [[1021, 1041, 1114, 1180, 1206, 1461, 1615], { type: OperationalError }],
];
const TRANSLATIONS: ReadonlyMap<number, Translation> = new Map(
  BY_NUMBER.flatMap(([numbers, translation]) => numbers.map((number) => [number, translation] as const)),
);

/** For numbers that are not listed: by SQLSTATE, or by its class, the first two characters. */
const BY_STATE: ReadonlyMap<string, Translation> = new Map<string, Translation>([
  ["40003", { type: CommitOutcomeUnknownError }],
  ["08", { type: DisconnectError }],
  ["21", { type: ProgrammingError }],
  ["22", { type: DataError }],
  ["23", { type: IntegrityError }],
  ["40", { type: SerializationError }],
  ["42", { type: ProgrammingError }],
  ["70", { type: QueryCancelledError }],
]);

/** Codes of sockets and of mysql2's own for a connection that is gone. */
const GONE_CODES: ReadonlySet<string> = new Set([
  "PROTOCOL_CONNECTION_LOST",
  "PROTOCOL_ERROR",
  "PROTOCOL_UNEXPECTED_PACKET",
  "PROTOCOL_PACKETS_OUT_OF_ORDER",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "ENETRESET",
  "ENOTCONN",
  "ERR_STREAM_DESTROYED",
  "ERR_STREAM_WRITE_AFTER_END",
]);
/** mysql2's words for the same, in errors without a code. */
const GONE = /closed state$/;

/** What the server's error message consists of, as mysql2 gives it. */
interface ServerError extends Error {
  readonly errno: number;
  readonly sqlState?: string | undefined;
  readonly code?: string | undefined;
  readonly fatal?: boolean | undefined;
}

/**
 * Turns what mysql2 threw into one of this package's errors; it becomes the `cause`. Where values must not show, they
 * are cut out of the server's message, and the cause is a copy without them.
 */
export function translateMysqlError(cause: unknown, details: StatementErrorDetails): AthanorError {
  if (cause instanceof AthanorError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (!isServerError(cause)) {
    const ErrorType = isConnectionLoss(cause) ? DisconnectError : DatabaseError;
    return new ErrorType(`(mysql2) ${message}`, { ...details, cause });
  }
  const { type: ErrorType, help } = translationOf(cause);
  const shown = details.showValues === true ? cause : withoutValues(cause);
  return new ErrorType(`(mysql2 ${cause.code ?? ""} ${cause.errno}) ${shown.message}`, {
    ...details,
    cause: shown,
    help: details.help ?? help,
  });
}

/** The error of a connection that could not be opened; the URL is named without its password. */
export function openError(url: DatabaseUrl, cause: unknown): AthanorError {
  if (cause instanceof AthanorError) return cause;
  const where = `cannot connect to ${String(url)}`;
  if (isServerError(cause)) {
    const { type, help } = translationOf(cause);
    const ErrorType = type === TooManyConnectionsError || type === DisconnectError ? type : CannotOpenDatabaseError;
    const text = `(mysql2 ${cause.code ?? ""} ${cause.errno}) ${where}: ${cause.message}`;
    return new ErrorType(text, { cause, help: helpForOpening(cause.errno) ?? help });
  }
  // An AggregateError, as of a host with several addresses, has its words in its parts.
  const parts: readonly unknown[] = cause instanceof AggregateError ? cause.errors : [cause];
  const words = parts.map((part) => (part instanceof Error ? part.message : String(part))).join("; ");
  return new CannotOpenDatabaseError(`(mysql2) ${where}: ${words}`, {
    cause,
    help: "See that the server runs, that host and port are right, and that ssl-mode is what the server offers.",
  });
}

function helpForOpening(number: number): string | undefined {
  if (number === 1049) return "Create the database first.";
  if (number === 1044 || number === 1045 || number === 1698) {
    return "See that user name and password are right and that the user may connect from this host.";
  }
  return undefined;
}

/** True where the connection can never be used again after this error. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  // Properties read as data, whatever they are.
  const { fatal, code } = error as { fatal?: unknown; code?: unknown };
  if (fatal === true || GONE.test(error.message)) return true;
  if (isServerError(error)) return error.errno === 1153 || translationOf(error).type === DisconnectError;
  return typeof code === "string" && GONE_CODES.has(code);
}

/** The server's number of an error, or null. */
export function errorNumber(error: unknown): number | null {
  return isServerError(error) ? error.errno : null;
}

function isServerError(cause: unknown): cause is ServerError {
  if (!(cause instanceof Error) || !("errno" in cause) || typeof cause.errno !== "number") return false;
  // Sockets' errors have numbers as well: negative ones.
  return cause.errno > 0 && "sqlState" in cause;
}

function translationOf({ errno, sqlState = "" }: ServerError): Translation {
  const byState = BY_STATE.get(sqlState) ?? BY_STATE.get(sqlState.slice(0, 2));
  return TRANSLATIONS.get(errno) ?? byState ?? { type: DatabaseError };
}

/** Where the servers quote values: `Duplicate entry '…' for key`, `Incorrect integer value: '…' for column`. */
const QUOTED_VALUES: readonly RegExp[] = [
  /(?<=^Duplicate entry )'.*'(?= for key )/s,
  /(?<= value:? )'.*?'(?= (?:for|in) |$)/s,
];

/** The error without what may hold a row's or a parameter's values. */
function withoutValues(error: ServerError): ServerError {
  const message = QUOTED_VALUES.reduce((text, pattern) => text.replace(pattern, "'…'"), error.message);
  if (message === error.message) return error;
  const { errno, code, sqlState, fatal } = error;
  const copy: Error = Object.create(Object.getPrototypeOf(error) as object); // a prototype of an Error is an object
  for (const [key, value] of Object.entries({ message, stack: `${error.name}: ${message}` })) {
    Object.defineProperty(copy, key, { value, enumerable: false, writable: true, configurable: true });
  }
  return Object.assign(copy, { errno, code, sqlState, fatal, sqlMessage: message });
}
