// The query with drizzle, which has no cache either.
import { type SQLWrapper, and, count, eq, gt, gte, ne, sql, sum } from "drizzle-orm";
import { integer, QueryBuilder, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Builder } from "../shapes.js";

const customer = sqliteTable("customer", { id: integer().primaryKey(), name: text(), city: text() });
const orders = sqliteTable("orders", {
  id: integer().primaryKey(),
  customerId: integer("customer_id").references(() => customer.id),
  freight: real(),
});
const detail = sqliteTable("detail", {
  id: integer().primaryKey(),
  orderId: integer("order_id").references(() => orders.id),
  quantity: integer(),
  price: real(),
});

const queries = new QueryBuilder();

export const builder: Builder<SQLWrapper & { toSQL(): { sql: string } }> = {
  build({ city, least, byTotal }) {
    const conditions = [gt(orders.freight, 1)];
    if (city !== null) conditions.push(ne(customer.city, city));
    if (least !== null) conditions.push(gte(detail.quantity, least));
    return queries
      .select({ city: customer.city, lines: count().as("lines"), total: sum(detail.price).as("total") })
      .from(customer)
      .innerJoin(orders, eq(orders.customerId, customer.id))
      .innerJoin(detail, eq(detail.orderId, orders.id))
      .where(and(...conditions))
      .groupBy(customer.city)
      .orderBy(byTotal ? sql`total` : sql`lines`)
      .limit(10);
  },
  toSql: (query) => query.toSQL().sql,
};
