// PostgreSQL under the asynchronous engine: schema, statements, keys, streams, transactions and errors in one go.
import { expect, it } from "vitest";
import { metadata as shop } from "../../generated/tables.js";
import { createAsyncEngine } from "../../runtime/engine/async-engine.js";
import { DataError, PendingRollbackError, UniqueViolationError } from "../../runtime/errors/errors.js";
import { MetaData } from "../../runtime/schema/metadata.js";
import { Table } from "../../runtime/schema/table.js";
import { func } from "../../runtime/sql/build/functions.js";
import { insert } from "../../runtime/sql/build/insert.js";
import { select } from "../../runtime/sql/build/select.js";
import { text } from "../../runtime/sql/build/text.js";
import { update } from "../../runtime/sql/build/update.js";
import { Bool, Enum, Integer, Jsonb, Numeric, Text, TimestampTz, Varchar } from "../../runtime/types/types.js";
import { describeDatabase } from "../support/databases/databases.js";

const metadata = new MetaData();
const items = new Table("item", metadata, {
  id: Integer().primaryKey(),
  name: Varchar(30).unique(),
  state: Enum("item_state", ["new", "sold"]).default("new"),
  price: Numeric(10, 2).nullable(),
  data: Jsonb().nullable(),
  active: Bool().nullable(),
  note: Text().nullable(),
  soldAt: TimestampTz().named("sold_at").nullable(),
});

await describeDatabase("postgresql", "PostgreSQL under the engine", (database) => {
  it("creates, fills, reads, changes and drops tables", async () => {
    const engine = createAsyncEngine(database.url);
    try {
      await metadata.createAll(engine);
      await metadata.createAll(engine);
      await engine.begin(async (connection) => {
        const one = await connection.execute(insert(items).values({ name: "first", active: true, data: { a: [1] } }));
        expect(one.insertedPrimaryKey[0]).toBe(1);
        const sets = Array.from({ length: 25 }, (_, n) => ({
          name: `item ${String(n)}`,
          note: null,
          active: n % 2 === 0,
        }));
        const many = await connection.execute(insert(items).returning(items.c.id, items.c.name), sets);
        expect(many.all().map((row) => row.name)).toEqual(sets.map((set) => set.name));
      });
      await engine.connect(async (connection) => {
        const query = select(items)
          .where(items.c.name.in(["first", "item 3"]))
          .orderBy(items.c.id);
        const rows = (await connection.execute(query)).all();
        expect(rows.map((row) => [row.id, row.state, row.active, row.data])).toEqual([
          [1, "new", true, { a: [1] }],
          [5, "new", false, null],
        ]);
        expect(await connection.scalar(select(func.count()).selectFrom(items))).toBe(26);
        const untyped = await connection.execute(text("SELECT id, active, 1.5 AS n FROM item WHERE name = :name"), {
          name: "first",
        });
        expect(untyped.one()).toMatchObject({ id: 1, active: true });
        const streamed: number[] = [];
        for await (const row of connection.stream(select(items.c.id).orderBy(items.c.id), {}, { yieldPer: 10 })) {
          streamed.push(row.id);
        }
        expect(streamed).toHaveLength(26);
        const changed = await connection.execute(update(items).values({ state: "sold" }).where(items.c.id.le(3)));
        expect(changed.rowCount).toBe(3);
        await connection.rollback();
        expect(await connection.scalar(select(func.count()).where(items.c.state.eq("sold")))).toBe(0);
      });
      await metadata.dropAll(engine);
      expect(await engine.connect((connection) => connection.scalar(text("SELECT to_regclass('item')")))).toBeNull();
    } finally {
      await engine.dispose();
    }
  });

  it("translates errors, with values hidden where they are to be", async () => {
    const open = createAsyncEngine(database.url);
    const hiding = createAsyncEngine(database.url, { hideParameters: true });
    try {
      await metadata.createAll(open);
      const add = insert(items).values({ name: "canary" });
      await open.begin((connection) => connection.execute(add));
      const twice = (engine: typeof open): Promise<unknown> =>
        engine.begin((connection) => connection.execute(add)).catch((error: unknown) => error);
      const shown = await twice(open);
      expect(shown).toBeInstanceOf(UniqueViolationError);
      expect(String(shown)).toContain("Key (name)=(canary) already exists");
      expect(String(await twice(hiding))).not.toContain("canary");
      const wrong = open.connect((connection) => connection.execute(text("SELECT CAST(:x AS integer)"), { x: "abc" }));
      await expect(wrong).rejects.toBeInstanceOf(DataError);
      await metadata.dropAll(open);
    } finally {
      await open.dispose();
      await hiding.dispose();
    }
  });

  it("does not commit after an error", async () => {
    const engine = createAsyncEngine(database.url);
    try {
      await engine.connect(async (connection) => {
        await connection.execute(text("SELECT 1"));
        await expect(connection.execute(text("SELECT 1 / 0"))).rejects.toBeInstanceOf(DataError);
        await expect(connection.commit()).rejects.toBeInstanceOf(PendingRollbackError);
      });
    } finally {
      await engine.dispose();
    }
  });

  it("creates the example schema", async () => {
    const engine = createAsyncEngine(database.url);
    try {
      await shop.createAll(engine);
      await shop.dropAll(engine);
    } finally {
      await engine.dispose();
    }
  });
});
