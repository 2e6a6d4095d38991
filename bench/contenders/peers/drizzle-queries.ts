// drizzle's queries of the workloads that read. They are written once, for PostgreSQL's tables: the builders of SQLite
// have the same methods, but types of their own.
import { and, asc, count, eq, gte, like, lt, lte, max, sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { FOUND, REPORTED, SEARCHED } from "../../contender.js";
import { DETAILED_END } from "../raw-sql.js";
import type { ReportFilters } from "../report.js";
import type { postgresqlSchema } from "./drizzle-schema.js";

export interface Shop {
  readonly db: NodePgDatabase<typeof postgresqlSchema>;
  readonly schema: typeof postgresqlSchema;
}

type Value = ReturnType<typeof sql.placeholder> | number;

export function orderByKey({ db, schema: { orders } }: Shop, key: Value) {
  return db.select().from(orders).where(eq(orders.id, key));
}

export function ordersBefore({ db, schema: { orders } }: Shop, end: Value) {
  return db
    .select()
    .from(orders)
    .where(and(gte(orders.id, 1), lt(orders.id, end)))
    .orderBy(asc(orders.id));
}

export function ordersWithDetails({ db, schema: { orders, orderDetail } }: Shop) {
  return db.query.orders.findMany({
    where: and(gte(orders.id, 1), lt(orders.id, DETAILED_END)),
    orderBy: asc(orders.id),
    with: { details: { orderBy: asc(orderDetail.id), with: { product: true } } },
  });
}

export function searchProducts({ db, schema: { product } }: Shop) {
  return db
    .select()
    .from(product)
    .where(like(product.name, SEARCHED))
    .orderBy(asc(product.price), asc(product.id))
    .limit(FOUND);
}

export function reportQuery({ db, schema }: Shop, filters: ReportFilters) {
  const { customer, orders, orderDetail } = schema;
  const { employeeId, quantityAtLeast, customerIdAtMost } = filters;
  return db
    .select({ city: sql<string>`${customer.city}`, details: count(), largest: max(orderDetail.quantity) })
    .from(customer)
    .innerJoin(orders, eq(orders.customerId, customer.id))
    .innerJoin(orderDetail, eq(orderDetail.orderId, orders.id))
    .where(
      and(
        lt(orders.id, REPORTED),
        employeeId === undefined ? undefined : eq(orders.employeeId, employeeId),
        quantityAtLeast === undefined ? undefined : gte(orderDetail.quantity, quantityAtLeast),
        customerIdAtMost === undefined ? undefined : lte(customer.id, customerIdAtMost),
      ),
    )
    .groupBy(customer.city)
    .orderBy(customer.city);
}
