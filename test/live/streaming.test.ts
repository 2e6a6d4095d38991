// Streams on every database: rows as they come, an early break that closes the cursor, errors in the middle.
import { type ExecutionOptions, insert, Integer, MetaData, select, Table, text, Varchar } from "athanor";
import { beforeAll, expect, it } from "vitest";
import { CancelledError, ConcurrentUseError, ProgrammingError } from "../../runtime/errors/errors.js";
import { collectGarbage } from "../pool/collect-garbage.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { errorOf, say, useEngines } from "../support/faults/lab.js";

const ROWS = 5_000;
const metadata = new MetaData();
const item = new Table("item", metadata, { id: Integer().primaryKey(), name: Varchar(40) });

/** Bytes that are in use once the garbage is gone. */
function held(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

await describeEachDatabase("a stream", {}, (database) => {
  const open = useEngines(database);
  beforeAll(async () => {
    const engine = open();
    await metadata.createAll(engine);
    const rows = Array.from({ length: ROWS }, (_, id) => ({ id, name: `name ${String(id)}` }));
    await engine.begin((connection) => connection.execute(insert(item), rows));
    await engine.dispose();
  });
  const all = select(item.c.id, item.c.name).orderBy(item.c.id);

  it("gives every row once, in order, typed", async () => {
    await open().connect(async (connection) => {
      let expected = 0;
      for await (const row of connection.stream(all, {}, { yieldPer: 777 })) {
        if (row.id !== expected || row.name !== `name ${String(expected)}`)
          expect(row.toJSON()).toEqual({ id: expected });
        expected += 1;
      }
      expect(expected).toBe(ROWS);
    });
  });

  it("gives scalars, mappings, tuples and portions", async () => {
    await open().connect(async (connection) => {
      const few = select(item.c.name).where(item.c.id.lt(3)).orderBy(item.c.id);
      expect(await connection.stream(few).scalars().all()).toEqual(["name 0", "name 1", "name 2"]);
      expect(await connection.stream(few).mappings().all()).toEqual([
        { name: "name 0" },
        { name: "name 1" },
        { name: "name 2" },
      ]);
      const sizes: number[] = [];
      for await (const part of connection.stream(few, {}, { yieldPer: 2 }).tuples().partitions(2))
        sizes.push(part.length);
      expect(sizes).toEqual([2, 1]);
    });
  });

  it("without yieldPer asks for few rows at first, then for more and more, up to maxRowBuffer", async () => {
    await open().connect(async (connection) => {
      const sizes = async (options: ExecutionOptions): Promise<readonly number[]> => {
        const parts: number[] = [];
        for await (const part of connection.stream(all.limit(1_000), {}, options).partitions()) parts.push(part.length);
        return parts;
      };
      expect(await sizes({})).toEqual([5, 25, 125, 625, 220]);
      expect(await sizes({ maxRowBuffer: 300 })).toEqual([5, 25, 125, 300, 300, 245]);
      expect(await sizes({ yieldPer: 400 })).toEqual([400, 400, 200]);
    });
  });

  it("is never held whole: of more rows than any memory holds it gives the first, and the connection goes on", async () => {
    await open().connect(async (connection) => {
      // 125 000 000 000 rows of a kilobyte.
      const endless = text(`SELECT '${"x".repeat(1000)}', a.id FROM item a, item b, item c`);
      let read = 0;
      let most = 0;
      const before = held();
      for await (const part of connection.stream(endless, {}, { yieldPer: 1_000 }).tuples().partitions(1_000)) {
        read += part.length;
        if (read % 10_000 === 0) most = Math.max(most, held() - before);
        if (read === 50_000) break;
      }
      // Fifty megabytes went by.
      expect(most).toBeLessThan(30_000_000);
      expect(await say(connection, "SELECT 1")).toBe(1);
    });
  });

  it("left early closes its cursor: the connection goes on, in the same transaction", async () => {
    const engine = open({ poolSize: 1, maxOverflow: 0 });
    await engine.connect(async (connection) => {
      for (let round = 0; round < 5; round += 1) {
        for await (const row of connection.stream(all, {}, { yieldPer: 10 })) if (row.id === 15) break;
        expect(await say(connection, "SELECT 1")).toBe(1);
      }
      await connection.rollback();
    });
    expect(await engine.connect((connection) => say(connection, "SELECT 2"))).toBe(2);
    expect(engine.poolStatus()).toMatchObject({ open: 1, leased: 0 });
  });

  it("keeps the connection busy until it ends", async () => {
    await open().connect(async (connection) => {
      for await (const row of connection.stream(all, {}, { yieldPer: 10 })) {
        expect(row.id).toBe(0);
        expect(await errorOf(connection.execute(all))).toBeInstanceOf(ConcurrentUseError);
        break;
      }
      expect(await say(connection, "SELECT 1")).toBe(1);
    });
  });

  it("ends with the error of a loop's body, and with the database's", async () => {
    await open().connect(async (connection) => {
      const loop = async (): Promise<void> => {
        for await (const row of connection.stream(all, {}, { yieldPer: 10 })) throw new RangeError(String(row.id));
      };
      expect(await errorOf(loop())).toBeInstanceOf(RangeError);
      expect(await errorOf(connection.stream(text("SELECT * FROM no_such_table")).all())).toBeInstanceOf(
        ProgrammingError,
      );
      await connection.rollback();
      expect(await say(connection, "SELECT 1")).toBe(1);
    });
  });

  it("can be aborted between two portions", async () => {
    const engine = open();
    const controller = new AbortController();
    await engine.connect(async (connection) => {
      const loop = async (): Promise<void> => {
        for await (const row of connection.stream(all, {}, { yieldPer: 10, signal: controller.signal })) {
          if (row.id === 25) controller.abort();
        }
      };
      expect(await errorOf(loop())).toBeInstanceOf(CancelledError);
    });
    expect(await engine.connect((connection) => say(connection, "SELECT 1"))).toBe(1);
  });

  it("works where every statement is a transaction of its own", async () => {
    await open().connect(
      async (connection) => {
        expect(await connection.stream(all, {}, { yieldPer: 1000 }).scalars().all()).toHaveLength(ROWS);
      },
      { isolationLevel: "AUTOCOMMIT" },
    );
  });
});
