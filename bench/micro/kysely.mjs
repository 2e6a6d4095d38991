// The query with kysely, which has no cache: every execution makes the SQL anew.
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";

const database = new Kysely({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

export const builder = {
  build({ city, least, byTotal }) {
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
