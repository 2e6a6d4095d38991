// Below statements, on every database: text in the driver's own style, the driver's own connection, connections that
// leave the pool, and what one that is declared bad does to the others.
import { expect, it } from "vitest";
import {
  ArgumentError,
  type AsyncEngine,
  type AsyncEngineOptions,
  createAsyncEngine,
  DisconnectError,
  insert,
  Integer,
  listen,
  MetaData,
  select,
  Table,
  text,
  UniqueViolationError,
  Varchar,
} from "athanor";
import { describeEachDatabase } from "../support/databases/databases.js";
import { errorOf } from "../support/faults/lab.js";

await describeEachDatabase("below statements", {}, (database) => {
  const metadata = new MetaData();
  const note = new Table("note", metadata, { id: Integer().primaryKey(), body: Varchar(40) });

  async function engineWithTable(options: AsyncEngineOptions = {}): Promise<{ engine: AsyncEngine; lines: string[] }> {
    const lines: string[] = [];
    const logger = (line: string): number => lines.push(line.replace(/^.*?Engine /, ""));
    const engine = createAsyncEngine(database.url, { logger, ...options });
    await metadata.dropAll(engine);
    await metadata.createAll(engine);
    lines.length = 0;
    return { engine, lines };
  }

  it("text goes out as it is, with values by position, once or for each set", async () => {
    const { engine, lines } = await engineWithTable();
    const [first, second] = [1, 2].map((at) => engine.dialect.sql.placeholder("x", at));
    const add = `INSERT INTO note (id, body) VALUES (${first ?? ""}, ${second ?? ""})`;
    await engine
      .begin(async (connection) => {
        const sets = [
          [1, "100%"],
          [2, ":x"],
        ];
        expect((await connection.execDriverSql(add, sets)).rowCount).toBe(2);
        expect((await connection.execDriverSql(add, [3, null])).rowCount).toBe(1);
        const found = await connection.execDriverSql(
          `SELECT body, id FROM note WHERE id < ${first ?? ""} ORDER BY id`,
          [3],
        );
        expect(found.keys()).toEqual(["body", "id"]);
        expect(found.tuples().all()).toEqual([
          ["100%", 1],
          [":x", 2],
        ]);
        const error = await errorOf(connection.execDriverSql(add, [1, "again"]));
        expect(error).toBeInstanceOf(UniqueViolationError);
        expect(String(error)).toContain(add);
      })
      .catch(() => null);
    expect(lines).toContain("[raw sql] [[1, '100%'], [2, ':x']]");
    expect(lines).toContain("[raw sql] [3, null]");
    expect(engine.cacheStats()).toMatchObject({ hits: 0, misses: 0 });
    await engine.connect(async (connection) => {
      expect(await errorOf(connection.execDriverSql(" "))).toBeInstanceOf(ArgumentError);
      // @ts-expect-error values have no names here
      expect(await errorOf(connection.execDriverSql("SELECT 1", { x: 1 }))).toBeInstanceOf(ArgumentError);
    });
    await engine.dispose();
  });

  it("the driver's own connection is there, and what it leaves behind is cleaned", async () => {
    const { engine } = await engineWithTable({ poolSize: 1, maxOverflow: 0 });
    const raw = await engine.rawConnection();
    expect(typeof raw.driverConnection).toBe("object");
    raw.info.set("who", "first");
    await raw.driver.execute({ sql: "BEGIN", parameters: [], prepare: false, bigint: false });
    const left = "INSERT INTO note (id, body) VALUES (9, 'left open')";
    await raw.driver.execute({ sql: left, parameters: [], prepare: false, bigint: false });
    await raw.close();
    await raw.close();
    await engine.connect(async (connection) => {
      expect(connection.info.get("who")).toBe("first");
      expect(connection.driverConnection).toBe(raw.driverConnection);
      expect((await connection.scalars(select(note.c.id))).all()).toEqual([]);
    });
    await engine.dispose();
  });

  it("a detached connection frees its place, works on and is closed by its borrower", async () => {
    const { engine } = await engineWithTable({ poolSize: 1, maxOverflow: 0 });
    const told: string[] = [];
    for (const name of ["detach", "closeDetached", "close", "checkin"] as const)
      listen(engine, name, () => told.push(name));
    const mine = await engine.connect();
    mine.detach();
    mine.detach();
    expect(engine.poolStatus()).toMatchObject({ open: 0, leased: 0 });
    await engine.connect(async (other) => {
      expect(await other.scalar(text("SELECT 1"))).toBe(1);
    });
    await mine.execute(insert(note).values({ id: 1, body: "mine" }));
    await mine.commit();
    await mine.close();
    expect(told).toEqual(["detach", "checkin", "closeDetached"]);
    await engine.connect(async (other) => {
      expect((await other.scalars(select(note.c.body))).all()).toEqual(["mine"]);
    });
    await engine.dispose();
  });

  it("declared bad softly it goes on and is replaced afterwards; declared bad it is cut", async () => {
    const { engine } = await engineWithTable({ poolSize: 1, maxOverflow: 0 });
    const soft = await engine.connect();
    const first = soft.driverConnection;
    soft.invalidate({ soft: true });
    expect(await soft.scalar(text("SELECT 1"))).toBe(1);
    await soft.close();
    const hard = await engine.connect();
    expect(hard.driverConnection).not.toBe(first);
    hard.invalidate();
    expect(hard.invalidated).toBe(true);
    expect(await errorOf(hard.execute(text("SELECT 1")))).toBeInstanceOf(DisconnectError);
    await hard.close();
    expect(await engine.connect((connection) => connection.scalar(text("SELECT 2")))).toBe(2);
    await engine.dispose();
  });

  it("dispose() waits for what is in use as long as it is told to, then cuts it", async () => {
    const { engine } = await engineWithTable();
    const kept = await engine.connect();
    await kept.scalar(text("SELECT 1"));
    const disposed = engine.dispose({ wait: 60_000 });
    await kept.close();
    await disposed;
    expect(engine.poolStatus()).toMatchObject({ open: 0 });
    const held = await engine.connect();
    await held.scalar(text("SELECT 1"));
    await engine.dispose({ wait: 1 });
    expect(held.invalidated).toBe(true);
    await held.close();
    expect(await engine.connect((connection) => connection.scalar(text("SELECT 3")))).toBe(3);
    await engine.dispose();
  });
});
