// The shop's entities for TypeORM, described by schemas: its decorators do not run where types are only left out.
import { EntitySchema } from "typeorm";
import type { DatabaseName } from "../peers.js";

export class Customer {
  declare id: number;
  declare name: string;
  declare city: string;
}

export class Product {
  declare id: number;
  declare name: string;
  declare price: number;
}

export class Order {
  declare id: number;
  declare customerId: number;
  declare employeeId: number;
  /** Text on SQLite. */
  declare orderedAt: Date | string;
  declare freight: number;
  declare shipName: string;
  declare shipCity: string;
  declare shipCountry: string;
  declare customer: Customer;
  declare details: OrderDetail[];
}

export class OrderDetail {
  declare id: number;
  declare orderId: number;
  declare productId: number;
  declare quantity: number;
  declare order: Order;
  declare product: Product;
}

const id = { type: Number, primary: true, generated: true } as const;
const price = { type: "double precision" } as const;

export function defineShop(database: DatabaseName): EntitySchema[] {
  const customer = new EntitySchema<Customer>({
    name: "Customer",
    target: Customer,
    tableName: "customer",
    columns: { id, name: { type: String }, city: { type: String } },
  });
  const product = new EntitySchema<Product>({
    name: "Product",
    target: Product,
    tableName: "product",
    columns: { id, name: { type: String }, price },
  });
  const order = new EntitySchema<Order>({
    name: "Order",
    target: Order,
    tableName: "orders",
    columns: {
      id,
      customerId: { type: Number, name: "customer_id" },
      employeeId: { type: Number, name: "employee_id" },
      orderedAt: { type: database === "sqlite" ? "text" : "timestamptz", name: "ordered_at" },
      freight: price,
      shipName: { type: String, name: "ship_name" },
      shipCity: { type: String, name: "ship_city" },
      shipCountry: { type: String, name: "ship_country" },
    },
    relations: {
      customer: { type: "many-to-one", target: "Customer", joinColumn: { name: "customer_id" } },
      details: { type: "one-to-many", target: "OrderDetail", inverseSide: "order" },
    },
  });
  const orderDetail = new EntitySchema<OrderDetail>({
    name: "OrderDetail",
    target: OrderDetail,
    tableName: "order_detail",
    columns: {
      id,
      orderId: { type: Number, name: "order_id" },
      productId: { type: Number, name: "product_id" },
      quantity: { type: Number },
    },
    relations: {
      order: { type: "many-to-one", target: "Order", inverseSide: "details", joinColumn: { name: "order_id" } },
      product: { type: "many-to-one", target: "Product", joinColumn: { name: "product_id" } },
    },
  });
  return [customer, product, order, orderDetail];
}
