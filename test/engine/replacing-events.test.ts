// What listeners may change: the statement, its text and values, the driver's answer, the connection, the error.
import { describe, expect, it } from "vitest";
import {
  createAsyncEngine,
  createEngine,
  DatabaseError,
  DisconnectError,
  type Engine,
  listen,
  OperationalError,
  type SyncDriverConnection,
  text,
} from "athanor";
import { sqlite } from "../../runtime/dialects/sqlite/dialect.js";
import { parseUrl } from "../../runtime/dialects/url.js";
import { systemTimers } from "../../runtime/pool/system-timers.js";
import { temporaryFolder } from "./temporary-folder.js";

const path = temporaryFolder();
const connectSync = sqlite.connectSync ?? ((): never => expect.unreachable());
const connectAsync = sqlite.connectAsync ?? ((): never => expect.unreachable());

function withTable(): Engine {
  const engine = createEngine("sqlite://");
  engine.begin((connection) => {
    connection.execute(text("CREATE TABLE t (x)"));
    connection.execute(text("INSERT INTO t VALUES (:x)"), [{ x: 1 }, { x: 2 }, { x: 3 }]);
  });
  return engine;
}

describe("beforeCursorExecute", () => {
  it("rewrites text and values, one listener after the other", () => {
    using engine = withTable();
    const seen: string[] = [];
    listen(engine, "beforeCursorExecute", ({ sql }) => ({ sql: `${sql} /* traced */` }));
    listen(engine, "beforeCursorExecute", ({ parameters }) => ({
      parameters: parameters.map((set) => set.map((value) => (value === 1n ? 3n : value))),
    }));
    listen(engine, "afterCursorExecute", ({ statement, rowCount }) => seen.push(`${statement.sql}: ${rowCount}`));
    const rows = engine.connect((connection) =>
      connection.scalars(text("SELECT x FROM t WHERE x >= :least"), { least: 1 }).all(),
    );
    expect(rows).toEqual([3]);
    expect(seen).toEqual(["SELECT x FROM t WHERE x >= ? /* traced */: 1"]);
  });

  it("does so for many sets, for streams and on the asynchronous face", async () => {
    await using engine = createAsyncEngine("sqlite://");
    listen(engine, "beforeCursorExecute", ({ sql, parameters }) => ({
      sql: sql.replaceAll("WRONG", "t"),
      parameters: parameters.map((set) => set.map((value) => Number(value) * 10)),
    }));
    await engine.begin(async (connection) => {
      await connection.execute(text("CREATE TABLE WRONG (x)"));
      await connection.execute(text("INSERT INTO WRONG VALUES (:x)"), [{ x: 1 }, { x: 2 }]);
      expect((await connection.scalars(text("SELECT x FROM WRONG ORDER BY x"))).all()).toEqual([10, 20]);
      const stream = connection.stream(text("SELECT x FROM WRONG WHERE x > :x"), { x: 1 });
      expect(await stream.scalars().all()).toEqual([20]);
    });
  });
});

describe("beforeExecute and afterExecute", () => {
  it("see what the program asked for, and may ask for something else", async () => {
    using engine = withTable();
    const results: unknown[] = [];
    listen(engine, "beforeExecute", ({ statement, parameters }) =>
      String(statement).includes("FROM t")
        ? { statement: text("SELECT :x + 1"), parameters: { ...parameters, x: 41 } }
        : undefined,
    );
    listen(engine, "afterExecute", ({ statement, result }) => results.push([String(statement), typeof result]));
    expect(engine.connect((connection) => connection.scalar(text("SELECT x FROM t")))).toBe(42);
    expect(results).toEqual([["SELECT :x + 1", "object"]]);
    await using other = createAsyncEngine("sqlite://");
    listen(other, "beforeExecute", ({ parameters }) => ({ parameters: { ...parameters, x: 7 } }));
    expect(await other.connect((connection) => connection.scalar(text("SELECT :x"), { x: 1 }))).toBe(7);
  });
});

describe("doExecute", () => {
  it("answers in the driver's place", async () => {
    using engine = withTable();
    listen(engine, "doExecute", ({ statement }) =>
      statement.sql.includes("SELECT") ? { rows: [["made up"]], columnNames: ["x"] } : undefined,
    );
    expect(engine.connect((connection) => connection.execute(text("SELECT x FROM t")).mappings().all())).toEqual([
      { x: "made up" },
    ]);
    await using other = createAsyncEngine("sqlite://");
    listen(other, "doExecute", async ({ driver }) => {
      await driver.ping();
      return { rowCount: 5 };
    });
    const result = await other.connect((connection) => connection.execute(text("DELETE FROM nothing")));
    expect([result.rowCount, result.returnsRows]).toEqual([5, false]);
  });
});

describe("doConnect", () => {
  it("changes what the driver is given, or gives a connection itself", async () => {
    const seen: string[] = [];
    using engine = createEngine("sqlite:///no/such/folder/a.db");
    const given: SyncDriverConnection = connectSync(parseUrl("sqlite://"), {});
    listen(engine, "doConnect", ({ url }) => {
      seen.push(String(url));
      return given;
    });
    expect(engine.connect((connection) => connection.scalar(text("SELECT 1")))).toBe(1);
    expect(seen).toEqual(["sqlite:///no/such/folder/a.db"]);

    const file = `sqlite:///${path("b.db")}`;
    await using other = createAsyncEngine(file, { connectArgs: { timeout: 100 } });
    listen(other, "doConnect", ({ connectArgs }) => {
      seen.push(JSON.stringify(connectArgs));
      connectArgs["fileMustExist"] = true;
    });
    await expect(other.connect()).rejects.toThrow(/unable to open/);
    expect(seen.at(-1)).toBe('{"timeout":100}');
    await using third = createAsyncEngine(file);
    listen(third, "doConnect", ({ url }) =>
      connectAsync(parseUrl("sqlite://"), {}, { timers: systemTimers, signal: AbortSignal.any([]) }).then((driver) => {
        seen.push(String(url));
        return driver;
      }),
    );
    expect(await third.connect((connection) => connection.scalar(text("SELECT 3")))).toBe(3);
  });
});

