// Events of both faces: what is told when, in which order, and the spans that are made of it.
import { describe, expect, it } from "vitest";
import { createAsyncEngine } from "../../runtime/engine/async-engine.js";
import { createEngine } from "../../runtime/engine/engine.js";
import { listen, unlisten } from "../../runtime/engine/events.js";
import { instrument } from "../../runtime/engine/opentelemetry.js";
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
});

class RecordedSpan {
  readonly notes: unknown[] = [];
  readonly name: string;
  readonly options: unknown;
  constructor(name: string, options: unknown) {
    this.name = name;
    this.options = options;
  }
  setStatus(status: unknown): void {
    this.notes.push(status);
  }
  setAttribute(name: string, value: unknown): void {
    this.notes.push([name, value]);
  }
  recordException(error: Error): void {
    this.notes.push(error.name);
  }
  end(): void {
    this.notes.push("end");
  }
}

describe("instrument()", () => {
  it("emits a span for each statement, by the conventions", async () => {
    const spans: RecordedSpan[] = [];
    const tracer = {
      startSpan: (name: string, options: unknown) => {
        const span = new RecordedSpan(name, options);
        spans.push(span);
        return span;
      },
    };
    await using engine = createAsyncEngine(`sqlite:///${path("a.db")}`);
    const end = instrument(engine, tracer);
    await engine.begin(async (connection) => {
      await connection.execute(create);
      await connection.execute(insert, [{ x: 1 }, { x: 2 }]);
      await connection.scalar(text("SELECT count(*) FROM t WHERE x > :x"), { x: 0 });
      await connection.scalar(text("SELECT 1 FROM t AS a JOIN t AS b ON a.x = b.x"));
      await connection.execute(insert, { x: 1 }).catch(() => null);
    });
    end();
    await engine.connect((connection) => connection.scalar(text("SELECT 1")));
    expect(spans.map(({ name }) => name)).toEqual(
      ["CREATE t", "INSERT t", "SELECT t", `SELECT ${path("a.db").slice(0)}`, "INSERT t"].map((name) => name),
    );
    expect(spans[1]?.options).toEqual({
      kind: 2,
      attributes: {
        "db.system.name": "sqlite",
        "db.namespace": path("a.db"),
        "db.operation.name": "INSERT",
        "db.collection.name": "t",
        "db.operation.batch.size": 2,
        "db.query.text": "INSERT INTO t (x) VALUES (?)",
      },
    });
    expect(spans[1]?.notes).toEqual(["end"]);
    expect(spans[4]?.notes).toEqual([
      ["error.type", "UniqueViolationError"],
      ["db.response.status_code", "SQLITE_CONSTRAINT_UNIQUE"],
      { code: 2, message: "(better-sqlite3.SqliteError SQLITE_CONSTRAINT_UNIQUE) UNIQUE constraint failed: t.x" },
      "UniqueViolationError",
      "end",
    ]);
  });

  it("leaves the text out where asked to, and works on the synchronous face", () => {
    const names: string[] = [];
    const attributes: object[] = [];
    const tracer = {
      startSpan: (name: string, options: { readonly attributes: object }) => {
        names.push(name);
        attributes.push(options.attributes);
        return new RecordedSpan(name, options);
      },
    };
    using engine = createEngine("sqlite://");
    instrument(engine, tracer, { queryText: false });
    engine.connect((connection) => connection.scalar(text("SELECT 1")));
    expect([names, attributes]).toEqual([["SELECT"], [{ "db.system.name": "sqlite", "db.operation.name": "SELECT" }]]);
  });
});
