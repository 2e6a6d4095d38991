// kysely: rows as the driver gives them, every statement put together and written anew. One connection.
import { Kysely, PostgresDialect, SqliteDialect } from "kysely";
import {
  type Contender,
  cycle,
  FOUND,
  INSERTED,
  LOADED,
  type Reads,
  SEARCHED,
  workload,
  type Writes,
} from "../../contender.js";
import { ORDERS, type OrderValues } from "../../data.js";
import { orderFacts, productFacts } from "../../facts.js";
import { gather } from "../gather.js";
import { asDate, freshOrders } from "../inputs.js";
import type { DatabaseName, PeerContenders } from "../peers.js";
import { asOrder, DETAILED_END, gatheredOrderFacts, type OrderRow, rawReportFacts } from "../raw-sql.js";
import { reportShapes } from "../report.js";
import { openSqlite, storedDate } from "./drivers.js";
import { reportQuery, type Shop } from "./kysely-report.js";

/** Rows of one INSERT with a VALUES list. */
const INSERTED_AT_ONCE = 1_000;

type Shopkeeper = Kysely<Shop>;

export const contenders: PeerContenders = {
  async kysely(database, url): Promise<Contender> {
    const dialect = database === "sqlite" ? await sqliteDialect(url) : await postgresDialect(url);
    const kysely = new Kysely<Shop>({ dialect });
    return { workloads: { ...reads(kysely), ...writes(kysely, database) }, close: () => kysely.destroy() };
  },
};

async function sqliteDialect(url: string): Promise<SqliteDialect> {
  return new SqliteDialect({ database: await openSqlite(url) });
}

async function postgresDialect(url: string): Promise<PostgresDialect> {
  const { Pool } = await import("pg");
  return new PostgresDialect({ pool: new Pool({ connectionString: url, max: 1 }) });
}

function loadOrders(kysely: Shopkeeper, end: number): Promise<OrderRow[]> {
  return kysely.selectFrom("orders").selectAll().where("id", ">=", 1).where("id", "<", end).orderBy("id").execute();
}

function reads(kysely: Shopkeeper): Reads {
  const nextKey = cycle(ORDERS);
  const nextShape = reportShapes();
  return {
    W1: workload(
      () => kysely.selectFrom("orders").selectAll().where("id", "=", nextKey()).executeTakeFirstOrThrow(),
      (row) => orderFacts(asOrder(row)),
    ),
    W2: workload(
      () => loadOrders(kysely, 1 + LOADED),
      (rows) => rows.map(asOrder).map(orderFacts),
    ),
    W3: workload(
      () => loadOrders(kysely, 1 + ORDERS),
      (rows) => rows.map(asOrder).map(orderFacts),
    ),
    W4: workload(
      async () => gather(await loadOrders(kysely, DETAILED_END), await loadDetails(kysely)),
      (orders) => orders.map(gatheredOrderFacts),
    ),
    W5: workload(
      () =>
        kysely
          .selectFrom("product")
          .selectAll()
          .where("name", "like", SEARCHED)
          .orderBy("price")
          .orderBy("id")
          .limit(FOUND)
          .execute(),
      (rows) => rows.map(productFacts),
    ),
    W10: workload(() => reportQuery(kysely, nextShape()).execute(), rawReportFacts),
  };
}

function loadDetails(kysely: Shopkeeper) {
  return kysely
    .selectFrom("order_detail as d")
    .innerJoin("product as p", "p.id", "d.product_id")
    .select(["d.id", "d.order_id as orderId", "d.quantity", "p.id as productId", "p.name", "p.price"])
    .where("d.order_id", ">=", 1)
    .where("d.order_id", "<", DETAILED_END)
    .orderBy("d.id")
    .execute();
}

function writes(kysely: Shopkeeper, database: DatabaseName): Writes {
  const fresh = freshOrders(asDate);
  const rowOf = (order: OrderValues<Date>) => ({
    customer_id: order.customerId,
    employee_id: order.employeeId,
    ordered_at: storedDate(database, order.orderedAt),
    freight: order.freight,
    ship_name: order.shipName,
    ship_city: order.shipCity,
    ship_country: order.shipCountry,
  });
  const insert = (transaction: Shopkeeper, orders: readonly OrderValues<Date>[]) =>
    transaction.insertInto("orders").values(orders.map(rowOf)).returning("id").execute();
  return {
    W6: workload(
      () =>
        kysely.transaction().execute(async (transaction) => {
          const ids: number[] = [];
          for (let from = 0; from < INSERTED; from += INSERTED_AT_ONCE) {
            const rows = await insert(transaction, fresh().all.slice(from, from + INSERTED_AT_ONCE));
            for (const { id } of rows) ids.push(id);
          }
          return ids;
        }),
      (ids) => ids,
    ),
    W7: workload(
      async () => {
        const ids: (number | undefined)[] = [];
        for (const order of fresh().few) {
          const [row] = await kysely.transaction().execute((transaction) => insert(transaction, [order]));
          ids.push(row?.id);
        }
        return ids;
      },
      (ids) => ids,
    ),
    W8: workload(
      () =>
        kysely.transaction().execute(async (transaction) => {
          const rows = await loadOrders(transaction, 1 + LOADED);
          for (const { id, freight } of rows) {
            await transaction
              .updateTable("orders")
              .set({ freight: freight + 1 })
              .where("id", "=", id)
              .execute();
          }
          return rows.length;
        }),
      (changed) => changed,
    ),
    W9: workload(
      () =>
        kysely.transaction().execute(async (transaction) => {
          const keys = (await loadOrders(transaction, 1 + LOADED)).map(({ id }) => id);
          await transaction.deleteFrom("orders").where("id", "in", keys).execute();
          return keys.length;
        }),
      (deleted) => deleted,
    ),
  };
}
