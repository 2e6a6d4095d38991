// Events of both faces: what is told when and in which order. What listeners may change: replacing-events.test.ts.
import { describe, expect, it } from "vitest";
import { AsyncEngine, createAsyncEngine } from "../../runtime/engine/async-engine.js";
import { createEngine, Engine } from "../../runtime/engine/engine.js";
import { isListening, listen, unlisten } from "../../runtime/orm/events/listen.js";
import { UniqueViolationError } from "../../runtime/errors/errors.js";
import { text } from "../../runtime/sql/build/text.js";
import { temporaryFolder } from "./temporary-folder.js";

const path = temporaryFolder();
const NAMES = ["connect", "close", "checkout", "checkin", "begin", "commit", "rollback", "invalidate"] as const;
const create = text("CREATE TABLE t (x UNIQUE)");
const insert = text("INSERT INTO t (x) VALUES (:x)");

async function refuse(): Promise<never> {
  await Promise.resolve();
  throw new TypeError("not like this");
}

describe("listen()", () => {
  it("tells what happens on the synchronous face", () => {
    using engine = createEngine("sqlite://");
    const told: string[] = [];
    for (const name of NAMES) listen(engine, name, () => told.push(name));
    listen(engine, "beforeCursorExecute", ({ sql, parameters, many }) =>
      told.push(`${sql} ${JSON.stringify(parameters)} ${many}`),
    );
    listen(engine, "afterCursorExecute", ({ rowCount }) => told.push(`rows: ${rowCount}`));
    listen(engine, "handleError", ({ error, statement }) =>
      told.push(`${error instanceof UniqueViolationError} ${statement?.sql}`),
    );
    engine.begin((connection) => {
      connection.execute(create);
      connection.execute(insert, [{ x: "a" }, { x: "b" }]);
    });
    using connection = engine.connect();
    expect(() => connection.execute(insert, { x: "a" })).toThrow(UniqueViolationError);
    connection.close();
    engine.dispose();
    expect(told).toEqual([
      "connect",
      "checkout",
      "begin",
      "CREATE TABLE t (x UNIQUE) [[]] false",
      "rows: 0",
      'INSERT INTO t (x) VALUES (?) [["a"],["b"]] true',
      "rows: 2",
      "commit",
      "checkin",
      "checkout",
      "begin",
      'INSERT INTO t (x) VALUES (?) [["a"]] false',
      "true INSERT INTO t (x) VALUES (?)",
      "rollback",
      "checkin",
      "close",
    ]);
  });

  it("tells the same on the asynchronous one", async () => {
    const engine = createAsyncEngine(`sqlite:///${path("a.db")}`);
    const told: string[] = [];
    for (const name of NAMES) listen(engine, name, () => told.push(name));
    listen(engine, "beforeCursorExecute", ({ sql, connection }) => told.push(`${sql} ${connection.inTransaction}`));
    listen(engine, "afterCursorExecute", ({ statement, rowCount }) =>
      told.push(`${statement.sql.slice(0, 6)}: ${rowCount}`),
    );
    listen(engine, "handleError", ({ error }) => told.push(String(error instanceof UniqueViolationError)));
    await engine.begin((connection) => connection.execute(create));
    const connection = await engine.connect();
    await connection.execute(insert, { x: 1 });
    await connection.execute(insert, { x: 1 }).catch(() => null);
    expect(await connection.stream(text("SELECT x FROM t")).scalars().all()).toEqual([1]);
    connection.invalidate();
    await connection.close();
    await engine.dispose();
    expect(told).toEqual([
      "connect",
      "checkout",
      "begin",
      "CREATE TABLE t (x UNIQUE) true",
      "CREATE: 0",
      "commit",
      "checkin",
      "checkout",
      "begin",
      "INSERT INTO t (x) VALUES (?) true",
      "INSERT: 1",
      "INSERT INTO t (x) VALUES (?) true",
      "true",
      "SELECT x FROM t true",
      "SELECT: 1",
      "invalidate",
      "close",
      "rollback",
    ]);
  });

  it("awaits those who prepare a connection, and does not hand it out where they fail", async () => {
    await using engine = createAsyncEngine(`sqlite:///${path("a.db")}`);
    listen(engine, "connect", refuse);
    await expect(engine.connect()).rejects.toThrow("not like this");
    expect(engine.poolStatus().open).toBe(0);
    unlisten(engine, "connect", refuse);
    listen(engine, "connect", async ({ driver }) => {
      await driver.execute({ sql: "PRAGMA cache_size = 77", parameters: [], prepare: false, bigint: false });
    });
    expect(await engine.connect((connection) => connection.scalar(text("PRAGMA cache_size")))).toBe(77);
  });

  it("is ended by unlisten()", () => {
    using engine = createEngine("sqlite://");
    let calls = 0;
    const count = (): void => {
      calls += 1;
    };
    listen(engine, "begin", count);
    engine.begin(() => null);
    unlisten(engine, "begin", count);
    unlisten(engine, "begin", count);
    engine.begin(() => null);
    expect(calls).toBe(1);
  });

  it("once, before those who came earlier, and says who listens", () => {
    using engine = createEngine("sqlite://");
    const told: string[] = [];
    const later = (): number => told.push("later");
    const first = (): number => told.push("first");
    const once = (): number => told.push("once");
    listen(engine, "begin", later);
    listen(engine, "begin", first, { insert: true });
    listen(engine, "begin", once, { once: true });
    expect([isListening(engine, "begin", once), isListening(engine, "commit", once)]).toEqual([true, false]);
    engine.begin(() => null);
    engine.begin(() => null);
    expect(told).toEqual(["first", "later", "once", "first", "later"]);
    expect(isListening(engine, "begin", once)).toBe(false);
    unlisten(engine, "begin", later);
    expect([isListening(engine, "begin", later), isListening(engine, "begin", first)]).toEqual([false, true]);
  });

  it("of every engine of a class, and of a copy alone", async () => {
    const told: string[] = [];
    const ofAll = ({ sql }: { readonly sql: string }): number => told.push(`all ${sql}`);
    listen(Engine, "beforeCursorExecute", ofAll);
    listen(AsyncEngine, "beforeCursorExecute", ofAll);
    using engine = createEngine("sqlite://");
    const copy = engine.executionOptions({ readOnly: false });
    listen(engine, "beforeCursorExecute", () => told.push("engine"));
    listen(copy, "beforeCursorExecute", () => told.push("copy"));
    await using other = createAsyncEngine("sqlite://");
    engine.connect((connection) => connection.execute(text("SELECT 1")));
    copy.connect((connection) => connection.execute(text("SELECT 2")));
    await other.connect((connection) => connection.execute(text("SELECT 3")));
    expect(told).toEqual(["all SELECT 1", "engine", "all SELECT 2", "engine", "copy", "all SELECT 3"]);
    unlisten(Engine, "beforeCursorExecute", ofAll);
    unlisten(AsyncEngine, "beforeCursorExecute", ofAll);
    engine.connect((connection) => connection.execute(text("SELECT 4")));
    expect(told.slice(6)).toEqual(["engine"]);
  });

  it("of savepoints, of connections, of engines and of their options", async () => {
    const engine = createAsyncEngine("sqlite://");
    const told: unknown[] = [];
    for (const name of ["savepoint", "rollbackSavepoint", "releaseSavepoint"] as const) {
      listen(engine, name, (event) => told.push([name, event.name]));
    }
    listen(engine, "engineConnect", ({ connection }) => told.push(["connection", connection.closed]));
    listen(engine, "setConnectionExecutionOptions", ({ options }) => told.push(["connection's", options]));
    listen(engine, "setEngineExecutionOptions", ({ options }) => told.push(["engine's", options]));
    listen(engine, "engineDisposed", (event) => told.push(["disposed", event.engine === engine]));
    await engine.begin(async (connection) => {
      await (await connection.beginNested()).rollback();
      await (await connection.beginNested()).commit();
      connection.executionOptions({ yieldPer: 5 });
    });
    engine.executionOptions({ yieldPer: 6 });
    await engine.dispose();
    expect(told).toEqual([
      ["connection", false],
      ["savepoint", "athanor_savepoint_1"],
      ["rollbackSavepoint", "athanor_savepoint_1"],
      ["savepoint", "athanor_savepoint_2"],
      ["releaseSavepoint", "athanor_savepoint_2"],
      ["connection's", { yieldPer: 5 }],
      ["engine's", { yieldPer: 6 }],
      ["disposed", true],
    ]);
  });

  it("of what happens to a driver's connection, with what the program noted on it", async () => {
    const engine = createAsyncEngine(`sqlite:///${path("a.db")}`, { poolSize: 1, maxOverflow: 0 });
    const told: string[] = [];
    let opened = 0;
    listen(engine, "connect", ({ info }) => info.set("number", (opened += 1)));
    const names = ["firstConnect", "connect", "checkout", "reset", "checkin", "softInvalidate", "close"] as const;
    for (const name of names) listen(engine, name, ({ info }) => told.push(`${name} ${String(info.get("number"))}`));
    const first = await engine.connect();
    first.invalidate({ soft: true });
    await first.close();
    await engine.connect((connection) => connection.execute(text("SELECT 1")));
    await engine.dispose();
    expect(told).toEqual([
      "firstConnect undefined",
      "connect 1",
      "checkout 1",
      "softInvalidate 1",
      "reset 1",
      "checkin 1",
      "close 1",
      "connect 2",
      "checkout 2",
      "reset 2",
      "checkin 2",
      "close 2",
    ]);
  });
});
