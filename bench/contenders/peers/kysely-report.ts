// W10 with kysely, which MikroORM has within it: the grouped query for some filters, put together anew each time.
import type { Generated, Kysely } from "kysely";
import { REPORTED } from "../../contender.js";
import type { ReportFilters } from "../report.js";

/** The shop's tables. */
export interface Shop {
  customer: { id: Generated<number>; name: string; city: string };
  product: { id: Generated<number>; name: string; price: number };
  orders: {
    id: Generated<number>;
    customer_id: number;
    employee_id: number;
    /** Text on SQLite. */
    ordered_at: Date | string;
    freight: number;
    ship_name: string;
    ship_city: string;
    ship_country: string;
  };
  order_detail: { id: Generated<number>; order_id: number; product_id: number; quantity: number };
}

export function reportQuery(kysely: Kysely<Shop>, filters: ReportFilters) {
  const { employeeId, quantityAtLeast, customerIdAtMost } = filters;
  let query = kysely
    .selectFrom("customer as c")
    .innerJoin("orders as o", "o.customer_id", "c.id")
    .innerJoin("order_detail as d", "d.order_id", "o.id")
    .select((eb) => ["c.city", eb.fn.countAll<number | string>().as("details"), eb.fn.max("d.quantity").as("largest")])
    .where("o.id", "<", REPORTED);
  if (employeeId !== undefined) query = query.where("o.employee_id", "=", employeeId);
  if (quantityAtLeast !== undefined) query = query.where("d.quantity", ">=", quantityAtLeast);
  if (customerIdAtMost !== undefined) query = query.where("c.id", "<=", customerIdAtMost);
  return query.groupBy("c.city").orderBy("c.city");
}
