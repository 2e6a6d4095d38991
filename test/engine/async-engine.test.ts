// The asynchronous face over real SQLite: the same statements, transactions and errors as the synchronous one.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { inspect } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import type { AsyncConnection } from "../../runtime/engine/async-connection.js";
import { type AsyncEngine, type AsyncEngineOptions, createAsyncEngine } from "../../runtime/engine/async-engine.js";
import { createEngine } from "../../runtime/engine/engine.js";
import { listen } from "../../runtime/events/event-hub.js";
import type { LeakReport } from "../../runtime/pool/pool-options.js";
import { MetaData } from "../../runtime/schema/metadata.js";
import { Table } from "../../runtime/schema/table.js";
import type { SelectNode } from "../../runtime/sql/ast/nodes.js";
import { elementOf } from "../../runtime/sql/build/element.js";
import { insert as insertInto } from "../../runtime/sql/build/insert.js";
import { select as query } from "../../runtime/sql/build/select.js";
import { Integer, Text } from "../../runtime/types/types.js";
import {
  ArgumentError,
  CancelledError,
  ConcurrentUseError,
  DatabaseLockedError,
  DeadlineExceededError,
  DisconnectError,
  InvalidRequestError,
  ObjectNotExecutableError,
  PendingRollbackError,
  PoolTimeoutError,
  ReadOnlyDatabaseError,
  ResourceClosedError,
  UniqueViolationError,
} from "../../runtime/errors/errors.js";
import { text } from "../../runtime/sql/build/text.js";
import { temporaryFolder } from "./temporary-folder.js";

const path = temporaryFolder();
const insert = text("INSERT INTO t (x) VALUES (:x)");
const select = text("SELECT x FROM t ORDER BY x");

async function fileEngine(options: AsyncEngineOptions = {}): Promise<AsyncEngine> {
  const engine = createAsyncEngine(`sqlite:///${path("a.db")}`, options);
  await engine.begin((connection) => connection.execute(text("CREATE TABLE IF NOT EXISTS t (x UNIQUE)")));
  return engine;
}
async function memoryEngine(options: AsyncEngineOptions = {}): Promise<AsyncEngine> {
  const engine = createAsyncEngine("sqlite://", options);
  await engine.begin((connection) => connection.execute(text("CREATE TABLE t (x UNIQUE)")));
  return engine;
}
const values = async (connection: AsyncConnection): Promise<unknown[]> => (await connection.scalars(select)).all();
const stored = (engine: AsyncEngine): Promise<unknown[]> => engine.connect(values);

