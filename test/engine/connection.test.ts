// A connection's transaction: when it begins, what is sent when, how it ends, savepoints, and who may write.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import type { Connection } from "../../runtime/engine/connection.js";
import { createEngine, type Engine } from "../../runtime/engine/engine.js";
import {
  nextTransactionState,
  TRANSACTION_TRANSITIONS,
  type TransactionEvent,
  type TransactionState,
} from "../../runtime/engine/transaction-state.js";
import {
  DatabaseLockedError,
  ForeignKeyViolationError,
  InternalError,
  InvalidRequestError,
  OperationalError,
  PendingRollbackError,
  ProgrammingError,
  ReadOnlyDatabaseError,
  ResourceClosedError,
  UniqueViolationError,
} from "../../runtime/errors/errors.js";
import { text } from "../../runtime/sql/build/text.js";
import { temporaryFolder } from "./temporary-folder.js";

const path = temporaryFolder();
const insert = text("INSERT INTO t (x) VALUES (:x)");

function fileEngine(connectArgs: Record<string, unknown> = {}): Engine {
  const engine = createEngine(`sqlite:///${path("a.db")}`, { connectArgs });
  engine.begin((connection) => connection.execute(text("CREATE TABLE IF NOT EXISTS t (x UNIQUE)")));
  return engine;
}
function memoryEngine(): Engine {
  const engine = createEngine("sqlite://");
  engine.begin((connection) => connection.execute(text("CREATE TABLE t (x UNIQUE)")));
  return engine;
}
const values = (connection: Connection): unknown => connection.scalars(text("SELECT x FROM t ORDER BY x")).all();
const stored = (engine: Engine): unknown => engine.connect(values);

describe("the transaction's states", () => {
  const states: readonly TransactionState[] = ["none", "begun", "open", "failed", "dead", "closed"];
  const events: readonly TransactionEvent[] = [
    "begin",
    "open",
    "taken",
    "ended",
    "commit",
    "rollback",
    "fail",
    "recover",
    "die",
    "close",
  ];
  const legal = new Map<string, TransactionState>([
    ["none begin", "begun"],
    ["none close", "closed"],
    ["begun open", "open"],
    ["begun taken", "open"],
    ["begun commit", "none"],
    ["begun rollback", "none"],
    ["open ended", "begun"],
    ["open commit", "none"],
    ["open rollback", "none"],
    ["open fail", "failed"],
    ["open die", "dead"],
    ["open close", "closed"],
    ["failed rollback", "none"],
    ["failed recover", "open"],
    ["failed die", "dead"],
    ["failed close", "closed"],
    ["dead rollback", "none"],
    ["dead close", "closed"],
  ]);

  it.each(states.flatMap((state) => events.map((event) => [state, event] as const)))("%s: %s", (state, event) => {
    const next = legal.get(`${state} ${event}`);
    if (next !== undefined) expect(nextTransactionState(state, event)).toBe(next);
    else expect(() => nextTransactionState(state, event)).toThrow(InternalError);
  });

  it("have no moves beside these", () => {
    expect(Object.values(TRANSACTION_TRANSITIONS).flatMap((row) => Object.keys(row))).toHaveLength(legal.size);
  });
});

