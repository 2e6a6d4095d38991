// Spans by the conventions for database clients, made of an engine's events.
import { describe, expect, it } from "vitest";
import { createAsyncEngine } from "../../runtime/engine/async-engine.js";
import { createEngine } from "../../runtime/engine/engine.js";
import { listen } from "../../runtime/events/event-hub.js";
import { instrument, type SpanTracer } from "../../runtime/engine/opentelemetry.js";
import { maskedSql, summaryOf, summaryText } from "../../runtime/engine/sql-summary.js";
import { literal } from "../../runtime/sql/build/constructs.js";
import { select } from "../../runtime/sql/build/select.js";
import { text } from "../../runtime/sql/build/text.js";
import { temporaryFolder } from "./temporary-folder.js";

const path = temporaryFolder();
const create = text("CREATE TABLE t (x UNIQUE)");
const insert = text("INSERT INTO t (x) VALUES (:x)");

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
    const { spans, tracer } = recording();
    await using engine = createAsyncEngine(`sqlite:///${path("a.db")}`);
    const end = instrument(engine, tracer, { returnedRows: true });
    await engine.begin(async (connection) => {
      await connection.execute(create);
      await connection.execute(insert, [{ x: 1 }, { x: 2 }]);
      await connection.scalar(text("SELECT count(*) FROM t WHERE x > :x"), { x: 0 });
      await connection.scalar(text("SELECT 1 FROM t AS a JOIN main.t AS b ON a.x = b.x"));
      await connection.execute(insert, { x: 1 }).catch(() => null);
      await connection.scalar(select(literal(1)));
    });
    end();
    await engine.connect((connection) => connection.scalar(text("SELECT 1")));
    expect(spans.map(({ name }) => name)).toEqual([
      "CREATE t",
      "INSERT t",
      "SELECT t",
      "SELECT t main.t",
      "INSERT t",
      `SELECT ${path("a.db")}`,
    ]);
    expect(spans[1]?.options).toEqual({
      kind: 2,
      attributes: {
        "db.system.name": "sqlite",
        "db.namespace": path("a.db"),
        "db.operation.name": "INSERT",
        "db.query.summary": "INSERT t",
        "db.collection.name": "t",
        "db.operation.batch.size": 2,
        "db.query.text": "INSERT INTO t (x) VALUES (?)",
      },
    });
    expect(spans[1]?.notes).toEqual(["end"]);
    expect(spans[3]?.options).not.toHaveProperty(["attributes", "db.collection.name"]);
    expect(spans[4]?.notes).toEqual([
      ["error.type", "UniqueViolationError"],
      ["db.response.status_code", "SQLITE_CONSTRAINT_UNIQUE"],
      { code: 2, message: "SQLITE_CONSTRAINT_UNIQUE" },
      "end",
    ]);
    expect(spans[5]?.notes).toEqual([["db.response.returned_rows", 1], "end"]);
  });

  it("tells the database's words where asked to, and leaves the text out where asked to", () => {
    const { spans, tracer } = recording();
    using engine = createEngine("sqlite://");
    instrument(engine, tracer, { queryText: false, errorDetails: true });
    engine.connect((connection) => {
      connection.scalar(text("SELECT 1"));
      expect(() => connection.execute(text("SELECT * FROM nowhere"))).toThrow();
    });
    expect(spans[0]).toMatchObject({
      name: "SELECT",
      options: { attributes: { "db.system.name": "sqlite", "db.operation.name": "SELECT" } },
    });
    expect(spans[0]?.options).not.toHaveProperty(["attributes", "db.query.text"]);
    expect(spans[1]?.notes).toContainEqual({ code: 2, message: expect.stringContaining("no such table: nowhere") });
    expect(spans[1]?.notes).toContain("ProgrammingError");
  });

  it.each([
    ["postgresql://u@db.example:5432/shop", { "server.address": "db.example" }, "SELECT shop"],
    [
      "postgresql://u@db.example:6000",
      { "server.address": "db.example", "server.port": 6000 },
      "SELECT db.example:6000",
    ],
    ["mariadb://u@db.example:3306", { "server.address": "db.example" }, "SELECT db.example"],
  ])("says where the server is: %s", async (url, attributes, name) => {
    const { spans, tracer } = recording();
    await using engine = createAsyncEngine(url);
    const stub = createAsyncEngine("sqlite://");
    const raw = await stub.rawConnection();
    listen(engine, "doConnect", () => raw.driver);
    instrument(engine, tracer);
    await engine.connect((connection) => connection.scalar(text("SELECT 1")), { isolationLevel: "AUTOCOMMIT" });
    expect(spans[0]).toMatchObject({ name, options: { attributes } });
    expect(Object.keys(attributes).includes("server.port")).toBe(
      JSON.stringify(spans[0]?.options).includes("server.port"),
    );
  });
});

