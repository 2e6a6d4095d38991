// The engine: lazy, its configuration, blocks, what it prints, and the log of a whole session on a real database.
import { existsSync } from "node:fs";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { createEngine, Engine, type EngineOptions } from "../../runtime/engine/engine.js";
import { ArgumentError, InvalidRequestError, UrlError } from "../../runtime/errors/errors.js";
import { MetaData } from "../../runtime/schema/metadata.js";
import { Table } from "../../runtime/schema/table.js";
import { insert } from "../../runtime/sql/build/insert.js";
import { text } from "../../runtime/sql/build/text.js";
import { Integer, Varchar } from "../../runtime/types/types.js";
import { temporaryFolder } from "./temporary-folder.js";

const path = temporaryFolder();

describe("createEngine", () => {
  it("touches nothing before the first connection", () => {
    const file = path("lazy.db");
    const engine = createEngine(`sqlite:///${file}`);
    expect(existsSync(file)).toBe(false);
    engine.connect((connection) => connection.execute(text("SELECT 1")).scalar());
    expect(existsSync(file)).toBe(true);
    engine.dispose();
  });

  it("takes the URL first, or in the options", () => {
    expect(createEngine({ url: "sqlite://" })).toBeInstanceOf(Engine);
    expect(createEngine(createEngine("sqlite:///a.db").url).url.database).toBe("a.db");
    expect(createEngine({ url: "sqlite:///a.db", poolSize: 1 }, { poolSize: 2 }).url.database).toBe("a.db");
  });

  it("refuses what it does not know", () => {
    const loose = createEngine as (target: unknown, options?: unknown) => Engine;
    expect(() => loose("oracle://h/d")).toThrow(UrlError);
    expect(() => loose("example.db")).toThrow(UrlError);
    expect(() => loose("sqlite://", { ecko: true })).toThrow('createEngine has no option "ecko"; it has url, echo');
    expect(() => loose("sqlite://", { poolSize: -1 })).toThrow("poolSize is a whole number, 0 or more, not -1");
    expect(() => loose("sqlite://", { statementCacheSize: 0 })).toThrow(ArgumentError);
    expect(() => loose(42)).toThrow(ArgumentError);
    expect(() => loose({})).toThrow(ArgumentError);
  });

  it("never prints the password", () => {
    // Postgres cannot be connected to yet, so a URL that can carries one: SQLite refuses it only when it connects.
    const engine = createEngine("sqlite://user:hunter2@/a.db");
    const shown = "sqlite://user:***@/a.db";
    expect(String(engine)).toBe(`Engine(${shown})`);
    expect(inspect(engine, { depth: 9, showHidden: true })).toBe(`Engine(${shown})`);
    expect(JSON.stringify(engine)).toBe(`{"url":"${shown}"}`);
    expect(() => engine.connect()).toThrow(UrlError);
  });
});

function engineWithTable(): Engine {
  const engine = createEngine("sqlite://");
  engine.begin((connection) => connection.execute(text("CREATE TABLE t (x)")));
  return engine;
}
const insertX = text("INSERT INTO t VALUES (:x)");
const count = (engine: Engine): unknown => engine.connect((c) => c.scalar(text("SELECT count(*) FROM t")));

const asynchronous = async (): Promise<void> => {
  await Promise.reject(new Error("nobody handles this"));
};

describe("blocks", () => {
  it("begin() commits when the block returns and gives back its value", () => {
    const engine = engineWithTable();
    expect(engine.begin((connection) => connection.execute(insertX, { x: 1 }).rowCount)).toBe(1);
    expect(count(engine)).toBe(1);
    expect(engine.poolStatus()).toMatchObject({ idle: 1, leased: 0 });
  });

  it("begin() rolls back when the block throws", () => {
    const engine = engineWithTable();
    const failure = new RangeError("mine");
    expect(() =>
      engine.begin((connection) => {
        connection.execute(insertX, { x: 1 });
        throw failure;
      }),
    ).toThrow(failure);
    expect(count(engine)).toBe(0);
  });

  it("connect() rolls back what the block did not commit", () => {
    const engine = engineWithTable();
    engine.connect((connection) => {
      connection.execute(insertX, { x: 1 });
      connection.commit();
      connection.execute(insertX, { x: 2 });
    });
    expect(count(engine)).toBe(1);
  });

  it("refuses a block that returns a promise, and rolls back", async () => {
    const engine = engineWithTable();
    expect(() =>
      // @ts-expect-error a synchronous block cannot return a promise
      engine.begin((connection) => {
        connection.execute(insertX, { x: 1 });
        return asynchronous();
      }),
    ).toThrow(InvalidRequestError);
    // @ts-expect-error a synchronous block cannot return a promise
    expect(() => engine.connect(async (connection) => connection.execute(insertX, { x: 1 }))).toThrow(/without async/);
    await new Promise((resolve) => setImmediate(resolve));
    expect(count(engine)).toBe(0);
    expect(engine.poolStatus().leased).toBe(0);
  });

  it("dispose() closes the pool; an in-memory database is gone then", () => {
    const engine = engineWithTable();
    engine.dispose();
    expect(engine.poolStatus()).toMatchObject({ idle: 0, leased: 0 });
    expect(() => count(engine)).toThrow(/no such table: t/);
  });
});