describe("commit as you go", () => {
  it("begins with the first statement, keeps what is committed and rolls the rest back at the end", () => {
    const engine = fileEngine();
    {
      using connection = engine.connect();
      expect(connection.inTransaction).toBe(false);
      connection.execute(insert, { x: 1 });
      expect(connection.inTransaction).toBe(true);
      connection.commit();
      expect(connection.inTransaction).toBe(false);
      connection.execute(insert, { x: 2 });
      connection.rollback();
      connection.execute(insert, { x: 3 });
    }
    expect(stored(engine)).toEqual([1]);
  });

  it("commit() and rollback() without a transaction do nothing", () => {
    using connection = memoryEngine().connect();
    connection.commit();
    connection.rollback();
    expect(connection.inTransaction).toBe(false);
  });

  it("goes on after an error that leaves the transaction alive", () => {
    const engine = fileEngine();
    engine.begin((connection) => {
      connection.execute(insert, { x: 1 });
      expect(() => connection.execute(insert, { x: 1 })).toThrow(UniqueViolationError);
      connection.execute(insert, { x: 2 });
    });
    expect(stored(engine)).toEqual([1, 2]);
  });

  it("a closed connection says so", () => {
    const connection = memoryEngine().connect();
    connection.close();
    connection.close();
    expect(connection.closed).toBe(true);
    for (const use of [
      () => connection.execute(text("SELECT 1")),
      () => connection.begin(),
      () => connection.beginNested(),
      () => connection.commit(),
      () => connection.rollback(),
    ]) {
      expect(use).toThrow(ResourceClosedError);
    }
  });

  it("readers do not take the write lock", () => {
    const engine = fileEngine();
    const other = fileEngine({ timeout: 0 });
    using reader = engine.connect();
    expect(values(reader)).toEqual([]);
    other.begin((connection) => connection.execute(insert, { x: 1 }));
    expect(values(reader)).toEqual([1]);
  });
});

describe("begin()", () => {
  it("commits and rolls back", () => {
    const engine = memoryEngine();
    using connection = engine.connect();
    const first = connection.begin();
    expect(first.isActive).toBe(true);
    connection.execute(insert, { x: 1 });
    first.commit();
    expect([first.isActive, connection.inTransaction]).toEqual([false, false]);
    {
      using second = connection.begin();
      connection.execute(insert, { x: 2 });
      expect(second.isActive).toBe(true);
    }
    expect(values(connection)).toEqual([1]);
    expect(() => first.commit()).toThrow(InvalidRequestError);
    expect(() => first.rollback()).toThrow(InvalidRequestError);
  });

  it("refuses to begin twice, whoever began first", () => {
    using connection = memoryEngine().connect();
    connection.begin();
    expect(() => connection.begin()).toThrow(InvalidRequestError);
    connection.rollback();
    connection.execute(text("SELECT 1"));
    expect(() => connection.begin()).toThrow(/perhaps one that a statement began/);
  });

  it("a handle does not speak for a later transaction", () => {
    using connection = memoryEngine().connect();
    const first = connection.begin();
    connection.commit();
    connection.execute(insert, { x: 1 });
    expect(first.isActive).toBe(false);
    first[Symbol.dispose]();
    expect(connection.inTransaction).toBe(true);
  });
});

describe("savepoints", () => {
  it("undo what was done since, and keep the rest", () => {
    const engine = memoryEngine();
    engine.begin((connection) => {
      connection.execute(insert, { x: 1 });
      const outer = connection.beginNested();
      connection.execute(insert, { x: 2 });
      const inner = connection.beginNested();
      connection.execute(insert, { x: 3 });
      inner.rollback();
      expect([outer.isActive, inner.isActive]).toEqual([true, false]);
      connection.execute(insert, { x: 4 });
      outer.commit();
      {
        using last = connection.beginNested();
        connection.execute(insert, { x: 5 });
        expect(last.isActive).toBe(true);
      }
    });
    expect(stored(engine)).toEqual([1, 2, 4]);
  });

  it("set before the first write are there when it comes", () => {
    const engine = memoryEngine();
    engine.begin((connection) => {
      const outer = connection.beginNested();
      expect(values(connection)).toEqual([]);
      const inner = connection.beginNested();
      connection.execute(insert, { x: 1 });
      inner.rollback();
      connection.execute(insert, { x: 2 });
      expect(values(connection)).toEqual([2]);
      outer.rollback();
      connection.execute(insert, { x: 3 });
    });
    expect(stored(engine)).toEqual([3]);
  });

  it("ending the outer one ends the inner ones", () => {
    using connection = memoryEngine().connect();
    const outer = connection.beginNested();
    connection.execute(insert, { x: 1 });
    const inner = connection.beginNested();
    outer.rollback();
    expect(inner.isActive).toBe(false);
    expect(() => inner.commit()).toThrow(InvalidRequestError);
    expect(values(connection)).toEqual([]);
  });

  it("end with the transaction", () => {
    using connection = memoryEngine().connect();
    const savepoint = connection.beginNested();
    connection.execute(insert, { x: 1 });
    connection.commit();
    expect(savepoint.isActive).toBe(false);
    expect(() => savepoint.rollback()).toThrow(InvalidRequestError);
    expect(values(connection)).toEqual([1]);
  });

  it("readers may set them on a read-only database", () => {
    fileEngine();
    const engine = createEngine(`sqlite:///${path("a.db")}`, { connectArgs: { readonly: true } });
    engine.begin((connection) => {
      connection.beginNested();
      expect(values(connection)).toEqual([]);
      expect(() => connection.execute(insert, { x: 1 })).toThrow(ReadOnlyDatabaseError);
    });
  });
});

