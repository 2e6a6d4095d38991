// What came of a workload as plain values, however the contender represents rows: raw rows have the database's names,
// dates as text or `Date`, and related rows beside them; objects have properties.

/** A row of `orders`, by the properties that every contender's own rows are mapped to. */
export interface OrderLike {
  readonly id: number;
  readonly customerId: number;
  readonly employeeId: number;
  readonly orderedAt: { readonly epochMilliseconds: number } | Date | string;
  readonly freight: number;
  readonly shipName: string;
  readonly shipCity: string;
  readonly shipCountry: string;
}

export interface ProductLike {
  readonly id: number;
  readonly name: string;
  readonly price: number;
}

export interface DetailLike {
  readonly id: number;
  readonly quantity: number;
  readonly product: ProductLike;
}

export interface OrderWithDetails extends OrderLike {
  readonly details: Iterable<DetailLike>;
}

export function orderFacts(order: OrderLike): readonly unknown[] {
  return [
    order.id,
    order.customerId,
    order.employeeId,
    milliseconds(order.orderedAt),
    order.freight,
    order.shipName,
    order.shipCity,
    order.shipCountry,
  ];
}

export function productFacts({ id, name, price }: ProductLike): readonly unknown[] {
  return [id, name, price];
}

export function detailedOrderFacts(order: OrderWithDetails): readonly unknown[] {
  return factsOfOrderAndDetails(order, order.details);
}

/** The same for an order whose details may be elsewhere, or none. */
export function factsOfOrderAndDetails(
  order: OrderLike,
  details: Iterable<DetailLike> | undefined,
): readonly unknown[] {
  const ofDetails = Array.from(details ?? [], ({ id, quantity, product }) => [id, quantity, productFacts(product)]);
  return [orderFacts(order), ofDetails];
}

function milliseconds(moment: OrderLike["orderedAt"]): number {
  if (typeof moment === "string") return Date.parse(moment);
  return moment instanceof Date ? moment.getTime() : moment.epochMilliseconds;
}
