// Values that columns have for rows which say nothing, made by the program: at INSERT and at UPDATE, for one row and for
// many, on every database.
import {
  type AsyncEngine,
  createAsyncEngine,
  currentTimestamp,
  insert,
  Integer,
  literal,
  MetaData,
  select,
  sql,
  Table,
  TimestampTz,
  union,
  update,
  Varchar,
} from "athanor";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { describeEachDatabase } from "../support/databases/databases.js";

const metadata = new MetaData();
let made = 0;
const item = new Table("item", metadata, {
  id: Varchar(10)
    .primaryKey()
    .clientDefault(() => `key ${(made += 1)}`),
  kind: Varchar(10).clientDefault("plain"),
  shout: Varchar(10).clientDefault(sql("upper('x')")),
  note: Varchar(10).nullable(),
  changes: Integer().clientDefault(0).onUpdate(sql("changes + 1")),
  editor: Varchar(10)
    .nullable()
    .onUpdate(() => `editor ${(made += 1)}`),
});
const watch = new Table("watch", metadata, {
  id: Integer().primaryKey(),
  seen: TimestampTz().clientDefault(currentTimestamp),
  touched: TimestampTz().nullable().onUpdate(currentTimestamp),
});
const { id, kind, shout, changes, editor } = item.c;

describe("in the text", () => {
  it("left-out columns of an INSERT become parameters, functions without being called", () => {
    const statement = insert(item).values({ note: "n" });
    expect(String(statement)).toBe(
      "INSERT INTO item (note, id, kind, shout, changes) VALUES (:note, :id, :kind, upper('x'), :changes)",
    );
    expect(statement.compile().params).toEqual({ note: "n", kind: "plain", changes: 0 });
  });

  it("an UPDATE sets what it does not set itself", () => {
    expect(String(update(item).values({ note: "n" }))).toBe(
      "UPDATE item SET note=:note, changes=changes + 1, editor=:editor",
    );
    expect(String(update(item).values({ changes: 9, editor: null }))).toBe(
      "UPDATE item SET changes=:changes, editor=:editor",
    );
  });

  it("an INSERT from a set operation has to say them", () => {
    const rows = union(select(literal("a")), select(literal("b")));
    expect(() => String(insert(item).fromSelect(["note"], rows))).toThrow(/says nothing of id, kind, shout, changes/);
  });

  it("a value that is none is refused", () => {
    expect(() => Varchar().clientDefault(undefined as never)).toThrow(/clientDefault\(\) takes a value, a function/);
    expect(() => Varchar().onUpdate(null as never)).toThrow(/onUpdate\(\) takes a value/);
  });
});

await describeEachDatabase("client-side values", {}, (database) => {
  let engine: AsyncEngine;
  beforeAll(async () => {
    engine = createAsyncEngine(database.url);
    await metadata.createAll(engine);
  });
  afterAll(async () => {
    await metadata.dropAll(engine);
    await engine.dispose();
  });
  beforeEach(() => {
    made = 0;
  });

  /** The rows after `work`, in a transaction that is not kept. */
  function rowsAfter(work: (connection: Parameters<Parameters<AsyncEngine["connect"]>[0]>[0]) => Promise<unknown>) {
    return engine.connect(async (connection) => {
      await work(connection);
      const rows = await connection.execute(select(id, kind, shout, changes, editor).orderBy(id));
      return rows.tuples().all();
    });
  }

  it("of one row, whose key is told", async () => {
    const rows = await rowsAfter(async (connection) => {
      const result = await connection.execute(insert(item).values({ note: "n" }));
      expect([...(result.insertedPrimaryKey ?? [])]).toEqual(["key 1"]);
    });
    expect(rows).toEqual([["key 1", "plain", "X", 0, null]]);
  });

  it("of a row that says nothing at all", async () => {
    const rows = await rowsAfter((connection) => connection.execute(insert(item)));
    expect(rows).toEqual([["key 1", "plain", "X", 0, null]]);
  });

  it("for each set of parameters its own", async () => {
    const rows = await rowsAfter(async (connection) => {
      const result = await connection.execute(insert(item), [{ note: "a" }, { note: "b" }, { note: "c" }]);
      expect(result.insertedPrimaryKeyRows.map(([key]) => key)).toEqual(["key 1", "key 2", "key 3"]);
    });
    expect(rows.map(([key]) => key)).toEqual(["key 1", "key 2", "key 3"]);
  });

  it("for each row of one statement its own", async () => {
    const rows = await rowsAfter((connection) =>
      connection.execute(insert(item).values([{ note: "a" }, { note: "b" }])),
    );
    expect(rows.map(([key]) => key)).toEqual(["key 1", "key 2"]);
  });

  it("of rows from a select", async () => {
    const rows = await rowsAfter((connection) =>
      connection.execute(insert(item).fromSelect(["id", "note"], select(literal("k"), literal("n")))),
    );
    expect(rows).toEqual([["k", "plain", "X", 0, null]]);
  });

  it("not where a value or NULL is given", async () => {
    const rows = await rowsAfter((connection) =>
      connection.execute(insert(item).values({ id: "mine", kind: "own", shout: "q", changes: 5, editor: null })),
    );
    expect(rows).toEqual([["mine", "own", "q", 5, null]]);
    expect(made).toBe(0);
  });

  it("at every UPDATE", async () => {
    const rows = await rowsAfter(async (connection) => {
      await connection.execute(insert(item), [{ id: "a" }, { id: "b" }]);
      await connection.execute(update(item).where(id.eq("a")).values({ note: "x" }));
      await connection.execute(update(item).where(id.eq("a")), { note: "y" });
      await connection.execute(update(item).where(id.eq("b")).values({ changes: 7 }));
    });
    expect(rows).toEqual([
      ["a", "plain", "X", 2, "editor 2"],
      ["b", "plain", "X", 7, "editor 3"],
    ]);
  });

  it("the clock's, in the form in which the column stores it", async () => {
    await engine.connect(async (connection) => {
      await connection.execute(insert(watch).values({ id: 1 }));
      const [first] = (await connection.execute(select(watch.c.seen, watch.c.touched))).all();
      expect(first?.seen).not.toBeNull();
      await connection.execute(update(watch).values({ id: 2 }));
      const sooner = await connection.scalar(
        select(watch.c.id).where(watch.c.touched.ge(watch.c.seen), watch.c.seen.eq(first?.seen ?? watch.c.touched)),
      );
      expect(sooner).toBe(2);
    });
  });

  it("and the statement is compiled once", async () => {
    await engine.connect(async (connection) => {
      await connection.execute(insert(item).values({ note: "a" }));
      const { misses } = engine.cacheStats();
      await connection.execute(insert(item).values({ note: "b" }));
      expect(engine.cacheStats().misses).toBe(misses);
    });
  });
});
