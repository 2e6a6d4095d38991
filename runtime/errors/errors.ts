// Every error the runtime throws on purpose. Three kinds: usage (fix your code), operational (the database said no:
// repair or retry) and internal (report it). Match them by class or by `code`, never by message.

/**
 * Whether doing it again may help. `transaction`: the whole transaction, from its beginning. `connect`: later, because
 * nothing was sent. `idempotent`: only work that may happen twice, because some of it may have happened.
 */
export type RetryAdvice = "never" | "transaction" | "connect" | "idempotent";

/** What all of this package's errors share. */
export abstract class AthanorError extends Error {
  /** Stable; never reused for another meaning. */
  abstract readonly code: string;
  /** Whether doing it again may help; see `engine.transaction()`. */
  readonly retryable: RetryAdvice = "never";
  /** Which run of a transaction it ended, and what ended the runs before: of `engine.transaction()` only. */
  declare readonly attempt?: number;
  declare readonly earlierErrors?: readonly unknown[];

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

// ---- usage

/** An argument that the call cannot take. */
export class ArgumentError extends AthanorError {
  readonly code: string = "R1001";
}

/** A call that the object's state does not allow. */
export class InvalidRequestError extends AthanorError {
  readonly code: string = "R1002";
}

/** A value that the column's type cannot hold exactly; thrown before anything is sent. */
export class InvalidValueError extends ArgumentError {
  override readonly code: string = "R1003";
}

/** `execute` was given something that is not a statement. */
export class ObjectNotExecutableError extends ArgumentError {
  override readonly code: string = "R1004";
}

/** A statement that cannot be put into SQL for this dialect. */
export class CompileError extends InvalidRequestError {
  override readonly code: string = "R1005";
}

/** A database URL that cannot be used. */
export class UrlError extends ArgumentError {
  override readonly code: string = "R1006";
}

/** A driver package that is not installed or does not run here. */
export class MissingDriverError extends InvalidRequestError {
  override readonly code: string = "R1007";
}

/** Tables or objects that each need the other first. */
export class CircularDependencyError extends InvalidRequestError {
  override readonly code: string = "R1008";
}

/** `one()` found no row. */
export class NoResultFoundError extends InvalidRequestError {
  override readonly code: string = "R1009";
}

/** `one()` found more than one row. */
export class MultipleResultsFoundError extends InvalidRequestError {
  override readonly code: string = "R1010";
}

/** Rows asked of a result that has none or is closed. */
export class ResourceClosedError extends InvalidRequestError {
  override readonly code: string = "R1011";
}

/** A second call on a connection that is still at work on the first. */
export class ConcurrentUseError extends InvalidRequestError {
  override readonly code: string = "R1013";
}

/** A table or view was asked for that the database does not have. */
export class NoSuchTableError extends InvalidRequestError {
  override readonly code: string = "R1014";
  /** `schema.name`, or the name alone. */
  readonly table: string;

  constructor(table: string) {
    super(`There is no table or view ${table} in the database; inspect(engine).getTableNames() lists what there is.`);
    this.table = table;
  }
}

/** A class mapped wrongly, or a relationship whose target is not known. */
export class MappingError extends InvalidRequestError {
  override readonly code: string = "R1012";
}

// ---- operational

/** `not sent`: nothing of it reached the database. `unknown`: it may have been carried out. */
export type Outcome = "not sent" | "unknown";

/** What a database error tells beside its message. */
export interface StatementErrorDetails {
  readonly sql?: string | undefined;
  /** Already cut and, where asked for, masked. */
  readonly parameters?: string | undefined;
  readonly cause?: unknown;
  /** What to do next, as one sentence. */
  readonly help?: string | undefined;
  /** True where the database's own words may show values: parameters are not hidden. */
  readonly showValues?: boolean | undefined;
}

/** The database refused a statement. `cause` is the driver's own error. */
export class DatabaseError extends AthanorError {
  readonly code: string = "R3000";
  readonly sql: string | undefined;
  readonly parameters: string | undefined;