describe("handleError", () => {
  class Known extends Error {}

  it("sees what failed, and may throw another error instead", async () => {
    using engine = withTable();
    const seen: unknown[] = [];
    listen(engine, "handleError", ({ connection, error, cause, isDisconnect, statement }) => {
      seen.push([connection !== null, error instanceof DatabaseError, cause instanceof Error, isDisconnect]);
      return statement?.sql.includes("nowhere") === true ? new Known("there is no such table") : null;
    });
    const run = (sql: string) => (): unknown => engine.connect((connection) => connection.execute(text(sql)));
    expect(run("SELECT * FROM nowhere")).toThrow(Known);
    expect(run("SELECT * FROM elsewhere")).toThrow(DatabaseError);
    expect(seen).toEqual([
      [true, true, true, false],
      [true, true, true, false],
    ]);
    await using other = createAsyncEngine("sqlite:///no/such/folder/a.db");
    listen(other, "handleError", ({ connection, statement }) => {
      seen.push([connection, statement]);
      return new Known("not today");
    });
    await expect(other.connect()).rejects.toThrow(Known);
    expect(seen.at(-1)).toEqual([null, null]);
  });

  it("may say that the connection is lost: then it and those as old as it are replaced", async () => {
    await using engine = createAsyncEngine(`sqlite:///${path("c.db")}`);
    listen(engine, "handleError", ({ error }) =>
      String(error).includes("syntax") ? new DisconnectError("the server behind it has gone") : null,
    );
    const [first, second] = await Promise.all([engine.connect(), engine.connect()]);
    await second.close();
    await expect(first.execute(text("SELEC"))).rejects.toThrow(DisconnectError);
    expect(first.invalidated).toBe(true);
    expect(engine.poolStatus()).toMatchObject({ open: 0 });
    await first.close();
  });
});

describe("answers", () => {
  it("that are of no use do not compile, and what is no object is none", () => {
    using engine = withTable();
    // @ts-expect-error misspelt
    listen(engine, "beforeCursorExecute", () => ({ sqll: "SELECT 1" }));
    // @ts-expect-error no error
    listen(engine, "handleError", () => ({ message: "x" }), { once: true });
    // @ts-expect-error there is no such event
    listen(engine, "afterExecuted", () => null);
    listen(engine, "beforeCursorExecute", () => 5);
    listen(engine, "doExecute", () => "nothing");
    expect(engine.connect((connection) => connection.scalar(text("SELECT count(*) FROM t")))).toBe(3);
  });
});

describe("an asynchronous engine", () => {
  it("waits for those who prepare a connection at each checkout", async () => {
    await using engine = createAsyncEngine(`sqlite:///${path("e.db")}`);
    const told: string[] = [];
    listen(engine, "checkout", async ({ driver }) => {
      await driver.ping();
      told.push("checkout");
    });
    listen(engine, "engineConnect", async ({ connection }) => {
      await connection.execute(text("SELECT 1"));
      await connection.rollback();
      told.push("engineConnect");
    });
    await engine.connect(() => told.push("block"));
    expect(told).toEqual(["checkout", "engineConnect", "block"]);
    listen(engine, "engineConnect", async () => {
      await Promise.resolve();
      throw new TypeError("not now");
    });
    await expect(engine.connect()).rejects.toThrow("not now");
    expect(engine.poolStatus()).toMatchObject({ leased: 0 });
  });
});

describe("listeners that never come to an end", () => {
  it.each(["checkout", "engineConnect", "doExecute"] as const)(
    "hold nobody up beyond the call's limits: %s",
    async (name) => {
      await using engine = createAsyncEngine(`sqlite:///${path("f.db")}`, {
        poolTimeout: 20,
        poolSize: 1,
        maxOverflow: 0,
      });
      listen(engine, name, () => new Promise<never>(() => undefined), { once: true });
      const call = engine.connect((connection) => connection.execute(text("SELECT 1")), {
        deadline: performance.now() + 20,
      });
      await expect(call).rejects.toThrow(OperationalError);
      expect(await engine.connect((connection) => connection.scalar(text("SELECT 2")))).toBe(2);
    },
  );
});

describe("checkout", () => {
  it("refuses a connection, which is then replaced, three times at most", async () => {
    await using engine = createAsyncEngine(`sqlite:///${path("d.db")}`, { poolSize: 1, maxOverflow: 0 });
    let refusals = 2;
    let opened = 0;
    listen(engine, "connect", () => (opened += 1));
    listen(engine, "checkout", () => {
      if (refusals-- > 0) throw new DisconnectError("not this one");
    });
    expect(await engine.connect((connection) => connection.scalar(text("SELECT 1")))).toBe(1);
    expect(opened).toBe(3);
    refusals = 3;
    await expect(engine.connect()).rejects.toThrow("not this one");
    using sync = createEngine(`sqlite:///${path("d.db")}`);
    refusals = 2;
    listen(sync, "checkout", () => {
      if (refusals-- > 0) throw new DisconnectError("not this one");
    });
    expect(sync.connect((connection) => connection.scalar(text("SELECT 2")))).toBe(2);
    refusals = 3;
    expect(() => sync.connect()).toThrow("not this one");
    expect(sync.poolStatus()).toMatchObject({ leased: 0 });
  });
});
