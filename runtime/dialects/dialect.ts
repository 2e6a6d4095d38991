// A dialect: the collaborators that know one database, in one record. Each dialect's folder has the same file names:
// `dialect.ts` (this record), `sql.ts`, `ddl.ts`, `inspector.ts`, `types.ts`, `identifiers.ts`, `driver.ts`,
// `errors.ts`.
import type { AthanorError, StatementErrorDetails } from "../errors/errors.js";
import type { DialectInspector } from "../reflect/dialect-inspector.js";
import type { DdlDialect } from "../schema/ddl-dialect.js";
import type { SqlDialect } from "../sql/compile/sql-dialect.js";
import type { AsyncDriverConnection, DriverEnvironment, SyncDriverConnection } from "./driver.js";
import type { TransactionDialect } from "./transaction-dialect.js";
import type { DatabaseUrl } from "./url.js";

/**
 * `each`: one execution a set. `values`: `INSERT … VALUES (…), (…) RETURNING`, whose rows come in the order of VALUES.
 * `ordered-select`: `INSERT … SELECT … FROM (VALUES …) ORDER BY`, which fixes that order. (A database without RETURNING
 * refuses it when compiling.)
 */
type InsertManyForm = "each" | "values" | "ordered-select";

export interface Dialect {
  /** The name used in URLs and in the schema language, such as `sqlite`. */
  readonly name: string;
  /** Where servers listen that nothing else was said of; absent where there is no server. */
  readonly defaultPort?: number;
  readonly sql: SqlDialect;
  readonly ddl: DdlDialect;
  /** Reads the catalogue; absent where a database cannot be inspected. */
  readonly inspector?: DialectInspector;
  /** Loads the driver package and opens a connection; absent where no synchronous driver exists. */
  readonly connectSync?: (url: DatabaseUrl, connectArgs: Readonly<Record<string, unknown>>) => SyncDriverConnection;
  /**
   * Loads the driver package and opens a connection, ready for use (session settings made). Rejects with one of this
   * package's errors; where `environment.signal` is aborted, it cuts the socket and rejects.
   */
  readonly connectAsync?: (
    url: DatabaseUrl,
    connectArgs: Readonly<Record<string, unknown>>,
    environment: DriverEnvironment,
  ) => Promise<AsyncDriverConnection>;
  readonly transactions: TransactionDialect;
  /** How an INSERT of many sets of parameters with RETURNING gives its rows in the order of the sets. */
  readonly insertMany: InsertManyForm;
  /** Bind values that one statement may have at most. */
  readonly maxParameters: number;
  /** True where the URL names a database that lives in one connection's memory. */
  readonly isInMemory: (url: DatabaseUrl) => boolean;
  /** Turns the driver's error into ours; the driver's error becomes its `cause`. */
  readonly translateError: (cause: unknown, details: StatementErrorDetails) => AthanorError;
}
