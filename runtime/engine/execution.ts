// How the core asks for a statement to be run and what it gets back. Multi-step work is written once, as generators
// of requests; a synchronous or an asynchronous runner drives them. Hot single statements call the connection directly.
import type { Compiled } from "../sql/compile/compiled.js";
import type { SqlDialect } from "../sql/compile/sql-dialect.js";
import type { StatementOptions } from "../sql/statement-options.js";

/** A row as the driver gives it: values by position. */
export type SqlRow = readonly unknown[];

export interface ExecutionRequest {
  /** What the statement says of its own execution; null where nothing. */
  readonly options?: StatementOptions | null;
  readonly compiled: Compiled;
  /** The text where it differs from the compiled one: IN lists widen at execution. */
  readonly sql?: string;
  /** Values as the driver takes them, one array an execution; more than one is an executemany. */
  readonly parameters: readonly (readonly unknown[])[];
  /** Which database it is for, where a session works on several. */
  readonly bind?: { readonly dialect: { readonly sql: SqlDialect } };
}

export interface ExecutionReply {
  /** Rows as the driver gave them, not decoded; empty where the statement returns none. */
  readonly rows: readonly SqlRow[];
  /** Rows matched by an UPDATE or DELETE, rows written by an INSERT, over all parameter sets. */
  readonly rowCount: number;
  /** The last row's key where the database numbers rows itself. */
  readonly lastInsertId: number | bigint | null;
}

/** Work of several statements that returns a `T`. */
export type Operation<T> = Generator<ExecutionRequest, T, ExecutionReply>;
