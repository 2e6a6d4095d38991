// drizzle's workloads that read, with statements that are written anew each time, and with prepared ones.
import { sql } from "drizzle-orm";
import { cycle, LOADED, type Reads, workload } from "../../contender.js";
import { ORDERS } from "../../data.js";
import { detailedOrderFacts, orderFacts, productFacts } from "../../facts.js";
import { rawReportFacts } from "../raw-sql.js";
import { reportShapes } from "../report.js";
import {
  orderByKey,
  ordersBefore,
  ordersWithDetails,
  reportQuery,
  searchProducts,
  type Shop,
} from "./drizzle-queries.js";

export function dynamicReads(shop: Shop): Reads {
  const nextKey = cycle(ORDERS);
  const nextShape = reportShapes();
  return {
    W1: workload(
      async () => (await orderByKey(shop, nextKey()))[0],
      (order) => order && orderFacts(order),
    ),
    W2: workload(
      () => ordersBefore(shop, 1 + LOADED).execute(),
      (orders) => orders.map(orderFacts),
    ),
    W3: workload(
      () => ordersBefore(shop, 1 + ORDERS).execute(),
      (orders) => orders.map(orderFacts),
    ),
    W4: workload(
      () => ordersWithDetails(shop).execute(),
      (orders) => orders.map(detailedOrderFacts),
    ),
    W5: workload(
      () => searchProducts(shop).execute(),
      (products) => products.map(productFacts),
    ),
    W10: workload(() => reportQuery(shop, nextShape()).execute(), rawReportFacts),
  };
}

export function preparedReads(shop: Shop): Reads {
  const nextKey = cycle(ORDERS);
  const nextShape = reportShapes();
  const byKey = orderByKey(shop, sql.placeholder("key")).prepare("key");
  const range = ordersBefore(shop, sql.placeholder("end")).prepare("range");
  const detailed = ordersWithDetails(shop).prepare("detailed");
  const search = searchProducts(shop).prepare("search");
  const reports = new Map<string, { execute(): Promise<Parameters<typeof rawReportFacts>[0]> }>();
  return {
    W1: workload(
      async () => (await byKey.execute({ key: nextKey() }))[0],
      (order) => order && orderFacts(order),
    ),
    W2: workload(
      () => range.execute({ end: 1 + LOADED }),
      (orders) => orders.map(orderFacts),
    ),
    W3: workload(
      () => range.execute({ end: 1 + ORDERS }),
      (orders) => orders.map(orderFacts),
    ),
    W4: workload(
      () => detailed.execute(),
      (orders) => orders.map(detailedOrderFacts),
    ),
    W5: workload(
      () => search.execute(),
      (products) => products.map(productFacts),
    ),
    W10: workload(() => {
      const filters = nextShape();
      const shape = JSON.stringify(filters);
      let report = reports.get(shape);
      if (report === undefined) reports.set(shape, (report = reportQuery(shop, filters).prepare(shape)));
      return report.execute();
    }, rawReportFacts),
  };
}
