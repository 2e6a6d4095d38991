// Statements and their results on every database: one set of parameters and many, rows and keys, in their order.
import {
  BigInteger,
  deleteFrom,
  func,
  insert,
  Integer,
  MetaData,
  select,
  Table,
  Text,
  text,
  update,
  Varchar,
} from "athanor";
import { beforeAll, beforeEach, expect, it } from "vitest";
import {
  ConcurrentUseError,
  MultipleResultsFoundError,
  NoResultFoundError,
  ObjectNotExecutableError,
  ResourceClosedError,
} from "../../runtime/errors/errors.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { errorOf, useEngines } from "../support/faults/lab.js";

const metadata = new MetaData();
const item = new Table("item", metadata, {
  id: Integer().primaryKey().identity(),
  name: Varchar(40),
  note: Text().nullable(),
  amount: BigInteger().default(0n),
});

await describeEachDatabase("statements", {}, (database) => {
  const open = useEngines(database);
  beforeAll(async () => {
    const engine = open();
    await metadata.createAll(engine);
    await engine.dispose();
  });
  beforeEach(async () => {
    const engine = open();
    await engine.begin((connection) => connection.execute(deleteFrom(item)));
    await engine.dispose();
  });

  it("insert one row and give its key", async () => {
    await open().begin(async (connection) => {
      const first = await connection.execute(insert(item).values({ name: "one" }));
      const second = await connection.execute(insert(item).values({ name: "two", note: "x" }));
      const [one, two] = [first.insertedPrimaryKey[0], second.insertedPrimaryKey[0]];
      expect(Number(two)).toBeGreaterThan(Number(one));
      const rows = await connection.execute(
        select(item.c.id, item.c.name, item.c.note, item.c.amount).orderBy(item.c.id),
      );
      expect(rows.tuples().all()).toEqual([
        [one, "one", null, 0n],
        [two, "two", "x", 0n],
      ]);
    });
  });

  it("insert many rows from many sets of parameters, and give their keys in the order of the sets", async () => {
    const names = Array.from({ length: 2_500 }, (_, index) => `name ${String((index * 7919) % 2_500)}`);
    await open().begin(async (connection) => {
      const result = await connection.execute(
        insert(item),
        names.map((name) => ({ name })),
      );
      expect(result.rowCount).toBe(2_500);
      if (database.has("insert-returning")) {
        const keys = result.insertedPrimaryKeyRows.map((row) => row[0]);
        expect(new Set(keys).size).toBe(2_500);
        const stored = await connection.execute(select(item.c.id, item.c.name));
        const byId = new Map(stored.all().map((row) => [row.id, row.name]));
        expect(keys.map((key) => byId.get(Number(key)))).toEqual(names);
      }
    });
  });

  database.itWith("insert-returning", "insert many rows with RETURNING in the order of the sets", async () => {
    const names = Array.from({ length: 2_100 }, (_, index) => `name ${String((index * 7919) % 2_100)}`);
    await open().begin(async (connection) => {
      const statement = insert(item).returning(item.c.name, item.c.id);
      const rows = await connection.execute(
        statement,
        names.map((name) => ({ name })),
      );
      expect(rows.all().map((row) => row.name)).toEqual(names);
    });
  });

  database.itWith("update-returning", "update with RETURNING gives what it wrote", async () => {
    await open().begin(async (connection) => {
      await connection.execute(insert(item), [{ name: "a" }, { name: "b" }]);
      const change = update(item)
        .values({ amount: item.c.amount.plus(5n) })
        .where(item.c.name.eq("b"));
      const rows = await connection.execute(change.returning(item.c.name, item.c.amount));
      expect(rows.tuples().all()).toEqual([["b", 5n]]);
    });
  });

  it("update and delete once for each set, and count rows that were met, not changed", async () => {
    await open().begin(async (connection) => {
      await connection.execute(insert(item), [{ name: "a" }, { name: "b" }, { name: "c" }]);
      const same = await connection.execute(
        update(item)
          .values({ note: null })
          .where(item.c.name.in(["a", "b"])),
      );
      expect(same.rowCount).toBe(2);
      const change = text("UPDATE item SET note = :note WHERE name = :name");
      const many = await connection.execute(change, [
        { name: "a", note: "1" },
        { name: "b", note: "2" },
        { name: "z", note: "3" },
      ]);
      expect(many.rowCount).toBe(2);
      expect((await connection.execute(deleteFrom(item).where(item.c.name.eq("a")))).rowCount).toBe(1);
      expect((await connection.scalars(select(item.c.note).orderBy(item.c.name))).all()).toEqual(["2", null]);
    });
  });

  it("give one row, no row, or say that there are more", async () => {
    await open().begin(async (connection) => {
      await connection.execute(insert(item), [{ name: "a" }, { name: "b" }]);
      const query = select(item.c.name).orderBy(item.c.name);
      expect((await connection.execute(query)).first()?.name).toBe("a");
      expect((await connection.execute(query.where(item.c.name.eq("b")))).one().name).toBe("b");
      expect((await connection.execute(query.where(item.c.name.eq("z")))).oneOrNull()).toBeNull();
      const none = await connection.execute(query.where(item.c.name.eq("z")));
      expect(() => none.one()).toThrow(NoResultFoundError);
      const two = await connection.execute(query);
      expect(() => two.one()).toThrow(MultipleResultsFoundError);
      expect(await connection.scalar(select(func.count(item.c.id)))).toBeOneOf([2, 2n]);
    });
  });

  it("take parameters of text by name, in any place and more than once", async () => {
    await open().connect(async (connection) => {
      const query = text<{ a: number; b: string }>("SELECT :n AS a, ':n' AS b, :n + :m AS c -- :n");
      const row = (await connection.execute(text("SELECT 1 AS a, ':n' AS b"))).tuples().all();
      expect(row).toEqual([[1, ":n"]]);
      expect(String(query)).toContain(":n");
      await connection.execute(insert(item).values({ name: "n" }));
      const found = text<{ id: number }>("SELECT name FROM item WHERE name = :name OR name = :other OR name = :name");
      expect((await connection.execute(found, { name: "n", other: "x" })).tuples().all()).toEqual([["n"]]);
    });
  });

  it("are compiled once for all connections", async () => {
    const engine = open();
    const lookUp = (name: string): Promise<unknown> =>
      engine.connect((connection) => connection.execute(select(item.c.id).where(item.c.name.eq(name))));
    await Promise.all(["a", "b", "c", "d"].map(lookUp));
    expect(engine.cacheStats()).toMatchObject({ misses: 1, hits: 3 });
  });

  it("keep working when the table changes under a prepared statement", async () => {
    const engine = open({ poolSize: 1, maxOverflow: 0 });
    await engine.begin((connection) => connection.execute(insert(item).values({ name: "a" })));
    const read = (): Promise<string[]> =>
      engine.connect(async (connection) => (await connection.scalars(select(item.c.name))).all());
    expect(await read()).toEqual(["a"]);
    await engine.begin((connection) => connection.execute(text("ALTER TABLE item ADD COLUMN extra integer")));
    expect(await read()).toEqual(["a"]);
    await engine.begin((connection) => connection.execute(text("ALTER TABLE item DROP COLUMN extra")));
    expect(await read()).toEqual(["a"]);
  });

  it("run one at a time on a connection, and side by side on several", async () => {
    const engine = open();
    await engine.connect(async (connection) => {
      const first = connection.execute(select(item.c.id));
      expect(await errorOf(connection.execute(select(item.c.id)))).toBeInstanceOf(ConcurrentUseError);
      await first;
    });
    const values = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        engine.connect((connection) => connection.scalar(text(`SELECT ${String(index)}`))),
      ),
    );
    expect(values.map(Number)).toEqual(Array.from({ length: 40 }, (_, index) => index));
  });

  it("are refused where they are none, or the connection is closed", async () => {
    const engine = open();
    const connection = await engine.connect();
    // @ts-expect-error a string is no statement
    expect(await errorOf(connection.execute("SELECT 1"))).toBeInstanceOf(ObjectNotExecutableError);
    await connection.close();
    await connection.close();
    expect(connection.closed).toBe(true);
    expect(await errorOf(connection.execute(text("SELECT 1")))).toBeInstanceOf(ResourceClosedError);
  });
});
