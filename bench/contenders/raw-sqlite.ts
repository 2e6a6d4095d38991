// better-sqlite3 as a careful person uses it: prepared statements kept, one transaction around each group of writes.
import Database from "better-sqlite3";
import { type Contender, cycle, FOUND, LOADED, type Reads, SEARCHED, workload, type Writes } from "../contender.js";
import { ORDERS, type OrderValues } from "../data.js";
import { orderFacts, type ProductLike, productFacts } from "../facts.js";
import { type DetailRow, gather } from "./gather.js";
import { asDate, freshOrders } from "./inputs.js";
import {
  asOrder,
  DETAIL_COLUMNS,
  DETAILED_END,
  ORDER_COLUMNS,
  gatheredOrderFacts,
  type OrderRow,
  rawReportFacts,
  type RawReportLine,
  reportQuery,
  WRITTEN_COLUMNS,
} from "./raw-sql.js";
import { reportShapes } from "./report.js";

export function createRawSqlite(url: string): Contender {
  const database = new Database(url.replace(/^sqlite:\/\/\//, ""));
  database.pragma("synchronous = OFF");
  return {
    workloads: { ...reads(database), ...writes(database) },
    close: () => {
      database.close();
    },
  };
}

function reads(database: Database.Database): Reads {
  const byKey = database.prepare<[number], OrderRow>(`SELECT ${ORDER_COLUMNS} FROM orders WHERE id = ?`);
  const range = prepareRange(database);
  const details = database.prepare<[number, number], DetailRow>(
    `SELECT ${DETAIL_COLUMNS} FROM order_detail d JOIN product p ON p.id = d.product_id
     WHERE d.order_id >= ? AND d.order_id < ? ORDER BY d.id`,
  );
  const search = database.prepare<[string, number], ProductLike>(
    "SELECT id, name, price FROM product WHERE name LIKE ? ORDER BY price, id LIMIT ?",
  );
  const reports = new Map<string, Database.Statement<number[], RawReportLine>>();
  const runReport = (sql: string, parameters: number[]): RawReportLine[] => {
    let statement = reports.get(sql);
    if (statement === undefined) reports.set(sql, (statement = database.prepare(sql)));
    return statement.all(...parameters);
  };
  const nextKey = cycle(ORDERS);
  const nextShape = reportShapes();
  return {
    W1: workload(
      () => byKey.get(nextKey()),
      (row) => row && orderFacts(asOrder(row)),
    ),
    W2: workload(
      () => range.all(1, 1 + LOADED),
      (rows) => rows.map(asOrder).map(orderFacts),
    ),
    W3: workload(
      () => range.all(1, 1 + ORDERS),
      (rows) => rows.map(asOrder).map(orderFacts),
    ),
    W4: workload(
      () => gather(range.all(1, DETAILED_END), details.all(1, DETAILED_END)),
      (orders) => orders.map(gatheredOrderFacts),
    ),
    W5: workload(
      () => search.all(SEARCHED, FOUND),
      (rows) => rows.map(productFacts),
    ),
    W10: workload(() => {
      const { sql, parameters } = reportQuery(nextShape(), () => "?");
      return runReport(sql, parameters);
    }, rawReportFacts),
  };
}

function writes(database: Database.Database): Writes {
  const range = prepareRange(database);
  const insertion = database.prepare(`INSERT INTO orders (${WRITTEN_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const update = database.prepare("UPDATE orders SET freight = ? WHERE id = ?");
  const deletion = database.prepare("DELETE FROM orders WHERE id = ?");
  const begin = database.prepare("BEGIN");
  const commit = database.prepare("COMMIT");
  // A program holds its dates as dates, and writes their text itself where no library does.
  const fresh = freshOrders(asDate);
  const insert = (order: OrderValues<Date>): number => {
    const { customerId, employeeId, orderedAt, freight, shipName, shipCity, shipCountry } = order;
    const date = orderedAt.toISOString();
    const done = insertion.run(customerId, employeeId, date, freight, shipName, shipCity, shipCountry);
    return Number(done.lastInsertRowid);
  };
  const transaction = <R>(work: () => R): R => {
    begin.run();
    const result = work();
    commit.run();
    return result;
  };
  return {
    W6: workload(
      () => transaction(() => fresh().all.map(insert)),
      (ids) => ids,
    ),
    W7: workload(
      () => fresh().few.map((order) => transaction(() => insert(order))),
      (ids) => ids,
    ),
    W8: workload(
      () => {
        const rows = range.all(1, 1 + LOADED);
        return transaction(() => rows.map(({ id, freight }) => update.run(freight + 1, id).changes)).length;
      },
      (changed) => changed,
    ),
    W9: workload(
      () => {
        const rows = range.all(1, 1 + LOADED);
        return transaction(() => rows.map(({ id }) => deletion.run(id).changes)).length;
      },
      (deleted) => deleted,
    ),
  };
}

function prepareRange(database: Database.Database): Database.Statement<[number, number], OrderRow> {
  return database.prepare(`SELECT ${ORDER_COLUMNS} FROM orders WHERE id >= ? AND id < ? ORDER BY id`);
}
