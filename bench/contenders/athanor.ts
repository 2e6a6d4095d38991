// Athanor's ORM with everything switched on: identity map, change tracking, types, a session an operation. Sessions are
// closed by hand: where `using` is lowered for older runtimes, its helper would be measured with them.
import { createEngine, decodeInstant, type Select, select, Session, text } from "athanor";
import { type Contender, INSERTED, LOADED } from "../contender.js";
import { makeOrders, ORDERS } from "../data.js";
import { Order } from "../generated/index.js";

function firstOrders(count: number): Select<[typeof Order]> {
  return select(Order).where(Order.id.ge(1), Order.id.lt(1 + count));
}

export function createAthanor(path: string): Contender {
  const engine = createEngine(`sqlite:///${path}`);
  engine.connect((connection) => connection.execute(text("PRAGMA synchronous = OFF")));
  const fresh = makeOrders(INSERTED, 2, decodeInstant);
  const firstThousand = firstOrders(LOADED);
  const all = firstOrders(ORDERS);
  const load = (statement: Select<[typeof Order]>): number => {
    const session = new Session(engine);
    const { length } = session.scalars(statement).all();
    session.close();
    return length;
  };
  let key = 0;
  return {
    run: {
      W1: () => {
        key = (key % ORDERS) + 1;
        const session = new Session(engine);
        const id = session.get(Order, key)?.id ?? 0;
        session.close();
        return id;
      },
      W2: () => load(firstThousand),
      W3: () => load(all),
      W6: () => {
        const session = new Session(engine, { expireOnCommit: false });
        const orders = fresh.map((values) => new Order(values));
        session.addAll(orders);
        session.commit();
        const ids = orders.map((order) => order.id);
        session.close();
        return ids.length + (ids.at(-1) ?? 0);
      },
      W8: () => {
        const session = new Session(engine, { expireOnCommit: false });
        const orders = session.scalars(firstThousand).all();
        for (const order of orders) order.freight += 1;
        session.commit();
        session.close();
        return orders.length;
      },
    },
    close: () => engine.dispose(),
  };
}
