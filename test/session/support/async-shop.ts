// The example's tables on one asynchronous database: empty before each test, with what was sent to it.
import { type AsyncEngine, createAsyncEngine, type MetaData, text } from "athanor";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { metadata } from "../../../generated/index.js";
import { statementsIn } from "./faces.js";

export interface AsyncShop {
  readonly engine: AsyncEngine;
  /** Statements since the last call, each on one line, without parameters; BEGIN, COMMIT and the like among them. */
  sent(): string[];
  /** How many rows a table has. */
  count(table: string): Promise<number>;
}

/** Sets the tables up for the suite that calls it. */
export function useAsyncShop(database: { readonly url: string }, tables: MetaData = metadata): AsyncShop {
  const lines: string[] = [];
  let engine: AsyncEngine | null = null;
  const open = (): AsyncEngine => {
    if (engine === null) throw new Error("the engine is there once the suite's tests run");
    return engine;
  };
  beforeAll(async () => {
    engine = createAsyncEngine(database.url, { echo: true, logger: (line: string) => void lines.push(line) });
    await tables.createAll(engine);
  });
  beforeEach(async () => {
    await open().begin(async (connection) => {
      for (const table of [...tables.tables.keys()].toReversed()) {
        await connection.execute(text(`DELETE FROM ${open().dialect.sql.quoteIdentifier(table)}`));
      }
    });
    lines.length = 0;
  });
  afterAll(() => engine?.dispose());
  return {
    get engine() {
      return open();
    },
    sent: () => statementsIn(lines.splice(0)),
    count: (table) =>
      open().connect(async (connection) =>
        Number(await connection.scalar(text(`SELECT count(*) FROM ${open().dialect.sql.quoteIdentifier(table)}`))),
      ),
  };
}
