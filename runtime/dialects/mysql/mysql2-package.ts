// What this package uses of mysql2, written down because the package's own types leave out most of it.

/** A result's column. */
export interface Mysql2Field {
  /** Of a result of rows, written over before the rows come: the driver chokes on names such as `__proto__`. */
  name: string;
  readonly columnType: number;
}

/** The answer to a statement that returns no rows. */
export interface Mysql2Header {
  readonly affectedRows: number | string;
  readonly insertId: number | string;
  readonly serverStatus: number;
}

export type Mysql2Rows = unknown[][];

/** Rows, a header, or for CALL several of both. */
export type Mysql2Result = Mysql2Rows | Mysql2Header | readonly (Mysql2Rows | Mysql2Header)[];

type Mysql2Callback = (error: Error | null, result?: Mysql2Result) => void;

/** A running statement. Without a callback, it emits its rows. */
interface Mysql2Command {
  on(event: "fields", listener: (fields: Mysql2Field[] | undefined) => void): this;
  on(event: "result", listener: (row: unknown[] | Mysql2Header) => void): this;
  on(event: "error", listener: (error: Error) => void): this;
  on(event: "end", listener: () => void): this;
}

export interface Mysql2Statement {
  readonly sql: string;
  readonly values?: readonly unknown[];
}

export interface Mysql2Connection {
  readonly threadId: number | null;
  readonly stream: { destroy(): void; on(event: "close", listener: () => void): unknown };
  connect(callback: (error: Error | null) => void): void;
  execute(statement: Mysql2Statement, callback?: Mysql2Callback): Mysql2Command;
  query(statement: Mysql2Statement, callback?: Mysql2Callback): Mysql2Command;
  unprepare(statement: Mysql2Statement): unknown;
  reset(callback: (error: Error | null) => void): unknown;
  end(callback?: (error?: Error | null) => void): unknown;
  pause(): void;
  resume(): void;
  on(event: "error", listener: (error: Error) => void): this;
  on(event: "end", listener: () => void): this;
}

interface Mysql2Integer {
  (value: bigint): unknown;
  unsigned(value: bigint): unknown;
}

export interface Mysql2Package {
  createConnection(options: Readonly<Record<string, unknown>>): Mysql2Connection;
  readonly TypedParameter: { readonly LONGLONG: Mysql2Integer; NEWDECIMAL(digits: string): unknown };
}
