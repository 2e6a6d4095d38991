// The SQL that both raw drivers send, and how their rows become what the other contenders' objects are.
import { LOADED_WITH_DETAILS, REPORTED } from "../contender.js";
import { type DetailLike, factsOfOrderAndDetails, type OrderLike } from "../facts.js";
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

/** An order's row with its details in it. */
export interface GatheredOrder extends OrderRow {
  details?: DetailLike[];
}

export const ORDER_COLUMNS = "id, customer_id, employee_id, ordered_at, freight, ship_name, ship_city, ship_country";
export const WRITTEN_COLUMNS = "customer_id, employee_id, ordered_at, freight, ship_name, ship_city, ship_country";
export const DETAIL_COLUMNS = 'd.id, d.order_id AS "orderId", d.quantity, p.id AS "productId", p.name, p.price';

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

export function gatheredOrderFacts(row: GatheredOrder): unknown {
  return factsOfOrderAndDetails(asOrder(row), row.details);
}

/** PostgreSQL counts in 64 bits, which pg gives as text; others have larger integers than numbers for everything. */
export type RawReportLine = Readonly<Record<"details" | "largest", number | bigint | string | null>> &
  Pick<ReportLine, "city">;

export function rawReportFacts(lines: readonly RawReportLine[]): unknown {
  return lines.map(({ city, details, largest }) => [city, Number(details), Number(largest)]);
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
