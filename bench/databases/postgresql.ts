// PostgreSQL: a database for each contender, on the server at a given URL or on a throwaway one. Durability costs every
// contender the same; the throwaway server does without.
import { Client } from "pg";
import { startPostgresql } from "../../test/support/databases/postgresql.js";
import { postgresqlContenders } from "../contenders/own.js";
import { installedPeers } from "../contenders/peers.js";
import { goals } from "../goals.js";
import type { BenchDatabase } from "./database.js";
import { writeDataSet } from "./data-set.js";

export const postgresql: BenchDatabase = {
  title: "PostgreSQL, pg with named statements",
  contenders: { ...postgresqlContenders, ...installedPeers("postgresql") },
  goals: goals.postgresql,
  batchSizes: { W1: 500, W2: 20, W3: 1, W4: 30, W5: 50, W6: 1, W7: 1, W8: 1, W9: 1, W10: 200 },
  clock: "time on the clock",
  /** Without autovacuum each copy would grow as it is written to, and sequences go on by themselves. */
  tidying: [
    "SELECT setval(pg_get_serial_sequence('orders', 'id'), (SELECT max(id) FROM orders))",
    "VACUUM orders, order_detail",
  ],
  now: () => performance.now() * 1_000,
  async open(copies, given) {
    const server = given === undefined ? await startPostgresql() : { url: given, origin: given, dispose: undefined };
    const names = Array.from({ length: copies + 1 }, (_, index) => `athanor_bench_${process.pid}_${index}`);
    const [original = "", ...others] = names;
    const dispose = async (): Promise<void> => {
      if (server.dispose !== undefined) return server.dispose();
      await administer(
        server.url,
        names.map((name) => `DROP DATABASE IF EXISTS ${name}`),
      );
    };
    try {
      await administer(server.url, [`CREATE DATABASE ${original}`]);
      await writeDataSet(onDatabase(server.url, original), ["VACUUM ANALYZE"]);
      await administer(
        server.url,
        others.map((name) => `CREATE DATABASE ${name} TEMPLATE ${original}`),
      );
      return {
        origin: withoutPassword(server.origin),
        urls: others.map((name) => onDatabase(server.url, name)),
        dispose,
      };
    } catch (error) {
      await dispose();
      throw error;
    }
  },
};

async function administer(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function onDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

function withoutPassword(origin: string): string {
  return origin.replace(/:[^:@/]*@/, "@");
}
