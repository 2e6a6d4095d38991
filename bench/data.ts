// The benchmark's data set: made from a fixed seed, so that every contender and every run sees the same rows.
import Database from "better-sqlite3";

export const CUSTOMERS = 1_000;
export const ORDERS = 50_000;

/** One order as plain values, in the order of the table's columns after `id`. */
export interface OrderValues<D> {
  readonly customerId: number;
  readonly employeeId: number;
  readonly orderedAt: D;
  readonly freight: number;
  readonly shipName: string;
  readonly shipCity: string;
  readonly shipCountry: string;
}

const cities = ["Aachen", "Bern", "Cork", "Graz", "Lyon", "Oulu", "Porto", "Sevilla", "Torino", "Århus"];
const countries = ["Austria", "Denmark", "Finland", "France", "Germany", "Ireland", "Italy", "Portugal", "Spain"];

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

/** Writes the data set into a new SQLite file at `path`. */
export function createDatabase(path: string): void {
  const database = new Database(path);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = OFF");
  database.exec(`
    CREATE TABLE customer (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(80) NOT NULL, city VARCHAR(40) NOT NULL);
    CREATE TABLE orders (
      id INTEGER NOT NULL PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (id),
      employee_id INTEGER NOT NULL, ordered_at TIMESTAMP NOT NULL, freight DOUBLE NOT NULL,
      ship_name VARCHAR(80) NOT NULL, ship_city VARCHAR(40) NOT NULL, ship_country VARCHAR(40) NOT NULL
    );
    CREATE INDEX orders_customer_id_idx ON orders (customer_id);
  `);
  const customer = database.prepare("INSERT INTO customer (name, city) VALUES (?, ?)");
  const order = database.prepare(
    `INSERT INTO orders (customer_id, employee_id, ordered_at, freight, ship_name, ship_city, ship_country)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  database.transaction(() => {
    for (let index = 0; index < CUSTOMERS; index++) customer.run(`Customer ${index}`, cities[index % cities.length]);
    for (const row of makeOrders(ORDERS, 1, String)) {
      order.run(
        row.customerId,
        row.employeeId,
        row.orderedAt,
        row.freight,
        row.shipName,
        row.shipCity,
        row.shipCountry,
      );
    }
  })();
  database.close();
}
