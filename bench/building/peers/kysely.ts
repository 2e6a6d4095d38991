// The query with kysely, which has no cache: every execution makes the SQL anew.
import {
  type CompiledQuery,
  DummyDriver,
  type Generated,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { Builder, Choice } from "../shapes.js";

interface Shop {
  customer: { id: Generated<number>; name: string; city: string };
  orders: { id: Generated<number>; customer_id: number; freight: number };
  detail: { id: Generated<number>; order_id: number; quantity: number; price: number };
}

const database = new Kysely<Shop>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

export const builder: Builder<{ compile(): CompiledQuery }> = {
  build({ city, least, byTotal }: Choice) {
    let query = database
      .selectFrom("customer")
      .innerJoin("orders", "orders.customer_id", "customer.id")
      .innerJoin("detail", "detail.order_id", "orders.id")
      .select((eb) => ["customer.city", eb.fn.countAll().as("lines"), eb.fn.sum("detail.price").as("total")])
      .where("orders.freight", ">", 1)
      .groupBy("customer.city")
      .limit(10);
    if (city !== null) query = query.where("customer.city", "!=", city);
    if (least !== null) query = query.where("detail.quantity", ">=", least);
    return query.orderBy(byTotal ? "total" : "lines");
  },
  toSql: (query) => query.compile().sql,
};
