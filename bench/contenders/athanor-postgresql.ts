// Athanor's asynchronous session on PostgreSQL, with everything switched on: identity map, change tracking, types, a
// session for each operation. With an engine's usual settings, each operation has a transaction of its own, and a
// connection that comes back is made as new. `lean` leaves that out: reads are in autocommit, as the raw driver's are.
import { type AsyncEngine, AsyncSession, createAsyncEngine, decodeInstant, type Instant, type Select } from "athanor";
import { type Contender, cycle, type Reads, workload, type Workload, type Writes } from "../contender.js";
import { ORDERS, type OrderValues } from "../data.js";
import { detailedOrderFacts, orderFacts, productFacts } from "../facts.js";
import { Order } from "../generated/index.js";
import {
  allOrders,
  firstThousand,
  ordersWithDetails,
  reportFacts,
  reportStatement,
  search,
} from "./athanor-statements.js";
import { freshOrders } from "./inputs.js";
import { reportShapes } from "./report.js";

export function createAthanorPostgresql(url: string, { lean }: { readonly lean: boolean }): Contender {
  const reading = lean
    ? createAsyncEngine(url, { poolReset: "rollback", isolationLevel: "AUTOCOMMIT" })
    : createAsyncEngine(url);
  const writing = lean ? createAsyncEngine(url, { poolReset: "rollback" }) : reading;
  return {
    workloads: { ...reads(reading), ...writes(writing) },
    async close() {
      await reading.dispose();
      if (lean) await writing.dispose();
    },
  };
}

async function inSession<R>(engine: AsyncEngine, work: (session: AsyncSession) => Promise<R>): Promise<R> {
  const session = new AsyncSession(engine);
  const result = await work(session);
  await session.close();
  return result;
}

function reads(engine: AsyncEngine): Reads {
  const nextKey = cycle(ORDERS);
  const nextShape = reportShapes();
  const loadOrders = (statement: Select<[typeof Order]>): Workload =>
    workload(
      () => inSession(engine, async (session) => (await session.scalars(statement)).all()),
      (orders) => orders.map(orderFacts),
    );
  return {
    W1: workload(
      () => inSession(engine, (session) => session.get(Order, nextKey())),
      (order) => order && orderFacts(order),
    ),
    W2: loadOrders(firstThousand),
    W3: loadOrders(allOrders),
    W4: workload(
      () => inSession(engine, async (session) => (await session.scalars(ordersWithDetails)).all()),
      (orders) => orders.map(detailedOrderFacts),
    ),
    W5: workload(
      () => inSession(engine, async (session) => (await session.scalars(search)).all()),
      (products) => products.map(productFacts),
    ),
    W10: workload(
      () => inSession(engine, async (session) => (await session.execute(reportStatement(nextShape()))).all()),
      reportFacts,
    ),
  };
}

function insert(session: AsyncSession, values: OrderValues<Instant>): Order {
  const order = new Order(values);
  session.add(order);
  return order;
}

function writes(engine: AsyncEngine): Writes {
  const fresh = freshOrders(decodeInstant);
  return {
    W6: workload(
      () =>
        inSession(engine, async (session) => {
          const orders = fresh().all.map((values) => insert(session, values));
          await session.commit();
          return orders.map(({ id }) => id);
        }),
      (ids) => ids,
    ),
    W7: workload(
      async () => {
        const ids: number[] = [];
        for (const values of fresh().few) {
          const order = await inSession(engine, async (session) => {
            const added = insert(session, values);
            await session.commit();
            return added;
          });
          ids.push(order.id);
        }
        return ids;
      },
      (ids) => ids,
    ),
    W8: workload(
      () =>
        inSession(engine, async (session) => {
          const orders = (await session.scalars(firstThousand)).all();
          for (const order of orders) order.freight += 1;
          await session.commit();
          return orders.length;
        }),
      (changed) => changed,
    ),
    W9: workload(
      () =>
        inSession(engine, async (session) => {
          const orders = (await session.scalars(firstThousand)).all();
          for (const order of orders) await session.delete(order);
          await session.commit();
          return orders.length;
        }),
      (deleted) => deleted,
    ),
  };
}