describe("executing", () => {
  it("gives results, scalars and keys like the synchronous face", async () => {
    await using engine = await memoryEngine();
    await using connection = await engine.connect();
    const many = await connection.execute(insert, [{ x: 1 }, { x: 2 }, { x: 3 }]);
    expect([many.rowCount, many.lastInsertId, many.returnsRows]).toEqual([3, 3, false]);
    expect((await connection.execute(select)).keys()).toEqual(["x"]);
    expect(await connection.scalar(text("SELECT max(x) FROM t"))).toBe(3);
    expect(await values(connection)).toEqual([1, 2, 3]);
    expect((await connection.execute(text("UPDATE t SET x = x + 10"))).rowCount).toBe(3);
  });

  it("wraps the database's errors, with the statement and the caller's stack", async () => {
    await using engine = await memoryEngine();
    await using connection = await engine.connect();
    await connection.execute(insert, { x: 1 });
    const failure = await theCaller(connection).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UniqueViolationError);
    expect(failure).toMatchObject({ sql: "INSERT INTO t (x) VALUES (?)", parameters: "[1]" });
    expect(String(failure instanceof Error ? failure.stack : "")).toContain("theCaller");
    expect(await values(connection)).toEqual([1]);
  });

  it("rejects what is no statement, no parameters and no option", async () => {
    await using engine = await memoryEngine();
    await using connection = await engine.connect();
    // @ts-expect-error a string is no statement
    await expect(connection.execute("SELECT 1")).rejects.toThrow(ObjectNotExecutableError);
    await expect(connection.execute(insert, [])).rejects.toThrow(ArgumentError);
    // @ts-expect-error no such option
    await expect(connection.execute(select, {}, { timeout: 5 })).rejects.toThrow(
      'there is no execution option "timeout"; there are isolationLevel, readOnly, signal, timeoutMs',
    );
    await expect(connection.execute(select, {}, { timeoutMs: -1 })).rejects.toThrow(
      "timeoutMs is a number of milliseconds, 0 or more, not -1",
    );
  });

  it("does one thing at a time, and names both", async () => {
    await using engine = await memoryEngine();
    await using connection = await engine.connect();
    const first = connection.execute(select);
    const failure: unknown = await connection.commit().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConcurrentUseError);
    expect(String(failure)).toContain("commit() was called while execute() of the same connection is still at work");
    await first;
    await connection.commit();
  });

  it("creates and drops a schema through an engine and through a connection", async () => {
    await using engine = createAsyncEngine("sqlite://");
    const metadata = new MetaData();
    const users = new Table("users", metadata, { id: Integer().primaryKey(), name: Text() });
    await metadata.createAll(engine);
    await engine.begin(async (connection) => {
      await metadata.createAll(connection);
      await connection.execute(insertInto(users), [{ name: "a" }, { name: "b" }]);
      const names = connection.request(elementOf(query(users.c.name))?.node as SelectNode);
      expect((await connection.perform(names)).rows).toEqual([["a"], ["b"]]);
    });
    await metadata.dropAll(engine);
    await expect(engine.connect((connection) => connection.execute(query(users.c.name)))).rejects.toThrow(
      "no such table",
    );
  });

  it("gives the rows of an insert().returning() in the order of the sets", async () => {
    await using engine = createAsyncEngine("sqlite://");
    const metadata = new MetaData();
    const users = new Table("users", metadata, { id: Integer().primaryKey(), name: Text() });
    await metadata.createAll(engine);
    const names = ["c", "a", "b"];
    const rows = await engine.begin(async (connection) =>
      (
        await connection.execute(
          insertInto(users).returning(users.c.id, users.c.name),
          names.map((name) => ({ name })),
        )
      ).all(),
    );
    expect(rows.map((row) => Array.from(row))).toEqual([
      [1, "c"],
      [2, "a"],
      [3, "b"],
    ]);
  });
});

async function theCaller(connection: AsyncConnection): Promise<void> {
  await connection.execute(insert, { x: 1 });
}

