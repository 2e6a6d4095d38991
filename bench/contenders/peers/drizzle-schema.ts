// The shop's tables for drizzle, which has functions of their own for each database. Dates are text on SQLite.
import { relations } from "drizzle-orm";
import { doublePrecision, integer, pgTable, serial, timestamp, varchar } from "drizzle-orm/pg-core";
import * as sqlite from "drizzle-orm/sqlite-core";

const customer = pgTable("customer", { id: serial().primaryKey(), name: varchar(), city: varchar() });
const product = pgTable("product", {
  id: serial().primaryKey(),
  name: varchar().notNull(),
  price: doublePrecision().notNull(),
});
const orders = pgTable("orders", {
  id: serial().primaryKey(),
  customerId: integer("customer_id").notNull(),
  employeeId: integer("employee_id").notNull(),
  orderedAt: timestamp("ordered_at", { withTimezone: true }).notNull(),
  freight: doublePrecision().notNull(),
  shipName: varchar("ship_name").notNull(),
  shipCity: varchar("ship_city").notNull(),
  shipCountry: varchar("ship_country").notNull(),
});
const orderDetail = pgTable("order_detail", {
  id: serial().primaryKey(),
  orderId: integer("order_id").notNull(),
  productId: integer("product_id").notNull(),
  quantity: integer().notNull(),
});

export const postgresqlSchema = {
  customer,
  product,
  orders,
  orderDetail,
  orderRelations: relations(orders, ({ many }) => ({ details: many(orderDetail) })),
  detailRelations: relations(orderDetail, ({ one }) => ({
    order: one(orders, { fields: [orderDetail.orderId], references: [orders.id] }),
    product: one(product, { fields: [orderDetail.productId], references: [product.id] }),
  })),
};

const sqliteCustomer = sqlite.sqliteTable("customer", {
  id: sqlite.integer().primaryKey(),
  name: sqlite.text(),
  city: sqlite.text(),
});
const sqliteProduct = sqlite.sqliteTable("product", {
  id: sqlite.integer().primaryKey(),
  name: sqlite.text().notNull(),
  price: sqlite.real().notNull(),
});
const sqliteOrders = sqlite.sqliteTable("orders", {
  id: sqlite.integer().primaryKey(),
  customerId: sqlite.integer("customer_id").notNull(),
  employeeId: sqlite.integer("employee_id").notNull(),
  orderedAt: sqlite.text("ordered_at").notNull(),
  freight: sqlite.real().notNull(),
  shipName: sqlite.text("ship_name").notNull(),
  shipCity: sqlite.text("ship_city").notNull(),
  shipCountry: sqlite.text("ship_country").notNull(),
});
const sqliteDetail = sqlite.sqliteTable("order_detail", {
  id: sqlite.integer().primaryKey(),
  orderId: sqlite.integer("order_id").notNull(),
  productId: sqlite.integer("product_id").notNull(),
  quantity: sqlite.integer().notNull(),
});

export const sqliteSchema = {
  customer: sqliteCustomer,
  product: sqliteProduct,
  orders: sqliteOrders,
  orderDetail: sqliteDetail,
  orderRelations: relations(sqliteOrders, ({ many }) => ({ details: many(sqliteDetail) })),
  detailRelations: relations(sqliteDetail, ({ one }) => ({
    order: one(sqliteOrders, { fields: [sqliteDetail.orderId], references: [sqliteOrders.id] }),
    product: one(sqliteProduct, { fields: [sqliteDetail.productId], references: [sqliteProduct.id] }),
  })),
};
