// drizzle's workloads that write on PostgreSQL.
import { eq, inArray, sql } from "drizzle-orm";
import { INSERTED, LOADED, workload, type Writes } from "../../contender.js";
import type { OrderValues } from "../../data.js";
import { asDate, freshOrders } from "../inputs.js";
import { ordersBefore, type Shop } from "./drizzle-queries.js";
import { postgresqlSchema } from "./drizzle-schema.js";

const { orders } = postgresqlSchema;
/** Rows of one INSERT with a VALUES list. */
const INSERTED_AT_ONCE = 1_000;

export function postgresqlWrites(shop: Shop, { prepared }: { readonly prepared: boolean }): Writes {
  const { db } = shop;
  const fresh = freshOrders(asDate);
  const insert = prepared ? preparedInsert(shop) : dynamicInsert(shop);
  const update = prepared ? preparedUpdate(shop) : dynamicUpdate(shop);
  return {
    W6: workload(
      () =>
        db.transaction(async (transaction) => {
          const ids: number[] = [];
          for (let from = 0; from < INSERTED; from += INSERTED_AT_ONCE) {
            const values = fresh().all.slice(from, from + INSERTED_AT_ONCE);
            for (const { id } of await transaction.insert(orders).values(values).returning({ id: orders.id }))
              ids.push(id);
          }
          return ids;
        }),
      (ids) => ids,
    ),
    W7: workload(
      async () => {
        const ids: (number | undefined)[] = [];
        for (const order of fresh().few) ids.push(await db.transaction(() => insert(order)));
        return ids;
      },
      (ids) => ids,
    ),
    W8: workload(
      () =>
        db.transaction(async () => {
          const rows = await ordersBefore(shop, 1 + LOADED);
          for (const { id, freight } of rows) await update(id, freight + 1);
          return rows.length;
        }),
      (changed) => changed,
    ),
    W9: workload(
      () =>
        db.transaction(async (transaction) => {
          const keys = (await ordersBefore(shop, 1 + LOADED)).map(({ id }) => id);
          await transaction.delete(orders).where(inArray(orders.id, keys));
          return keys.length;
        }),
      (deleted) => deleted,
    ),
  };
}

type Insert = (order: OrderValues<Date>) => Promise<number | undefined>;

function dynamicInsert({ db }: Shop): Insert {
  return async (order) => (await db.insert(orders).values(order).returning({ id: orders.id }))[0]?.id;
}

function preparedInsert({ db }: Shop): Insert {
  const placeholders = {
    customerId: sql.placeholder("customerId"),
    employeeId: sql.placeholder("employeeId"),
    orderedAt: sql.placeholder("orderedAt"),
    freight: sql.placeholder("freight"),
    shipName: sql.placeholder("shipName"),
    shipCity: sql.placeholder("shipCity"),
    shipCountry: sql.placeholder("shipCountry"),
  };
  const statement = db.insert(orders).values(placeholders).returning({ id: orders.id }).prepare("insert");
  return async (order) => (await statement.execute({ ...order }))[0]?.id;
}

type Update = (id: number, freight: number) => Promise<unknown>;

function dynamicUpdate({ db }: Shop): Update {
  return async (id, freight) => db.update(orders).set({ freight }).where(eq(orders.id, id));
}

function preparedUpdate({ db }: Shop): Update {
  const statement = db
    .update(orders)
    .set({ freight: sql`${sql.placeholder("freight")}` })
    .where(eq(orders.id, sql.placeholder("id")))
    .prepare("update");
  return (id, freight) => statement.execute({ id, freight });
}
