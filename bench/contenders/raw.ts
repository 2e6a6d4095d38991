// The raw driver as a careful person uses it: prepared statements kept, one transaction around each group of writes.
import Database from "better-sqlite3";
import { type Contender, INSERTED, LOADED } from "../contender.js";
import { makeOrders, ORDERS } from "../data.js";

interface OrderRow {
  id: number;
  freight: number;
}

export function createRaw(path: string): Contender {
  const database = new Database(path);
  database.pragma("synchronous = OFF");
  const columns = "id, customer_id, employee_id, ordered_at, freight, ship_name, ship_city, ship_country";
  const byKey = database.prepare<[number], OrderRow>(`SELECT ${columns} FROM orders WHERE id = ?`);
  const range = database.prepare<[number, number], OrderRow>(`SELECT ${columns} FROM orders WHERE id >= ? AND id < ?`);
  const insert = database.prepare(
    `INSERT INTO orders (customer_id, employee_id, ordered_at, freight, ship_name, ship_city, ship_country)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare("UPDATE orders SET freight = ? WHERE id = ?");
  // A program holds its dates as dates, and writes their text itself where no library does.
  const fresh = makeOrders(INSERTED, 2, (text) => new Date(text));
  let key = 0;
  return {
    run: {
      W1: () => {
        key = (key % ORDERS) + 1;
        return byKey.get(key)?.id ?? 0;
      },
      W2: () => range.all(1, 1 + LOADED).length,
      W3: () => range.all(1, 1 + ORDERS).length,
      W6: () => {
        let last = 0;
        const ids: number[] = [];
        database.exec("BEGIN");
        for (const order of fresh) {
          const { customerId, employeeId, freight, shipName, shipCity, shipCountry } = order;
          const orderedAt = order.orderedAt.toISOString();
          last = Number(
            insert.run(customerId, employeeId, orderedAt, freight, shipName, shipCity, shipCountry).lastInsertRowid,
          );
          ids.push(last);
        }
        database.exec("COMMIT");
        return ids.length + last;
      },
      W8: () => {
        const rows = range.all(1, 1 + LOADED);
        database.exec("BEGIN");
        let changed = 0;
        for (const row of rows) changed += update.run(row.freight + 1, row.id).changes;
        database.exec("COMMIT");
        return changed;
      },
    },
    close: () => database.close(),
  };
}
