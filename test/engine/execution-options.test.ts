// Options of executions: which wins, what they do, that a statement's own are no part of its key, and copies of engines.
import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  AsyncSession,
  createAsyncEngine,
  createEngine,
  type Engine,
  insert,
  Integer,
  InvalidRequestError,
  listen,
  MetaData,
  select,
  Session,
  StatementCache,
  Table,
  Text,
  text,
  update,
} from "athanor";
import { temporaryFolder } from "./temporary-folder.js";

const path = temporaryFolder();
const metadata = new MetaData();
const item = new Table("item", metadata, { id: Integer().primaryKey(), name: Text() });
const one = text("SELECT 1 AS one");

/** An engine and what it logs, without time stamps and origins. */
function logging(options: Parameters<typeof createEngine>[1] = {}): { engine: Engine; lines: string[] } {
  const lines: string[] = [];
  const engine = createEngine("sqlite://", { logger: (line) => lines.push(line.replace(/^.*?INFO /, "")), ...options });
  return { engine, lines };
}

describe("options", () => {
  it("of the call win over the statement's, these over the connection's, these over the engine's", () => {
    const { engine, lines } = logging({ loggingToken: "engine" });
    using connection = engine.connect();
    connection.execute(one);
    connection.executionOptions({ loggingToken: "connection" });
    connection.execute(one);
    const marked = one.executionOptions({ loggingToken: "statement" });
    connection.execute(marked);
    connection.execute(marked, {}, { loggingToken: "call" });
    connection.execute(one);
    const tokens = lines.filter((line) => line.endsWith("SELECT 1 AS one")).map((line) => /\[(\w+)\]/.exec(line)?.[1]);
    expect(tokens).toEqual(["engine", "connection", "statement", "call", "connection"]);
    expect(connection.getExecutionOptions()).toMatchObject({ loggingToken: "connection", maxRowBuffer: 1000 });
    expect(engine.getExecutionOptions()).toMatchObject({ loggingToken: "engine" });
    connection.rollback();
    expect(lines.at(-1)).toBe("athanor.engine.Engine [connection] ROLLBACK");
  });

  it("of a statement survive what is chained to it, and leave its key alone", () => {
    const { engine } = logging();
    const chained = [
      select(item.c.name).executionOptions({ yieldPer: 5 }).where(item.c.id.gt(1)).orderBy(item.c.id).limit(3),
      select(item.c.name).where(item.c.id.gt(1)).orderBy(item.c.id).limit(3),
    ];
    metadata.createAll(engine);
    const before = engine.cacheStats();
    engine.connect((connection) => {
      for (const statement of chained) connection.execute(statement);
      connection.execute(insert(item).executionOptions({ loggingToken: "a" }).values({ id: 1, name: "a" }));
      connection.execute(insert(item).values({ id: 2, name: "b" }));
      connection.execute(update(item).executionOptions({ yieldPer: 1 }).values({ name: "c" }).where(item.c.id.eq(1)));
      connection.execute(update(item).values({ name: "c" }).where(item.c.id.eq(1)));
    });
    const after = engine.cacheStats();
    expect([after.misses - before.misses, after.hits - before.hits]).toEqual([3, 3]);
    expect(String(chained[0])).toBe(String(chained[1]));
  });

  it("are refused where there is none, or not here", () => {
    using engine = createEngine("sqlite://");
    using connection = engine.connect();
    const wrong = (options: object) => () => connection.execute(one, {}, options);
    expect(wrong({ yieldper: 5 })).toThrow('execute has no option "yieldper"');
    expect(wrong({ timeoutMs: 5 })).toThrow('execute has no option "timeoutMs"');
    expect(wrong({ isolationLevel: "SERIALIZABLE" })).toThrow(ArgumentError);
    expect(wrong({ maxRowBuffer: 0 })).toThrow("maxRowBuffer is a whole number, 1 or more, not 0");
    expect(wrong({ schemaTranslateMap: { a: 1 } })).toThrow("an object of schema names by schema name");
    expect(() => connection.execute(one.executionOptions({ yieldPer: -1 }))).toThrow("yieldPer is a whole number");
  });

  it("without a cache compile each time, and with one of the program's own keep there", () => {
    const { engine, lines } = logging();
    const cache = new StatementCache(10);
    using connection = engine.connect();
    connection.execute(one, {}, { compiledCache: null });
    connection.execute(one, {}, { compiledCache: null });
    connection.execute(one, {}, { compiledCache: cache });
    connection.execute(one, {}, { compiledCache: cache });
    expect(lines.filter((line) => line.includes(" ["))).toEqual([
      expect.stringMatching(/\[caching disabled [\d.]+s\] \[\]$/),
      expect.stringMatching(/\[caching disabled [\d.]+s\] \[\]$/),
      expect.stringMatching(/\[generated in [\d.]+s\] \[\]$/),
      expect.stringMatching(/\[cached since [\d.]+s ago\] \[\]$/),
    ]);
    expect(cache.stats()).toMatchObject({ size: 1, capacity: 10, hits: 1, misses: 1 });
    expect(engine.cacheStats()).toMatchObject({ size: 0, hits: 0, misses: 0 });
    expect(() => new StatementCache(0)).toThrow(ArgumentError);
  });
});

