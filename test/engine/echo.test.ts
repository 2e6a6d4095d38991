// The log's exact layout, with clocks that stand still, and parameters as text.
import { describe, expect, it } from "vitest";
import { createAsyncEngine, createEngine, text } from "athanor";
import { Echo } from "../../runtime/engine/echo.js";
import { parameterText } from "../../runtime/engine/parameter-text.js";
import type { Compiled } from "../../runtime/sql/compile/compiled.js";

function compiled(parts: Partial<Compiled>): Compiled {
  return {
    sql: "SELECT 1",
    segments: null,
    items: null,
    effect: "read",
    parameters: [],
    columns: [],
    bigintRows: false,
    compiledAt: 1000,
    compileTime: 0.1634,
    ...parts,
  };
}

/** An echo at 2025-11-13 11:19:30,155 local time; `at` moves the monotonic clock. */
function echoTo(lines: string[], options: { hideParameters?: boolean; at?: () => number } = {}): Echo {
  return new Echo({
    logger: (line) => lines.push(line),
    hideParameters: options.hideParameters ?? false,
    clock: { now: () => new Date(2025, 10, 13, 11, 19, 30, 155), monotonic: options.at ?? (() => 1000) },
  });
}

const PREFIX = "2025-11-13 11:19:30,155 INFO athanor.engine.Engine ";

describe("the log", () => {
  it("has a line for each event", () => {
    const lines: string[] = [];
    const echo = echoTo(lines);
    echo.event("BEGIN (implicit)");
    echo.event("COMMIT");
    expect(lines).toEqual([`${PREFIX}BEGIN (implicit)`, `${PREFIX}COMMIT`]);
  });

  it("says whether a statement was compiled now or came from the cache", () => {
    const lines: string[] = [];
    let now = 1000;
    const echo = echoTo(lines, { at: () => now });
    const select = compiled({});
    echo.compiled(select, "compiled", select.sql, [[]], false);
    now = 3107.6;
    echo.compiled(select, "cached", select.sql, [["a"]], false);
    now = 2_001_000;
    echo.compiled(select, "cached", select.sql, [[1]], false);
    expect(lines.filter((_, index) => index % 2 === 1)).toEqual([
      `${PREFIX}[generated in 0.00016s] []`,
      `${PREFIX}[cached since 2.108s ago] ['a']`,
      `${PREFIX}[cached since 2000s ago] [1]`,
    ]);
  });

  it("marks DDL, savepoints and raw SQL, and prints statements of several lines as they are", () => {
    const lines: string[] = [];
    const echo = echoTo(lines);
    const create = compiled({ sql: "\nCREATE TABLE t (\n\tx INTEGER\n)\n\n", effect: "define", compileTime: 0.48 });
    echo.compiled(create, "compiled", create.sql, [[]], false);
    echo.unkeyed("SAVEPOINT s");
    echo.compiled(compiled({ raw: true }), "compiled", "PRAGMA foreign_keys", [[]], false);
    expect(lines).toEqual([
      `${PREFIX}\nCREATE TABLE t (\n\tx INTEGER\n)\n\n`,
      `${PREFIX}[no key 0.00048s] []`,
      `${PREFIX}SAVEPOINT s`,
      `${PREFIX}[no key 0.00000s] []`,
      `${PREFIX}PRAGMA foreign_keys`,
      `${PREFIX}[raw sql] []`,
    ]);
  });

  it("hides parameters where asked to", () => {
    const lines: string[] = [];
    const echo = echoTo(lines, { hideParameters: true });
    echo.compiled(compiled({}), "compiled", "SELECT ?", [["secret"]], false);
    expect(lines[1]).toBe(`${PREFIX}[generated in 0.00016s] [SQL parameters hidden due to hideParameters=true]`);
  });

  it("has a name and a token where told to, and says where nothing is cached", () => {
    const lines: string[] = [];
    const clock = { now: () => new Date(2025, 10, 13, 11, 19, 30, 155), monotonic: () => 1000 };
    const echo = new Echo({ logger: (line) => lines.push(line), hideParameters: false, clock, name: "shop" });
    echo.withToken("request 7").event("COMMIT");
    echo.compiled(compiled({}), "uncached", "SELECT 1", [[]], false);
    expect(lines).toEqual([
      "2025-11-13 11:19:30,155 INFO athanor.engine.Engine.shop [request 7] COMMIT",
      "2025-11-13 11:19:30,155 INFO athanor.engine.Engine.shop SELECT 1",
      "2025-11-13 11:19:30,155 INFO athanor.engine.Engine.shop [caching disabled 0.00016s] []",
    ]);
  });

  it.each([false, true])("shows columns and rows with echo: debug (hideParameters: %s)", async (hideParameters) => {
    const info: string[] = [];
    const debug: string[] = [];
    const logger = {
      info: (line: string): number => info.push(line),
      debug: (line: string): number => debug.push(line.replace(/^.*DEBUG /, "")),
    };
    const query = text("SELECT 1 AS a, 'x' AS b UNION ALL SELECT 2, 'y'");
    using engine = createEngine("sqlite://", { echo: "debug", logger, hideParameters });
    engine.connect((connection) => connection.execute(query).all());
    await using other = createAsyncEngine("sqlite://", { echo: "debug", logger, hideParameters });
    await other.connect(async (connection) => {
      await connection.execute(query);
      await connection.stream(query).tuples().all();
    });
    const hidden = "[SQL parameters hidden due to hideParameters=true]";
    const rows = hideParameters ? [hidden, hidden] : ["[1, 'x']", "[2, 'y']"];
    const shown = ["athanor.engine.Engine Col ['a', 'b']", ...rows.map((row) => `athanor.engine.Engine Row ${row}`)];
    expect(debug).toEqual([...shown, ...shown, ...shown]);
    expect(info.some((line) => line.includes("Row"))).toBe(false);
  });

  it("writes to an object with an info method", () => {
    const logger = {
      lines: [] as string[],
      info(line: string): void {
        this.lines.push(line);
      },
    };
    const clock = { now: () => new Date(2025, 0, 2, 3, 4, 5, 6), monotonic: () => 0 };
    new Echo({ logger, hideParameters: false, clock }).event("COMMIT");
    expect(logger.lines).toEqual(["2025-01-02 03:04:05,006 INFO athanor.engine.Engine COMMIT"]);
  });
});

