// What a statement can say about its own execution: `select(…).executionOptions({ yieldPer: 100 })`. It is no part of
// the statement's key: the compiled form is the same.

export interface StatementOptions {
  /** Rows that a stream reads at a time; null: few at first, then more, up to `maxRowBuffer`. */
  readonly yieldPer?: number | null;
  /** Rows that a stream without `yieldPer` reads at a time at most; 1000. */
  readonly maxRowBuffer?: number;
  /** Rows that one statement of an `insert().returning()` with many sets of parameters writes at most; 1000. */
  readonly insertManyPageSize?: number;
  /** Milliseconds for one statement; Infinity for no end. A synchronous engine cannot end one and ignores it. */
  readonly timeoutMs?: number;
  /** Stands before the statement in the log: `[token] SELECT …`. */
  readonly loggingToken?: string | null;
  /** Schemas by other names: what the statement calls `key` the database calls `value`. An empty key is no schema. */
  readonly schemaTranslateMap?: Readonly<Record<string, string>> | null;
}