describe("transactions", () => {
  it("begin with the first statement and are rolled back at the block's end", async () => {
    await using engine = await fileEngine();
    {
      await using connection = await engine.connect();
      expect(connection.inTransaction).toBe(false);
      await connection.execute(insert, { x: 1 });
      expect([connection.inTransaction, inspect(connection)]).toEqual([true, "AsyncConnection { open }"]);
      await connection.commit();
      await connection.execute(insert, { x: 2 });
      await connection.rollback();
      await connection.execute(insert, { x: 3 });
    }
    expect(await stored(engine)).toEqual([1]);
    expect(engine.poolStatus()).toMatchObject({ idle: 1, leased: 0 });
  });

  it("begun on purpose are committed, rolled back, and one at a time", async () => {
    await using engine = await memoryEngine();
    await using connection = await engine.connect();
    {
      await using transaction = await connection.begin();
      await connection.execute(insert, { x: 1 });
      await expect(connection.begin()).rejects.toThrow(InvalidRequestError);
      await transaction.commit();
      await expect(transaction.commit()).rejects.toThrow("this transaction has ended");
    }
    {
      await using transaction = await connection.begin();
      await connection.execute(insert, { x: 2 });
      expect(transaction.isActive).toBe(true);
    }
    expect(await values(connection)).toEqual([1]);
  });

  it("are handed out, whoever began them, and the savepoint that was set last", async () => {
    await using engine = await memoryEngine();
    await using connection = await engine.connect();
    expect([connection.getTransaction(), connection.getNestedTransaction()]).toEqual([null, null]);
    await connection.execute(insert, { x: 1 });
    await connection.beginNested();
    await connection.execute(insert, { x: 2 });
    expect(connection.inNestedTransaction).toBe(true);
    await connection.getNestedTransaction()?.rollback();
    expect(connection.getNestedTransaction()).toBeNull();
    const transaction = connection.getTransaction();
    await transaction?.commit();
    expect([transaction?.isActive, connection.inTransaction]).toEqual([false, false]);
    using other = createEngine("sqlite://");
    using sync = other.connect();
    sync.execute(text("CREATE TABLE t (x)"));
    sync.beginNested();
    sync.execute(insert, { x: 1 });
    sync.getNestedTransaction()?.rollback();
    sync.getTransaction()?.commit();
    expect([sync.getTransaction(), sync.inNestedTransaction]).toEqual([null, false]);
    expect(sync.scalar(text("SELECT count(*) FROM t"))).toBe(0);
    expect(await values(connection)).toEqual([1]);
  });

  it("of a block are kept when it resolves, and undone when it rejects", async () => {
    await using engine = await memoryEngine();
    expect(
      await engine.begin(async (connection) => {
        await connection.execute(insert, { x: 1 });
        return "done";
      }),
    ).toBe("done");
    await expect(
      engine.begin(async (connection) => {
        await connection.execute(insert, { x: 2 });
        throw new ArgumentError("no");
      }),
    ).rejects.toThrow("no");
    expect(await stored(engine)).toEqual([1]);
  });

  it("have savepoints that keep or undo a part", async () => {
    await using engine = await memoryEngine();
    await using connection = await engine.connect();
    const early = await connection.beginNested();
    await connection.execute(insert, { x: 1 });
    await early.commit();
    const failing = await connection.beginNested();
    await connection.execute(insert, { x: 2 });
    await expect(connection.execute(insert, { x: 1 })).rejects.toThrow(UniqueViolationError);
    await failing.rollback();
    expect([failing.isActive, await values(connection)]).toEqual([false, [1]]);
    {
      await using nested = await connection.beginNested();
      await connection.execute(insert, { x: 3 });
      expect(nested.isActive).toBe(true);
    }
    await connection.commit();
    expect(await values(connection)).toEqual([1]);
  });

  it("follow BEGIN and COMMIT that were sent as text", async () => {
    await using engine = await fileEngine();
    await using connection = await engine.connect();
    await connection.execute(text("BEGIN"));
    await connection.execute(insert, { x: 1 });
    await connection.execute(text("COMMIT"));
    await connection.execute(insert, { x: 2 });
    await connection.rollback();
    expect(await values(connection)).toEqual([1]);
  });

  it("that the database rolled back by itself refuse everything until rollback()", async () => {
    await using engine = await memoryEngine();
    await using connection = await engine.connect();
    await connection.execute(insert, { x: 1 });
    await connection.commit();
    await connection.execute(insert, { x: 2 });
    await expect(connection.execute(text("INSERT OR ROLLBACK INTO t VALUES (1)"))).rejects.toThrow();
    await expect(connection.execute(select)).rejects.toThrow(PendingRollbackError);
    await expect(connection.commit()).rejects.toThrow(PendingRollbackError);
    await connection.rollback();
    expect(await values(connection)).toEqual([1]);
  });
});

