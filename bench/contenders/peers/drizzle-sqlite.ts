// drizzle's workloads that write on SQLite, where it is synchronous: its transactions take no promises.
import { and, asc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { INSERTED, LOADED, workload, type Writes } from "../../contender.js";
import type { OrderValues } from "../../data.js";
import { asDate, freshOrders } from "../inputs.js";
import { sqliteSchema } from "./drizzle-schema.js";

type ShopDatabase = BetterSQLite3Database<typeof sqliteSchema>;

const { orders } = sqliteSchema;
/** Rows of one INSERT with a VALUES list. */
const INSERTED_AT_ONCE = 1_000;

const rowOf = (order: OrderValues<Date>) => ({ ...order, orderedAt: order.orderedAt.toISOString() });

export function sqliteWrites(db: ShopDatabase, { prepared }: { readonly prepared: boolean }): Writes {
  const fresh = freshOrders(asDate);
  const insert = prepared ? preparedInsert(db) : dynamicInsert(db);
  const update = prepared ? preparedUpdate(db) : dynamicUpdate(db);
  const load = () =>
    db
      .select()
      .from(orders)
      .where(and(gte(orders.id, 1), lt(orders.id, 1 + LOADED)))
      .orderBy(asc(orders.id))
      .all();
  return {
    W6: workload(
      () =>
        db.transaction((transaction) => {
          const ids: number[] = [];
          for (let from = 0; from < INSERTED; from += INSERTED_AT_ONCE) {
            const rows = fresh()
              .all.slice(from, from + INSERTED_AT_ONCE)
              .map(rowOf);
            for (const { id } of transaction.insert(orders).values(rows).returning({ id: orders.id }).all())
              ids.push(id);
          }
          return ids;
        }),
      (ids) => ids,
    ),
    W7: workload(
      () => fresh().few.map((order) => db.transaction(() => insert(order))),
      (ids) => ids,
    ),
    W8: workload(
      () =>
        db.transaction(() => {
          const rows = load();
          for (const { id, freight } of rows) update(id, freight + 1);
          return rows.length;
        }),
      (changed) => changed,
    ),
    W9: workload(
      () =>
        db.transaction((transaction) => {
          const keys = load().map(({ id }) => id);
          transaction.delete(orders).where(inArray(orders.id, keys)).run();
          return keys.length;
        }),
      (deleted) => deleted,
    ),
  };
}

type Insert = (order: OrderValues<Date>) => number;

function dynamicInsert(db: ShopDatabase): Insert {
  return (order) => db.insert(orders).values(rowOf(order)).returning({ id: orders.id }).get().id;
}

function preparedInsert(db: ShopDatabase): Insert {
  const placeholders = {
    customerId: sql.placeholder("customerId"),
    employeeId: sql.placeholder("employeeId"),
    orderedAt: sql.placeholder("orderedAt"),
    freight: sql.placeholder("freight"),
    shipName: sql.placeholder("shipName"),
    shipCity: sql.placeholder("shipCity"),
    shipCountry: sql.placeholder("shipCountry"),
  };
  const statement = db.insert(orders).values(placeholders).returning({ id: orders.id }).prepare();
  return (order) => statement.get(rowOf(order)).id;
}

type Update = (id: number, freight: number) => void;

function dynamicUpdate(db: ShopDatabase): Update {
  return (id, freight) => void db.update(orders).set({ freight }).where(eq(orders.id, id)).run();
}

function preparedUpdate(db: ShopDatabase): Update {
  const statement = db
    .update(orders)
    .set({ freight: sql`${sql.placeholder("freight")}` })
    .where(eq(orders.id, sql.placeholder("id")))
    .prepare();
  return (id, freight) => void statement.run({ id, freight });
}
