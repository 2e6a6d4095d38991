// W4 for the contenders whose rows know nothing of one another: details and products are put into their orders.
import type { DetailLike, ProductLike } from "../facts.js";

/** A row of details joined with products. */
export interface DetailRow {
  readonly id: number;
  readonly orderId: number;
  readonly quantity: number;
  readonly productId: number;
  readonly name: string;
  readonly price: number;
}

/** Puts the details into their orders, each product once, as a careful person does. */
export function gather<O extends { readonly id: number; details?: DetailLike[] }>(
  orders: O[],
  details: readonly DetailRow[],
): O[] {
  const byId = new Map(orders.map((order) => [order.id, order]));
  const products = new Map<number, ProductLike>();
  for (const { id, orderId, quantity, productId, name, price } of details) {
    let product = products.get(productId);
    if (product === undefined) products.set(productId, (product = { id: productId, name, price }));
    const order = byId.get(orderId);
    if (order !== undefined) (order.details ??= []).push({ id, quantity, product });
  }
  return orders;
}