describe("isolation levels", () => {
  it("AUTOCOMMIT keeps each statement at once and begins nothing", async () => {
    await using engine = await fileEngine();
    await using other = await engine.connect();
    await using connection = await engine.connect({ isolationLevel: "AUTOCOMMIT" });
    await connection.execute(text("PRAGMA journal_mode = WAL"));
    await connection.execute(insert, { x: 1 });
    expect(await values(other)).toEqual([1]);
    await connection.rollback();
    expect(await values(connection)).toEqual([1]);
    await expect(connection.beginNested()).rejects.toThrow("there are no savepoints in AUTOCOMMIT");
    await other.execute(insert, { x: 2 });
    await other.commit();
  });

  it("SERIALIZABLE begins with the first statement: what is read stays as it was read", async () => {
    await using engine = await fileEngine();
    await engine.connect((connection) => connection.execute(text("PRAGMA journal_mode = WAL")), {
      isolationLevel: "AUTOCOMMIT",
    });
    await using reader = await engine.connect({ isolationLevel: "SERIALIZABLE", readOnly: true });
    expect(await values(reader)).toEqual([]);
    await engine.begin((connection) => connection.execute(insert, { x: 1 }));
    expect(await values(reader)).toEqual([]);
    await reader.rollback();
    expect(await values(reader)).toEqual([1]);
  });

  it("readOnly refuses to write, and leaves nothing of it to the next", async () => {
    await using engine = await fileEngine({ poolSize: 1, maxOverflow: 0 });
    await expect(
      engine.begin((connection) => connection.execute(insert, { x: 1 }), { readOnly: true }),
    ).rejects.toThrow(ReadOnlyDatabaseError);
    await engine.begin((connection) => connection.execute(insert, { x: 2 }));
    expect(await stored(engine)).toEqual([2]);
  });

  it("are of a closed list, and of a whole transaction", async () => {
    await using engine = await memoryEngine();
    await using connection = await engine.connect();
    // @ts-expect-error no such level
    expect(() => connection.executionOptions({ isolationLevel: "SERIALIZABLE; DROP TABLE t" })).toThrow(
      "isolationLevel is one of READ UNCOMMITTED, READ COMMITTED, REPEATABLE READ, SERIALIZABLE, AUTOCOMMIT",
    );
    expect(() => connection.executionOptions({ isolationLevel: "READ COMMITTED" })).toThrow(
      "sqlite has no isolation level READ COMMITTED; it has SERIALIZABLE, AUTOCOMMIT",
    );
    await connection.execute(select);
    expect(() => connection.executionOptions({ isolationLevel: "SERIALIZABLE" })).toThrow(InvalidRequestError);
    await connection.commit();
    expect(connection.executionOptions({ isolationLevel: "SERIALIZABLE" })).toBe(connection);
    expect(() => createAsyncEngine("sqlite://", { isolationLevel: "REPEATABLE READ" })).toThrow(ArgumentError);
  });

  it("hold on the synchronous face, too", () => {
    using engine = createEngine(`sqlite:///${path("sync.db")}`, { isolationLevel: "AUTOCOMMIT" });
    using connection = engine.connect();
    connection.execute(text("CREATE TABLE t (x)"));
    connection.execute(insert, { x: 1 });
    connection.rollback();
    expect(connection.scalars(select).all()).toEqual([1]);
    connection.rollback();
    connection.executionOptions({ isolationLevel: null, readOnly: true });
    expect(() => connection.execute(insert, { x: 2 })).toThrow(ReadOnlyDatabaseError);
  });
});

describe("streams", () => {
  const five = [1, 2, 3, 4, 5].map((x) => ({ x }));

  it("give rows, scalars, mappings, tuples and partitions", async () => {
    await using engine = await memoryEngine();
    await using connection = await engine.connect();
    await connection.execute(insert, five);
    const seen: unknown[] = [];
    for await (const row of connection.stream(select, {}, { yieldPer: 2 })) seen.push([...row]);
    expect(seen).toEqual([[1], [2], [3], [4], [5]]);
    expect(await connection.stream(select).scalars().all()).toEqual([1, 2, 3, 4, 5]);
    expect((await connection.stream(select).mappings().all())[0]).toEqual({ x: 1 });
    const sizes: number[] = [];
    for await (const partition of connection.stream(select, {}, { yieldPer: 4 }).tuples().partitions(3)) {
      sizes.push(partition.length);
    }
    for await (const partition of connection.stream(select, {}, { yieldPer: 4 }).partitions())
      sizes.push(partition.length);
    expect(sizes).toEqual([3, 2, 4, 1]);
  });

  it("keep the connection busy until they end, also when left early, and are read once", async () => {
    await using engine = await memoryEngine();
    await using connection = await engine.connect();
    await connection.execute(insert, five);
    const stream = connection.stream(select, {}, { yieldPer: 1 });
    for await (const _ of stream) {
      await expect(connection.execute(select)).rejects.toThrow("still at work");
      break;
    }
    expect(await values(connection)).toEqual([1, 2, 3, 4, 5]);
    await expect(stream.all()).rejects.toThrow(ResourceClosedError);
    await connection.rollback();
  });

  it("tell what the database refuses at the first row", async () => {
    await using engine = await memoryEngine();
    await using connection = await engine.connect();
    await expect(connection.stream(text("SELECT * FROM nowhere")).all()).rejects.toThrow("no such table: nowhere");
    expect(await values(connection)).toEqual([]);
  });
});

