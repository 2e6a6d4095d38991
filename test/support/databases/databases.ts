// What test files see of the databases: a database of their own on each server of the run, what it can do, and suites
// that run on every one of them. Tests ask for capabilities, never for a database's name.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection } from "mysql2/promise";
import { Client } from "pg";
import { afterAll, beforeAll, describe, inject, it } from "vitest";
import { type Capability, capabilitiesOf, isMariadb } from "./capabilities.js";
import { describeMissing } from "./missing.js";
import type { ServerName, ServerReply } from "./server-reply.js";

/** One database for one suite. */
export interface TestDatabase {
  /** For what supports the tests; the tests themselves ask for capabilities. */
  readonly kind: DatabaseKind;
  /** For people: product and version. */
  readonly label: string;
  /** Ready for an engine; known once the suite's tests run. */
  readonly url: string;
  has(...capabilities: readonly Capability[]): boolean;
  /** A test for databases that have the capability; on others there is no such test. */
  itWith(capability: Capability, name: string, test: () => Promise<void>): void;
}

/** By the protocol that they are spoken to with. */
export type DatabaseKind = ServerName | "sqlite";
const KINDS: readonly DatabaseKind[] = ["sqlite", "postgresql", "mysql"];

export interface SuiteOptions {
  /** On databases that lack one of these there is no such suite; `capabilities.ts` says why. */
  readonly requires?: readonly Capability[];
  /** For suites of one schema: the dialects that it is written for. On databases of others there is no such suite. */
  readonly dialects?: readonly string[];
}

/** The server of the run for a protocol; found or started at the first question. */
export async function askForServer(name: ServerName): Promise<ServerReply> {
  const response = await fetch(inject("databaseBroker") + name);
  // The broker is this project's own and sends nothing else.
  return (await response.json()) as ServerReply;
}

/** Runs a suite on every database that has what it requires. To be awaited at the top of a test file. */
export async function describeEachDatabase(
  name: string,
  options: SuiteOptions,
  body: (database: TestDatabase) => void,
): Promise<void> {
  // All of them at once: each may have to be started.
  const places = await Promise.all(KINDS.map(async (kind) => [kind, await placeFor(kind)] as const));
  for (const [kind, place] of places) describeAt(kind, place, name, options, body);
}

/**
 * Runs a suite on one kind of database: for what belongs to one dialect alone. Where there is no such server the suite
 * is skipped; in CI it fails. To be awaited at the top of a test file.
 */
export async function describeDatabase(
  kind: DatabaseKind,
  name: string,
  body: (database: TestDatabase) => void,
  options: SuiteOptions = {},
): Promise<void> {
  describeAt(kind, await placeFor(kind), name, options, body);
}

function describeAt(
  kind: DatabaseKind,
  place: Place | MissingPlace,
  name: string,
  { requires = [], dialects }: SuiteOptions,
  body: (database: TestDatabase) => void,
): void {
  if ("missing" in place) {
    describeMissing(name, place.missing);
    return;
  }
  const capabilities = capabilitiesOf(place.dialect);
  const has = (...wanted: readonly Capability[]): boolean => wanted.every((each) => capabilities.has(each));
  if (!has(...requires) || dialects?.includes(place.dialect) === false) return;
  describe(`${name} on ${place.label}`, () => {
    let url: string | null = null;
    beforeAll(async () => {
      url = await place.create();
    });
    afterAll(() => place.drop());
    body({
      kind,
      label: place.label,
      has,
      itWith(capability, title, test) {
        if (has(capability)) it(title, test);
      },
      get url() {
        if (url === null) throw new Error("a test database's URL is known once the suite's tests run");
        return url;
      },
    });
  });
}

/** Why there is no database of a kind. */
interface MissingPlace {
  readonly missing: string;
}

async function placeFor(kind: DatabaseKind): Promise<Place | MissingPlace> {
  return kind === "sqlite" ? sqlitePlace() : serverPlace(kind);
}

/** Where a suite's database is made. */
interface Place {
  readonly label: string;
  /** As the schema language calls it. */
  readonly dialect: string;
  create(): Promise<string>;
  drop(): Promise<void>;
}

function sqlitePlace(): Place {
  let folder: string | null = null;
  return {
    label: "SQLite",
    dialect: "sqlite",
    create() {
      folder = mkdtempSync(join(tmpdir(), "athanor-"));
      return Promise.resolve(`sqlite:///${folder}/test.db`);
    },
    drop() {
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

async function serverPlace(kind: ServerName): Promise<Place | MissingPlace> {
  const server = await askForServer(kind);
  if ("missing" in server) return server;
  const run = kind === "postgresql" ? runOnPostgresql : runOnMysql;
  const [version] = await run(server.url, "SELECT version()").catch((cause: unknown) => {
    throw new Error(`the test database of ${server.origin} cannot be reached: ${String(cause)}`, { cause });
  });
  const database = `athanor_${randomUUID().replaceAll("-", "").slice(0, 16)}`;
  const dialect = kind === "mysql" && isMariadb(String(version)) ? "mariadb" : kind;
  const url = new URL(server.url.replace(/^\w+:/, `${dialect}:`));
  url.pathname = `/${database}`;
  return {
    label: labelOf(kind, String(version)),
    dialect,
    async create() {
      await run(server.url, `CREATE DATABASE ${database}`);
      return url.href;
    },
    async drop() {
      await run(server.url, `DROP DATABASE IF EXISTS ${database}${kind === "postgresql" ? " WITH (FORCE)" : ""}`);
    },
  };
}

function labelOf(kind: ServerName, version: string): string {
  const number = /\d+(\.\d+)+/.exec(version)?.[0] ?? version;
  return kind === "postgresql" ? `PostgreSQL ${number}` : `${isMariadb(version) ? "MariaDB" : "MySQL"} ${number}`;
}

/** The first column of a statement's rows, over a raw connection of its own. */
export async function runOnPostgresql(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  // A session that is ended by the server while idle is no crash.
  client.on("error", () => {});
  await client.connect();
  try {
    const result = await client.query({ text: sql, rowMode: "array" });
    return result.rows.map((row: unknown[]) => row[0]);
  } finally {
    await client.end();
  }
}

/** The first column of a statement's rows, over a raw connection of its own. */
export async function runOnMysql(url: string, sql: string): Promise<unknown[]> {
  const connection = await createConnection({ uri: url, rowsAsArray: true });
  try {
    const [rows] = await connection.query(sql);
    return Array.isArray(rows) ? rows.map((row) => (Array.isArray(row) ? row[0] : null)) : [];
  } finally {
    await connection.end();
  }
}
