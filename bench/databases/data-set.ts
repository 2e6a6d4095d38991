// Writes the data set into an empty database, and beside it what the keeper puts back after each writing operation.
import { createAsyncEngine, decodeInstant, insert, text } from "athanor";
import { LOADED } from "../contender.js";
import { makeCustomers, makeDetails, makeOrders, makeProducts, ORDERS } from "../data.js";
import { Customer, metadata, Order, OrderDetail, Product } from "../generated/index.js";

/** Creates the tables in the database at `url` and fills them; `afterwards` are statements for the database itself. */
export async function writeDataSet(url: string, afterwards: readonly string[]): Promise<void> {
  const orders = makeOrders(ORDERS, 1, decodeInstant);
  await using engine = createAsyncEngine(url);
  await metadata.createAll(engine);
  await engine.begin(async (connection) => {
    await connection.execute(insert(Customer), makeCustomers());
    await connection.execute(insert(Product), makeProducts());
    await connection.execute(insert(Order), orders);
    await connection.execute(insert(OrderDetail), makeDetails());
    await connection.execute(text(`CREATE TABLE kept_orders AS SELECT * FROM orders WHERE id <= ${LOADED}`));
    await connection.execute(text("CREATE UNIQUE INDEX kept_orders_id ON kept_orders (id)"));
    await connection.execute(
      text(`CREATE TABLE kept_order_detail AS SELECT * FROM order_detail WHERE order_id <= ${LOADED}`),
    );
  });
  await engine.connect(
    async (connection) => {
      for (const statement of afterwards) await connection.execute(text(statement));
    },
    { isolationLevel: "AUTOCOMMIT" },
  );
}
