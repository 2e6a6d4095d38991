// The driver against a real server: statements, streams, cancelling, connections that die, and what a reset leaves.
import { describe, expect, it } from "vitest";
import type { AsyncDriverConnection, AsyncExecution } from "../../runtime/dialects/driver.js";
import { DecimalParameter } from "../../runtime/dialects/mysql/decimal-parameter.js";
import { connectMysql } from "../../runtime/dialects/mysql/driver.js";
import { translateMysqlError } from "../../runtime/dialects/mysql/errors.js";
import { parseUrl } from "../../runtime/dialects/url.js";
import {
  ArgumentError,
  CannotOpenDatabaseError,
  DisconnectError,
  InvalidRequestError,
  InvalidValueError,
  UrlError,
} from "../../runtime/errors/errors.js";
import { describeDatabase } from "../support/databases/databases.js";
import { connections, execution, mariadbUrl, run, values } from "./support/connection.js";

async function portions(
  connection: AsyncDriverConnection,
  asked: AsyncExecution,
  fetchSize: number,
): Promise<(readonly unknown[])[][]> {
  const found: (readonly unknown[])[][] = [];
  for await (const rows of connection.stream(asked, () => fetchSize)) found.push(rows);
  return found;
}

/** Resolves when the connection knows that it is gone. */
async function broken(connection: AsyncDriverConnection): Promise<void> {
  while (!connection.broken) await new Promise((resolve) => setImmediate(resolve));
}

async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("it did not fail");
}

const isIn = (count: number): string => `SELECT 1 IN (${Array(count).fill("?").join(",")})`;
const numbers = (count: number): bigint[] => Array<bigint>(count).fill(2n);
const NUMBERS = "SELECT seq, repeat('x', 200) FROM seq_1_to_20000";

