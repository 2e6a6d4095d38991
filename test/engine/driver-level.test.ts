// Below statements on the synchronous face: text in the driver's own style, the driver's own connection, and
// connections that leave the pool. The asynchronous face: test/live/driver-level.test.ts.
import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  createEngine,
  DisconnectError,
  type Engine,
  type EngineOptions,
  InvalidRequestError,
  listen,
  PoolTimeoutError,
  ProgrammingError,
  text,
} from "athanor";
import { collectGarbageUntil } from "../pool/collect-garbage.js";
import { temporaryFolder } from "./temporary-folder.js";

const path = temporaryFolder();

function fileEngine(options: EngineOptions = {}): Engine {
  const engine = createEngine(`sqlite:///${path("a.db")}`, options);
  engine.begin((connection) => {
    connection.execDriverSql("DROP TABLE IF EXISTS t");
    connection.execDriverSql("CREATE TABLE t (x, y)");
  });
  return engine;
}

describe("execDriverSql()", () => {
  it("sends text as it is, with values by position, once or for each set", () => {
    const lines: string[] = [];
    using engine = fileEngine({ logger: (line) => lines.push(line.replace(/^.*?Engine /, "")) });
    engine.begin((connection) => {
      const sets = [
        ["a", 1],
        [":b", 2],
      ];
      expect(connection.execDriverSql("INSERT INTO t VALUES (?, ?)", sets).rowCount).toBe(2);
      const found = connection.execDriverSql("SELECT y AS n, x FROM t WHERE y > ?", [1]);
      expect(found.mappings().all()).toEqual([{ n: 2, x: ":b" }]);
      connection.execDriverSql("SAVEPOINT s", [], { loggingToken: "mine" });
    });
    expect(lines).toContain("[raw sql] [['a', 1], [':b', 2]]");
    expect(lines).toContain("[mine] SAVEPOINT s");
    expect(engine.cacheStats()).toMatchObject({ hits: 0, misses: 0, size: 0 });
    using connection = engine.connect();
    expect(() => connection.execDriverSql("SELEC")).toThrow(ProgrammingError);
    expect(() => connection.execDriverSql("")).toThrow(ArgumentError);
    // @ts-expect-error values have no names here
    expect(() => connection.execDriverSql("SELECT 1", { x: 1 })).toThrow(ArgumentError);
  });

  it("follows BEGIN and COMMIT that are written as text", () => {
    using engine = fileEngine();
    engine.connect((connection) => {
      connection.execDriverSql("BEGIN");
      connection.execDriverSql("INSERT INTO t VALUES (1, 1)");
      connection.execDriverSql("COMMIT");
      connection.execDriverSql("INSERT INTO t VALUES (2, 2)");
    });
    expect(engine.connect((connection) => connection.scalar(text("SELECT count(*) FROM t")))).toBe(1);
  });
});

describe("the driver's own connection", () => {
  it("is there, keeps notes, and is cleaned of what was left on it", () => {
    using engine = fileEngine({ poolSize: 1, maxOverflow: 0 });
    const raw = engine.rawConnection();
    expect(() => engine.rawConnection()).toThrow(PoolTimeoutError);
    raw.info.set("who", "first");
    raw.driver.prepare("BEGIN").run([]);
    raw.driver.prepare("INSERT INTO t VALUES (1, 1)").run([]);
    raw.driver.prepare("CREATE TEMP TABLE left_over (x)").run([]);
    raw.close();
    raw.close();
    engine.connect((connection) => {
      expect(connection.driverConnection).toBe(raw.driverConnection);
      expect(connection.info.get("who")).toBe("first");
      expect(connection.scalar(text("SELECT count(*) FROM t"))).toBe(0);
      expect(connection.scalar(text("SELECT count(*) FROM sqlite_temp_schema"))).toBe(0);
    });
  });

  it("taken from a connection has its marks cleaned, too", () => {
    using engine = fileEngine({ poolSize: 1, maxOverflow: 0 });
    engine.connect((connection) => {
      // Sound: better-sqlite3's Database has it.
      (connection.driverConnection as { exec(sql: string): void }).exec("CREATE TEMP TABLE left_over (x)");
    });
    engine.connect((connection) => {
      expect(connection.scalar(text("SELECT count(*) FROM sqlite_temp_schema"))).toBe(0);
    });
  });
});

