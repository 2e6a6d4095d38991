// How sessions share a pool: so many at once, each for ever asking for one object in a session of its own, on ten
// connections. How much they get done together, how long they wait, and whether some wait longer than others.
import { type AsyncEngine, AsyncSession, createAsyncEngine } from "athanor";
import { ORDERS } from "../data.js";
import type { BenchDatabase } from "../databases/database.js";
import { Order } from "../generated/index.js";
import { duration, figures, markdownTable } from "../report/markdown.js";
import { describeMachine, printTable } from "../report/results.js";
import { median, quantile } from "../report/statistics.js";

/** What so many sessions at once get done. */
interface SessionCosts {
  readonly sessions: number;
  readonly perSecond: number;
  /** Microseconds from asking to having the object and being closed. */
  readonly median: number;
  readonly p99: number;
  readonly longest: number;
  /** How many turns the one had that had fewest, and the one that had most. */
  readonly fewestTurns: number;
  readonly mostTurns: number;
}

const CONNECTIONS = 10;
/** Milliseconds that each number of sessions is measured for, after as long again to warm up. */
const MEASURED = 3_000;

/** Measures each number of sessions in `sizes` on the database at `url`, and prints the table. */
export async function reportSessionScale(
  database: BenchDatabase,
  url: string,
  sizes: readonly number[],
): Promise<readonly SessionCosts[]> {
  const engine = createAsyncEngine(url, { poolSize: CONNECTIONS, maxOverflow: 0, poolReset: "rollback" });
  const costs: SessionCosts[] = [];
  try {
    for (const sessions of sizes) {
      process.stderr.write(`${sessions} sessions …\n`);
      await measureSessions(engine, sessions);
      costs.push(await measureSessions(engine, sessions));
    }
  } finally {
    await engine.dispose();
  }
  const table = costs.map(({ sessions, perSecond, median, p99, longest, fewestTurns, mostTurns }) => [
    String(sessions),
    figures(perSecond),
    ...[median, p99, longest].map(duration),
    `${fewestTurns} to ${mostTurns}`,
  ]);
  printTable(
    `Sessions at once: ${database.title}`,
    `A pool of ${CONNECTIONS}, each session gets one order by its key; ${describeMachine()}`,
    markdownTable(["sessions", "turns a second", "a turn: median", "99 %", "longest", "turns of one"], table),
  );
  return costs;
}

async function measureSessions(engine: AsyncEngine, sessions: number): Promise<SessionCosts> {
  const waits: number[] = [];
  const turns = Array.from({ length: sessions }, () => 0);
  const started = performance.now();
  const end = started + MEASURED;
  const work = async (own: number): Promise<void> => {
    // Every one has a turn, so that the one that waits longest is counted.
    do {
      const asked = performance.now();
      const session = new AsyncSession(engine);
      await session.get(Order, 1 + ((own * 7_919 + (turns[own] ?? 0)) % ORDERS));
      await session.close();
      waits.push((performance.now() - asked) * 1_000);
      turns[own] = (turns[own] ?? 0) + 1;
    } while (performance.now() < end);
  };
  await Promise.all(Array.from({ length: sessions }, (_, own) => work(own)));
  return {
    sessions,
    perSecond: waits.length / ((performance.now() - started) / 1_000),
    median: median(waits),
    p99: quantile(waits, 0.99),
    longest: quantile(waits, 1),
    fewestTurns: Math.min(...turns),
    mostTurns: Math.max(...turns),
  };
}
