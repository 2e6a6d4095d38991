// How the cost of a row grows with their number: objects that a session inserts, loads and streams; and what is alive
// while it streams.
import { AsyncSession, type AsyncEngine, createAsyncEngine, decodeInstant, deleteFrom, select } from "athanor";
import { makeOrders } from "../data.js";
import type { BenchDatabase } from "../databases/database.js";
import { Order, OrderDetail } from "../generated/index.js";
import { collect } from "../memory/collect.js";
import { amount, duration, markdownTable } from "../report/markdown.js";
import { describeMachine, printTable } from "../report/results.js";

/** Costs of one number of rows. */
interface RowCosts {
  readonly rows: number;
  /** Microseconds a row. */
  readonly flush: number;
  readonly load: number;
  readonly stream: number;
  /** The most that was alive while streaming, in bytes of the heap, beyond what was before. */
  readonly aliveWhileStreaming: number;
}

const YIELD_PER = 1_000;
/** Rows and turns of a warm-up, so that the smallest number does not pay for compiling the code. */
const WARM_UP_ROWS = 1_000;
const WARM_UPS = 5;
/** How often what is alive is looked at within a stream. */
const LOOKS = 10;

/** Measures each number of rows in `sizes` in the database at `url`, whose orders go, and prints the table. */
export async function reportRowScale(
  database: BenchDatabase,
  url: string,
  sizes: readonly number[],
): Promise<readonly RowCosts[]> {
  const engine = createAsyncEngine(url);
  const costs: RowCosts[] = [];
  try {
    for (let turn = 0; turn < WARM_UPS; turn++) await measureRows(engine, database, WARM_UP_ROWS);
    for (const rows of sizes) {
      process.stderr.write(`${rows} rows …\n`);
      costs.push(await measureRows(engine, database, rows));
    }
  } finally {
    await engine.dispose();
  }
  const table = costs.map(({ rows, flush, load, stream, aliveWhileStreaming }) => [
    rows.toLocaleString("en"),
    ...[flush, load, stream].map(duration),
    amount(Math.max(0, aliveWhileStreaming)),
  ]);
  printTable(
    `Rows: ${database.title}`,
    `A row's share of a session's flush, load and stream, ${database.clock}; ${describeMachine()}`,
    markdownTable(["rows", "flush", "load", "stream", "alive while streaming"], table),
  );
  return costs;
}

async function measureRows(engine: AsyncEngine, { now }: BenchDatabase, rows: number): Promise<RowCosts> {
  await engine.begin(async (connection) => {
    await connection.execute(deleteFrom(OrderDetail));
    await connection.execute(deleteFrom(Order));
  });
  const each = async (work: () => Promise<void>): Promise<number> => {
    collect();
    const started = now();
    await work();
    return (now() - started) / rows;
  };
  const values = makeOrders(rows, 5, decodeInstant);
  const flush = await each(async () => {
    await using session = new AsyncSession(engine, { expireOnCommit: false });
    for (const order of values) session.add(new Order(order));
    await session.commit();
  });
  values.length = 0;
  const load = await each(async () => {
    await using session = new AsyncSession(engine);
    await session.scalars(select(Order).orderBy(Order.id));
  });
  const stream = await each(async () => {
    await readStream(engine, () => undefined);
  });
  return { rows, flush, load, stream, aliveWhileStreaming: await aliveWhileStreaming(engine, rows) };
}

/** Reads all orders a thousand at a time; each portion is let go before the next. */
async function readStream(engine: AsyncEngine, look: (read: number) => void): Promise<void> {
  await using session = new AsyncSession(engine);
  let read = 0;
  const stream = session.stream(select(Order).orderBy(Order.id), {}, { yieldPer: YIELD_PER });
  for await (const orders of stream.scalars().partitions(YIELD_PER)) {
    read += orders.length;
    look(read);
    session.expungeAll();
  }
}

async function aliveWhileStreaming(engine: AsyncEngine, rows: number): Promise<number> {
  const before = collect();
  let most = 0;
  let next = rows / LOOKS;
  await readStream(engine, (read) => {
    if (read < next) return;
    next += rows / LOOKS;
    most = Math.max(most, collect() - before);
  });
  return most;
}
