// Looks after a contender's copy of the data set, through a connection of its own: says what an operation has made of
// it, and puts it back.
import { AsyncSession, createAsyncEngine, func, select, text } from "athanor";
import { LOADED } from "../contender.js";
import { ORDERS } from "../data.js";
import { orderFacts } from "../facts.js";
import { Order, OrderDetail } from "../generated/index.js";

export interface Keeper {
  /** The rows that writing operations may have touched, as plain JSON values. */
  state(): Promise<unknown>;
  restore(): Promise<void>;
  close(): Promise<void>;
}

const RESTORING = [
  `DELETE FROM orders WHERE id > ${ORDERS}`,
  `UPDATE orders SET freight = (SELECT k.freight FROM kept_orders k WHERE k.id = orders.id)
   WHERE id <= ${LOADED} AND freight <> (SELECT k.freight FROM kept_orders k WHERE k.id = orders.id)`,
  `INSERT INTO orders SELECT * FROM kept_orders WHERE id NOT IN (SELECT id FROM orders WHERE id <= ${LOADED})`,
  `INSERT INTO order_detail SELECT * FROM kept_order_detail
   WHERE id NOT IN (SELECT id FROM order_detail WHERE order_id <= ${LOADED})`,
];

/** Opens a keeper of the copy at `url`; `tidying` are further statements after each restoration. */
export function openKeeper(url: string, tidying: readonly string[]): Keeper {
  const engine = createAsyncEngine(url);
  const restoring = [...RESTORING, ...tidying].map((statement) => text(statement));
  return {
    async state() {
      await using session = new AsyncSession(engine);
      const written = select(Order)
        .where(Order.id.le(LOADED).or(Order.id.gt(ORDERS)))
        .orderBy(Order.id);
      const orders = (await session.scalars(written)).all();
      const details = (await session.scalars(select(func.count(OrderDetail.id)))).one();
      return [orders.map(orderFacts), details];
    },
    async restore() {
      await engine.connect(
        async (connection) => {
          for (const statement of restoring) await connection.execute(statement);
        },
        { isolationLevel: "AUTOCOMMIT" },
      );
    },
    close: () => engine.dispose(),
  };
}
