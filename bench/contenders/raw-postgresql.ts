// pg as a careful person uses it: named statements, so that each is parsed once; one transaction around each group of
// writes. `bulk` writes many rows with one statement, from arrays, where otherwise each row has a statement of its own.
import { Client } from "pg";
import {
  type Contender,
  cycle,
  FOUND,
  INSERTED,
  LOADED,
  type Reads,
  SEARCHED,
  workload,
  type Writes,
} from "../contender.js";
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

/** Rows of one INSERT with a VALUES list. */
const INSERTED_AT_ONCE = 1_000;

const INSERT = `INSERT INTO orders (${WRITTEN_COLUMNS})`;
const BULK_INSERT = `${INSERT} SELECT a, b, c, d, e, f, g
  FROM unnest($1::int[], $2::int[], $3::timestamptz[], $4::float8[], $5::text[], $6::text[], $7::text[])
  WITH ORDINALITY AS t (a, b, c, d, e, f, g, position) ORDER BY position RETURNING id`;
const BULK_UPDATE = `UPDATE orders SET freight = t.freight FROM unnest($1::int[], $2::float8[]) AS t (id, freight)
  WHERE orders.id = t.id`;

type Query = <Row extends object>(name: string, text: string, values?: readonly unknown[]) => Promise<Row[]>;

export async function createRawPostgresql(url: string, { bulk }: { readonly bulk: boolean }): Promise<Contender> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const query: Query = async <Row extends object>(name: string, text: string, values: readonly unknown[] = []) =>
    (await client.query<Row>({ name, text, values: [...values] })).rows;
  const single = singleWrites(query);
  return {
    workloads: { ...reads(query), ...single, ...(bulk ? bulkWrites(query) : {}) },
    close: () => client.end(),
  };
}

function selectRange(query: Query, end: number): Promise<OrderRow[]> {
  return query<OrderRow>("range", `SELECT ${ORDER_COLUMNS} FROM orders WHERE id >= $1 AND id < $2 ORDER BY id`, [
    1,
    end,
  ]);
}

function reads(query: Query): Reads {
  const byKey = `SELECT ${ORDER_COLUMNS} FROM orders WHERE id = $1`;
  const details = `SELECT ${DETAIL_COLUMNS} FROM order_detail d JOIN product p ON p.id = d.product_id
    WHERE d.order_id >= $1 AND d.order_id < $2 ORDER BY d.id`;
  const search = "SELECT id, name, price FROM product WHERE name LIKE $1 ORDER BY price, id LIMIT $2";
  const nextKey = cycle(ORDERS);
  const nextShape = reportShapes();
  return {
    W1: workload(
      () => query<OrderRow>("key", byKey, [nextKey()]),
      ([row]) => row && orderFacts(asOrder(row)),
    ),
    W2: workload(
      () => selectRange(query, 1 + LOADED),
      (rows) => rows.map(asOrder).map(orderFacts),
    ),
    W3: workload(
      () => selectRange(query, 1 + ORDERS),
      (rows) => rows.map(asOrder).map(orderFacts),
    ),
    W4: workload(
      async () => {
        const orders = await selectRange(query, DETAILED_END);
        return gather(orders, await query<DetailRow>("details", details, [1, DETAILED_END]));
      },
      (orders) => orders.map(gatheredOrderFacts),
    ),
    W5: workload(
      () => query<ProductLike>("search", search, [SEARCHED, FOUND]),
      (rows) => rows.map(productFacts),
    ),
    W10: workload(() => {
      const { sql, parameters } = reportQuery(nextShape(), (position) => `$${position}`);
      return query<RawReportLine>(`report ${sql.length}`, sql, parameters);
    }, rawReportFacts),
  };
}

function makeTransaction(query: Query): <R>(work: () => Promise<R>) => Promise<R> {
  return async (work) => {
    await query("begin", "BEGIN");
    const result = await work();
    await query("commit", "COMMIT");
    return result;
  };
}

/** The values of an order in the order of `WRITTEN_COLUMNS`. */
function valuesOf(order: OrderValues<Date>): readonly unknown[] {
  const { customerId, employeeId, orderedAt, freight, shipName, shipCity, shipCountry } = order;
  return [customerId, employeeId, orderedAt, freight, shipName, shipCity, shipCountry];
}

/** `($1, …, $7), ($8, …` for so many orders. */
function valuesList(count: number): string {
  const placeholders = Array.from({ length: count * 7 }, (_, index) => `$${index + 1}`);
  return Array.from({ length: count }, (_, row) => `(${placeholders.slice(row * 7, row * 7 + 7).join(", ")})`).join(
    ", ",
  );
}

function singleWrites(query: Query): Writes {
  const transaction = makeTransaction(query);
  const fresh = freshOrders(asDate);
  const insertMany = `${INSERT} VALUES ${valuesList(INSERTED_AT_ONCE)} RETURNING id`;
  const insertOne = `${INSERT} VALUES ${valuesList(1)} RETURNING id`;
  return {
    W6: workload(
      () =>
        transaction(async () => {
          const ids: number[] = [];
          for (let from = 0; from < INSERTED; from += INSERTED_AT_ONCE) {
            const values = fresh()
              .all.slice(from, from + INSERTED_AT_ONCE)
              .flatMap(valuesOf);
            for (const { id } of await query<{ id: number }>("insert many", insertMany, values)) ids.push(id);
          }
          return ids;
        }),
      (ids) => ids,
    ),
    W7: workload(
      async () => {
        const ids: number[] = [];
        for (const order of fresh().few) {
          const [row] = await transaction(() => query<{ id: number }>("insert", insertOne, valuesOf(order)));
          ids.push(row?.id ?? 0);
        }
        return ids;
      },
      (ids) => ids,
    ),
    W8: workload(
      async () => {
        const rows = await selectRange(query, 1 + LOADED);
        await transaction(async () => {
          for (const { id, freight } of rows) {
            await query("update", "UPDATE orders SET freight = $1 WHERE id = $2", [freight + 1, id]);
          }
        });
        return rows.length;
      },
      (changed) => changed,
    ),
    W9: workload(
      async () => {
        const rows = await selectRange(query, 1 + LOADED);
        await transaction(async () => {
          for (const { id } of rows) await query("delete", "DELETE FROM orders WHERE id = $1", [id]);
        });
        return rows.length;
      },
      (deleted) => deleted,
    ),
  };
}

function bulkWrites(query: Query): Omit<Writes, "W7"> {
  const transaction = makeTransaction(query);
  const fresh = freshOrders(asDate);
  return {
    W6: workload(
      () => {
        const rows = fresh().all.map(valuesOf);
        const columns = [0, 1, 2, 3, 4, 5, 6].map((index) => rows.map((values) => values[index]));
        return transaction(() => query<{ id: number }>("bulk insert", BULK_INSERT, columns));
      },
      (rows) => rows.map(({ id }) => id),
    ),
    W8: workload(
      async () => {
        const rows = await selectRange(query, 1 + LOADED);
        const changes = [rows.map(({ id }) => id), rows.map(({ freight }) => freight + 1)];
        await transaction(() => query("bulk update", BULK_UPDATE, changes));
        return rows.length;
      },
      (changed) => changed,
    ),
    W9: workload(
      async () => {
        const rows = await selectRange(query, 1 + LOADED);
        const keys = rows.map(({ id }) => id);
        await transaction(() => query("bulk delete", "DELETE FROM orders WHERE id = ANY ($1::int[])", [keys]));
        return rows.length;
      },
      (deleted) => deleted,
    ),
  };
}