describe("the statement cache", () => {
  it("compiles each statement once and forgets the one used longest ago", () => {
    const engine = createEngine("sqlite://", { statementCacheSize: 2 });
    using connection = engine.connect();
    const run = (number: number): unknown => connection.scalar(text(`SELECT ${String(number)} + :x`), { x: 1 });
    expect([run(1), run(2), run(1)]).toEqual([2, 3, 2]);
    expect(engine.cacheStats()).toEqual({ size: 2, capacity: 2, hits: 1, misses: 2, hitRate: 1 / 3 });
    run(3);
    run(1);
    expect(engine.cacheStats()).toEqual({ size: 2, capacity: 2, hits: 2, misses: 3, hitRate: 2 / 5 });
    run(2);
    expect(engine.cacheStats()).toEqual({ size: 2, capacity: 2, hits: 2, misses: 4, hitRate: 2 / 6 });
  });
});

function logged(work: (engine: Engine) => void, options: EngineOptions = {}): string {
  const lines: string[] = [];
  const clock = { now: () => new Date(2025, 10, 13, 11, 19, 30, 155), monotonic: () => performance.now() };
  const logger = (line: string): void => void lines.push(line);
  work(createEngine("sqlite://", { logger, clock, ...options }));
  return lines
    .join("\n")
    .replaceAll("2025-11-13 11:19:30,155 INFO athanor.engine.Engine ", "")
    .replaceAll(/\d\.\d{5}s\]/g, "0.00016s]")
    .replaceAll(/since [\d.e-]+s/g, "since 2.1s");
}

describe("the log of a session", () => {
  it("shows commit as you go", () => {
    const log = logged((engine) => {
      using connection = engine.connect();
      connection.execute(text("CREATE TABLE some_table (x int, y int)"));
      const insertPair = text("INSERT INTO some_table (x, y) VALUES (:x, :y)");
      connection.execute(insertPair, [
        { x: 1, y: 1 },
        { x: 2, y: 4 },
      ]);
      connection.commit();
      connection.execute(insertPair, { x: 6, y: 8 });
      connection.execute(text("SELECT x, y\nFROM some_table"));
    });
    expect(log).toBe(
      [
        "BEGIN (implicit)",
        "CREATE TABLE some_table (x int, y int)",
        "[generated in 0.00016s] []",
        "INSERT INTO some_table (x, y) VALUES (?, ?)",
        "[generated in 0.00016s] [[1, 1], [2, 4]]",
        "COMMIT",
        "BEGIN (implicit)",
        "INSERT INTO some_table (x, y) VALUES (?, ?)",
        "[cached since 2.1s ago] [6, 8]",
        "SELECT x, y\nFROM some_table",
        "[generated in 0.00016s] []",
        "ROLLBACK",
      ].join("\n"),
    );
  });

  it("shows savepoints, and a statement that fails before its rollback", () => {
    const log = logged((engine) => {
      engine.connect((connection) => {
        connection.beginNested().rollback();
        connection.beginNested().commit();
        expect(() => connection.execute(text("SELECT * FROM nowhere"))).toThrow(/no such table/);
      });
    });
    expect(log).toBe(
      [
        "BEGIN (implicit)",
        "SAVEPOINT athanor_savepoint_1",
        "[no key 0.00016s] []",
        "ROLLBACK TO SAVEPOINT athanor_savepoint_1",
        "[no key 0.00016s] []",
        "SAVEPOINT athanor_savepoint_2",
        "[no key 0.00016s] []",
        "RELEASE SAVEPOINT athanor_savepoint_2",
        "[no key 0.00016s] []",
        "SELECT * FROM nowhere",
        "[generated in 0.00016s] []",
        "ROLLBACK",
      ].join("\n"),
    );
  });

  it("hides parameters from the log and from errors", () => {
    let message = "";
    const log = logged(
      (engine) =>
        engine.connect((connection) => {
          connection.execute(text("SELECT :x"), { x: "secret" });
          try {
            connection.execute(text("SELECT * FROM nowhere WHERE x = :x"), { x: "secret" });
          } catch (error) {
            message = String(error);
          }
        }),
      { hideParameters: true },
    );
    const wrong = createEngine("sqlite://", { hideParameters: true });
    const bind = (): unknown =>
      wrong.connect((connection) => connection.execute(text("SELECT :x"), { x: "secret\ud800" }));
    expect(bind).toThrow(/^parameter "x": its type cannot hold the value \[SQL parameters hidden/);
    expect(log).not.toContain("secret");
    expect(message).toContain("[parameters: [SQL parameters hidden due to hideParameters=true]]");
    expect(message).not.toContain("secret");
  });

  it("shows the questions and the DDL of createAll", () => {
    const metadata = new MetaData();
    const user = new Table("user_account", metadata, { id: Integer().primaryKey(), name: Varchar(30) });
    const log = logged((engine) => {
      metadata.createAll(engine);
      engine.begin((connection) => void connection.execute(insert(user).values({ name: "squidward" })));
    });
    expect(log).toBe(
      [
        "BEGIN (implicit)",
        'PRAGMA main.table_info("user_account")',
        "[raw sql] []",
        'PRAGMA temp.table_info("user_account")',
        "[raw sql] []",
        "\nCREATE TABLE user_account (\n\tid INTEGER NOT NULL, \n\tname VARCHAR(30) NOT NULL, \n\tPRIMARY KEY (id)\n)\n\n",
        "[no key 0.00016s] []",
        "COMMIT",
        "BEGIN (implicit)",
        "INSERT INTO user_account (name) VALUES (?)",
        "[generated in 0.00016s] ['squidward']",
        "COMMIT",
      ].join("\n"),
    );
  });

  it("logs nothing unless asked to", () => {
    expect(
      logged((engine) => engine.begin((connection) => void connection.execute(text("SELECT 1"))), { echo: false }),
    ).toBe("");
  });
});
