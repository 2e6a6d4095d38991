// Athanor's Core on SQLite: statements and rows, a connection for each operation and no session.
import { type Connection, createEngine, decodeInstant, type Engine, text } from "athanor";
import { type Contender, cycle, type Reads, workload, type Writes } from "../contender.js";
import { ORDERS } from "../data.js";
import { type DetailLike, factsOfOrderAndDetails, orderFacts, productFacts } from "../facts.js";
import * as statements from "./athanor-core-statements.js";
import { reportFacts } from "./athanor-statements.js";
import { gather } from "./gather.js";
import { freshOrders } from "./inputs.js";
import { reportShapes } from "./report.js";

export function createAthanorCoreSqlite(url: string): Contender {
  const engine = createEngine(url);
  engine.connect((connection) => connection.execute(text("PRAGMA synchronous = OFF")));
  return { workloads: { ...reads(engine), ...writes(engine) }, close: () => engine.dispose() };
}

function reads(engine: Engine): Reads {
  const nextKey = cycle(ORDERS);
  const nextShape = reportShapes();
  const loadOrders = (statement: typeof statements.allOrders) =>
    workload(
      () => engine.connect((connection) => connection.execute(statement).all()),
      (rows) => rows.map(orderFacts),
    );
  return {
    W1: workload(
      () => engine.connect((connection) => connection.execute(statements.orderByKey, { key: nextKey() }).one()),
      orderFacts,
    ),
    W2: loadOrders(statements.firstThousand),
    W3: loadOrders(statements.allOrders),
    W4: workload(
      () =>
        engine.connect((connection) => {
          const orders = connection.execute(statements.firstHundred).all();
          const details = connection.execute(statements.detailsOfFirstHundred).all();
          return gather<(typeof orders)[number] & { details?: DetailLike[] }>(orders, details);
        }),
      (orders) => orders.map((order) => factsOfOrderAndDetails(order, order.details)),
    ),
    W5: workload(
      () => engine.connect((connection) => connection.execute(statements.search).all()),
      (products) => products.map(productFacts),
    ),
    W10: workload(
      () => engine.connect((connection) => connection.execute(statements.reportStatement(nextShape())).all()),
      reportFacts,
    ),
  };
}

function load(connection: Connection) {
  return connection.execute(statements.firstThousand).all();
}

function writes(engine: Engine): Writes {
  const fresh = freshOrders(decodeInstant);
  return {
    W6: workload(
      () => engine.begin((connection) => connection.execute(statements.insertOrders, fresh().all).scalars().all()),
      (ids) => ids,
    ),
    W7: workload(
      () =>
        fresh().few.map((values) =>
          engine.begin((connection) => connection.execute(statements.insertOrders, values).scalar()),
        ),
      (ids) => ids,
    ),
    W8: workload(
      () =>
        engine.begin((connection) => {
          const changes = load(connection).map((order) => ({ key: order.id, changed: order.freight + 1 }));
          connection.execute(statements.updateFreight, changes);
          return changes.length;
        }),
      (changed) => changed,
    ),
    W9: workload(
      () =>
        engine.begin((connection) => {
          const keys = load(connection).map(({ id }) => id);
          connection.execute(statements.deleteOrders(keys));
          return keys.length;
        }),
      (deleted) => deleted,
    ),
  };
}
