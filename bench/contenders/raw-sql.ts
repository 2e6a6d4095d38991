// The SQL that both raw drivers send, and how their rows become what the other contenders' objects are.
import { LOADED_WITH_DETAILS, REPORTED } from "../contender.js";
import type { OrderLike, OrderWithDetails, ProductLike } from "../facts.js";
import type { ReportFilters, ReportLine } from "./report.js";

export interface OrderRow {
  readonly id: number;
  readonly customer_id: number;
  readonly employee_id: number;
  readonly ordered_at: Date | string;
  readonly freight: number;
  readonly ship_name: string;
  readonly ship_city: string;
  readonly ship_country: string;
}

/** An order's row with its details in it, as a careful person gathers them. */
export interface GatheredOrder extends OrderRow {
  details?: GatheredDetail[];
}

interface GatheredDetail {
  readonly id: number;
  readonly quantity: number;
  readonly product: ProductLike;
}

export interface DetailRow {
  readonly id: number;
  readonly order_id: number;
  readonly quantity: number;
  readonly product_id: number;
  readonly name: string;
  readonly price: number;
}

export const ORDER_COLUMNS = "id, customer_id, employee_id, ordered_at, freight, ship_name, ship_city, ship_country";
export const WRITTEN_COLUMNS = "customer_id, employee_id, ordered_at, freight, ship_name, ship_city, ship_country";
export const DETAIL_COLUMNS = "d.id, d.order_id, d.quantity, p.id AS product_id, p.name, p.price";

/** Puts the details into their orders, each product once. */
export function gather(orders: GatheredOrder[], details: readonly DetailRow[]): GatheredOrder[] {
  const byId = new Map(orders.map((order) => [order.id, order]));
  const products = new Map<number, ProductLike>();
  for (const { id, order_id, quantity, product_id, name, price } of details) {
    let product = products.get(product_id);
    if (product === undefined) products.set(product_id, (product = { id: product_id, name, price }));
    const order = byId.get(order_id);
    if (order !== undefined) (order.details ??= []).push({ id, quantity, product });
  }
  return orders;
}

/** The keys of the orders with details: from 1, before this. */
export const DETAILED_END: number = 1 + LOADED_WITH_DETAILS;

export function asOrder(row: OrderRow): OrderLike {
  return {
    id: row.id,
    customerId: row.customer_id,
    employeeId: row.employee_id,
    orderedAt: row.ordered_at,
    freight: row.freight,
    shipName: row.ship_name,
    shipCity: row.ship_city,
    shipCountry: row.ship_country,
  };
}

export function asDetailedOrder(row: GatheredOrder): OrderWithDetails {
  return { ...asOrder(row), details: row.details ?? [] };
}

/** PostgreSQL counts in 64 bits, which pg gives as text. */
export type RawReportLine = Omit<ReportLine, "details"> & { readonly details: number | string };

export function rawReportFacts(lines: readonly RawReportLine[]): unknown {
  return lines.map(({ city, details, largest }) => [city, Number(details), largest]);
}

/** The grouped query for these filters and its parameters; `placeholder` writes the parameter of a position from 1. */
export function reportQuery(
  { employeeId, quantityAtLeast, customerIdAtMost }: ReportFilters,
  placeholder: (position: number) => string,
): { readonly sql: string; readonly parameters: number[] } {
  const parameters: number[] = [REPORTED];
  let sql = `SELECT c.city, count(*) AS details, max(d.quantity) AS largest FROM customer c
    JOIN orders o ON o.customer_id = c.id JOIN order_detail d ON d.order_id = o.id WHERE o.id < ${placeholder(1)}`;
  if (employeeId !== undefined) sql += ` AND o.employee_id = ${placeholder(parameters.push(employeeId))}`;
  if (quantityAtLeast !== undefined) sql += ` AND d.quantity >= ${placeholder(parameters.push(quantityAtLeast))}`;
  if (customerIdAtMost !== undefined) sql += ` AND c.id <= ${placeholder(parameters.push(customerIdAtMost))}`;
  return { sql: `${sql} GROUP BY c.city ORDER BY c.city`, parameters };
}
