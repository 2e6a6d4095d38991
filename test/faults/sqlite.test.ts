// What an embedded database does to those who share it: writers of one process that wait without blocking it, snapshots
// that went stale, a disk that is full.
import { type AsyncEngine, createEngine, text } from "athanor";
import { expect, it } from "vitest";
import { DatabaseLockedError, OperationalError, PendingRollbackError } from "../../runtime/errors/errors.js";
import { describeDatabase } from "../support/databases/databases.js";
import { errorOf, say, useEngines } from "../support/faults/lab.js";

/** Turns the file's write-ahead log on; that cannot be done within a transaction. */
function useWal(engine: AsyncEngine): Promise<unknown> {
  return engine.connect((connection) => say(connection, "PRAGMA journal_mode = WAL"), { isolationLevel: "AUTOCOMMIT" });
}

await describeDatabase("sqlite", "an embedded database", (database) => {
  const open = useEngines(database);
  const prepare = async (): Promise<void> => {
    const engine = open();
    await engine.begin(async (connection) => {
      await say(connection, "CREATE TABLE IF NOT EXISTS mark (id integer PRIMARY KEY, value text)");
      await say(connection, "DELETE FROM mark");
    });
  };
  const marks = async (): Promise<unknown> =>
    open().connect(async (connection) => (await connection.scalars(text("SELECT id FROM mark ORDER BY id"))).all());

  it("lets a second writer of the process wait while the event loop turns", async () => {
    await prepare();
    const engine = open({ poolTimeout: 5_000 });
    const [first, second] = [await engine.connect(), await engine.connect()];
    await say(first, "INSERT INTO mark (id) VALUES (1)");
    let isDone = false;
    const waiting = say(second, "INSERT INTO mark (id) VALUES (2)").then(() => (isDone = true));
    let ticks = 0;
    for (; ticks < 20; ticks += 1) await new Promise((resolve) => setImmediate(resolve));
    expect([ticks, isDone]).toEqual([20, false]);
    await first.commit();
    await waiting;
    await second.commit();
    await Promise.all([first.close(), second.close()]);
    expect(await marks()).toEqual([1, 2]);
  });

  it("tells a writer that waited in vain who holds the lock", async () => {
    await prepare();
    const engine = open({ poolTimeout: 50 });
    const [first, second] = [await engine.connect(), await engine.connect()];
    await say(first, "INSERT INTO mark (id) VALUES (1)");
    const error = await errorOf(say(second, "INSERT INTO mark (id) VALUES (2)"));
    expect(error).toBeInstanceOf(DatabaseLockedError);
    expect(String(error)).toMatch(/sqlite\.test\.ts/);
    await Promise.all([first.close(), second.close()]);
    expect(await marks()).toEqual([]);
  });

  it("lets readers read while one writes", async () => {
    await prepare();
    const engine = open();
    await useWal(engine);
    const [writer, reader] = [await engine.connect(), await engine.connect()];
    await say(writer, "INSERT INTO mark (id) VALUES (1)");
    expect(await say(reader, "SELECT count(*) FROM mark")).toBe(0);
    await writer.commit();
    await Promise.all([writer.close(), reader.close()]);
  });

  it("refuses at once to write on a snapshot that another process made stale, for a retry of the whole", async () => {
    await prepare();
    const engine = open();
    await useWal(engine);
    // A second engine knows nothing of the first one's queue: it stands for another process.
    const other = open();
    let runs = 0;
    await engine.transaction(
      async (connection) => {
        runs += 1;
        // A transaction that the program begins by text is deferred: it reads first, and then wants to write.
        await say(connection, "BEGIN");
        await say(connection, "SELECT count(*) FROM mark");
        if (runs === 1) await other.begin((rival) => say(rival, "INSERT INTO mark (id) VALUES (1)"));
        await say(connection, "INSERT INTO mark (id) VALUES (2)");
      },
      { retries: 3 },
    );
    expect(runs).toBe(2);
    expect(await marks()).toEqual([1, 2]);
  });

  it("that is full keeps all of a transaction or nothing, and refuses until rollback", async () => {
    await prepare();
    const engine = open({ poolSize: 1, maxOverflow: 0 });
    const connection = await engine.connect();
    const pages = Number(await say(connection, "PRAGMA page_count"));
    await connection.rollback();
    for (let room = 0; room < 12; room += 1) {
      await say(connection, `PRAGMA max_page_count = ${String(pages + room)}`);
      await connection.commit();
      const work = async (): Promise<void> => {
        for (let id = 1; id <= 8; id += 1) {
          const insert = text("INSERT INTO mark (id, value) VALUES (:id, :value)");
          await connection.execute(insert, { id, value: "x".repeat(4000) });
        }
        await connection.commit();
      };
      const error = await work().catch((cause: unknown) => cause);
      if (error === undefined) break;
      expect(error).toBeInstanceOf(OperationalError);
      expect(error).toMatchObject({ retryable: "never" });
      if (connection.inTransaction) {
        const next = await say(connection, "SELECT 1").catch((cause: unknown) => cause);
        expect(next === 1 || next instanceof PendingRollbackError).toBe(true);
        await connection.rollback();
      }
      expect(await say(connection, "SELECT count(*) FROM mark")).toBe(0);
      await connection.rollback();
    }
    await say(connection, "PRAGMA max_page_count = 1000000");
    await say(connection, "INSERT OR REPLACE INTO mark (id) VALUES (100)");
    await connection.commit();
    await connection.close();
    expect(await marks()).toContain(100);
  });

  it("works for both faces at the same file", async () => {
    await prepare();
    using engine = createEngine(database.url);
    engine.begin((connection) => {
      connection.execute(text("INSERT INTO mark (id) VALUES (7)"));
    });
    expect(await marks()).toEqual([7]);
  });
});
