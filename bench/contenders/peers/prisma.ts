// Prisma: plain objects by its query compiler, over an adapter of the driver. One connection.
import { type Contender, cycle, FOUND, INSERTED, LOADED, type Reads, workload, type Writes } from "../../contender.js";
import type { PrismaClient } from "../../.cache/prisma/postgresql/client.js";
import { ORDERS, type OrderValues } from "../../data.js";
import { detailedOrderFacts, orderFacts, productFacts } from "../../facts.js";
import { asDate, freshOrders } from "../inputs.js";
import type { DatabaseName, PeerContenders } from "../peers.js";
import { DETAILED_END, type RawReportLine, rawReportFacts, reportQuery } from "../raw-sql.js";
import { reportShapes } from "../report.js";
import { fileOf, storedDate } from "./drivers.js";

/** Rows of one INSERT. */
const INSERTED_AT_ONCE = 1_000;
/** Milliseconds that a transaction may take. */
const PATIENCE = 60_000;

export const contenders: PeerContenders = {
  async Prisma(database, url): Promise<Contender> {
    const client = database === "sqlite" ? await openSqlite(url) : await openPostgresql(url);
    await client.$connect();
    return {
      workloads: { ...reads(client, database), ...writes(client, database) },
      close: () => client.$disconnect(),
    };
  },
};

async function openPostgresql(url: string): Promise<PrismaClient> {
  const { PrismaPg } = await import("@prisma/adapter-pg");
  const { PrismaClient } = await import("../../.cache/prisma/postgresql/client.js");
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 1 }) });
}

async function openSqlite(url: string): Promise<PrismaClient> {
  const { PrismaBetterSqlite3 } = await import("@prisma/adapter-better-sqlite3");
  const { PrismaClient: Client } = await import("../../.cache/prisma/sqlite/client.js");
  const client = new Client({ adapter: new PrismaBetterSqlite3({ url: `file:${fileOf(url)}` }) });
  await client.$queryRawUnsafe("PRAGMA synchronous = OFF");
  // The same methods; only the type of the dates differs, which facts take as text too.
  return client as unknown as PrismaClient;
}

function loadOrders(client: Pick<PrismaClient, "order">, end: number) {
  return client.order.findMany({ where: { id: { gte: 1, lt: end } }, orderBy: { id: "asc" } });
}

function reads(client: PrismaClient, database: DatabaseName): Reads {
  const nextKey = cycle(ORDERS);
  const nextShape = reportShapes();
  const placeholder = database === "sqlite" ? () => "?" : (position: number) => `$${position}`;
  return {
    W1: workload(() => client.order.findUniqueOrThrow({ where: { id: nextKey() } }), orderFacts),
    W2: workload(
      () => loadOrders(client, 1 + LOADED),
      (orders) => orders.map(orderFacts),
    ),
    W3: workload(
      () => loadOrders(client, 1 + ORDERS),
      (orders) => orders.map(orderFacts),
    ),
    W4: workload(
      () =>
        client.order.findMany({
          where: { id: { gte: 1, lt: DETAILED_END } },
          orderBy: { id: "asc" },
          include: { details: { orderBy: { id: "asc" }, include: { product: true } } },
        }),
      (orders) => orders.map(detailedOrderFacts),
    ),
    W5: workload(
      () =>
        client.product.findMany({
          where: { name: { contains: "bolt" } },
          orderBy: [{ price: "asc" }, { id: "asc" }],
          take: FOUND,
        }),
      (products) => products.map(productFacts),
    ),
    // It has no grouped joins: SQL by hand.
    W10: workload(() => {
      const { sql, parameters } = reportQuery(nextShape(), placeholder);
      return client.$queryRawUnsafe<RawReportLine[]>(sql, ...parameters);
    }, rawReportFacts),
  };
}

function writes(client: PrismaClient, database: DatabaseName): Writes {
  const fresh = freshOrders(asDate);
  const rowOf = (order: OrderValues<Date>) => ({ ...order, orderedAt: storedDate(database, order.orderedAt) });
  return {
    W6: workload(
      () =>
        client.$transaction(
          async (transaction) => {
            const ids: number[] = [];
            for (let from = 0; from < INSERTED; from += INSERTED_AT_ONCE) {
              const data = fresh()
                .all.slice(from, from + INSERTED_AT_ONCE)
                .map(rowOf);
              const rows = await transaction.order.createManyAndReturn({ data, select: { id: true } });
              for (const { id } of rows) ids.push(id);
            }
            return ids;
          },
          { timeout: PATIENCE },
        ),
      (ids) => ids,
    ),
    W7: workload(
      async () => {
        const ids: number[] = [];
        for (const order of fresh().few) {
          ids.push((await client.order.create({ data: rowOf(order), select: { id: true } })).id);
        }
        return ids;
      },
      (ids) => ids,
    ),
    W8: workload(
      async () => {
        const orders = await loadOrders(client, 1 + LOADED);
        const updates = orders.map(({ id, freight }) =>
          client.order.update({ where: { id }, data: { freight: freight + 1 }, select: { id: true } }),
        );
        return (await client.$transaction(updates)).length;
      },
      (changed) => changed,
    ),
    W9: workload(
      async () => {
        const keys = (await loadOrders(client, 1 + LOADED)).map(({ id }) => id);
        return (await client.order.deleteMany({ where: { id: { in: keys } } })).count;
      },
      (deleted) => deleted,
    ),
  };
}
