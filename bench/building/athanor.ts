// The query with Athanor's Core, and what finding its compiled form costs.
import { collectBinds } from "../../runtime/sql/ast/collect-binds.js";
import type { StatementNode } from "../../runtime/sql/ast/nodes.js";
import { compileStatement } from "../../runtime/sql/compile/compile-statement.js";
import { elementOf } from "../../runtime/sql/build/element.js";
import { StatementCache } from "../../runtime/engine/statement-cache.js";
import { Double, func, Integer, MetaData, select, sqlite, Table, Varchar } from "../../runtime/index.js";
import type { Builder, Choice } from "./shapes.js";

const metadata = new MetaData();
const customer = new Table("customer", metadata, { id: Integer().primaryKey(), name: Varchar(80), city: Varchar(40) });
const orders = new Table("orders", metadata, {
  id: Integer().primaryKey(),
  customerId: Integer().named("customer_id").references("customer.id"),
  freight: Double(),
});
const detail = new Table("detail", metadata, {
  id: Integer().primaryKey(),
  orderId: Integer().named("order_id").references("orders.id"),
  quantity: Integer(),
  price: Double(),
});

function build({ city, least, byTotal }: Choice): unknown {
  let query = select(customer.c.city, func.count().label("lines"), func.sum(detail.c.price).label("total"))
    .selectFrom(customer)
    .join(orders)
    .join(detail)
    .where(orders.c.freight.gt(1))
    .groupBy(customer.c.city)
    .limit(10);
  if (city !== null) query = query.where(customer.c.city.ne(city));
  if (least !== null) query = query.where(detail.c.quantity.ge(least));
  return query.orderBy(byTotal ? "total" : "lines");
}

function nodeOf(query: unknown): StatementNode {
  const node = elementOf(query)?.node;
  if (node === undefined || node.kind !== "select") throw new Error("not a select");
  return node;
}

const cache = new StatementCache(500);

export const athanor: Builder & { readonly find: (query: unknown) => number } = {
  build,
  toSql: (query) => compileStatement(nodeOf(query), sqlite.sql).sql,
  /** What an execution does before it binds: the statement's key, its compiled form, its values. */
  find(query) {
    const node = nodeOf(query);
    return cache.get(node.key, () => compileStatement(node, sqlite.sql)).parameters.length + collectBinds(node).length;
  },
};