describe("leaving the pool", () => {
  it("detached, a connection frees its place, works on and is closed by its borrower", () => {
    using engine = fileEngine({ poolSize: 1, maxOverflow: 0 });
    const told: string[] = [];
    for (const name of ["detach", "closeDetached", "close"] as const) listen(engine, name, () => told.push(name));
    const mine = engine.connect();
    mine.detach();
    expect(engine.poolStatus()).toMatchObject({ open: 0, leased: 0 });
    engine.connect((other) => other.execute(text("SELECT 1")));
    mine.execute(text("INSERT INTO t VALUES (1, 1)"));
    mine.commit();
    mine.close();
    expect(told).toEqual(["detach", "closeDetached"]);
    expect(engine.connect((other) => other.scalar(text("SELECT count(*) FROM t")))).toBe(1);
    using raw = engine.rawConnection();
    raw.detach();
    expect(engine.poolStatus().open).toBe(0);
  });

  it("declared bad softly it goes on and is replaced; declared bad it is closed at once", () => {
    using engine = fileEngine({ poolSize: 1, maxOverflow: 0 });
    const soft = engine.connect();
    const first = soft.driverConnection;
    soft.invalidate({ soft: true });
    expect([soft.scalar(text("SELECT 1")), soft.invalidated]).toEqual([1, false]);
    soft.close();
    const hard = engine.connect();
    expect(hard.driverConnection).not.toBe(first);
    hard.execute(text("INSERT INTO t VALUES (1, 1)"));
    hard.invalidate();
    expect(hard.invalidated).toBe(true);
    expect(() => hard.execute(text("SELECT 1"))).toThrow(DisconnectError);
    hard.close();
    engine.begin((connection) => connection.execute(text("INSERT INTO t VALUES (2, 2)")));
    expect(engine.connect((connection) => connection.scalars(text("SELECT x FROM t")).all())).toEqual([2]);
    using memory = createEngine("sqlite://");
    expect(() => memory.connect((connection) => connection.detach())).toThrow(InvalidRequestError);
  });
});

describe("pool options of a synchronous engine", () => {
  it("limit what is open, and tell of connections that are kept or forgotten", async () => {
    using engine = fileEngine({ poolSize: 1, maxOverflow: 1, poolLeakAfter: 60_000 });
    const leaks: string[] = [];
    listen(engine, "leak", ({ kind, stack }) => leaks.push(`${kind} ${String(stack?.includes("driver-level.test"))}`));
    const kept = engine.connect();
    (() => {
      // It writes, and is forgotten with its transaction open.
      engine.connect().execute(text("INSERT INTO t VALUES (9, 9)"));
    })();
    expect(() => engine.connect()).toThrow(PoolTimeoutError);
    await collectGarbageUntil(() => leaks.length > 0);
    expect(leaks).toEqual(["forgotten true"]);
    kept.execute(text("INSERT INTO t VALUES (1, 1)"));
    kept.commit();
    kept.close();
    expect(engine.connect((connection) => connection.scalars(text("SELECT x FROM t")).all())).toEqual([1]);
  });

  it("are those of the pool, and no others", () => {
    // @ts-expect-error nothing there waits
    expect(() => createEngine("sqlite://", { poolTimeout: 5 })).toThrow('createEngine has no option "poolTimeout"');
    using engine = fileEngine({ pool: "assertion" });
    using first = engine.connect();
    expect(first.closed).toBe(false);
    expect(() => engine.connect()).toThrow(/taken already; it was taken here:\n.*driver-level\.test\.ts/);
  });
});
