// Databases of a corpus on each kind of server: made empty, loaded with the server's own client, and dumped with its own
// program, so that what is compared is the database's word and not ours.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAsyncEngine, createEngine, text } from "athanor";
import type { DatabaseKind } from "../support/databases/databases.js";
import { normaliseDump } from "./normalise-dump.js";
import { sqliteFacts } from "./sqlite-facts.js";

/** One empty database. */
export interface ScratchDatabase {
  readonly url: string;
  /** Runs an SQL file with the server's own client. */
  load(file: string): void;
  /** The statements that the server says would make it again, without triggers and functions. */
  dump(): Promise<string[]>;
}

/** Where the databases of one kind are made. */
export interface Scratch {
  create(name: string): Promise<ScratchDatabase>;
  dispose(): Promise<void>;
}

/** Scratch databases on the server at `url`, or in files of a new folder. */
export function scratchFor(kind: DatabaseKind, url: string): Scratch {
  if (kind === "sqlite") return sqliteScratch();
  return kind === "postgresql" ? postgresqlScratch(url) : mysqlScratch(url);
}

/** Runs a program; what it prints. */
function output(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}, input?: string): string {
  const done = spawnSync(command, args, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, ...environment },
    ...(input === undefined ? {} : { input }),
  });
  if (done.error !== undefined) throw done.error;
  if (done.status !== 0) throw new Error(`${command} failed: ${done.stderr.slice(0, 1000)}`);
  return done.stdout;
}

function sqliteScratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), "athanor-corpus-"));
  return {
    async create(name) {
      const file = join(folder, `${name}.db`);
      rmSync(file, { force: true });
      const url = `sqlite:///${file}`;
      return {
        url,
        load: (script) =>
          void output("sqlite3", ["-bail", file], {}, `PRAGMA synchronous = OFF;\n${readFileSync(script, "utf8")}`),
        dump: async () => {
          using engine = createEngine(url);
          return engine.connect(sqliteFacts);
        },
      };
    },
    async dispose() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `url` with another database. */
function withDatabase(url: string, name: string): URL {
  const parsed = new URL(url.replace(/^[\w+]+:/, "http:"));
  parsed.pathname = `/${encodeURIComponent(name)}`;
  return parsed;
}

function postgresqlScratch(url: string): Scratch {
  const made = new Set<string>();
  return {
    async create(name) {
      const quoted = `"${name}"`;
      made.add(quoted);
      await execute(url, `DROP DATABASE IF EXISTS ${quoted}`, `CREATE DATABASE ${quoted}`);
      const own = withDatabase(url, name);
      const target = own.href.replace(/^http:/, "postgresql:");
      return {
        url: target,
        load: (file) => {
          const quiet = { PGOPTIONS: "-c client_min_messages=warning" };
          output("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", target, "-f", file], quiet);
        },
        dump: async () => normaliseDump(output("pg_dump", ["-s", "--no-owner", "--no-privileges", "-d", target])),
      };
    },
    dispose: () => execute(url, ...[...made].map((quoted) => `DROP DATABASE IF EXISTS ${quoted}`)),
  };
}

function mysqlScratch(url: string): Scratch {
  const made = new Set<string>();
  return {
    async create(name) {
      const quoted = `\`${name}\``;
      made.add(quoted);
      await execute(url, `DROP DATABASE IF EXISTS ${quoted}`, `CREATE DATABASE ${quoted} CHARACTER SET utf8mb4`);
      const own = withDatabase(url, name);
      const account = ["-h", own.hostname, "-P", own.port, "-u", decodeURIComponent(own.username)];
      const password = { MYSQL_PWD: decodeURIComponent(own.password) };
      const shown = own.href.replace(/^http:/, "mariadb:");
      return {
        url: shown,
        load: (file) => {
          output("mariadb", ["--no-defaults", ...account, name], password, readFileSync(file, "utf8"));
        },
        dump: () => showEverything(shown),
      };
    },
    dispose: () => execute(url, ...[...made].map((quoted) => `DROP DATABASE IF EXISTS ${quoted}`)),
  };
}

/** What `mariadb-dump -d` prints: it asks the server to show how each table and view was made. */
async function showEverything(url: string): Promise<string[]> {
  await using engine = createAsyncEngine(url);
  await using connection = await engine.connect();
  const statements: string[] = [];
  for (const [name, type] of (await connection.execute(text("SHOW FULL TABLES"))).tuples().all()) {
    const kind = type === "VIEW" ? "VIEW" : type === "SEQUENCE" ? "SEQUENCE" : "TABLE";
    const quoted = `\`${String(name).replaceAll("`", "``")}\``;
    const [row] = (await connection.execute(text(`SHOW CREATE ${kind} ${quoted}`))).tuples().all();
    const database = new URL(url.replace(/^\w+:/, "http:")).pathname.slice(1);
    statements.push(
      String(row?.[1])
        .replaceAll(`\`${database}\`.`, "")
        .replace(/ AUTO_INCREMENT=\d+/, ""),
    );
  }
  return normaliseDump(statements.map((statement) => `${statement};\n`).join(""));
}

/** Runs statements that take no transaction. */
async function execute(url: string, ...statements: readonly string[]): Promise<void> {
  await using engine = createAsyncEngine(url);
  await using connection = await engine.connect({ isolationLevel: "AUTOCOMMIT" });
  for (const statement of statements) await connection.execute(text(statement));
}
