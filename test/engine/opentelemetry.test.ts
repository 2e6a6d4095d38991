// Spans by the conventions for database clients, made of an engine's events.
import { describe, expect, it } from "vitest";
import { createAsyncEngine } from "../../runtime/engine/async-engine.js";
import { createEngine } from "../../runtime/engine/engine.js";
import { instrument } from "../../runtime/engine/opentelemetry.js";
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
