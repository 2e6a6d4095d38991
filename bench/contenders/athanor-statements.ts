// The statements of Athanor's workloads, the same for its synchronous and its asynchronous face.
import { func, select, type Select, selectinload } from "athanor";
import { FOUND, LOADED, REPORTED, SEARCHED } from "../contender.js";
import { ORDERS } from "../data.js";
import { Customer, Order, OrderDetail, Product } from "../generated/index.js";
import { DETAILED_END } from "./raw-sql.js";
import type { ReportFilters, ReportLine } from "./report.js";

function ordersBefore(end: number): Select<[typeof Order]> {
  return select(Order).where(Order.id.ge(1), Order.id.lt(end)).orderBy(Order.id);
}

export const firstThousand = ordersBefore(1 + LOADED);
export const allOrders = ordersBefore(1 + ORDERS);
export const ordersWithDetails = ordersBefore(DETAILED_END).options(
  selectinload(Order.details).joinedload(OrderDetail.product),
);
export const search = select(Product)
  .where(Product.name.like(SEARCHED))
  .orderBy(Product.price, Product.id)
  .limit(FOUND);

/** The grouped query for these filters, put together anew each time. */
export function reportStatement({ employeeId, quantityAtLeast, customerIdAtMost }: ReportFilters) {
  const quantity = OrderDetail.quantity;
  let statement = select(Customer.city, func.count().label("details"), func.max(quantity).label("largest"))
    .join(Customer.orders)
    .join(Order.details)
    .where(Order.id.lt(REPORTED));
  if (employeeId !== undefined) statement = statement.where(Order.employeeId.eq(employeeId));
  if (quantityAtLeast !== undefined) statement = statement.where(quantity.ge(quantityAtLeast));
  if (customerIdAtMost !== undefined) statement = statement.where(Customer.id.le(customerIdAtMost));
  return statement.groupBy(Customer.city).orderBy(Customer.city);
}

export function reportFacts(lines: readonly ReportLine[]): unknown {
  return lines.map(({ city, details, largest }) => [city, details, largest]);
}