describe("writers of one engine", () => {
  it("wait for each other without blocking the process", async () => {
    await using engine = await fileEngine();
    const order: string[] = [];
    const first = engine.begin(async (connection) => {
      await connection.execute(insert, { x: 1 });
      await new Promise((resolve) => setImmediate(resolve));
      order.push("first");
    });
    const second = engine.begin(async (connection) => {
      await connection.execute(insert, { x: 2 });
      order.push("second");
    });
    await Promise.all([first, second]);
    expect([order, await stored(engine)]).toEqual([
      ["first", "second"],
      [1, 2],
    ]);
  });

  it("give up at their own deadline, or when the engine's patience ends, and say who writes", async () => {
    await using engine = await fileEngine({ poolTimeout: 20 });
    await using writer = await engine.connect();
    await theWriter(writer);
    await using other = await engine.connect();
    await expect(other.execute(insert, { x: 2 }, { timeoutMs: 1 })).rejects.toThrow(DeadlineExceededError);
    const failure: unknown = await other.execute(insert, { x: 2 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DatabaseLockedError);
    expect(String(failure)).toContain("theWriter");
    await writer.commit();
    await other.execute(insert, { x: 2 });
    await other.commit();
    expect(await stored(engine)).toEqual([1, 2]);
  });

  it("wait for another process's lock", async () => {
    await using engine = await fileEngine({ connectArgs: { timeout: 20_000 } });
    const holder = spawn(process.execPath, ["-e", HOLDER, path("a.db")], { stdio: ["pipe", "pipe", "inherit"] });
    await once(holder.stdout, "data");
    let ticks = 0;
    const ticking = setInterval(() => {
      ticks += 1;
      if (ticks === 5) holder.stdin.end();
    }, 1);
    await engine.begin((connection) => connection.execute(insert, { x: 1 }));
    clearInterval(ticking);
    expect(ticks).toBeGreaterThanOrEqual(5);
    expect(await stored(engine)).toEqual([0, 1]);
  });

  it("give up on another process's lock in time", async () => {
    await using engine = await fileEngine({ connectArgs: { timeout: 5 } });
    const holder = spawn(process.execPath, ["-e", HOLDER, path("a.db")], { stdio: ["pipe", "pipe", "inherit"] });
    await once(holder.stdout, "data");
    await expect(engine.begin((connection) => connection.execute(insert, { x: 1 }))).rejects.toThrow(
      DatabaseLockedError,
    );
    holder.stdin.end();
    await once(holder, "exit");
  });
});

async function theWriter(connection: AsyncConnection): Promise<void> {
  await connection.execute(insert, { x: 1 });
}

/** Another process: takes the write lock, says so, and lets go when its input ends. */
const HOLDER = `
  const Database = require("better-sqlite3");
  const database = new Database(process.argv[1]);
  database.exec("BEGIN IMMEDIATE; INSERT INTO t VALUES (0)");
  process.stdout.write("locked");
  process.stdin.on("end", () => { database.exec("COMMIT"); process.exit(0); }).resume();
`;

describe("connections", () => {
  it("leave nothing behind for the next borrower", async () => {
    await using engine = await fileEngine({ poolSize: 1, maxOverflow: 0 });
    {
      await using connection = await engine.connect({ isolationLevel: "AUTOCOMMIT" });
      await connection.execute(text("CREATE TEMP TABLE secret (x)"));
      await connection.execute(text("PRAGMA foreign_keys = OFF"));
      await connection.execute(text("ATTACH ':memory:' AS other"));
      await connection.execute(text("BEGIN"));
      await connection.execute(insert, { x: 1 });
    }
    await using next = await engine.connect();
    expect((await next.execute(text("SELECT * FROM sqlite_temp_schema"))).all()).toEqual([]);
    expect(await next.scalar(text("PRAGMA foreign_keys"))).toBe(1);
    expect((await next.execute(text("PRAGMA database_list"))).scalars("name").all()).not.toContain("other");
    expect(await values(next)).toEqual([]);
  });

  it("closed take nothing more; closing twice does nothing", async () => {
    await using engine = await memoryEngine();
    const connection = await engine.connect();
    await connection.close();
    await connection.close();
    expect([connection.closed, connection.inTransaction]).toEqual([true, false]);
    await expect(connection.execute(select)).rejects.toThrow(ResourceClosedError);
  });

  it("invalidated are closed at once and replaced", async () => {
    await using engine = await fileEngine();
    const connection = await engine.connect();
    await connection.execute(insert, { x: 1 });
    connection.invalidate();
    expect(connection.invalidated).toBe(true);
    await expect(connection.execute(select)).rejects.toThrow(DisconnectError);
    await connection.rollback();
    await connection.close();
    expect(engine.poolStatus()).toMatchObject({ open: 0 });
    expect(await stored(engine)).toEqual([]);
  });

  it("that are closed while at work are cut off", async () => {
    await using engine = await fileEngine();
    const connection = await engine.connect();
    const running = connection.execute(insert, { x: 1 }).catch((error: unknown) => error);
    await connection.close();
    await running;
    expect(engine.poolStatus()).toMatchObject({ leased: 0 });
    expect(await stored(engine)).toEqual([]);
  });

  it("that nobody holds any more are found and replaced", async () => {
    setFlagsFromString("--expose-gc");
    // Sound: the flag makes it.
    const collect = runInNewContext("gc") as () => void;
    await using engine = await fileEngine({ poolSize: 1, maxOverflow: 0, poolLeakAfter: 60_000 });
    const leaks: LeakReport[] = [];
    listen(engine, "leak", (leak) => leaks.push(leak));
    await (async function theForgetful() {
      const connection = await engine.connect();
      await connection.execute(insert, { x: 1 });
    })();
    for (let round = 0; round < 100 && leaks.length === 0; round++) {
      await new Promise((resolve) => setImmediate(resolve));
      collect();
    }
    expect(leaks).toMatchObject([{ kind: "forgotten", stack: expect.stringContaining("theForgetful") }]);
    await engine.begin((connection) => connection.execute(insert, { x: 2 }));
    expect(await stored(engine)).toEqual([2]);
  });

  it("tell what the block failed with, not that they could not be closed", async () => {
    await using engine = await fileEngine();
    const failure = engine.begin(async (connection) => {
      await connection.execute(insert, { x: 1 });
      connection.invalidate();
      throw new ArgumentError("the block's own");
    });
    await expect(failure).rejects.toThrow("the block's own");
    expect(engine.poolStatus()).toMatchObject({ open: 0, leased: 0 });
  });

  it("of an in-memory database are one: the next waits", async () => {
    await using engine = await memoryEngine({ poolTimeout: 10 });
    await using connection = await engine.connect();
    await expect(engine.connect()).rejects.toThrow(PoolTimeoutError);
    expect(await values(connection)).toEqual([]);
  });

  it("are not asked for by who was aborted before", async () => {
    await using engine = await memoryEngine();
    await expect(engine.connect({ signal: AbortSignal.abort("no") })).rejects.toThrow(CancelledError);
    const controller = new AbortController();
    await using connection = await engine.connect({ signal: controller.signal });
    await connection.execute(insert, { x: 1 });
    controller.abort();
    await expect(connection.execute(select)).rejects.toMatchObject({ outcome: "not sent" });
    await connection.rollback({ signal: null });
    expect(connection.invalidated).toBe(false);
  });
});

describe("the engine", () => {
  it("shows no password", () => {
    const engine = createAsyncEngine("postgresql://u:hunter2@h/d");
    const texts = [String(engine), JSON.stringify(engine), inspect(engine)];
    expect(texts.join()).not.toContain("hunter2");
    expect(texts[0]).toBe("AsyncEngine(postgresql://u:***@h/d)");
  });

  it("refuses an option that there is not", () => {
    // @ts-expect-error no such option
    expect(() => createAsyncEngine("sqlite://", { pool_size: 3 })).toThrow(
      'createAsyncEngine has no option "pool_size"; it has url, echo, logger',
    );
    // @ts-expect-error a signal is of a call or a connection
    expect(() => createAsyncEngine("sqlite://", { signal: null })).toThrow(ArgumentError);
  });

  it("can be used again after dispose()", async () => {
    await using engine = await fileEngine();
    await engine.begin((connection) => connection.execute(insert, { x: 1 }));
    await engine.dispose();
    expect(engine.poolStatus()).toMatchObject({ open: 0 });
    expect(await stored(engine)).toEqual([1]);
  });
});
