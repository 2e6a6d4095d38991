// Connections of the drivers for the peers that take them; each is loaded only where it is used.
import type { Database } from "better-sqlite3";
import type { Client } from "pg";
import type { DatabaseName } from "../peers.js";

/** The file of a URL such as `sqlite:////tmp/shop.db`. */
export function fileOf(url: string): string {
  return url.replace(/^sqlite:\/\/\//, "");
}

export async function openSqlite(url: string): Promise<Database> {
  const { default: BetterSqlite } = await import("better-sqlite3");
  const database = new BetterSqlite(fileOf(url));
  database.pragma("synchronous = OFF");
  return database;
}

export async function openPostgresql(url: string): Promise<Client> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** A date as the peers write it: SQLite has none, and text is what costs them least. */
export function storedDate(database: DatabaseName, date: Date): Date | string {
  return database === "sqlite" ? date.toISOString() : date;
}