describe("schemaTranslateMap", () => {
  it("calls schemas by other names, and never takes one map's statement for another's", () => {
    using engine = createEngine("sqlite://");
    const other = new MetaData({ schema: "shop" });
    const thing = new Table("thing", other, { id: Integer().primaryKey(), name: Text() });
    using connection = engine.connect();
    for (const name of ["one", "two"]) connection.execute(text(`ATTACH ':memory:' AS ${name}`), {}, {});
    connection.rollback();
    for (const name of ["one", "two"]) {
      const engineOfOne = engine.executionOptions({ schemaTranslateMap: { shop: name } });
      other.createAll(engineOfOne);
      engineOfOne.begin((each) => each.execute(insert(thing).values({ id: 1, name })));
    }
    const names = ["one", "two", "one"].map((name) =>
      connection.scalar(select(thing.c.name), {}, { schemaTranslateMap: { shop: name } }),
    );
    expect(names).toEqual(["one", "two", "one"]);
    const compiledCache = new StatementCache(10);
    const kept = ["one", "two", "one"].map((name) =>
      connection.scalar(select(thing.c.name), {}, { schemaTranslateMap: { shop: name }, compiledCache }),
    );
    expect([kept, compiledCache.stats().hits]).toEqual([names, 1]);
    const before = engine.cacheStats();
    for (const name of ["one", "three", "one"]) {
      const options = { schemaTranslateMap: { shop: "two", [name]: name } };
      expect(connection.scalar(select(thing.c.name).where(thing.c.id.eq(1)), {}, options)).toBe("two");
    }
    const after = engine.cacheStats();
    expect([after.hits - before.hits, after.misses - before.misses]).toEqual([1, 2]);
    for (let index = 0; index < 300; index++) {
      const options = { schemaTranslateMap: { shop: "two", [`tenant ${String(index)}`]: "one" } };
      expect(connection.scalar(select(thing.c.name), {}, options)).toBe("two");
    }
    expect(() => connection.scalar(select(thing.c.name))).toThrow(/no such table: shop.thing/);
    expect(connection.scalar(text("SELECT count(*) FROM two.thing"))).toBe(1);
    connection.executionOptions({ schemaTranslateMap: { shop: "two" } });
    expect(connection.execute(select(thing)).mappings().all()).toEqual([{ id: 1, name: "two" }]);
    const inMain = { schemaTranslateMap: { "": "one", shop: "" } };
    const nowhere = new Table("nowhere", other, { id: Integer().primaryKey() });
    expect(() => connection.scalar(select(nowhere.c.id), {}, inMain)).toThrow(/no such table: nowhere/);
    expect(() => connection.scalar(select(item.c.name), {}, inMain)).toThrow(/no such table: one.item/);
  });
});

