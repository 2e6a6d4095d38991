// MySQL and MariaDB: two records over the same collaborators.
import type { Dialect } from "../dialect.js";
import { MysqlDdlCompiler } from "./ddl.js";
import { connectMysql } from "./driver.js";
import { translateMysqlError } from "./errors.js";
import { MysqlInspector } from "./inspector.js";
import { mariadbSql, mysqlSql } from "./sql.js";
import { mysqlTransactions } from "./transactions.js";
import { MAX_PARAMETERS } from "./wire-values.js";

const COLLATIONS = { mysql: "utf8mb4_bin", mariadb: "utf8mb4_nopad_bin" };

const shared = {
  transactions: mysqlTransactions,
  maxParameters: MAX_PARAMETERS,
  isInMemory: () => false,
  translateError: translateMysqlError,
};

export const mysql: Dialect = {
  ...shared,
  name: "mysql",
  defaultPort: 3306,
  sql: mysqlSql,
  ddl: new MysqlDdlCompiler(mysqlSql, {
    collation: COLLATIONS.mysql,
    expressionKeys: true,
    uniqueText: false,
    generatedNullability: true,
    columnChecks: false,
    unenforcedChecks: true,
    sequences: false,
  }),
  inspector: new MysqlInspector({ dialect: "mysql", collation: COLLATIONS.mysql }),
  connectAsync: (url, connectArgs, environment) => connectMysql("mysql", url, connectArgs, environment),
  insertMany: "each",
};

export const mariadb: Dialect = {
  ...shared,
  name: "mariadb",
  defaultPort: 3306,
  sql: mariadbSql,
  ddl: new MysqlDdlCompiler(mariadbSql, {
    collation: COLLATIONS.mariadb,
    expressionKeys: false,
    uniqueText: true,
    generatedNullability: false,
    columnChecks: true,
    unenforcedChecks: false,
    sequences: true,
  }),
  inspector: new MysqlInspector({ dialect: "mariadb", collation: COLLATIONS.mariadb }),
  connectAsync: (url, connectArgs, environment) => connectMysql("mariadb", url, connectArgs, environment),
  // Rows are numbered in the order of VALUES, and come back so.
  insertMany: "values",
};
