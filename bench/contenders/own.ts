// The contenders that need nothing but the product and its drivers. Each is loaded where it runs: what one needs shall
// not be in the others' processes.
import type { LoadContender } from "../contender.js";

const rawSqlite: LoadContender = async () => (await import("./raw-sqlite.js")).createRawSqlite;

const rawPostgresql =
  (bulk: boolean): LoadContender =>
  async () => {
    const { createRawPostgresql } = await import("./raw-postgresql.js");
    return (url) => createRawPostgresql(url, { bulk });
  };

const athanorPostgresql =
  (lean: boolean): LoadContender =>
  async () => {
    const { createAthanorPostgresql } = await import("./athanor-postgresql.js");
    return (url) => createAthanorPostgresql(url, { lean });
  };

/** By name, the raw driver first. The second is the raw driver again: its ratio is the noise. */
export const sqliteContenders: Readonly<Record<string, LoadContender>> = {
  raw: rawSqlite,
  "raw again": rawSqlite,
  athanor: async () => (await import("./athanor-sqlite.js")).createAthanorSqlite,
  "athanor core": async () => (await import("./athanor-core-sqlite.js")).createAthanorCoreSqlite,
};

/** The same for PostgreSQL; `raw bulk` writes many rows with one statement. */
export const postgresqlContenders: Readonly<Record<string, LoadContender>> = {
  raw: rawPostgresql(false),
  "raw again": rawPostgresql(false),
  "raw bulk": rawPostgresql(true),
  athanor: athanorPostgresql(false),
  "athanor lean": athanorPostgresql(true),
  "athanor core": async () => (await import("./athanor-core-postgresql.js")).createAthanorCorePostgresql,
};
