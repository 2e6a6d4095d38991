// Transactions on every database: autobegin, commit as you go, begin once, savepoints, isolation, read-only.
import { text } from "athanor";
import { beforeAll, beforeEach, expect, it } from "vitest";
import {
  ArgumentError,
  DatabaseError,
  InvalidRequestError,
  ReadOnlyDatabaseError,
} from "../../runtime/errors/errors.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { errorOf, say, useEngines } from "../support/faults/lab.js";

const add = (id: number): string => `INSERT INTO mark (id) VALUES (${String(id)})`;

await describeEachDatabase("transactions", {}, (database) => {
  const open = useEngines(database);
  beforeAll(async () => {
    const engine = open();
    await engine.begin((connection) => say(connection, "CREATE TABLE mark (id integer PRIMARY KEY, value integer)"));
    await engine.dispose();
  });
  beforeEach(async () => {
    const engine = open();
    await engine.begin((connection) => say(connection, "DELETE FROM mark"));
    await engine.dispose();
  });
  const marks = (): Promise<number[]> =>
    open().connect(async (connection) => {
      const ids = await connection.scalars(text<{ id: number }>("SELECT id FROM mark ORDER BY id"));
      return ids.all().map(Number);
    });

  it("begin with the first statement and end with commit or rollback, over and over", async () => {
    await open().connect(async (connection) => {
      expect(connection.inTransaction).toBe(false);
      await say(connection, add(1));
      expect(connection.inTransaction).toBe(true);
      await connection.commit();
      await say(connection, add(2));
      await connection.rollback();
      await say(connection, add(3));
      await connection.commit();
      await say(connection, add(4));
    });
    expect(await marks()).toEqual([1, 3]);
  });

  it("of engine.begin() are committed when the block resolves and rolled back when it rejects", async () => {
    const engine = open();
    expect(await engine.begin((connection) => say(connection, add(1)).then(() => "value"))).toBe("value");
    const failing = engine.begin(async (connection) => {
      await say(connection, add(2));
      throw new RangeError("enough");
    });
    expect(await errorOf(failing)).toMatchObject({ message: "enough" });
    expect(await marks()).toEqual([1]);
  });

  it("end with `await using`, uncommitted work undone", async () => {
    const engine = open();
    {
      await using connection = await engine.connect();
      await say(connection, add(1));
    }
    {
      await using connection = await engine.connect();
      await using transaction = await connection.begin();
      await say(connection, add(2));
      await transaction.commit();
    }
    expect(await marks()).toEqual([2]);
    expect(engine.poolStatus()).toMatchObject({ leased: 0 });
  });

  it("begun twice are refused", async () => {
    await open().connect(async (connection) => {
      await connection.begin();
      expect(await errorOf(connection.begin())).toBeInstanceOf(InvalidRequestError);
    });
  });

  it("have savepoints within savepoints", async () => {
    await open().begin(async (connection) => {
      await say(connection, add(1));
      const outer = await connection.beginNested();
      await say(connection, add(2));
      const inner = await connection.beginNested();
      await say(connection, add(3));
      await inner.rollback();
      await say(connection, add(4));
      const kept = await connection.beginNested();
      await say(connection, add(5));
      await kept.commit();
      await outer.commit();
      const last = await connection.beginNested();
      await say(connection, add(6));
      await last.rollback();
      expect([outer, inner, kept, last].map((savepoint) => savepoint.isActive)).toEqual([false, false, false, false]);
    });
    expect(await marks()).toEqual([1, 2, 4, 5]);
  });

  it("go on after an error inside of a savepoint", async () => {
    await open().begin(async (connection) => {
      await say(connection, add(1));
      const savepoint = await connection.beginNested();
      expect(await errorOf(say(connection, add(1)))).toBeInstanceOf(DatabaseError);
      await savepoint.rollback();
      await say(connection, add(2));
    });
    expect(await marks()).toEqual([1, 2]);
  });

  database.itWith("concurrent-writers", "are seen by others only once they are committed", async () => {
    const engine = open({ isolationLevel: "READ COMMITTED" });
    const [writer, reader] = await Promise.all([engine.connect(), engine.connect()]);
    await say(writer, add(1));
    expect(await say(reader, "SELECT count(*) FROM mark")).toBe(0);
    await writer.commit();
    expect(await say(reader, "SELECT count(*) FROM mark")).toBe(1);
    await Promise.all([writer.close(), reader.close()]);
  });

  database.itWith("full-isolation", "read the same again at REPEATABLE READ", async () => {
    const engine = open();
    const reader = await engine.connect({ isolationLevel: "REPEATABLE READ" });
    expect(await say(reader, "SELECT count(*) FROM mark")).toBe(0);
    await engine.begin((connection) => say(connection, add(1)));
    expect(await say(reader, "SELECT count(*) FROM mark")).toBe(0);
    await reader.commit();
    expect(await say(reader, "SELECT count(*) FROM mark")).toBe(1);
    await reader.close();
  });

  database.itWith(
    "full-isolation",
    "have the level that was asked for, and the next borrower has the database's own again",
    async () => {
      const engine = open({ poolSize: 1, maxOverflow: 0 });
      const other = open();
      await engine.connect((connection) => say(connection, "SELECT 1"), { isolationLevel: "SERIALIZABLE" });
      // A dirty read shows at READ UNCOMMITTED alone, where the database has it; a second look shows the others.
      await engine.connect(
        async (connection) => {
          expect(await say(connection, "SELECT count(*) FROM mark")).toBe(0);
          await other.begin((rival) => say(rival, add(1)));
          expect(await say(connection, "SELECT count(*) FROM mark")).toBe(1);
        },
        { isolationLevel: "READ COMMITTED" },
      );
    },
  );

  it("of AUTOCOMMIT keep each statement at once, and nothing is left to roll back", async () => {
    const engine = open();
    await engine.connect(
      async (connection) => {
        await say(connection, add(1));
        await connection.rollback();
        await say(connection, add(2));
      },
      { isolationLevel: "AUTOCOMMIT" },
    );
    expect(await marks()).toEqual([1, 2]);
  });

  it("that are read-only refuse to write, and the next one on the same connection may", async () => {
    const engine = open({ poolSize: 1, maxOverflow: 0 });
    await engine.connect(
      async (connection) => {
        expect(await say(connection, "SELECT count(*) FROM mark")).toBe(0);
        expect(await errorOf(say(connection, add(1)))).toBeInstanceOf(ReadOnlyDatabaseError);
      },
      { readOnly: true },
    );
    await engine.begin((connection) => say(connection, add(2)));
    expect(await marks()).toEqual([2]);
  });

  database.itWith("transactional-ddl", "take tables along when they are rolled back", async () => {
    const engine = open();
    await engine.connect((connection) => say(connection, "CREATE TABLE passing (id integer)"));
    await engine.begin((connection) => say(connection, "CREATE TABLE passing (id integer)"));
    expect(await engine.connect((connection) => say(connection, "SELECT count(*) FROM passing"))).toBe(0);
  });

  it("refuse a level that there is not, and another one halfway", async () => {
    const engine = open();
    // @ts-expect-error no such level
    expect(await errorOf(engine.connect({ isolationLevel: "CHAOS" }))).toBeInstanceOf(ArgumentError);
    await engine.connect(async (connection) => {
      await say(connection, "SELECT 1");
      expect(() => connection.executionOptions({ isolationLevel: "SERIALIZABLE" })).toThrow(InvalidRequestError);
    });
  });
});
