// Athanor's synchronous session with everything switched on: identity map, change tracking, types, a session for each
// operation. Sessions are closed by hand: where `using` is lowered for older runtimes, its helper would be measured.
import { createEngine, decodeInstant, type Engine, type Instant, type Select, Session, text } from "athanor";
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

export function createAthanorSqlite(url: string): Contender {
  const engine = createEngine(url);
  engine.connect((connection) => connection.execute(text("PRAGMA synchronous = OFF")));
  return { workloads: { ...reads(engine), ...writes(engine) }, close: () => engine.dispose() };
}

function inSession<R>(engine: Engine, work: (session: Session) => R): R {
  const session = new Session(engine, { expireOnCommit: false });
  const result = work(session);
  session.close();
  return result;
}

function reads(engine: Engine): Reads {
  const nextKey = cycle(ORDERS);
  const nextShape = reportShapes();
  const loadOrders = (statement: Select<[typeof Order]>): Workload =>
    workload(
      () => inSession(engine, (session) => session.scalars(statement).all()),
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
      () => inSession(engine, (session) => session.scalars(ordersWithDetails).all()),
      (orders) => orders.map(detailedOrderFacts),
    ),
    W5: workload(
      () => inSession(engine, (session) => session.scalars(search).all()),
      (products) => products.map(productFacts),
    ),
    W10: workload(
      () => inSession(engine, (session) => session.execute(reportStatement(nextShape())).all()),
      reportFacts,
    ),
  };
}

function insert(session: Session, values: OrderValues<Instant>): Order {
  const order = new Order(values);
  session.add(order);
  return order;
}

function writes(engine: Engine): Writes {
  const fresh = freshOrders(decodeInstant);
  return {
    W6: workload(
      () =>
        inSession(engine, (session) => {
          const orders = fresh().all.map((values) => insert(session, values));
          session.commit();
          return orders.map(({ id }) => id);
        }),
      (ids) => ids,
    ),
    W7: workload(
      () =>
        fresh().few.map((values) =>
          inSession(engine, (session) => {
            const order = insert(session, values);
            session.commit();
            return order.id;
          }),
        ),
      (ids) => ids,
    ),
    W8: workload(
      () =>
        inSession(engine, (session) => {
          const orders = session.scalars(firstThousand).all();
          for (const order of orders) order.freight += 1;
          session.commit();
          return orders.length;
        }),
      (changed) => changed,
    ),
    W9: workload(
      () =>
        inSession(engine, (session) => {
          const orders = session.scalars(firstThousand).all();
          for (const order of orders) session.delete(order);
          session.commit();
          return orders.length;
        }),
      (deleted) => deleted,
    ),
  };
}
