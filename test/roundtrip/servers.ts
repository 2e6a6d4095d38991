// Databases on each kind of server: made empty, loaded with the server's own client, and dumped with its own
// program, so that what is compared is the database's word and not ours.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, createAsyncEngine, createEngine, text } from "athanor";
import type { DatabaseKind } from "../support/databases/databases.js";
import { onPath } from "../support/databases/programs.js";
import { normaliseDump } from "./normalise-dump.js";
import { sqliteLines } from "./sqlite-text.js";

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
          return engine.connect(sqliteSchema);
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

function mysqlScratch(server: string): Scratch {
  const made = new Set<string>();
  return {
    async create(name) {
      const quoted = `\`${name}\``;
      made.add(quoted);
      await execute(server, `DROP DATABASE IF EXISTS ${quoted}`, `CREATE DATABASE ${quoted} CHARACTER SET utf8mb4`);
      const own = withDatabase(server, name);
      const account = ["-h", own.hostname, "-P", own.port, "-u", decodeURIComponent(own.username)];
      const password = { MYSQL_PWD: decodeURIComponent(own.password) };
      const url = own.href.replace(/^http:/, "mariadb:");
      return {
        url,
        load: (file) => {
          output("mariadb", ["--no-defaults", ...account, name], password, readFileSync(file, "utf8"));
        },
        dump: async () => {
          const options = ["--no-defaults", ...account, "--no-data", "--compact", "--skip-triggers", name];
          const dump = onPath("mariadb-dump") === null ? await shown(url) : output("mariadb-dump", options, password);
          return normaliseDump(withoutConditions(dump).replaceAll(`${quoted}.`, ""));
        },
      };
    },
    dispose: () => execute(server, ...[...made].map((quoted) => `DROP DATABASE IF EXISTS ${quoted}`)),
  };
}

/** What `sqlite_schema` holds, but for triggers, tables of SQLite's own and those that keep a virtual table's rows. */
function sqliteSchema(connection: Connection): string[] {
  const ask = (sql: string): string[][] =>
    connection
      .execute(text(sql))
      .tuples()
      .all()
      .map((row) => row.map(String));
  const shadows = "SELECT name FROM pragma_table_list WHERE type = 'shadow'";
  const entries = ask(
    `SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND type <> 'trigger'
     AND tbl_name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND tbl_name NOT IN (${shadows})`,
  ).map(([type = "", name = "", sql = ""]) => ({ type, name, sql }));
  const columns = ask(
    "SELECT t.name, c.name FROM pragma_table_list t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.pk ORDER BY pk",
  );
  const keyOf = (table: string): string[] =>
    columns.filter(([name = ""]) => name.toLowerCase() === table).map(([, column = ""]) => column.toLowerCase());
  return [...sqliteLines(entries, keyOf)];
}

/** What `mariadb-dump` prints, where it is not installed: the server shows how each table and view was made. */
async function shown(url: string): Promise<string> {
  await using engine = createAsyncEngine(url);
  await using connection = await engine.connect();
  const statements: string[] = [];
  for (const [name, type] of (await connection.execute(text("SHOW FULL TABLES"))).tuples().all()) {
    const kind = type === "VIEW" || type === "SEQUENCE" ? type : "TABLE";
    const quoted = `\`${String(name).replaceAll("`", "``")}\``;
    const [row] = (await connection.execute(text(`SHOW CREATE ${kind} ${quoted}`))).tuples().all();
    statements.push(`${String(row?.[1])};\n`);
  }
  return statements.join("");
}

/** The content of comments that only some servers read, such as `/*!50001 CREATE VIEW … *\/`; numbers of rows aside. */
function withoutConditions(dump: string): string {
  return dump.replaceAll(/\/\*!\d+ ([\s\S]*?)\*\//g, "$1").replaceAll(/ AUTO_INCREMENT=\d+/g, "");
}

/** Runs statements that take no transaction. */
async function execute(url: string, ...statements: readonly string[]): Promise<void> {
  await using engine = createAsyncEngine(url);
  await using connection = await engine.connect({ isolationLevel: "AUTOCOMMIT" });
  for (const statement of statements) await connection.execute(text(statement));
}