describe("a copy of an engine", () => {
  it("shares pool and cache, and has options and listeners of its own", () => {
    const { engine } = logging();
    const copy = engine.executionOptions({ isolationLevel: "AUTOCOMMIT" });
    metadata.createAll(engine);
    copy.connect((connection) => {
      expect(connection.isolationLevel).toBe("AUTOCOMMIT");
      connection.execute(insert(item).values({ id: 1, name: "kept" }));
    });
    engine.connect((connection) => {
      expect(connection.isolationLevel).toBeNull();
      expect(connection.scalar(select(item.c.name))).toBe("kept");
      connection.execute(insert(item).values({ id: 2, name: "lost" }));
    });
    expect(copy.connect((connection) => connection.scalars(select(item.c.id)).all())).toEqual([1]);
    expect(copy.poolStatus()).toEqual(engine.poolStatus());
    expect(copy.cacheStats()).toEqual(engine.cacheStats());
    const third = copy.executionOptions({ readOnly: true });
    expect(third.getExecutionOptions()).toMatchObject({ isolationLevel: "AUTOCOMMIT", readOnly: true });
    expect(() => engine.executionOptions({ isolationLevel: "READ COMMITTED" })).toThrow(/has no isolation level/);
  });

  it("does so on the asynchronous face, and leaves nothing of a level on the connection", async () => {
    await using engine = createAsyncEngine(`sqlite:///${path("a.db")}`, { poolSize: 1, maxOverflow: 0 });
    await metadata.createAll(engine);
    const autocommit = engine.executionOptions({ isolationLevel: "AUTOCOMMIT", loggingToken: "auto" });
    await autocommit.connect((connection) => connection.execute(insert(item).values({ id: 1, name: "kept" })));
    await engine.connect(async (connection) => {
      await connection.execute(insert(item).values({ id: 2, name: "lost" }));
      expect(() => connection.executionOptions({ isolationLevel: "AUTOCOMMIT" })).toThrow(InvalidRequestError);
    });
    const ids = await autocommit.connect((connection) => connection.scalars(select(item.c.id)));
    expect(ids.all()).toEqual([1]);
    expect(autocommit.poolStatus()).toEqual(engine.poolStatus());
    const reader = await engine.connect();
    const stream = reader.stream(select(item.c.id).executionOptions({ yieldPer: 7 }), {}, { maxRowBuffer: 3 });
    expect(await stream.scalars().all()).toEqual([1]);
    await reader.close();
  });
});

describe("a session", () => {
  it("asks in the schema that its engine or its statement names", async () => {
    await using engine = createAsyncEngine(`sqlite:///${path("c.db")}`);
    const seen: string[] = [];
    listen(engine, "beforeCursorExecute", ({ sql }) => seen.push(sql.replaceAll(/\s+/g, " ")));
    const other = new Table("other", new MetaData({ schema: "shop" }), { id: Integer().primaryKey() });
    await using session = new AsyncSession(engine.executionOptions({ schemaTranslateMap: { shop: "main" } }));
    await session.execute(select(other)).catch(() => null);
    const statement = select(other).executionOptions({ schemaTranslateMap: { shop: "there" } });
    await session.execute(statement).catch(() => null);
    expect(seen).toEqual(["SELECT main.other.id FROM main.other", "SELECT there.other.id FROM there.other"]);
  });

  it("follows the options of its engine and of its statements", () => {
    const { engine, lines } = logging({ loggingToken: "engine" });
    metadata.createAll(engine);
    engine.begin((connection) => connection.execute(insert(item).values({ id: 1, name: "a" })));
    lines.length = 0;
    using session = new Session(engine.executionOptions({ loggingToken: "copy" }));
    session.execute(select(item.c.name)).all();
    session.execute(select(item.c.name).executionOptions({ loggingToken: "statement" })).all();
    const tokens = lines.filter((line) => line.includes("SELECT")).map((line) => /\[(\w+)\]/.exec(line)?.[1]);
    expect(tokens).toEqual(["copy", "statement"]);
  });
});
