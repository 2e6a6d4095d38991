// The asynchronous face on every database that is there: what the stubs cannot tell.
import { expect, it } from "vitest";
import { createAsyncEngine } from "../../runtime/engine/async-engine.js";
import { IntegrityError, ReadOnlyDatabaseError } from "../../runtime/errors/errors.js";
import { MetaData } from "../../runtime/schema/metadata.js";
import { Table } from "../../runtime/schema/table.js";
import { func } from "../../runtime/sql/build/functions.js";
import { insert } from "../../runtime/sql/build/insert.js";
import { select } from "../../runtime/sql/build/select.js";
import { deleteFrom, update } from "../../runtime/sql/build/update.js";
import { text } from "../../runtime/sql/build/text.js";
import { BigInteger, Integer, Varchar } from "../../runtime/types/types.js";
import { describeEachDatabase } from "../support/databases/databases.js";

const metadata = new MetaData();
const items = new Table("engine_items", metadata, {
  id: Integer().primaryKey().identity(),
  name: Varchar(40).unique(),
  size: BigInteger().nullable(),
});
const names = (count: number): { name: string; size: bigint }[] =>
  Array.from({ length: count }, (_, index) => ({ name: `n${String((index * 7919) % count)}`, size: BigInt(index) }));

await describeEachDatabase("the asynchronous engine", {}, (database) => {
  it("creates, fills, reads, streams, changes and drops a table", async () => {
    await using engine = createAsyncEngine(database.url);
    await metadata.createAll(engine);
    await metadata.createAll(engine);
    await engine.begin(async (connection) => {
      const result = await connection.execute(insert(items), names(2500));
      expect(result.rowCount).toBe(2500);
    });
    await using connection = await engine.connect();
    expect(Number(await connection.scalar(select(func.count(items.c.id))))).toBe(2500);
    const streamed: unknown[] = [];
    for await (const part of connection
      .stream(select(items.c.size).orderBy(items.c.size), {}, { yieldPer: 400 })
      .scalars()
      .partitions(1000)) {
      streamed.push([part.length, part[0]]);
    }
    expect(streamed).toEqual([
      [1000, 0n],
      [1000, 1000n],
      [500, 2000n],
    ]);
    for await (const size of connection.stream(select(items.c.size), {}, { yieldPer: 10 }).scalars()) {
      expect(typeof size).toBe("bigint");
      break;
    }
    expect((await connection.execute(update(items).values({ size: 1n }).where(items.c.size.eq(2n)))).rowCount).toBe(1);
    await connection.commit();
    await connection.close();
    await metadata.dropAll(engine);
    await expect(engine.connect((other) => other.execute(select(items.c.id)))).rejects.toThrow();
  });

  database.itWith(
    "insert-returning",
    "gives the rows of an insert().returning() in the order of its sets",
    async () => {
      await using engine = createAsyncEngine(database.url, { insertManyPageSize: 300 });
      await metadata.createAll(engine);
      await engine.begin(async (connection) => {
        const sets = names(1000);
        const rows = (await connection.execute(insert(items).returning(items.c.name, items.c.id), sets)).all();
        expect(rows.map((row) => row.name)).toEqual(sets.map(({ name }) => name));
        const ids = rows.map((row) => row.id);
        expect(ids).toEqual(ids.toSorted((a, b) => a - b));
        await connection.execute(deleteFrom(items));
      });
      await metadata.dropAll(engine);
    },
  );

  it("goes on after a savepoint was rolled back, and refuses to write where it only reads", async () => {
    await using engine = createAsyncEngine(database.url);
    await metadata.createAll(engine);
    await engine.begin(async (connection) => {
      await connection.execute(insert(items), { name: "a" });
      const savepoint = await connection.beginNested();
      await expect(connection.execute(insert(items), { name: "a" })).rejects.toThrow(IntegrityError);
      await savepoint.rollback();
      await connection.execute(insert(items), { name: "b" });
    });
    expect((await engine.connect((connection) => connection.scalars(select(items.c.name)))).all().toSorted()).toEqual([
      "a",
      "b",
    ]);
    await expect(
      engine.begin((connection) => connection.execute(insert(items), { name: "c" }), { readOnly: true }),
    ).rejects.toThrow(ReadOnlyDatabaseError);
    await engine.connect(
      async (connection) => {
        await connection.execute(insert(items), { name: "kept" });
        await connection.rollback();
        await connection.execute(text("DELETE FROM engine_items WHERE name = 'a'"));
      },
      { isolationLevel: "AUTOCOMMIT" },
    );
    expect((await engine.connect((connection) => connection.scalars(select(items.c.name)))).all().toSorted()).toEqual([
      "b",
      "kept",
    ]);
    await metadata.dropAll(engine);
    expect(engine.poolStatus()).toMatchObject({ leased: 0, waiting: 0 });
  });
});