const one = (...values: unknown[]): string => parameterText([values], false);

describe("parameters as text", () => {
  it("writes JavaScript's literals", () => {
    expect(one()).toBe("[]");
    expect(one("squidward", "it's", "a\nb", 1, 1.5, -0, null, true)).toBe(
      `['squidward', "it's", 'a\\nb', 1, 1.5, -0, null, true]`,
    );
    expect(one(6n, 9007199254740993n)).toBe("[6, 9007199254740993]");
    expect(one(new Uint8Array([1, 2, 255]), Buffer.alloc(0))).toBe("[<01 02 ff>, <>]");
  });

  it("cuts long values in the middle", () => {
    const text = one(`${"a".repeat(200)}${"b".repeat(200)}`);
    expect(text).toBe(`['${"a".repeat(149)} ... (102 characters truncated) ... ${"b".repeat(149)}']`);
    expect(one("c".repeat(298))).toBe(`['${"c".repeat(298)}']`);
    const bytes = `00 ${"00 ".repeat(48)}00`;
    expect(one(new Uint8Array(10_000))).toBe(`[<${bytes} ... (9900 bytes truncated) ... ${bytes}>]`);
  });

  it("cuts long lists of values in the middle", () => {
    const text = one(...Array.from({ length: 102 }, (_, index) => index));
    expect(text.startsWith("[0, 1, 2, ")).toBe(true);
    expect(text).toContain("48, 49  ... 2 parameters truncated ...  52, 53");
    expect(text.endsWith(", 101]")).toBe(true);
  });

  it("shows ten sets of an executemany, two of them the last", () => {
    expect(
      parameterText(
        [
          [1, "a"],
          [2, "b"],
        ],
        true,
      ),
    ).toBe("[[1, 'a'], [2, 'b']]");
    expect(parameterText([[1]], true)).toBe("[[1]]");
    const sets = Array.from({ length: 99 }, (_, index) => [index]);
    expect(parameterText(sets, true)).toBe(
      "[[0], [1], [2], [3], [4], [5], [6], [7]  ... displaying 10 of 99 total bound parameter sets ...  [97], [98]]",
    );
    expect(parameterText(sets.slice(0, 10), true)).not.toContain("displaying");
  });
});
