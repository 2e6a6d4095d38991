// The contenders that need nothing but the product and its drivers. Each is loaded where it runs: what one needs shall
// not be in the others' processes.
import type { CreateContender } from "../contender.js";

const rawPostgresql =
  (bulk: boolean): CreateContender =>
  async (url) => {
    const { createRawPostgresql } = await import("./raw-postgresql.js");
    return createRawPostgresql(url, { bulk });
  };

const rawSqlite: CreateContender = async (url) => {
  const { createRawSqlite } = await import("./raw-sqlite.js");
  return createRawSqlite(url);
};

const athanorPostgresql =
  (lean: boolean): CreateContender =>
  async (url) => {
    const { createAthanorPostgresql } = await import("./athanor-postgresql.js");
    return createAthanorPostgresql(url, { lean });
  };

/** By name, the raw driver first. The second is the raw driver again: its ratio is the noise. */
export const sqliteContenders: Readonly<Record<string, CreateContender>> = {
  raw: rawSqlite,
  "raw again": rawSqlite,
  athanor: async (url) => {
    const { createAthanorSqlite } = await import("./athanor-sqlite.js");
    return createAthanorSqlite(url);
  },
  "athanor core": async (url) => {
    const { createAthanorCoreSqlite } = await import("./athanor-core-sqlite.js");
    return createAthanorCoreSqlite(url);
  },
};

/** The same for PostgreSQL; `raw bulk` writes many rows with one statement. */
export const postgresqlContenders: Readonly<Record<string, CreateContender>> = {
  raw: rawPostgresql(false),
  "raw again": rawPostgresql(false),
  "raw bulk": rawPostgresql(true),
  athanor: athanorPostgresql(false),
  "athanor lean": athanorPostgresql(true),
  "athanor core": async (url) => {
    const { createAthanorCorePostgresql } = await import("./athanor-core-postgresql.js");
    return createAthanorCorePostgresql(url);
  },
};
