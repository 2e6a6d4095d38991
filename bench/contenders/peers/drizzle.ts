// drizzle: plain objects, on one connection. The first contender puts every statement together and writes it anew, the
// second prepares what it can.
import type { Contender } from "../../contender.js";
import type { DatabaseName, PeerContenders } from "../peers.js";
import { openPostgresql, openSqlite } from "./drivers.js";
import type { Shop } from "./drizzle-queries.js";
import { postgresqlWrites } from "./drizzle-postgresql.js";
import { dynamicReads, preparedReads } from "./drizzle-reads.js";
import { postgresqlSchema, sqliteSchema } from "./drizzle-schema.js";
import { sqliteWrites } from "./drizzle-sqlite.js";

export const contenders: PeerContenders = {
  drizzle: (database, url) => create(database, url, { prepared: false }),
  "drizzle prepared": (database, url) => create(database, url, { prepared: true }),
};

async function create(database: DatabaseName, url: string, options: { prepared: boolean }): Promise<Contender> {
  const reads = options.prepared ? preparedReads : dynamicReads;
  if (database === "sqlite") {
    const { drizzle } = await import("drizzle-orm/better-sqlite3");
    const client = await openSqlite(url);
    const db = drizzle(client, { schema: sqliteSchema });
    // The same methods give the same rows; only the types differ, that of dates among them, which facts take as text too.
    const shop = { db, schema: sqliteSchema } as unknown as Shop;
    return { workloads: { ...reads(shop), ...sqliteWrites(db, options) }, close: () => void client.close() };
  }
  const { drizzle } = await import("drizzle-orm/node-postgres");
  const client = await openPostgresql(url);
  const shop = { db: drizzle(client, { schema: postgresqlSchema }), schema: postgresqlSchema };
  return { workloads: { ...reads(shop), ...postgresqlWrites(shop, options) }, close: () => client.end() };
}
