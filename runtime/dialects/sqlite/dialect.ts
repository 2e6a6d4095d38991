// SQLite: its collaborators in one record.
import type { Dialect } from "../dialect.js";
import { connectSqliteAsync } from "./async-driver.js";
import { isInMemory } from "./connect-options.js";
import { SqliteDdlCompiler } from "./ddl.js";
import { connectSqlite } from "./driver.js";
import { translateSqliteError } from "./errors.js";
import { sqliteInspector } from "./inspector.js";
import { sqliteSql } from "./sql.js";
import { sqliteTransactions } from "./transactions.js";

export const sqlite: Dialect = {
  name: "sqlite",
  sql: sqliteSql,
  ddl: new SqliteDdlCompiler(sqliteSql),
  inspector: sqliteInspector,
  connectSync: connectSqlite,
  connectAsync: connectSqliteAsync,
  transactions: sqliteTransactions,
  insertMany: "each",
  maxParameters: 32_766,
  isInMemory,
  translateError: translateSqliteError,
};
