// MikroORM: entities in an identity map, a fork of the entity manager for each operation. One connection.
import type { EntityManager, PostgreSqlDriver } from "@mikro-orm/postgresql";
import { MikroORM, type Options } from "@mikro-orm/core";
import { type Contender, cycle, FOUND, LOADED, type Reads, SEARCHED, workload, type Writes } from "../../contender.js";
import { ORDERS, type OrderValues } from "../../data.js";
import { detailedOrderFacts, orderFacts, productFacts } from "../../facts.js";
import { asDate, freshOrders } from "../inputs.js";
import type { DatabaseName, PeerContenders } from "../peers.js";
import { DETAILED_END, rawReportFacts } from "../raw-sql.js";
import { reportShapes } from "../report.js";
import { fileOf, storedDate } from "./drivers.js";
import { reportQuery, type Shop as Tables } from "./kysely-report.js";
import { defineShop } from "./mikro-orm-entities.js";

type Shop = ReturnType<typeof defineShop>;

interface Shopkeeper extends Shop {
  readonly database: DatabaseName;
  /** A new entity manager. */
  fork(): EntityManager;
}

export const contenders: PeerContenders = {
  async MikroORM(database, url): Promise<Contender> {
    const shop = defineShop(database);
    const entities = [shop.Customer, shop.Product, shop.Order, shop.OrderDetail];
    const orm = await MikroORM.init<PostgreSqlDriver>({ ...(await connection(database, url)), entities });
    if (database === "sqlite") await orm.em.getConnection().execute("PRAGMA synchronous = OFF");
    const keeper = { ...shop, database, fork: () => orm.em.fork() };
    return { workloads: { ...reads(keeper), ...writes(keeper) }, close: () => orm.close() };
  },
};

async function connection(database: DatabaseName, url: string): Promise<Partial<Options<PostgreSqlDriver>>> {
  if (database === "sqlite") {
    const { SqliteDriver } = await import("@mikro-orm/sqlite");
    // Its entity manager has the methods of PostgreSQL's that are used here.
    return { driver: SqliteDriver, dbName: fileOf(url) } as unknown as Partial<Options<PostgreSqlDriver>>;
  }
  const { PostgreSqlDriver } = await import("@mikro-orm/postgresql");
  return { driver: PostgreSqlDriver, clientUrl: url, pool: { min: 1, max: 1 } };
}

function loadOrders({ Order }: Shop, em: EntityManager, end: number) {
  return em.find(Order, { id: { $gte: 1, $lt: end } }, { orderBy: { id: "asc" } });
}

function reads(shop: Shopkeeper): Reads {
  const { Order, Product } = shop;
  const nextKey = cycle(ORDERS);
  const nextShape = reportShapes();
  return {
    W1: workload(() => shop.fork().findOneOrFail(Order, nextKey()), orderFacts),
    W2: workload(
      () => loadOrders(shop, shop.fork(), 1 + LOADED),
      (orders) => orders.map(orderFacts),
    ),
    W3: workload(
      () => loadOrders(shop, shop.fork(), 1 + ORDERS),
      (orders) => orders.map(orderFacts),
    ),
    W4: workload(
      () =>
        shop
          .fork()
          .find(
            Order,
            { id: { $gte: 1, $lt: DETAILED_END } },
            { orderBy: { id: "asc" }, populate: ["details.product"], populateOrderBy: { details: { id: "asc" } } },
          ),
      (orders) => orders.map(detailedOrderFacts),
    ),
    W5: workload(
      () =>
        shop
          .fork()
          .find(Product, { name: { $like: SEARCHED } }, { orderBy: [{ price: "asc" }, { id: "asc" }], limit: FOUND }),
      (products) => products.map(productFacts),
    ),
    W10: workload(() => reportQuery(shop.fork().getKysely<Tables>(), nextShape()).execute(), rawReportFacts),
  };
}

function writes(shop: Shopkeeper): Writes {
  const { Order } = shop;
  const fresh = freshOrders(asDate);
  const create = (em: EntityManager, order: OrderValues<Date>) =>
    em.create(Order, { ...order, orderedAt: storedDate(shop.database, order.orderedAt) });
  return {
    W6: workload(
      async () => {
        const em = shop.fork();
        const orders = fresh().all.map((order) => create(em, order));
        await em.persist(orders).flush();
        return orders;
      },
      (orders) => orders.map(({ id }) => id),
    ),
    W7: workload(
      async () => {
        const ids: number[] = [];
        for (const values of fresh().few) {
          const em = shop.fork();
          const order = create(em, values);
          await em.persist(order).flush();
          ids.push(order.id);
        }
        return ids;
      },
      (ids) => ids,
    ),
    W8: workload(
      async () => {
        const em = shop.fork();
        const orders = await loadOrders(shop, em, 1 + LOADED);
        for (const order of orders) order.freight += 1;
        await em.flush();
        return orders.length;
      },
      (changed) => changed,
    ),
    W9: workload(
      async () => {
        const em = shop.fork();
        const orders = await loadOrders(shop, em, 1 + LOADED);
        await em.remove(orders).flush();
        return orders.length;
      },
      (deleted) => deleted,
    ),
  };
}
