// How one says to each server what the fault tests need said: sessions, kills, sleeps, timeouts, and the marks that a
// borrower may leave on a connection.
import { runOnMysql, runOnPostgresql, type TestDatabase } from "../databases/databases.js";

/** Something that a borrower may leave behind on a connection, and how the next one would see it. */
export interface Mark {
  readonly name: string;
  /** Statements that leave it, in their order. */
  readonly leave: readonly string[];
  /** A query of one value that shows it, and what it gives on a clean connection. */
  readonly look: string;
  readonly clean: unknown;
}

/** An error by what the server calls it: its SQLSTATE and, where it has such, its number. */
export interface ServerFailure {
  readonly state: string;
  readonly number?: number;
}

export interface Dialogue {
  run(url: string, sql: string): Promise<unknown[]>;
  readonly sessions: string;
  running(fragment: string): string;
  kill(session: number): string;
  /** Makes the server give up what a session runs, and keep the session. */
  cancel(session: number): string;
  /** A statement that fails with an error of the test's choice. */
  raise(error: ServerFailure): string;
  /** Makes a user, password `secret`, who may have one connection at a time. */
  createLimitedUser(name: string, database: string): readonly string[];
  /** Makes a user who may do everything in the database. */
  createUser(name: string, password: string, database: string): readonly string[];
  dropUser(name: string): readonly string[];
  /** A scalar query that keeps the server at work for long. */
  readonly work: string;
  /** A query that takes so long. */
  sleep(seconds: number): string;
  readonly ownSession: string;
  /** Sets how long a statement waits for a lock: one second where the server knows no less. */
  readonly shortLockTimeout: string;
  readonly shortStatementTimeout: string;
  /** Ends a session that idles in this very connection after about a second. */
  readonly shortIdleTimeout: string;
  readonly marks: readonly Mark[];
}

const POSTGRESQL: Dialogue = {
  run: runOnPostgresql,
  sessions:
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() " +
    "AND backend_type = 'client backend'",
  running: (fragment) =>
    "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND datname = current_database() " +
    `AND pid <> pg_backend_pid() AND query LIKE '%${fragment}%'`,
  kill: (session) => `SELECT pg_terminate_backend(${String(session)})`,
  cancel: (session) => `SELECT pg_cancel_backend(${String(session)})`,
  raise: ({ state }) => `DO $$ BEGIN RAISE EXCEPTION 'made up' USING ERRCODE = '${state}'; END $$`,
  sleep: (seconds) => `SELECT pg_sleep(${String(seconds)})`,
  createLimitedUser: (name) => [`CREATE ROLE ${name} LOGIN PASSWORD 'secret' CONNECTION LIMIT 1`],
  dropUser: (name) => [`DROP OWNED BY ${name}`, `DROP ROLE ${name}`],
  createUser: (name, password, database) => [
    `CREATE ROLE ${name} LOGIN PASSWORD '${password}'`,
    `GRANT ALL ON DATABASE ${database} TO ${name}`,
    `GRANT ALL ON SCHEMA public TO ${name}`,
  ],
  work: "SELECT count(*) FROM generate_series(1, 1000000000)",
  ownSession: "SELECT pg_backend_pid()",
  shortLockTimeout: "SET lock_timeout = '100ms'",
  shortStatementTimeout: "SET statement_timeout = '100ms'",
  shortIdleTimeout: "SET idle_in_transaction_session_timeout = '100ms'",
  marks: [
    {
      name: "a listener",
      // It listens from the commit on.
      leave: ["LISTEN left_over", "COMMIT"],
      look: "SELECT CAST(count(*) AS integer) FROM pg_listening_channels()",
      clean: 0,
    },
    {
      name: "an open transaction",
      leave: ["INSERT INTO mark (id) VALUES (777)"],
      look: "SELECT CAST(count(*) AS integer) FROM mark",
      clean: 0,
    },
    {
      name: "a setting",
      leave: ["SET statement_timeout = '1234ms'"],
      look: "SELECT current_setting('statement_timeout')",
      clean: 0,
    },
    {
      name: "a search path",
      leave: ["SET search_path = 'elsewhere'"],
      look: "SELECT current_setting('search_path')",
      clean: '"$user", public',
    },
    {
      name: "a temporary table",
      leave: ["CREATE TEMPORARY TABLE left_over (id integer)"],
      look: "SELECT CAST(count(*) AS integer) FROM pg_class WHERE relname = 'left_over'",
      clean: 0,
    },
    {
      name: "a prepared statement",
      leave: ["PREPARE left_over AS SELECT 1"],
      look: "SELECT CAST(count(*) AS integer) FROM pg_prepared_statements WHERE name = 'left_over'",
      clean: 0,
    },
    {
      name: "an advisory lock",
      leave: ["SELECT pg_advisory_lock(42)"],
      look: "SELECT CAST(count(*) AS integer) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()",
      clean: 0,
    },
    {
      name: "a role",
      leave: ["SET ROLE pg_monitor"],
      look: "SELECT CAST(CASE WHEN current_user = session_user THEN 0 ELSE 1 END AS integer)",
      clean: 0,
    },
    {
      name: "a cursor",
      leave: ["DECLARE left_over CURSOR WITH HOLD FOR SELECT 1"],
      look: "SELECT CAST(count(*) AS integer) FROM pg_cursors WHERE name = 'left_over'",
      clean: 0,
    },
  ],
};

