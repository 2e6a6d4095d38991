// The statements of Athanor's Core, the same for its synchronous and its asynchronous face: tables and rows, no classes.
import { bindparam, deleteFrom, Double, func, insert, Integer, select, update, values } from "athanor";
import { FOUND, LOADED, REPORTED, SEARCHED } from "../contender.js";
import { ORDERS } from "../data.js";
import { customer, orderDetail, orders, product } from "../generated/tables.js";
import { DETAILED_END } from "./raw-sql.js";
import type { ReportFilters } from "./report.js";

const { id } = orders.c;

export const orderByKey = select(orders).where(id.eq(bindparam("key", { type: Integer() })));

function ordersBefore(end: number) {
  return select(orders).where(id.ge(1), id.lt(end)).orderBy(id);
}

export const firstThousand = ordersBefore(1 + LOADED);
export const allOrders = ordersBefore(1 + ORDERS);
export const firstHundred = ordersBefore(DETAILED_END);

export const detailsOfFirstHundred = select(
  orderDetail.c.id,
  orderDetail.c.orderId,
  orderDetail.c.quantity,
  product.c.id.label("productId"),
  product.c.name,
  product.c.price,
)
  .join(product)
  .where(orderDetail.c.orderId.ge(1), orderDetail.c.orderId.lt(DETAILED_END))
  .orderBy(orderDetail.c.id);

export const search = select(product)
  .where(product.c.name.like(SEARCHED))
  .orderBy(product.c.price, product.c.id)
  .limit(FOUND);

/** The grouped query for these filters, put together anew each time. */
export function reportStatement({ employeeId, quantityAtLeast, customerIdAtMost }: ReportFilters) {
  const { quantity } = orderDetail.c;
  let statement = select(customer.c.city, func.count().label("details"), func.max(quantity).label("largest"))
    .selectFrom(customer)
    .join(orders)
    .join(orderDetail)
    .where(id.lt(REPORTED));
  if (employeeId !== undefined) statement = statement.where(orders.c.employeeId.eq(employeeId));
  if (quantityAtLeast !== undefined) statement = statement.where(quantity.ge(quantityAtLeast));
  if (customerIdAtMost !== undefined) statement = statement.where(customer.c.id.le(customerIdAtMost));
  return statement.groupBy(customer.c.city).orderBy(customer.c.city);
}

export const insertOrders = insert(orders).returning(id);

/** One row of each execution's parameters. */
export const updateFreight = update(orders)
  .where(id.eq(bindparam("key", { type: Integer() })))
  .values({ freight: bindparam("changed", { type: Double() }) });

/** Many rows by one statement. */
export function updateFreights(changes: readonly { readonly id: number; readonly freight: number }[]) {
  const changed = values("changed", { id: Integer(), freight: Double() }, changes);
  return update(orders).from(changed).where(id.eq(changed.c.id)).values({ freight: changed.c.freight });
}

export function deleteOrders(keys: readonly number[]) {
  return deleteFrom(orders).where(id.in(keys));
}

/** A loaded order as the changes of W8 take it. */
export function changed(order: { readonly id: number; readonly freight: number }) {
  return { id: order.id, freight: order.freight + 1 };
}
