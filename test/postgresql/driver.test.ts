// The driver against a real server: statements, portals, cancelling, connections that die, and what a reset leaves.
import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import { Client } from "pg";
import { describe, expect, it, vi } from "vitest";
import type { AsyncDriverConnection, AsyncExecution } from "../../runtime/dialects/driver.js";
import { connectPostgresql } from "../../runtime/dialects/postgresql/driver.js";
import { parseUrl } from "../../runtime/dialects/url.js";
import {
  CannotOpenDatabaseError,
  DisconnectError,
  InvalidRequestError,
  InvalidValueError,
  UrlError,
} from "../../runtime/errors/errors.js";
import { Integer, Text } from "../../runtime/types/types.js";
import { describeDatabase, runOnPostgresql } from "../support/databases/databases.js";
import { CERTIFICATE } from "./support/localhost-certificate.js";
import { startTlsProxy } from "./support/tls-proxy.js";
import { connections, run, values } from "./support/connection.js";

const typed = [{ type: Integer().type }, { type: Text().type }];

function execution(sql: string, parameters: readonly unknown[] = [], prepare = false): AsyncExecution {
  return { sql, parameters, prepare, bigint: false };
}

function md5(data: string | Buffer): string {
  return createHash("md5").update(data).digest("hex");
}

/** A statement that this package compiled, and what begins its transaction. */
function begun(sql: string, prelude: readonly string[]): AsyncExecution {
  return { ...execution(sql, [], true), prelude, isCompiled: true };
}

async function portions(
  connection: AsyncDriverConnection,
  asked: AsyncExecution,
  fetchSize: number,
): Promise<(readonly unknown[])[][]> {
  const found: (readonly unknown[])[][] = [];
  for await (const rows of connection.stream(asked, () => fetchSize)) found.push(rows);
  return found;
}

/**
 * Cancels a statement once another connection sees that the server works on it: what is cancelled before that is not
 * cancelled.
 */
async function cancelRunning(connection: AsyncDriverConnection, observer: AsyncDriverConnection): Promise<void> {
  const sql = `SELECT state FROM pg_stat_activity WHERE pid = ${String(connection.serverId)}`;
  await expect.poll(async () => values(observer, sql)).toEqual(["active"]);
  await connection.cancel();
}

/** Ends the connection from the server's side. */
async function kill(url: string, connection: AsyncDriverConnection): Promise<void> {
  await runOnPostgresql(url, `SELECT pg_terminate_backend(${String(connection.serverId)})`);
}

/** Resolves when the connection knows that it is gone. */
async function broken(connection: AsyncDriverConnection): Promise<void> {
  while (!connection.broken) await new Promise((resolve) => setImmediate(resolve));
}

const signal = new AbortController().signal;

/** What no command tag tells. */
const deallocateUnseen = "DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$";

