// Runs statements on one database over given rows, and makes what it gives comparable.
import { type AnyQuery, type AsyncConnection, type AsyncEngine, createAsyncEngine, insert } from "athanor";
import { afterAll, beforeAll } from "vitest";
import type { TestDatabase } from "../../support/databases/databases.js";
import { type Data, metadata, TABLE_NAMES, tables } from "./tables.js";

export interface Bench {
  /** Runs `work` on a connection that sees exactly these rows; nothing of them stays. */
  over(data: Data, work: (connection: AsyncConnection) => Promise<void>): Promise<void>;
}

/** An engine with the tables made, for the suite that calls it. */
export function useBench(database: TestDatabase): Bench {
  let engine: AsyncEngine | null = null;
  beforeAll(async () => {
    engine = createAsyncEngine(database.url);
    await metadata.createAll(engine);
  });
  afterAll(() => engine?.dispose());
  return {
    async over(data, work) {
      if (engine === null) throw new TypeError("the engine opens before the first test");
      await engine.connect(async (connection) => {
        for (const name of TABLE_NAMES) {
          if (data[name].length > 0) await connection.execute(insert(tables[name]).values(data[name]));
        }
        await work(connection);
        await connection.rollback();
      });
    },
  };
}

/** A query's rows as arrays of comparable values, in the database's order. */
export async function rowsOf(connection: AsyncConnection, statement: AnyQuery): Promise<unknown[][]> {
  const result = await connection.execute(statement);
  return result
    .tuples()
    .all()
    .map((row) => row.map(comparable));
}

/** Twelve digits of a number: quotients and averages are rounded here and there. */
export function comparable(value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(12)) : value;
}

/** Rows without their order. */
export function unordered(rows: readonly unknown[][]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
