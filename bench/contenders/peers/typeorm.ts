// TypeORM: entities of repositories, without an identity map. One connection.
import { And, DataSource, LessThan, Like, MoreThanOrEqual, type Repository } from "typeorm";
import {
  type Contender,
  cycle,
  FOUND,
  LOADED,
  REPORTED,
  type Reads,
  SEARCHED,
  workload,
  type Writes,
} from "../../contender.js";
import { ORDERS, type OrderValues } from "../../data.js";
import { detailedOrderFacts, orderFacts, productFacts } from "../../facts.js";
import { asDate, freshOrders } from "../inputs.js";
import type { DatabaseName, PeerContenders } from "../peers.js";
import { DETAILED_END, type RawReportLine, rawReportFacts } from "../raw-sql.js";
import { type ReportFilters, reportShapes } from "../report.js";
import { fileOf, storedDate } from "./drivers.js";
import { Customer, defineShop, Order, Product } from "./typeorm-entities.js";

/** Entities of one statement: SQLite refuses the expression that more would make. */
const AT_ONCE = 500;

export const contenders: PeerContenders = {
  async TypeORM(database, url): Promise<Contender> {
    const source = await connect(database, url).initialize();
    return { workloads: { ...reads(source), ...writes(source, database) }, close: () => source.destroy() };
  },
};

function connect(database: DatabaseName, url: string): DataSource {
  const entities = defineShop(database);
  if (database === "postgresql") return new DataSource({ type: "postgres", url, poolSize: 1, entities });
  return new DataSource({
    type: "better-sqlite3",
    database: fileOf(url),
    entities,
    prepareDatabase: (driver: { pragma(text: string): void }) => driver.pragma("synchronous = OFF"),
  });
}

const before = (end: number) => ({ id: And(MoreThanOrEqual(1), LessThan(end)) });

function loadOrders(orders: Repository<Order>, end: number): Promise<Order[]> {
  return orders.find({ where: before(end), order: { id: "ASC" } });
}

function reads(source: DataSource): Reads {
  const orders = source.getRepository(Order);
  const products = source.getRepository(Product);
  const nextKey = cycle(ORDERS);
  const nextShape = reportShapes();
  return {
    W1: workload(() => orders.findOneByOrFail({ id: nextKey() }), orderFacts),
    W2: workload(
      () => loadOrders(orders, 1 + LOADED),
      (loaded) => loaded.map(orderFacts),
    ),
    W3: workload(
      () => loadOrders(orders, 1 + ORDERS),
      (loaded) => loaded.map(orderFacts),
    ),
    W4: workload(
      () =>
        orders.find({
          where: before(DETAILED_END),
          relations: { details: { product: true } },
          order: { id: "ASC", details: { id: "ASC" } },
        }),
      (loaded) => loaded.map(detailedOrderFacts),
    ),
    W5: workload(
      () => products.find({ where: { name: Like(SEARCHED) }, order: { price: "ASC", id: "ASC" }, take: FOUND }),
      (found) => found.map(productFacts),
    ),
    W10: workload(() => report(source, nextShape()), rawReportFacts),
  };
}

function report(source: DataSource, filters: ReportFilters): Promise<RawReportLine[]> {
  const { employeeId, quantityAtLeast, customerIdAtMost } = filters;
  const query = source
    .createQueryBuilder()
    .select("c.city", "city")
    .addSelect("count(*)", "details")
    .addSelect("max(d.quantity)", "largest")
    .from(Customer, "c")
    .innerJoin("orders", "o", "o.customer_id = c.id")
    .innerJoin("order_detail", "d", "d.order_id = o.id")
    .where("o.id < :end", { end: REPORTED });
  if (employeeId !== undefined) query.andWhere("o.employee_id = :employeeId", { employeeId });
  if (quantityAtLeast !== undefined) query.andWhere("d.quantity >= :quantityAtLeast", { quantityAtLeast });
  if (customerIdAtMost !== undefined) query.andWhere("c.id <= :customerIdAtMost", { customerIdAtMost });
  return query.groupBy("c.city").orderBy("c.city").getRawMany<RawReportLine>();
}

function writes(source: DataSource, database: DatabaseName): Writes {
  const orders = source.getRepository(Order);
  const fresh = freshOrders(asDate);
  const create = (order: OrderValues<Date>): Order =>
    orders.create({ ...order, orderedAt: storedDate(database, order.orderedAt) });
  return {
    W6: workload(
      () => orders.save(fresh().all.map(create), { chunk: AT_ONCE }),
      (saved) => saved.map(({ id }) => id),
    ),
    W7: workload(
      async () => {
        const ids: number[] = [];
        for (const order of fresh().few) ids.push((await orders.save(create(order))).id);
        return ids;
      },
      (ids) => ids,
    ),
    W8: workload(
      async () => {
        const loaded = await loadOrders(orders, 1 + LOADED);
        for (const order of loaded) order.freight += 1;
        await orders.save(loaded, { chunk: AT_ONCE });
        return loaded.length;
      },
      (changed) => changed,
    ),
    W9: workload(
      async () => {
        const loaded = await loadOrders(orders, 1 + LOADED);
        const { length } = loaded;
        await orders.remove(loaded, { chunk: AT_ONCE });
        return length;
      },
      (deleted) => deleted,
    ),
  };
}