describe("two connections of one engine", () => {
  for (const [where, make] of [
    ["a file", fileEngine],
    ["memory", memoryEngine],
  ] as const) {
    it(`on ${where}: a second writer is refused at once and told where the first began to write`, () => {
      const engine = make();
      using first = engine.connect();
      using second = engine.connect();
      first.execute(insert, { x: 1 });
      expect(() => second.execute(insert, { x: 2 })).toThrow(DatabaseLockedError);
      expect(() => second.execute(insert, { x: 2 })).toThrow(/began to write here:\n    at .*connection\.test\.ts/);
      const stack = expect.stringMatching(/began to write here:\n(    at .*\n)*    at [^\n]*connection\.test\.ts/);
      const inside = expect.not.stringMatching(/\/runtime\//);
      expect(() => second.execute(insert, { x: 2 })).toThrow(expect.objectContaining({ stack }));
      expect(() => second.execute(insert, { x: 2 })).toThrow(expect.objectContaining({ stack: inside }));
      expect(second.scalar(text("SELECT 1"))).toBe(1);
      first.commit();
      second.execute(insert, { x: 2 });
      second.commit();
      expect(values(first)).toEqual([1, 2]);
    });
  }

  it("on a file each sees only what was committed", () => {
    const engine = fileEngine();
    using writer = engine.connect();
    using reader = engine.connect();
    writer.execute(insert, { x: 1 });
    expect(values(reader)).toEqual([]);
    writer.commit();
    expect(values(reader)).toEqual([1]);
  });

  it("in memory a reader's end does not end the writer's transaction", () => {
    const engine = memoryEngine();
    using writer = engine.connect();
    writer.execute(insert, { x: 1 });
    engine.connect((reader) => {
      values(reader);
      reader.rollback();
    });
    writer.commit();
    expect(stored(engine)).toEqual([1]);
  });
});

describe("trouble with the database", () => {
  it("shows long SQL cut in the middle; the error's `sql` has all of it", () => {
    const sql = `SELECT ${"x".repeat(20_000)}, nothing`;
    using connection = memoryEngine().connect();
    const shown = `[SQL: SELECT ${"x".repeat(993)} ... (${String(sql.length - 2000)} characters truncated) ... x`;
    const wanted = expect.objectContaining({ sql, message: expect.stringContaining(shown) });
    expect(() => connection.execute(text(sql))).toThrow(wanted);
  });

  it("locked by another process", async () => {
    const engine = fileEngine({ timeout: 0 });
    const program = `
      const db = require(${JSON.stringify(import.meta.resolve("better-sqlite3").replace("file://", ""))})(${JSON.stringify(path("a.db"))});
      db.exec("BEGIN IMMEDIATE");
      console.log("locked");
      process.stdin.on("data", () => process.exit());`;
    const holder = spawn(process.execPath, ["-e", program], { stdio: ["pipe", "pipe", "inherit"] });
    try {
      await once(holder.stdout, "data");
      using connection = engine.connect();
      expect(() => connection.execute(insert, { x: 1 })).toThrow(DatabaseLockedError);
      expect(() => connection.execute(insert, { x: 1 })).toThrow(
        /^\(better-sqlite3\.SqliteError SQLITE_BUSY\) database is locked\nAnother connection holds.*\n\[SQL: INSERT INTO t \(x\) VALUES \(\?\)\]\n\[parameters: \[1\]\]$/,
      );
      holder.stdin.write("go");
      await once(holder, "exit");
      connection.execute(insert, { x: 1 });
      connection.commit();
    } finally {
      holder.kill();
    }
    expect(stored(engine)).toEqual([1]);
  });

  it("rolled back by SQLite itself: nothing goes on before rollback()", () => {
    const engine = memoryEngine();
    using connection = engine.connect();
    connection.execute(insert, { x: 1 });
    const rollsBack = text("INSERT OR ROLLBACK INTO t (x) VALUES (:x)");
    expect(() => connection.execute(rollsBack, { x: 1 })).toThrow(UniqueViolationError);
    expect(connection.inTransaction).toBe(true);
    expect(() => connection.execute(text("SELECT 1"))).toThrow(PendingRollbackError);
    expect(() => connection.commit()).toThrow(PendingRollbackError);
    expect(() => connection.beginNested()).toThrow(PendingRollbackError);
    connection.rollback();
    expect(values(connection)).toEqual([]);
  });

  it("a dead connection is closed like any other", () => {
    const engine = memoryEngine();
    const connection = engine.connect();
    connection.execute(insert, { x: 1 });
    connection.execute(text("ROLLBACK; "));
    connection.execute(insert, { x: 2 });
    const rollsBack = text("INSERT OR ROLLBACK INTO t (x) VALUES (:x)");
    expect(() => connection.execute(rollsBack, { x: 2 })).toThrow(UniqueViolationError);
    connection.close();
    expect([connection.closed, engine.poolStatus()]).toMatchObject([true, { idle: 1, leased: 0 }]);
    expect(stored(engine)).toEqual([]);
  });

  it("full: the error says so, and the engine goes on", () => {
    const engine = fileEngine();
    using connection = engine.connect();
    connection.execute(text("PRAGMA max_page_count = 4"));
    connection.execute(insert, { x: "small" });
    expect(() => connection.execute(insert, { x: "large".repeat(20_000) })).toThrow(OperationalError);
    connection.rollback();
    connection.execute(insert, { x: "small" });
    connection.commit();
    expect(values(connection)).toEqual(["small"]);
  });

  it("a COMMIT that fails leaves the transaction open for a rollback", () => {
    const engine = memoryEngine();
    using connection = engine.connect();
    connection.execute(text("CREATE TABLE p (id INTEGER PRIMARY KEY)"));
    connection.execute(text("CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)"));
    connection.commit();
    connection.execute(text("INSERT INTO c VALUES (1)"));
    expect(() => connection.commit()).toThrow(ForeignKeyViolationError);
    expect(connection.inTransaction).toBe(true);
    connection.execute(text("INSERT INTO p VALUES (1)"));
    connection.commit();
    expect(connection.scalar(text("SELECT count(*) FROM c"))).toBe(1);
  });

  it("BEGIN and COMMIT as text are followed", () => {
    const engine = fileEngine();
    using connection = engine.connect();
    connection.execute(text("BEGIN"));
    connection.execute(insert, { x: 1 });
    connection.execute(text("COMMIT"));
    connection.execute(insert, { x: 2 });
    connection.rollback();
    expect(values(connection)).toEqual([1]);
  });

  it("an error keeps the caller in its stack and the driver's error as its cause", () => {
    const engine = memoryEngine();
    function theCaller(depth = 12): unknown {
      if (depth > 0) return theCaller(depth - 1);
      return engine.connect((connection) => connection.execute(text("SELEC :x"), { x: "a" }));
    }
    let error: unknown;
    try {
      theCaller();
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(ProgrammingError);
    expect(error).toMatchObject({
      sql: "SELEC ?",
      parameters: "['a']",
      code: "R3001",
      cause: { code: "SQLITE_ERROR" },
    });
    expect(error instanceof Error ? error.stack : "").toContain("theCaller");
  });
});
