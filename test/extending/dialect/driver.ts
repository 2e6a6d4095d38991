// better-sqlite3 as a driver of the example dialect: what `SyncDriverConnection` asks for, and a function that SQLite
// does not have.
import { createRequire } from "node:module";
import type { DatabaseUrl, SqlRow, SyncDriverConnection, SyncPreparedStatement } from "athanor";

/** What is used of better-sqlite3, which has no types of its own. */
interface Database {
  readonly inTransaction: boolean;
  function(name: string, body: (text: string) => number): void;
  prepare(sql: string): Statement;
  close(): void;
}

interface Statement {
  readonly reader: boolean;
  readonly readonly: boolean;
  raw(on: boolean): void;
  safeIntegers(on: boolean): void;
  columns(): readonly { readonly name: string }[];
  all(parameters: readonly unknown[]): SqlRow[];
  iterate(parameters: readonly unknown[]): IterableIterator<SqlRow>;
  run(parameters: readonly unknown[]): { readonly changes: number; readonly lastInsertRowid: number };
}

export function connectSync(url: DatabaseUrl): SyncDriverConnection {
  // Sound: as far as it goes, this is what the package exports.
  const Driver = createRequire(import.meta.url)("better-sqlite3") as new (path: string) => Database;
  const database = new Driver(url.database ?? ":memory:");
  database.function("char_count", (text) => [...text].length);
  return {
    prepare: (sql) => prepared(database.prepare(sql)),
    get inTransaction() {
      return database.inTransaction;
    },
    close: () => database.close(),
  };
}

function prepared(statement: Statement): SyncPreparedStatement {
  if (statement.reader) statement.raw(true);
  return {
    returnsRows: statement.reader,
    readonly: statement.readonly,
    columnNames: statement.reader ? statement.columns().map(({ name }) => name) : [],
    all(parameters, bigint) {
      statement.safeIntegers(bigint);
      return statement.all(parameters);
    },
    one(parameters, bigint) {
      statement.safeIntegers(bigint);
      return statement.all(parameters);
    },
    run(parameters) {
      const { changes, lastInsertRowid } = statement.run(parameters);
      return { rowCount: changes, lastInsertId: lastInsertRowid };
    },
    iterate(parameters, bigint) {
      statement.safeIntegers(bigint);
      return statement.iterate(parameters);
    },
  };
}