await describeDatabase("mysql", "the mysql2 driver", (database) => {
  const connect = connections();
  const open = (connectArgs: Readonly<Record<string, unknown>> = {}): Promise<AsyncDriverConnection> =>
    connect(mariadbUrl(database.url), connectArgs);

  describe("statements", () => {
    it("give rows as arrays, with the columns' names beside them", async () => {
      const connection = await open();
      expect(await run(connection, "SELECT 7 AS n, 'seven' AS t, NULL AS t")).toEqual({
        rows: [[7, "seven", null]],
        columnNames: ["n", "t", "t"],
        rowCount: 1,
        lastInsertId: null,
        commandTag: null,
      });
    });

    it("tell counts of matched rows, and the number that the database gave", async () => {
      const connection = await open();
      const create = await run(connection, "CREATE TABLE counted (id integer PRIMARY KEY AUTO_INCREMENT, name text)");
      expect(create).toMatchObject({ rows: [], columnNames: null, rowCount: 0, lastInsertId: null });
      const insert = await run(connection, "INSERT INTO counted (name) VALUES (?)", ["a"], true);
      expect(insert).toMatchObject({ rowCount: 1, lastInsertId: 1, columnNames: null });
      await run(connection, "INSERT INTO counted (name) VALUES (?)", [null], true);
      expect(await run(connection, "UPDATE counted SET name = ?", ["a"])).toMatchObject({ rowCount: 2 });
      expect(await run(connection, "UPDATE counted SET name = ?", ["a"])).toMatchObject({ rowCount: 2 });
      const returning = await run(connection, "INSERT INTO counted (name) VALUES ('x'), ('y') RETURNING id");
      expect(returning).toMatchObject({ rows: [[3], [4]], rowCount: 2 });
      await run(connection, "INSERT INTO counted (id) VALUES (0)");
      expect(await values(connection, "SELECT id FROM counted WHERE id = 0")).toEqual([0]);
    });

    it("are prepared once and kept where that is asked for, and closed at once where not", async () => {
      const connection = await open();
      const count = async (): Promise<number> =>
        Number((await run(connection, "SHOW SESSION STATUS LIKE 'Com_stmt_prepare'")).rows[0]?.[1]);
      const before = await count();
      for (const n of [1n, 2n, 3n])
        expect(await run(connection, "SELECT ?", [n], true)).toMatchObject({ rows: [[Number(n)]] });
      const between = await count();
      for (const n of [1n, 2n, 3n]) await run(connection, "SELECT ? + 1", [n], false);
      const after = await count();
      // Each look at the counter is prepared itself.
      expect([between - before, after - between]).toEqual([2, 4]);
    });

    it("whose columns are called like an object's own members do the connection no harm", async () => {
      const connection = await open();
      const names = ["__proto__", "constructor", "__defineGetter__", "toString", "", "a`b"];
      const list = names.map((name) => `1 AS \`${name.replaceAll("`", "``")}\``).join(", ");
      expect((await run(connection, `SELECT ${list}`)).columnNames).toEqual(names);
      expect(await portions(connection, execution(`SELECT ${list}`), 10)).toEqual([[[1, 1, 1, 1, 1, 1]]]);
      await run(connection, "SET @x = 1");
      expect(connection.broken).toBe(false);
    });

    it("that cannot be prepared go out as text", async () => {
      const connection = await open();
      await run(connection, "CREATE PROCEDURE two_results() BEGIN SELECT 1 AS a; SELECT 2 AS b, 3 AS c; END");
      expect(await run(connection, "CALL two_results()")).toMatchObject({ rows: [[1]], columnNames: ["a"] });
      expect(await run(connection, "/* first a word */ LOCK TABLES mysql.user READ")).toMatchObject({
        columnNames: null,
      });
      await run(connection, "UNLOCK TABLES");
    });

    it("of several are refused: one statement is one statement", async () => {
      const connection = await open();
      for (const sql of ["SELECT 1; SELECT 2", "SET @a = 1; SET @b = 2"]) {
        expect(await failure(run(connection, sql))).toMatchObject({ errno: 1064 });
      }
    });

    it("put question marks and quotes of their text where they stand", async () => {
      const connection = await open();
      expect((await run(connection, "SELECT '?', ? /* ? */", ["'; DROP TABLE x; --"])).rows).toEqual([
        ["?", "'; DROP TABLE x; --"],
      ]);
      await run(connection, "SET @q = '?'");
      expect(await values(connection, "SELECT @q")).toEqual(["?"]);
    });
  });

  describe("values", () => {
    it("are whole numbers of any size, exactly", async () => {
      const connection = await open();
      const reply = await run(connection, "SELECT ?, ? + 1, CAST(? AS UNSIGNED), -9223372036854775808", [
        9007199254740993n,
        9007199254740993n,
        18446744073709551615n,
      ]);
      expect(reply.rows).toEqual([
        [9007199254740993n, 9007199254740994n, 18446744073709551615n, -9223372036854775808n],
      ]);
    });

    it("are decimals, compared as such", async () => {
      const connection = await open();
      await run(connection, "CREATE TABLE amounts (amount decimal(40, 2))");
      await run(connection, "INSERT INTO amounts VALUES (?)", [DecimalParameter.of("12345678901234567890.12")]);
      const asked = "SELECT count(*) FROM amounts WHERE amount IN (?, ?)";
      const near = [DecimalParameter.of("12345678901234567890.13"), DecimalParameter.of("1")];
      const same = [DecimalParameter.of("12345678901234567890.12"), DecimalParameter.of("1")];
      expect(await values(connection, asked, near)).toEqual([0]);
      expect(await values(connection, asked, same)).toEqual([1]);
    });

    it("are bytes, in whatever kind of byte array they come", async () => {
      const connection = await open();
      const bytes = new Uint8Array([0, 255, 39, 92]);
      expect((await run(connection, "SELECT hex(?), hex(?)", [bytes, Buffer.from(bytes)])).rows).toEqual([
        ["00FF275C", "00FF275C"],
      ]);
    });

    it("are refused before they are sent where they are too many or too long", async () => {
      const connection = await open();
      expect((await run(connection, isIn(65_535), numbers(65_535))).rows).toEqual([[0]]);
      await expect(run(connection, isIn(65_536), numbers(65_536))).rejects.toThrow(InvalidRequestError);
      const [limit] = await values(connection, "SELECT @@max_allowed_packet");
      const long = "é".repeat(Number(limit) / 2);
      await expect(run(connection, "SELECT length(?)", [long])).rejects.toThrow(InvalidValueError);
      await expect(run(connection, `SELECT '${long}'`)).rejects.toThrow(InvalidValueError);
      expect(await values(connection, "SELECT length(?)", [long.slice(1000)])).toEqual([Number(limit) - 2000]);
      expect(connection.broken).toBe(false);
    });
  });

  describe("streams", () => {
    it("come in portions of the asked size, the last one smaller", async () => {
      const connection = await open();
      const found = await portions(connection, execution("SELECT seq FROM seq_1_to_25"), 10);
      expect(found.map((rows) => rows.length)).toEqual([10, 10, 5]);
      expect(found.flat()).toEqual(Array.from({ length: 25 }, (_, index) => [index + 1]));
      expect(await portions(connection, execution("SELECT 1 WHERE 1 = ?", [2n]), 10)).toEqual([]);
      expect(await values(connection, "SELECT 1")).toEqual([1]);
    });

    it("know their columns once the first portion is there, and keep wide numbers whole", async () => {
      const connection = await open();
      const rows = connection.stream(execution("SELECT 9007199254740993 AS wide"), () => 10);
      expect(await rows.next()).toEqual({ done: false, value: [[9007199254740993n]] });
      expect(rows.columnNames).toEqual(["wide"]);
      expect((await rows.next()).done).toBe(true);
    });

    it("that end early leave a connection that works, without reading what is left", async () => {
      const connection = await open();
      for (const sql of [
        NUMBERS,
        "SELECT a.seq FROM seq_1_to_100000 a, seq_1_to_100000 b",
        "SELECT seq FROM seq_1_to_12",
      ]) {
        for await (const rows of connection.stream(execution(sql), () => 10)) {
          expect(rows).toHaveLength(10);
          break;
        }
        expect(await values(connection, "SELECT 42")).toEqual([42]);
      }
    });

    it("that nobody ends are ended by what comes next", async () => {
      const connection = await open();
      for (const next of [() => values(connection, "SELECT 42"), () => connection.ping(), () => connection.reset()]) {
        const rows = connection.stream(execution(NUMBERS), () => 10);
        await rows.next();
        await next();
        expect((await rows.next()).done).toBe(true);
      }
      expect(await values(connection, "SELECT 42")).toEqual([42]);
    });

    it("hold back the server while nobody reads", async () => {
      const connection = await open();
      const watcher = await open();
      const rows = connection.stream(execution("SELECT repeat('x', 1000) FROM seq_1_to_1000000"), () => 10);
      await rows.next();
      const info = "SELECT info FROM information_schema.processlist WHERE id = ? AND info IS NOT NULL";
      expect(await values(watcher, info, [BigInt(connection.serverId ?? 0)])).toHaveLength(1);
      await rows.return?.();
      expect(await values(connection, "SELECT 1")).toEqual([1]);
    });

    it("end with the error where one comes, of preparing and of reading", async () => {
      const connection = await open();
      await run(connection, "START TRANSACTION");
      expect(await failure(portions(connection, execution("SELECT nothing FROM nowhere"), 10))).toMatchObject({
        errno: 1146,
      });
      const late = "SELECT IF(seq = 500, (SELECT 1 UNION SELECT 2), 1) FROM seq_1_to_1000";
      expect(await failure(portions(connection, execution(late), 10))).toMatchObject({ errno: 1242 });
      expect(connection.transaction).toBe("open");
    });

    it("end with an error when the server goes away", async () => {
      const connection = await open();
      const killer = await open();
      const rows = connection.stream(execution("SELECT repeat('x', 1000) FROM seq_1_to_1000000"), () => 10);
      await rows.next();
      await run(killer, `KILL ${String(connection.serverId)}`);
      const error = await failure(
        (async () => {
          while ((await rows.next()).done !== true);
        })(),
      );
      expect(translateMysqlError(error, {})).toBeInstanceOf(DisconnectError);
      await broken(connection);
    });
  });

  describe("transactions", () => {
    it("are told by the server's answers", async () => {
      const connection = await open();
      await run(connection, "CREATE TABLE told (id integer PRIMARY KEY)");
      expect(connection.transaction).toBe("none");
      await run(connection, "START TRANSACTION");
      expect(connection.transaction).toBe("open");
      await run(connection, "INSERT INTO told VALUES (1)");
      await failure(run(connection, "INSERT INTO told VALUES (1)"));
      expect(connection.transaction).toBe("open");
      await run(connection, "COMMIT");
      expect(connection.transaction).toBe("none");
    });

    it("end with a statement that defines something, also one that fails", async () => {
      const connection = await open();
      await run(connection, "START TRANSACTION");
      await run(connection, "CREATE TABLE ends_it (id integer)");
      expect(connection.transaction).toBe("none");
      await run(connection, "START TRANSACTION");
      await failure(run(connection, "CREATE TABLE ends_it (id integer)"));
      expect(connection.transaction).toBe("unknown");
      await connection.ping();
      expect(connection.transaction).toBe("none");
    });
  });

  describe("cancelling", () => {
    it("ends the running statement and leaves the connection and its transaction", async () => {
      const connection = await open();
      const watcher = await open();
      await run(connection, "START TRANSACTION");
      const running = failure(run(connection, "SELECT count(*) FROM seq_1_to_10000000000 WHERE seq % ? = 5", [7n]));
      const info = "SELECT 1 FROM information_schema.processlist WHERE id = ? AND info LIKE 'SELECT count%'";
      while ((await values(watcher, info, [BigInt(connection.serverId ?? 0)])).length === 0);
      await connection.cancel();
      expect(await running).toMatchObject({ errno: 1317 });
      expect([connection.broken, connection.transaction]).toEqual([false, "open"]);
      expect(await values(connection, "SELECT 1")).toEqual([1]);
    });

    it("when nothing runs does the next statement no harm", async () => {
      const connection = await open();
      for (let round = 0; round < 5; round++) {
        await connection.cancel();
        expect(await values(connection, "SELECT 1")).toEqual([1]);
      }
    });
  });

  describe("connections that die", () => {
    it("while idle are known to be broken", async () => {
      const connection = await open();
      const killer = await open();
      await run(killer, `KILL ${String(connection.serverId)}`);
      await broken(connection);
      expect(connection.transaction).toBe("unknown");
      const error = await failure(run(connection, "SELECT 1"));
      expect(translateMysqlError(error, {})).toBeInstanceOf(DisconnectError);
    });

    it("in the middle of a statement or of a transaction give a disconnect", async () => {
      const killer = await open();
      for (const begin of [false, true]) {
        const connection = await open();
        if (begin) await run(connection, "START TRANSACTION");
        const sleeping = failure(run(connection, "SELECT sleep(60)"));
        while (
          (await values(killer, "SELECT 1 FROM information_schema.processlist WHERE info LIKE 'SELECT sleep%'"))
            .length === 0
        );
        await run(killer, `KILL ${String(connection.serverId)}`);
        expect(translateMysqlError(await sleeping, {})).toBeInstanceOf(DisconnectError);
        await broken(connection);
      }
    });

    it("that are cut from this side reject what runs", async () => {
      const connection = await open();
      const sleeping = failure(run(connection, "SELECT sleep(60)"));
      connection.destroy();
      expect(translateMysqlError(await sleeping, {})).toBeInstanceOf(DisconnectError);
      expect(connection.broken).toBe(true);
    });

    it("are ended politely by close", async () => {
      const connection = await open();
      await connection.close();
      expect(connection.broken).toBe(true);
      await failure(run(connection, "SELECT 1"));
      await connection.close();
    });
  });

  describe("a reset", () => {
    it("leaves nothing of what a borrower did", async () => {
      const connection = await open({ settings: { innodb_lock_wait_timeout: 7 } });
      const other = await open();
      await run(connection, "CREATE TABLE dirtied (id integer)");
      const before = await state(connection);
      await run(connection, "SET @x = 1, sql_mode = 'ANSI_QUOTES', time_zone = '+05:00', innodb_lock_wait_timeout = 1");
      await run(connection, "SET NAMES latin1");
      await run(connection, "SET foreign_key_checks = 0, autocommit = 0");
      await run(connection, "CREATE TEMPORARY TABLE temporary_one (id integer)");
      await run(connection, "SELECT GET_LOCK('a lock', 0)");
      await run(connection, "INSERT INTO dirtied VALUES (1)");
      await run(connection, "LOCK TABLES dirtied WRITE");
      expect(await values(other, "SELECT IS_FREE_LOCK('a lock')")).toEqual([0]);
      await connection.reset();
      expect(connection.transaction).toBe("none");
      expect(await state(connection)).toEqual(before);
      expect(await values(other, "SELECT IS_FREE_LOCK('a lock')")).toEqual([1]);
      expect(await failure(run(connection, "SELECT * FROM temporary_one"))).toMatchObject({ errno: 1146 });
      await run(other, "INSERT INTO dirtied VALUES (2)");
      expect(await values(other, "SELECT id FROM dirtied")).not.toContain(3);
      // Statements that were prepared before are prepared again.
      expect(await run(connection, "SELECT ?", [1n], true)).toMatchObject({ rows: [[1]] });
    });

    it("rolls an open transaction back", async () => {
      const connection = await open();
      await run(connection, "CREATE TABLE undone (id integer)");
      await run(connection, "START TRANSACTION");
      await run(connection, "INSERT INTO undone VALUES (1)");
      await connection.reset();
      expect(await values(connection, "SELECT count(*) FROM undone")).toEqual([0]);
    });
  });

  describe("opening", () => {
    it("makes strict sessions in UTC and UTF-8, whatever the server is set to", async () => {
      const connection = await open();
      const [row] = (await run(connection, "SELECT @@time_zone, @@autocommit, @@character_set_client, @@sql_mode"))
        .rows;
      expect(row?.slice(0, 3)).toEqual(["+00:00", 1, "utf8mb4"]);
      expect(row?.[3]).toContain("STRICT_TRANS_TABLES");
      expect(row?.[3]).not.toContain("ANSI_QUOTES");
    });

    it("names what is wrong, and never the password", async () => {
      const { signal } = new AbortController();
      const attempt = (url: string): Promise<Error> => failure(connectMysql("mariadb", parseUrl(url), {}, { signal }));
      const url = new URL(mariadbUrl(database.url));
      url.password = "wrong-secret";
      const denied = await attempt(url.href);
      expect(denied).toBeInstanceOf(CannotOpenDatabaseError);
      expect(denied.message).toContain("Access denied");
      expect(denied.message).not.toContain("wrong-secret");
      const unknown = await attempt(mariadbUrl(database.url).replace(/\/\w+$/, "/not_there"));
      expect(unknown.message).toContain("Create the database first");
      const refused = await attempt("mariadb://u:very-secret@127.0.0.1:1/x");
      expect(refused).toBeInstanceOf(CannotOpenDatabaseError);
      expect(refused.message).not.toContain("very-secret");
    });

    it("is given up when nobody waits any more", async () => {
      const controller = new AbortController();
      const opening = failure(connectMysql("mariadb", parseUrl(mariadbUrl(database.url)), {}, controller));
      controller.abort();
      expect(await opening).toBeInstanceOf(CannotOpenDatabaseError);
    });

    it("serves a MariaDB by the name of MySQL, too", async () => {
      const connection = await connect(database.url.replace(/^mariadb:/, "mysql:"));
      expect(await values(connection, "SELECT 1")).toEqual([1]);
    });

    it("refuses options that there are not", async () => {
      const url = mariadbUrl(database.url);
      await expect(open({ multipleStatements: true })).rejects.toThrow(ArgumentError);
      await expect(open({ settings: { sql_mode: "" } })).rejects.toThrow(ArgumentError);
      await expect(open({ settings: { "x = 1, y": 1 } })).rejects.toThrow(ArgumentError);
      await expect(connect(`${url}?charset=latin1`)).rejects.toThrow(UrlError);
      await expect(connect(`${url}?ssl-mode=preferred`)).rejects.toThrow("in clear");
      await expect(connect(`${url}?multipleStatements=true`)).rejects.toThrow(UrlError);
    });
  });
});

/** What a session has of its own. */
async function state(connection: AsyncDriverConnection): Promise<unknown> {
  const names = ["sql_mode", "time_zone", "autocommit", "foreign_key_checks", "innodb_lock_wait_timeout"];
  const sets = ["character_set_client", "character_set_connection", "character_set_results", "collation_connection"];
  const { rows } = await run(connection, `SELECT @x, ${[...names, ...sets].map((name) => `@@${name}`).join(", ")}`);
  return rows;
}
