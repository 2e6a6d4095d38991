// The shop's entities for MikroORM. An order's customer stays a key, as the workloads ask for no more of it.
import { defineEntity, p } from "@mikro-orm/core";
import type { DatabaseName } from "../peers.js";

/** Dates are text on SQLite, where the library's own type would be a number. */
export function defineShop(database: DatabaseName) {
  const orderedAt = database === "sqlite" ? p.string().$type<Date | string>() : p.datetime().$type<Date | string>();
  const Customer = defineEntity({
    name: "Customer",
    tableName: "customer",
    properties: { id: p.integer().primary(), name: p.string(), city: p.string() },
  });
  const Product = defineEntity({
    name: "Product",
    tableName: "product",
    properties: { id: p.integer().primary(), name: p.string(), price: p.float() },
  });
  const Order = defineEntity({
    name: "Order",
    tableName: "orders",
    properties: {
      id: p.integer().primary(),
      customerId: () => p.manyToOne(Customer).fieldName("customer_id").mapToPk(),
      employeeId: p.integer().fieldName("employee_id"),
      orderedAt: orderedAt.fieldName("ordered_at"),
      freight: p.float(),
      shipName: p.string().fieldName("ship_name"),
      shipCity: p.string().fieldName("ship_city"),
      shipCountry: p.string().fieldName("ship_country"),
      details: () => p.oneToMany(OrderDetail).mappedBy("order"),
    },
  });
  const OrderDetail = defineEntity({
    name: "OrderDetail",
    tableName: "order_detail",
    properties: {
      id: p.integer().primary(),
      order: () => p.manyToOne(Order).fieldName("order_id"),
      product: () => p.manyToOne(Product).fieldName("product_id"),
      quantity: p.integer(),
    },
  });
  return { Customer, Product, Order, OrderDetail };
}
