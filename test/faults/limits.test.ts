// What is too much, or too odd, for a driver: it arrives whole or is refused with a clear error, and the connection
// stays as good as it was.
import { insert, Integer, MetaData, select, Table, Text, text } from "athanor";
import { beforeAll, expect, it } from "vitest";
import { AthanorError } from "../../runtime/errors/errors.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { errorOf, outcomeOf, useEngines } from "../support/faults/lab.js";

const big = new Table("big", new MetaData(), { id: Integer().primaryKey(), label: Text().nullable() });

await describeEachDatabase("what is too much", {}, (database) => {
  const open = useEngines(database);
  beforeAll(async () => {
    const engine = open();
    await engine.begin((connection) =>
      connection.execute(text("CREATE TABLE big (id integer NOT NULL PRIMARY KEY, label text)")),
    );
    await engine.dispose();
  });

  it("more bind values than a message can count are refused in words, before anything is sent", async () => {
    const engine = open();
    const rows = Array.from({ length: 33_000 }, (_, id) => ({ id: 1_000_000 + id, label: "x" }));
    await engine.connect(async (connection) => {
      const error = await errorOf(connection.execute(insert(big).values(rows)));
      expect(error).toBeInstanceOf(AthanorError);
      expect(String(error)).toMatch(/parameters|bind values/);
      expect(await connection.scalar(text("SELECT count(*) FROM big WHERE id >= 1000000"))).toBeOneOf([0, 0n]);
    });
  });

  it("an IN list of more values than that finds what it names, or is refused in words", async () => {
    const engine = open();
    await engine.begin((connection) => connection.execute(insert(big).values({ id: 69_999, label: "last" })));
    const ids = Array.from({ length: 70_000 }, (_, id) => id);
    await engine.connect(async (connection) => {
      const query = connection.scalars(select(big.c.id).where(big.c.id.in(ids)));
      const outcome = await outcomeOf(query);
      expect("error" in outcome).toBe(!database.has("array-parameters"));
      if ("error" in outcome) {
        expect(outcome.error).toBeInstanceOf(AthanorError);
        expect(String(outcome.error)).toMatch(/parameters|bind values/);
      } else {
        expect(outcome.value.all()).toEqual([69_999]);
      }
      expect(await connection.scalar(text("SELECT 1"))).toBe(1);
    });
  });

  it("many sets of parameters all arrive", async () => {
    const engine = open();
    const sets = Array.from({ length: 5_000 }, (_, id) => ({ id: 2_000_000 + id, label: `row ${String(id)}` }));
    await engine.begin((connection) => connection.execute(insert(big), sets));
    const count = await engine.connect((connection) =>
      connection.scalar(text("SELECT count(*) FROM big WHERE id >= 2000000")),
    );
    expect(Number(count)).toBe(5_000);
  });

  it("a value larger than a packet arrives whole or is a typed error; the engine works on", async () => {
    const engine = open();
    const label = "x".repeat(17 * 1024 * 1024);
    const outcome = await outcomeOf(
      engine.begin((connection) => connection.execute(insert(big).values({ id: 1, label }))),
    );
    if ("error" in outcome) expect(outcome.error).toBeInstanceOf(AthanorError);
    expect("error" in outcome).toBe(database.has("big-packets-refused"));
    const stored = await engine.connect((connection) =>
      connection.scalar(text("SELECT count(*) FROM big WHERE id = 1")),
    );
    expect(Number(stored)).toBe("error" in outcome ? 0 : 1);
  });
});

await describeEachDatabase("odd names of columns", {}, (database) => {
  const open = useEngines(database);

  it("reach no prototype", async () => {
    const engine = open();
    await engine.connect(async (connection) => {
      const odd = text("SELECT 1 AS __proto__, 2 AS constructor, 3 AS __definegetter__");
      expect((await connection.execute(odd)).tuples().all()).toEqual([[1, 2, 3]]);
      const [row] = (await connection.execute(odd)).mappings().all();
      expect(Object.entries(row ?? {})).toEqual([
        ["__proto__", 1],
        ["constructor", 2],
        ["__definegetter__", 3],
      ]);
      expect(Object.getPrototypeOf({})).toBe(Object.prototype);
      expect(await connection.scalar(text("SELECT 4"))).toBe(4);
    });
  });

  it("that occur twice keep both values, by position; by name they are an error", async () => {
    const engine = open();
    await engine.connect(async (connection) => {
      const twice = text<{ a: number }>("SELECT 1 AS a, 2 AS a, 3 AS b");
      expect((await connection.execute(twice)).tuples().all()).toEqual([[1, 2, 3]]);
      const [row] = (await connection.execute(twice)).all();
      expect(() => row?.a).toThrow(/label/);
    });
  });

  it("of one name in two tables keep apart", async () => {
    const engine = open();
    await engine.connect(async (connection) => {
      const joined = text("SELECT a.id, b.id FROM (SELECT 1 AS id) AS a CROSS JOIN (SELECT 2 AS id) AS b");
      expect((await connection.execute(joined)).tuples().all()).toEqual([[1, 2]]);
    });
  });
});