  constructor(message: string, details: StatementErrorDetails = {}) {
    super(statementMessage(message, details), { cause: details.cause });
    this.sql = details.sql;
    this.parameters = details.parameters;
  }
}

function statementMessage(message: string, details: StatementErrorDetails): string {
  const lines = [message];
  if (details.help !== undefined) lines.push(details.help);
  if (details.sql !== undefined) lines.push(`[SQL: ${shownSql(details.sql)}]`);
  if (details.parameters !== undefined) lines.push(`[parameters: ${details.parameters}]`);
  return lines.join("\n");
}

/** Characters: an INSERT of many rows would bury the message. The error's `sql` has all of it. */
const SHOWN_SQL = 2000;

function shownSql(sql: string): string {
  if (sql.length <= SHOWN_SQL) return sql;
  const half = SHOWN_SQL / 2;
  return `${sql.slice(0, half)} ... (${String(sql.length - SHOWN_SQL)} characters truncated) ... ${sql.slice(-half)}`;
}

/** The statement itself is wrong: syntax, or a table or column that does not exist. */
export class ProgrammingError extends DatabaseError {
  override readonly code: string = "R3001";
}

/** A constraint says no. */
export class IntegrityError extends DatabaseError {
  override readonly code: string = "R3010";
}
export class UniqueViolationError extends IntegrityError {
  override readonly code: string = "R3011";
}
export class ForeignKeyViolationError extends IntegrityError {
  override readonly code: string = "R3012";
}
export class NotNullViolationError extends IntegrityError {
  override readonly code: string = "R3013";
}
export class CheckViolationError extends IntegrityError {
  override readonly code: string = "R3014";
}

/** The database cannot do it now: locked, full, read-only, gone. */
export class OperationalError extends DatabaseError {
  override readonly code: string = "R3020";
}
export class DatabaseLockedError extends OperationalError {
  override readonly code: string = "R3021";
  override readonly retryable: RetryAdvice = "transaction";
}
export class ReadOnlyDatabaseError extends OperationalError {
  override readonly code: string = "R3022";
}
export class CannotOpenDatabaseError extends OperationalError {
  override readonly code: string = "R3023";
}

/** The connection broke. What was sent last may or may not have been done. */
export class DisconnectError extends OperationalError {
  override readonly code: string = "R3024";
  override readonly retryable: RetryAdvice = "idempotent";
}

/** The server has no room for another connection. */
export class TooManyConnectionsError extends OperationalError {
  override readonly code: string = "R3025";
  override readonly retryable: RetryAdvice = "connect";
}

/** No connection of the pool came free in time. */
export class PoolTimeoutError extends OperationalError {
  override readonly code: string = "R3026";
}

/** The database ended this transaction, because it and another one waited for each other. */
export class DeadlockError extends OperationalError {
  override readonly code: string = "R3040";
  override readonly retryable: RetryAdvice = "transaction";
}

/** The transaction cannot be put into an order with others that ran beside it. */
export class SerializationError extends OperationalError {
  override readonly code: string = "R3041";
  override readonly retryable: RetryAdvice = "transaction";
}

/** Another transaction held a lock for longer than the database waits. */
export class LockTimeoutError extends OperationalError {
  override readonly code: string = "R3042";
  override readonly retryable: RetryAdvice = "transaction";
}

/** The server gave the statement up because somebody asked for that. */
export class QueryCancelledError extends OperationalError {
  override readonly code: string = "R3043";
}

/** The server gave the statement up because it took longer than the server allows. */
export class StatementTimeoutError extends OperationalError {
  override readonly code: string = "R3044";
}

/** The call's own time was over. `outcome` says whether the statement may have been carried out all the same. */
export class DeadlineExceededError extends OperationalError {
  override readonly code: string = "R3045";
  readonly outcome: Outcome;

  constructor(message: string, outcome: Outcome, details: StatementErrorDetails = {}) {
    super(message, details);
    this.outcome = outcome;
  }
}

/** The call's `AbortSignal` was aborted; its reason is the `cause`. `outcome`: see `DeadlineExceededError`. */
export class CancelledError extends OperationalError {
  override readonly code: string = "R3046";
  readonly outcome: Outcome;

  constructor(message: string, outcome: Outcome, details: StatementErrorDetails = {}) {
    super(message, details);
    this.outcome = outcome;
  }
}

/** COMMIT was sent, but no answer came: the work is kept or lost, and only the data can tell. Never retried. */
export class CommitOutcomeUnknownError extends OperationalError {
  override readonly code: string = "R3047";
}

/** The database rolled the transaction back where it was told to commit: an earlier statement had failed. */
export class TransactionAbortedError extends OperationalError {
  override readonly code: string = "R3048";
}

/** A value that the database could not take into its type. */
export class DataError extends DatabaseError {
  override readonly code: string = "R3030";
}

// ---- session

/** The session's transaction failed and waits for `rollback()`. */
export class PendingRollbackError extends InvalidRequestError {
  override readonly code: string = "R4001";
}

/** A flush that cannot be carried out as the objects stand. */
export class FlushError extends InvalidRequestError {
  override readonly code: string = "R4002";
}

/** An UPDATE or DELETE met another number of rows than objects: someone else was there first. */
export class StaleDataError extends InvalidRequestError {
  override readonly code: string = "R4003";
}

/** An attribute has to be loaded, but the object belongs to no session. */
export class DetachedInstanceError extends InvalidRequestError {
  override readonly code: string = "R4004";
}

/** The object's row is gone. */
export class ObjectDeletedError extends InvalidRequestError {
  override readonly code: string = "R4005";
}

/** An attribute is not loaded and cannot be loaded by access here. */
export class NotLoadedError extends InvalidRequestError {
  override readonly code: string = "R4006";
}

/** A session has no database for a class or statement. */
export class UnboundExecutionError extends InvalidRequestError {
  override readonly code: string = "R4010";
}

/** Conditions that cannot be worked out in memory were to be. */
export class UnevaluatableError extends InvalidRequestError {
  override readonly code: string = "R4011";
}

/** A test allowed another number of statements than were sent. */
export class QueryCountError extends AthanorError {
  readonly code: string = "R4012";
}

// ---- internal

/** A state that cannot occur; a bug in this package. */
export class InternalError extends AthanorError {
  readonly code: string = "R9000";
}
