// How a dialect begins and ends transactions. Types and the closed list of isolation levels only.

/** The isolation levels that can be asked for; which of them a dialect has, `TransactionDialect` says. */
export const ISOLATION_LEVELS = [
  "READ UNCOMMITTED",
  "READ COMMITTED",
  "REPEATABLE READ",
  "SERIALIZABLE",
  "AUTOCOMMIT",
] as const;

/** `AUTOCOMMIT`: every statement is a transaction of its own; the engine sends no BEGIN. */
export type IsolationLevel = (typeof ISOLATION_LEVELS)[number];

/** What a transaction is asked to be. A level is per transaction, so that nothing of it is left on the connection. */
export interface TransactionCharacteristics {
  /** Null: what the server is set to. */
  readonly isolationLevel: Exclude<IsolationLevel, "AUTOCOMMIT"> | null;
  readonly readOnly: boolean;
}

export interface TransactionDialect {
  /** Those of `ISOLATION_LEVELS` that the database has, `AUTOCOMMIT` among them. */
  readonly isolationLevels: readonly IsolationLevel[];
  /** True where BEGIN waits for the first statement that writes, so that readers never take the write lock. */
  waitsForWrite(characteristics: TransactionCharacteristics): boolean;
  /** What begins a transaction, in order; the last one begins it. */
  begin(characteristics: TransactionCharacteristics): readonly string[];
  /** What has to follow COMMIT or ROLLBACK to undo what `begin` set beside the transaction; mostly nothing. */
  end(characteristics: TransactionCharacteristics): readonly string[];
  /** True where one connection at a time may write: the engine then queues its writers itself. */
  readonly oneWriter: boolean;
}