await describeDatabase("postgresql", "the pg driver", (database) => {
  const open = connections();

  describe("statements", () => {
    it("give arrays of text for columns that the statement knows, values for all others", async () => {
      const connection = await open(database.url);
      const sql = "SELECT 7, 'seven'";
      expect(await connection.execute({ ...execution(sql), columns: typed })).toEqual({
        rows: [["7", "seven"]],
        columnNames: ["?column?", "?column?"],
        rowCount: 1,
        lastInsertId: null,
        commandTag: "SELECT 1",
      });
      expect((await connection.execute(execution(sql))).rows).toEqual([[7, "seven"]]);
    });

    it("tell rows, counts and command tags", async () => {
      const connection = await open(database.url);
      const create = await run(connection, "CREATE TABLE counted (id integer PRIMARY KEY, name text)");
      expect(create).toMatchObject({ rows: [], columnNames: null, rowCount: 0, commandTag: "CREATE TABLE" });
      const insert = "INSERT INTO counted VALUES ($1, $2), ($3, $4) RETURNING id";
      expect(await run(connection, insert, [1, "a", 2, null])).toMatchObject({
        rows: [[1], [2]],
        rowCount: 2,
        commandTag: "INSERT 0 2",
      });
      expect(await run(connection, "UPDATE counted SET name = 'x'")).toMatchObject({ rowCount: 2, columnNames: null });
      expect(await run(connection, "")).toMatchObject({ rows: [], commandTag: null });
    });

    it("are prepared once under a name, and stay so", async () => {
      const connection = await open(database.url);
      const sql = "SELECT $1::integer AS n, $2::text AS t";
      const names = "SELECT statement FROM pg_prepared_statements";
      const first = await run(connection, sql, [1, "a"], true);
      const second = await run(connection, sql, [2, null], true);
      expect([first.rows, second.rows]).toEqual([[[1, "a"]], [[2, null]]]);
      expect(second.columnNames).toEqual(["n", "t"]);
      expect(await values(connection, names)).toEqual([sql]);
    });

    it("are never prepared where the URL or the arguments say so", async () => {
      const byUrl = await open(`${database.url}?prepare=off`);
      const byArgument = await open(database.url, { prepare: false });
      for (const connection of [byUrl, byArgument]) {
        await run(connection, "SELECT $1::integer", [1], true);
        expect(await values(connection, "SELECT count(*) FROM pg_prepared_statements")).toEqual([0]);
      }
    });

    it("are kept 250 at most", async () => {
      const connection = await open(database.url);
      for (let n = 0; n < 260; n++) await run(connection, `SELECT ${String(n)}`, [], true);
      expect(await values(connection, "SELECT count(*) FROM pg_prepared_statements")).toEqual([250]);
      expect((await run(connection, "SELECT 0", [], true)).rows).toEqual([[0]]);
    });

    it("are prepared again where the server lost them or their table changed", async () => {
      const connection = await open(database.url);
      const other = await open(database.url);
      const sql = "SELECT * FROM changing";
      await run(connection, "CREATE TABLE changing (a integer)");
      await run(connection, sql, [], true);
      await run(other, "ALTER TABLE changing ADD COLUMN b integer");
      expect((await run(connection, sql, [], true)).columnNames).toEqual(["a", "b"]);
      await run(connection, deallocateUnseen);
      expect((await run(connection, sql, [], true)).columnNames).toEqual(["a", "b"]);
    });

    it("are prepared again in a transaction that changed them itself", async () => {
      const connection = await open(database.url);
      const sql = "SELECT * FROM changed_here";
      await run(connection, "CREATE TABLE changed_here (a integer)");
      await run(connection, sql, [], true);
      await run(connection, "BEGIN");
      await run(connection, "ALTER TABLE changed_here ADD COLUMN b integer");
      expect((await run(connection, sql, [], true)).columnNames).toEqual(["a", "b"]);
      await run(connection, "DEALLOCATE ALL");
      expect((await run(connection, sql, [], true)).columnNames).toEqual(["a", "b"]);
      expect(await values(connection, "SELECT count(*) FROM pg_prepared_statements")).toEqual([1]);
      await run(connection, "COMMIT");
    });

    it("fail in a transaction that cannot prepare them again, and work after it", async () => {
      const connection = await open(database.url);
      const sql = "SELECT 'kept'";
      await run(connection, sql, [], true);
      await run(connection, "BEGIN");
      await run(connection, deallocateUnseen);
      await expect(run(connection, sql, [], true)).rejects.toMatchObject({ code: "26000" });
      expect(connection.transaction).toBe("failed");
      await run(connection, "ROLLBACK");
      expect((await run(connection, sql, [], true)).rows).toEqual([["kept"]]);
    });

    it("that failed when executed are still known by their name", async () => {
      const connection = await open(database.url);
      const sql = "SELECT 1 / $1::integer";
      await expect(run(connection, sql, [0], true)).rejects.toMatchObject({ code: "22012" });
      expect((await run(connection, sql, [1], true)).rows).toEqual([[1]]);
      await expect(run(connection, "SELECT nothing_like_it", [], true)).rejects.toMatchObject({ code: "42703" });
      await expect(run(connection, "SELECT nothing_like_it", [], true)).rejects.toMatchObject({ code: "42703" });
    });

    it("take parameters of any length", async () => {
      const connection = await open(database.url);
      for (const length of [0, 1_000, 4_096, 1_000_000]) {
        const text = "Größe €😀".repeat(length / 8);
        const bytes = Buffer.alloc(length, 7);
        const sql = "SELECT md5($1::text), md5($2::bytea), $3::text IS NULL, length($4::text)";
        expect((await run(connection, sql, [text, bytes, null, text])).rows).toEqual([
          [md5(text), md5(bytes), true, [...text].length],
        ]);
      }
    });

    it("with more parameters than the protocol counts are refused before they are sent", async () => {
      const connection = await open(database.url);
      const many = Array.from({ length: 65_536 }, () => 1);
      await expect(run(connection, "SELECT 1", many)).rejects.toThrow(InvalidRequestError);
      expect(await values(connection, "SELECT 1")).toEqual([1]);
    });

    it("and parameters that are none are refused before they are sent", async () => {
      const connection = await open(database.url);
      await expect(run(connection, "SELECT '\0'")).rejects.toThrow(InvalidRequestError);
      await expect(run(connection, "SELECT $1", [{}])).rejects.toThrow(InvalidValueError);
      await expect(run(connection, "SELECT $1", [undefined])).rejects.toThrow(InvalidValueError);
    });

    it("are one at a time", async () => {
      const connection = await open(database.url);
      await expect(run(connection, "SELECT 1; SELECT 2")).rejects.toMatchObject({ code: "42601" });
    });

    it("cannot start a COPY from the client", async () => {
      const connection = await open(database.url);
      await run(connection, "CREATE TEMPORARY TABLE copied (a integer)");
      await expect(run(connection, "COPY copied FROM STDIN")).rejects.toThrow(/needs a stream of data/);
      expect(await values(connection, "SELECT 1")).toEqual([1]);
    });
  });

  describe("what begins a transaction", () => {
    it("goes along with its first statement, whose answer alone is given", async () => {
      const connection = await open(database.url);
      const first = begun("SELECT current_setting('transaction_read_only')", ["BEGIN READ ONLY", "SAVEPOINT a"]);
      for (let turn = 0; turn < 2; turn++) {
        expect(await connection.execute(first)).toMatchObject({ rows: [["on"]], commandTag: "SELECT 1" });
        expect(connection.transaction).toBe("open");
        await run(connection, "ROLLBACK TO SAVEPOINT a");
        await run(connection, "ROLLBACK");
      }
    });

    it("is sent in one write with it", async () => {
      const connection = await open(database.url);
      // Sound: the driver is this package's own over pg.
      const { stream } = (connection.native as { readonly connection: { readonly stream: Socket } }).connection;
      const write = vi.spyOn(stream, "write");
      await connection.execute(begun("SELECT 1", ["BEGIN"]));
      expect(write).toHaveBeenCalledTimes(1);
    });

    it("leaves no transaction where the server refuses it, and a failed one where it refuses the statement", async () => {
      const connection = await open(database.url);
      await expect(connection.execute(begun("SELECT 1", ["BEGIN NONSENSE"]))).rejects.toMatchObject({ code: "42601" });
      expect(connection.transaction).toBe("none");
      await expect(connection.execute(begun("SELECT 1 / 0", ["BEGIN"]))).rejects.toMatchObject({ code: "22012" });
      expect(connection.transaction).toBe("failed");
      await run(connection, "ROLLBACK");
      expect((await connection.execute(begun("SELECT 1", ["BEGIN"]))).rows).toEqual([[1]]);
    });

    it("is sent again with a statement that the server has forgotten", async () => {
      const connection = await open(database.url);
      const first = begun("SELECT 'first'", ["BEGIN"]);
      for (let turn = 0; turn < 3; turn++) {
        expect((await connection.execute(first)).rows).toEqual([["first"]]);
        expect(connection.transaction).toBe("open");
        await run(connection, deallocateUnseen);
        await run(connection, "COMMIT");
      }
    });
  });

  describe("transactions", () => {
    it("are told as the server has them", async () => {
      const connection = await open(database.url);
      expect(connection.transaction).toBe("none");
      await run(connection, "BEGIN");
      expect(connection.transaction).toBe("open");
      await expect(run(connection, "SELECT 1 / 0")).rejects.toMatchObject({ code: "22012" });
      expect(connection.transaction).toBe("failed");
      expect((await run(connection, "COMMIT")).commandTag).toBe("ROLLBACK");
      expect(connection.transaction).toBe("none");
    });
  });

  describe("streams", () => {
    const series = execution("SELECT n, 'row ' || n FROM generate_series(1, 10) AS n");

    it("give portions from a portal on the server", async () => {
      const connection = await open(database.url);
      const found = await portions(connection, series, 4);
      expect(found.map((rows) => rows.length)).toEqual([4, 4, 2]);
      expect(found[2]).toEqual([
        [9, "row 9"],
        [10, "row 10"],
      ]);
      expect(connection.transaction).toBe("none");
    });

    it("know their columns when the first portion is there, even an empty one", async () => {
      const connection = await open(database.url);
      const rows = connection.stream(execution("SELECT 1 AS a, 2 AS b WHERE false"), () => 10);
      expect(await rows.next()).toEqual({ done: true, value: undefined });
      expect(rows.columnNames).toEqual(["a", "b"]);
      expect(connection.transaction).toBe("none");
    });

    it("let other statements of the transaction run between portions, and close their portal when left", async () => {
      const connection = await open(database.url);
      const cursors = "SELECT count(*) FROM pg_cursors WHERE name LIKE 'athanor%'";
      await run(connection, "BEGIN");
      for await (const rows of connection.stream(series, () => 3)) {
        expect(rows).toHaveLength(3);
        expect(await values(connection, cursors)).toEqual([1]);
        break;
      }
      expect(await values(connection, cursors)).toEqual([0]);
      expect(connection.transaction).toBe("open");
    });

    it("that are left outside a transaction leave none open", async () => {
      const connection = await open(database.url);
      for await (const rows of connection.stream(series, () => 3)) {
        expect(rows).toHaveLength(3);
        break;
      }
      expect(connection.transaction).toBe("none");
      expect(await values(connection, "SELECT 1")).toEqual([1]);
    });

    it("pass errors on, at the first portion or a later one", async () => {
      const connection = await open(database.url);
      await expect(portions(connection, execution("SELECT nothing_like_it"), 2)).rejects.toMatchObject({
        code: "42703",
      });
      expect(connection.transaction).toBe("none");
      const late = execution("SELECT 10 / (5 - n) FROM generate_series(1, 10) AS n");
      await expect(portions(connection, late, 2)).rejects.toMatchObject({ code: "22012" });
      expect(connection.transaction).toBe("none");
    });
  });

  describe("cancelling", () => {
    it("makes the running statement fail and leaves the connection usable", async () => {
      const connection = await open(database.url);
      const sleeping = run(connection, "SELECT pg_sleep(60)");
      const outcome = expect(sleeping).rejects.toMatchObject({ code: "57014" });
      await cancelRunning(connection, await open(database.url));
      await outcome;
      expect(connection.broken).toBe(false);
      expect(await values(connection, "SELECT 1")).toEqual([1]);
    });

    it("does nothing to an idle connection", async () => {
      const connection = await open(database.url);
      await connection.cancel();
      await connection.ping();
      expect(connection.broken).toBe(false);
    });
  });

  describe("a connection that the server ends", () => {
    it("while idle is broken, and the process lives on", async () => {
      const connection = await open(database.url);
      await kill(database.url, connection);
      await broken(connection);
      expect(connection.transaction).toBe("unknown");
      await expect(connection.ping()).rejects.toThrow();
    });

    it("in flight rejects the statement", async () => {
      const connection = await open(database.url);
      const sleeping = run(connection, "SELECT pg_sleep(60)");
      const outcome = expect(sleeping).rejects.toMatchObject({ code: "57P01" });
      await kill(database.url, connection);
      await outcome;
      expect(connection.broken).toBe(true);
    });

    it("in a transaction rejects the next statement", async () => {
      const connection = await open(database.url);
      await run(connection, "BEGIN");
      await kill(database.url, connection);
      await expect(run(connection, "SELECT 1")).rejects.toThrow();
      expect(connection.broken).toBe(true);
      expect(connection.transaction).toBe("unknown");
    });

    it("within a stream ends it with an error", async () => {
      const connection = await open(database.url);
      const rows = connection.stream(execution("SELECT n FROM generate_series(1, 10) AS n"), () => 2);
      await rows.next();
      await kill(database.url, connection);
      await expect(rows.next()).rejects.toThrow();
      expect(await rows.next()).toEqual({ done: true, value: undefined });
    });

    it("or that is destroyed here rejects what runs", async () => {
      const connection = await open(database.url);
      const outcome = expect(run(connection, "SELECT pg_sleep(60)")).rejects.toThrow(/Connection terminated/);
      connection.destroy();
      await outcome;
      expect(connection.broken).toBe(true);
    });
  });

  describe("reset", () => {
    it("leaves nothing of the borrower behind", async () => {
      const connection = await open(database.url);
      await run(connection, "CREATE TABLE untouched (a integer)");
      await run(connection, "SET search_path = pg_catalog");
      await run(connection, "SET TimeZone = 'America/New_York'");
      await run(connection, "SET ROLE pg_monitor");
      await run(connection, "RESET ROLE");
      await run(connection, "SET SESSION AUTHORIZATION pg_monitor");
      await run(connection, "RESET SESSION AUTHORIZATION");
      await run(connection, "CREATE TEMPORARY TABLE scratch (a integer)");
      await run(connection, "PREPARE borrowed AS SELECT 1");
      await run(connection, "SELECT pg_advisory_lock(42)");
      await run(connection, "LISTEN news");
      await run(connection, "DECLARE held CURSOR WITH HOLD FOR SELECT 1");
      await run(connection, "BEGIN");
      await run(connection, "INSERT INTO public.untouched VALUES (1)");
      await run(connection, "SET ROLE pg_monitor");
      await connection.reset();
      expect(connection.transaction).toBe("none");
      const left = `SELECT current_user || current_setting('search_path') || current_setting('TimeZone'),
        (SELECT count(*) FROM public.untouched), to_regclass('scratch') IS NULL,
        (SELECT count(*) FROM pg_prepared_statements WHERE from_sql), (SELECT count(*) FROM pg_cursors WHERE name <> ''),
        (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()),
        (SELECT count(*) FROM pg_listening_channels())`;
      expect((await run(connection, left)).rows).toEqual([[`postgres"$user", publicUTC`, 0, true, 0, 0, 0, 0]]);
    });

    const kept = "SELECT set_config('search_path', 'pg_catalog', false), pg_advisory_lock(7), nextval('counted_up')";
    const compiled = { ...execution(kept), isCompiled: true };

    it.each([
      ["is rolled back", ["BEGIN"], []],
      ["is committed", ["BEGIN"], ["COMMIT"]],
      ["is none", [], []],
    ])("leaves nothing of what compiled statements call where the transaction %s", async (_, prelude, end) => {
      const connection = await open(database.url);
      await run(connection, "CREATE SEQUENCE IF NOT EXISTS counted_up");
      await connection.reset();
      await connection.execute({ ...compiled, prelude });
      for (const sql of end) await connection.execute({ ...execution(sql), isControl: true });
      await connection.reset();
      const left = `SELECT current_setting('search_path'),
        (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())`;
      expect((await run(connection, left)).rows).toEqual([['"$user", public', 0]]);
      await expect(run(connection, "SELECT lastval()")).rejects.toMatchObject({ code: "55000" });
    });

    it("ends a failed transaction", async () => {
      const connection = await open(database.url);
      await run(connection, "BEGIN");
      await expect(run(connection, "SELECT 1 / 0")).rejects.toThrow();
      await connection.reset();
      expect(connection.transaction).toBe("none");
    });

    it("keeps what the driver itself prepared, so that the next borrower need not", async () => {
      const connection = await open(database.url);
      await run(connection, "SELECT 'still here'", [], true);
      await connection.reset();
      const kept = "SELECT statement FROM pg_prepared_statements WHERE name !~ 'own'";
      expect(await values(connection, kept)).toEqual(["SELECT 'still here'"]);
      expect((await run(connection, "SELECT 'still here'", [], true)).rows).toEqual([["still here"]]);
    });

    it("works again and again, and after all prepared statements were lost unseen", async () => {
      const connection = await open(database.url);
      const leave = async (): Promise<void> => {
        await run(connection, "SELECT set_config('search_path', 'pg_catalog', false)");
        await connection.reset();
        expect(await values(connection, "SHOW search_path")).toEqual(['"$user", public']);
      };
      await leave();
      await leave();
      await run(connection, deallocateUnseen);
      await leave();
      await run(connection, "DISCARD ALL");
      await leave();
      const pooled = await open(database.url, { prepare: false });
      await run(pooled, "SET search_path = pg_catalog");
      await pooled.reset();
      expect(await values(pooled, "SELECT count(*) FROM pg_prepared_statements")).toEqual([0]);
    });

    it("may be followed at once by a statement that begins a transaction, in one write", async () => {
      const connection = await open(database.url);
      // Sound: the driver is this package's own over pg.
      const { stream } = (connection.native as { readonly connection: { readonly stream: Socket } }).connection;
      await connection.reset();
      const sql = "SELECT current_setting('search_path')";
      for (let turn = 0; turn < 3; turn++) {
        await connection.execute(begun("SELECT set_config('search_path', 'pg_catalog', false)", ["BEGIN"]));
        const write = vi.spyOn(stream, "write");
        const writeAll = vi.spyOn(stream, "_writev");
        const reset = connection.reset();
        expect([connection.takesMore, connection.transaction]).toEqual([true, "none"]);
        const reply = await connection.execute(begun(sql, ["BEGIN"]));
        expect([reply.rows, connection.transaction, connection.takesMore]).toEqual([
          [['"$user", public']],
          "open",
          false,
        ]);
        expect([write.mock.calls.length, writeAll.mock.calls.length]).toEqual([2, 1]);
        await reset;
        vi.restoreAllMocks();
        await run(connection, "COMMIT");
        await connection.reset();
      }
    });

    it("is waited for by everything else", async () => {
      const connection = await open(database.url);
      const set = begun("SELECT set_config('search_path', 'pg_catalog', false)", ["BEGIN"]);
      const asked = execution("SHOW search_path");
      for (const ask of [
        async () => (await connection.execute({ ...asked, isCompiled: true })).rows,
        async () => (await connection.execute({ ...asked, prelude: ["BEGIN"] })).rows,
        async () => (await portions(connection, asked, 1)).flat(),
      ]) {
        await connection.execute(set);
        void connection.reset();
        expect(await ask()).toEqual([['"$user", public']]);
        await connection.reset();
      }
      await connection.execute(set);
      void connection.reset();
      await connection.ping();
      expect(connection.takesMore).toBe(false);
    });

    it("that fails breaks the connection, with all that was asked of it meanwhile", async () => {
      const setup = await open(database.url);
      await run(
        setup,
        `CREATE OR REPLACE FUNCTION forget_statements() RETURNS void LANGUAGE plpgsql
          AS $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$`,
      );
      await run(setup, "CREATE TABLE IF NOT EXISTS kept_by_nobody (a integer)");
      const connection = await open(database.url);
      await connection.execute(begun("SELECT 1", ["BEGIN"]));
      await connection.reset();
      await connection.execute(begun("SELECT forget_statements()", ["BEGIN"]));
      const outcomes = await Promise.allSettled([
        connection.reset(),
        connection.execute(begun("INSERT INTO kept_by_nobody VALUES (1)", ["BEGIN"])),
        connection.execute(execution("INSERT INTO kept_by_nobody VALUES (2)")),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
      expect(outcomes[1]).toHaveProperty("reason", expect.any(DisconnectError));
      expect([connection.broken, connection.transaction]).toEqual([true, "unknown"]);
      expect(await values(setup, "SELECT count(*) FROM kept_by_nobody")).toEqual([0]);
    });

    it("works after the borrower dropped all prepared statements", async () => {
      const connection = await open(database.url);
      await run(connection, "SELECT 'again'", [], true);
      await run(connection, "PREPARE borrowed AS SELECT 1");
      await connection.reset();
      expect((await run(connection, "SELECT 'again'", [], true)).rows).toEqual([["again"]]);
    });
  });

  describe("opening", () => {
    it("sets the session's forms, whatever the database's defaults are", async () => {
      const name = new URL(database.url).pathname.slice(1);
      const setup = await open(database.url);
      await run(setup, `ALTER DATABASE ${name} SET DateStyle = 'German'`);
      await run(setup, `ALTER DATABASE ${name} SET bytea_output = 'escape'`);
      const settings = "TimeZone DateStyle IntervalStyle bytea_output standard_conforming_strings application_name";
      const ask = settings.split(" ").map((setting) => `current_setting('${setting}')`);
      const connection = await open(`${database.url}?application_name=shop`);
      expect((await run(connection, `SELECT ${ask.join(", ")}`)).rows).toEqual([
        ["UTC", "ISO, MDY", "iso_8601", "hex", "on", "shop"],
      ]);
      await run(setup, `ALTER DATABASE ${name} RESET ALL`);
    });

    it("takes settings from the URL and from arguments, and resets go back to them", async () => {
      const connection = await open(`${database.url}?statement_timeout=5000`, {
        settings: { search_path: "elsewhere" },
      });
      await run(connection, "SET search_path = public");
      await connection.reset();
      const sql = "SELECT current_setting('search_path') || ' ' || current_setting('statement_timeout')";
      expect(await values(connection, sql)).toEqual(["elsewhere 5s"]);
    });

    it("works over a socket's folder", async () => {
      const [folder] = await runOnPostgresql(database.url, "SHOW unix_socket_directories");
      const { username, port, pathname } = new URL(database.url);
      const connection = await open(
        `postgresql://${username}@:${port}${pathname}?host=${encodeURIComponent(String(folder))}`,
      );
      expect(await values(connection, "SELECT inet_client_addr() IS NULL")).toEqual([true]);
      const sleeping = expect(run(connection, "SELECT pg_sleep(60)")).rejects.toMatchObject({ code: "57014" });
      await cancelRunning(connection, await open(database.url));
      await sleeping;
    });

    it("fails with an error that names the URL without its password", async () => {
      const url = new URL(database.url);
      url.password = "canary";
      url.pathname = "/no_such_database";
      const error = await open(url.href).catch((each: unknown) => each);
      expect(error).toBeInstanceOf(CannotOpenDatabaseError);
      expect(String(error)).toMatch(/no_such_database" does not exist/);
      expect(String(error)).not.toContain("canary");
      url.port = "1";
      await expect(open(url.href)).rejects.toThrow(CannotOpenDatabaseError);
    });

    it("over TLS checks who answers, unless it is told not to", async () => {
      const { hostname, port, username, pathname } = new URL(database.url);
      await using proxy = await startTlsProxy(hostname, Number(port));
      const url = (host: string, query = ""): string =>
        `postgresql://${username}@${host}:${String(proxy.port)}${pathname}${query}`;
      const ca = { ssl: { ca: CERTIFICATE } };
      await expect(open(url("localhost", "?sslmode=require"))).rejects.toThrow(/self-signed certificate/);
      await expect(open(url("127.0.0.1", "?sslmode=verify-full"), ca)).rejects.toThrow(/does not match/);
      await open(url("127.0.0.1", "?sslmode=verify-ca"), ca);
      await open(url("127.0.0.1", "?sslmode=no-verify"));
      const connection = await open(url("localhost", "?sslmode=verify-full"), ca);
      const sleeping = expect(run(connection, "SELECT pg_sleep(60)")).rejects.toMatchObject({ code: "57014" });
      await cancelRunning(connection, await open(url("localhost", "?sslmode=verify-full"), ca));
      await sleeping;
    });

    it("never falls back to sending in clear", async () => {
      await expect(open(`${database.url}?sslmode=require`)).rejects.toThrow(/does not support SSL/);
      await expect(open(`${database.url}?sslmode=prefer`)).rejects.toThrow(UrlError);
      expect(await values(await open(`${database.url}?sslmode=disable`), "SELECT 1")).toEqual([1]);
    });

    it("stops when nobody waits any more", async () => {
      const controller = new AbortController();
      const opening = connectPostgresql(parseUrl(database.url), {}, { signal: controller.signal });
      controller.abort();
      await expect(opening).rejects.toThrow(CannotOpenDatabaseError);
      const late = connectPostgresql(parseUrl(database.url), {}, { signal: controller.signal });
      await expect(late).rejects.toThrow(CannotOpenDatabaseError);
    });

    it("shows no password, however it is printed", async () => {
      const url = new URL(database.url);
      url.password = "canary";
      const connection = await connectPostgresql(parseUrl(url.href), {}, { signal });
      const { inspect } = await import("node:util");
      expect(inspect(connection, { depth: 10, showHidden: true })).not.toContain("canary");
      await connection.close();
      expect(connection.broken).toBe(true);
    });
  });

  it("reads what pg itself wrote", async () => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query("CREATE TABLE shared_with_pg (a timestamptz)");
    await client.query("INSERT INTO shared_with_pg VALUES ($1)", [new Date(0)]);
    await client.end();
    const connection = await open(database.url);
    expect(String((await values(connection, "SELECT a FROM shared_with_pg"))[0])).toBe("1970-01-01T00:00:00Z");
  });
});