const MYSQL: Dialogue = {
  run: runOnMysql,
  sessions: "SELECT id FROM information_schema.processlist WHERE db = database() AND id <> connection_id()",
  running: (fragment) =>
    "SELECT id FROM information_schema.processlist WHERE db = database() AND id <> connection_id() " +
    `AND info LIKE '%${fragment}%'`,
  kill: (session) => `KILL ${String(session)}`,
  cancel: (session) => `KILL QUERY ${String(session)}`,
  raise: ({ state, number = 1644 }) =>
    `SIGNAL SQLSTATE '${state}' SET MYSQL_ERRNO = ${String(number)}, MESSAGE_TEXT = 'made up'`,
  sleep: (seconds) => `SELECT SLEEP(${String(seconds)})`,
  createLimitedUser: (name, database) => [
    `CREATE USER ${name} IDENTIFIED BY 'secret' WITH MAX_USER_CONNECTIONS 1`,
    `GRANT ALL ON ${database}.* TO ${name}`,
  ],
  dropUser: (name) => [`DROP USER ${name}`],
  createUser: (name, password, database) => [
    `CREATE USER ${name} IDENTIFIED BY '${password}'`,
    `GRANT ALL ON ${database}.* TO ${name}`,
  ],
  work: "SELECT BENCHMARK(1000000000, MD5(1)) + 1",
  ownSession: "SELECT CONNECTION_ID()",
  shortLockTimeout: "SET innodb_lock_wait_timeout = 1",
  shortStatementTimeout: "SET max_statement_time = 0.1",
  shortIdleTimeout: "SET wait_timeout = 1",
  marks: [
    {
      name: "an open transaction",
      leave: ["INSERT INTO mark (id) VALUES (777)"],
      look: "SELECT COUNT(*) FROM mark",
      clean: 0,
    },
    { name: "a user variable", leave: ["SET @left_over = 1"], look: "SELECT ISNULL(@left_over)", clean: 1 },
    {
      name: "an SQL mode",
      leave: ["SET sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')"],
      look: "SELECT @@sql_mode LIKE '%ANSI_QUOTES%'",
      clean: 0,
    },
    {
      // It hides the table of that name, which is empty.
      name: "a temporary table",
      leave: ["CREATE TEMPORARY TABLE mark AS SELECT 1 AS id"],
      look: "SELECT COUNT(*) FROM mark",
      clean: 0,
    },
    {
      name: "a lock by name",
      leave: ["SELECT GET_LOCK('left_over', 0)"],
      look: "SELECT IS_FREE_LOCK('left_over')",
      clean: 1,
    },
    { name: "autocommit", leave: ["SET autocommit = 0"], look: "SELECT @@autocommit", clean: 1 },
    {
      name: "an isolation level",
      leave: ["SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED"],
      look: "SELECT @@tx_isolation",
      clean: "REPEATABLE-READ",
    },
    { name: "a time zone", leave: ["SET time_zone = '+05:00'"], look: "SELECT @@time_zone", clean: "+00:00" },
  ],
};

/** What is said to this database's server. */
export function dialogueFor(database: Pick<TestDatabase, "kind">): Dialogue {
  return database.kind === "postgresql" ? POSTGRESQL : MYSQL;
}
