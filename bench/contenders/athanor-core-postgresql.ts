// Athanor's Core on PostgreSQL: statements and rows, a connection for each operation and no session. Reads are in
// autocommit, as the raw driver's are; a connection that comes back is rolled back and no more.
import { type AsyncConnection, type AsyncEngine, createAsyncEngine, decodeInstant } from "athanor";
import { type Contender, cycle, type Reads, workload, type Writes } from "../contender.js";
import { ORDERS } from "../data.js";
import { type DetailLike, factsOfOrderAndDetails, orderFacts, productFacts } from "../facts.js";
import * as statements from "./athanor-core-statements.js";
import { reportFacts } from "./athanor-statements.js";
import { gather } from "./gather.js";
import { freshOrders } from "./inputs.js";
import { reportShapes } from "./report.js";

export function createAthanorCorePostgresql(url: string): Contender {
  const reading = createAsyncEngine(url, { poolReset: "rollback", isolationLevel: "AUTOCOMMIT" });
  const writing = createAsyncEngine(url, { poolReset: "rollback" });
  return {
    workloads: { ...reads(reading), ...writes(writing) },
    async close() {
      await reading.dispose();
      await writing.dispose();
    },
  };
}

function reads(engine: AsyncEngine): Reads {
  const nextKey = cycle(ORDERS);
  const nextShape = reportShapes();
  const loadOrders = (statement: typeof statements.allOrders) =>
    workload(
      () => engine.connect(async (connection) => (await connection.execute(statement)).all()),
      (rows) => rows.map(orderFacts),
    );
  return {
    W1: workload(
      () =>
        engine.connect(async (connection) => {
          const result = await connection.execute(statements.orderByKey, { key: nextKey() });
          return result.one();
        }),
      orderFacts,
    ),
    W2: loadOrders(statements.firstThousand),
    W3: loadOrders(statements.allOrders),
    W4: workload(
      () =>
        engine.connect(async (connection) => {
          const orders = (await connection.execute(statements.firstHundred)).all();
          const details = (await connection.execute(statements.detailsOfFirstHundred)).all();
          return gather<(typeof orders)[number] & { details?: DetailLike[] }>(orders, details);
        }),
      (orders) => orders.map((order) => factsOfOrderAndDetails(order, order.details)),
    ),
    W5: workload(
      () => engine.connect(async (connection) => (await connection.execute(statements.search)).all()),
      (products) => products.map(productFacts),
    ),
    W10: workload(
      () =>
        engine.connect(async (connection) => (await connection.execute(statements.reportStatement(nextShape()))).all()),
      reportFacts,
    ),
  };
}

async function load(connection: AsyncConnection) {
  return (await connection.execute(statements.firstThousand)).all();
}

function writes(engine: AsyncEngine): Writes {
  const fresh = freshOrders(decodeInstant);
  return {
    W6: workload(
      () =>
        engine.begin(async (connection) =>
          (await connection.execute(statements.insertOrders, fresh().all)).scalars().all(),
        ),
      (ids) => ids,
    ),
    W7: workload(
      async () => {
        const ids: unknown[] = [];
        for (const values of fresh().few) {
          const result = await engine.begin((connection) => connection.execute(statements.insertOrders, values));
          ids.push(result.scalar());
        }
        return ids;
      },
      (ids) => ids,
    ),
    W8: workload(
      () =>
        engine.begin(async (connection) => {
          const changes = (await load(connection)).map(statements.changed);
          await connection.execute(statements.updateFreights(changes));
          return changes.length;
        }),
      (changed) => changed,
    ),
    W9: workload(
      () =>
        engine.begin(async (connection) => {
          const keys = (await load(connection)).map(({ id }) => id);
          await connection.execute(statements.deleteOrders(keys));
          return keys.length;
        }),
      (deleted) => deleted,
    ),
  };
}
