// PostgreSQL: its collaborators in one record.
import type { Dialect } from "../dialect.js";
import { PostgresqlDdlCompiler } from "./ddl.js";
import { connectPostgresql } from "./driver.js";
import { translatePostgresqlError } from "./errors.js";
import { postgresqlInspector } from "./inspector.js";
import { postgresqlSql } from "./sql.js";
import { postgresqlTransactions } from "./transactions.js";
import { MAX_PARAMETERS } from "./wire-values.js";

export const postgresql: Dialect = {
  name: "postgresql",
  defaultPort: 5432,
  sql: postgresqlSql,
  ddl: new PostgresqlDdlCompiler(postgresqlSql),
  inspector: postgresqlInspector,
  connectAsync: connectPostgresql,
  transactions: postgresqlTransactions,
  insertMany: "ordered-select",
  maxParameters: MAX_PARAMETERS,
  isInMemory: () => false,
  translateError: translatePostgresqlError,
};
