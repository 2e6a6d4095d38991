// The benchmark's data set: made from a fixed seed, so that every contender and every run sees the same rows.

export const CUSTOMERS = 1_000;
export const PRODUCTS = 2_000;
export const ORDERS = 50_000;
export const DETAILS_PER_ORDER = 3;

/** One order as plain values, in the order of the table's columns after `id`. No interface: statements take records. */
export type OrderValues<D> = {
  readonly customerId: number;
  readonly employeeId: number;
  readonly orderedAt: D;
  readonly freight: number;
  readonly shipName: string;
  readonly shipCity: string;
  readonly shipCountry: string;
};

const cities = ["Aachen", "Bern", "Cork", "Graz", "Lyon", "Oulu", "Porto", "Sevilla", "Torino", "Århus"];
const countries = ["Austria", "Denmark", "Finland", "France", "Germany", "Ireland", "Italy", "Portugal", "Spain"];
const wares = ["bolt", "nut", "screw", "washer", "rivet", "hinge", "bracket"];

/** A small generator of pseudo-random numbers in [0, 1) (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `count` orders; the same `seed` gives the same orders. `date` makes a date of its text. */
export function makeOrders<D>(count: number, seed: number, date: (text: string) => D): OrderValues<D>[] {
  const random = randomNumbers(seed);
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? "";
  return Array.from({ length: count }, (_, index) => ({
    customerId: 1 + Math.floor(random() * CUSTOMERS),
    employeeId: 1 + Math.floor(random() * 9),
    orderedAt: date(new Date(Date.UTC(2024, 0, 1) + index * 60_000).toISOString().replace("Z", "000Z")),
    freight: Math.round(random() * 100_000) / 100,
    shipName: `Ship ${index} of ${pick(cities)}`,
    shipCity: pick(cities),
    shipCountry: pick(countries),
  }));
}

export function makeCustomers(): { readonly name: string; readonly city: string }[] {
  return Array.from({ length: CUSTOMERS }, (_, index) => ({
    name: `Customer ${index}`,
    city: cities[index % cities.length] ?? "",
  }));
}

export function makeProducts(): { readonly name: string; readonly price: number }[] {
  const random = randomNumbers(3);
  return Array.from({ length: PRODUCTS }, (_, index) => ({
    name: `Steel ${wares[index % wares.length] ?? ""} ${index}`,
    price: Math.round(random() * 10_000) / 100,
  }));
}

/** The details of the orders 1 to `ORDERS`, in the order of their keys. */
export function makeDetails(): { readonly orderId: number; readonly productId: number; readonly quantity: number }[] {
  const random = randomNumbers(4);
  return Array.from({ length: ORDERS * DETAILS_PER_ORDER }, (_, index) => ({
    orderId: 1 + Math.floor(index / DETAILS_PER_ORDER),
    productId: 1 + Math.floor(random() * PRODUCTS),
    quantity: 1 + Math.floor(random() * 20),
  }));
}