describe("a statement's text without its literals", () => {
  it.each([
    ["SELECT 'it''s', 1.5, x1, $1, ?, :name FROM t2", "SELECT ?, ?, x1, $1, ?, :name FROM t2"],
    ["SELECT $$body$$, $tag$ 'x' $tag$, E'a\\'b', -- 'why'\n 0xff", "SELECT ?, ?, ?, -- 'why'\n ?"],
    ["INSERT INTO t VALUES ('open", "INSERT INTO t VALUES (?"],
    ["SELECT 'a\\', 'b' FROM t", "SELECT ?, ? FROM t"],
    ['SELECT "name 1" FROM "t"', 'SELECT "name 1" FROM "t"'],
  ])("%s", (sql, expected) => {
    expect(maskedSql(sql, false)).toBe(expected);
  });

  it("takes double quotes for text where names stand in others", () => {
    expect(maskedSql('SELECT "text" FROM `t 1` WHERE a = "it""s"', true)).toBe("SELECT ? FROM `t 1` WHERE a = ?");
    expect(maskedSql("SELECT 'it\\'s', 'b' # 'c'\n, 2", true)).toBe("SELECT ?, ? # 'c'\n, ?");
  });

  it.each([
    ["select * from a, b join c on 1 = 1", "SELECT a c"],
    ["INSERT INTO shop.t (x) SELECT y FROM other", "INSERT shop.t other"],
    ['UPDATE "t x" SET a = 1', "UPDATE t x"],
    ["DELETE FROM ONLY `t`", "DELETE t"],
    ["CREATE UNIQUE INDEX IF NOT EXISTS i ON t (x)", "CREATE i"],
    ["CREATE TABLE IF NOT EXISTS t (x)", "CREATE t"],
    ["SELECT * FROM (SELECT 1) AS q", "SELECT"],
    ["WITH n AS (SELECT 1 FROM t) SELECT * FROM n", "WITH t n"],
    ["CALL refresh(1)", "CALL refresh"],
    ["/* from x */ SELECT 'from y'", "SELECT"],
  ])("is summed up: %s", (sql, expected) => {
    expect(summaryText(summaryOf(sql))).toBe(expected);
  });

  it("is summed up in no more than 255 characters, whole names", () => {
    const tables = Array.from({ length: 80 }, (_, index) => `table_${index}`);
    const summary = summaryText(summaryOf(`SELECT * FROM ${tables.join(" JOIN ")}`));
    expect(summary.length).toBeLessThanOrEqual(255);
    expect(summary).toMatch(/^SELECT table_0 table_1 .* table_\d+$/);
  });
});

function recording(): { readonly spans: RecordedSpan[]; readonly tracer: SpanTracer } {
  const spans: RecordedSpan[] = [];
  const startSpan = (name: string, options: unknown): RecordedSpan => {
    const span = new RecordedSpan(name, options);
    spans.push(span);
    return span;
  };
  return { spans, tracer: { startSpan } };
}
