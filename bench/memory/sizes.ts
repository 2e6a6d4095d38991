// How large things are: what many of them add to the heap, by their number.
import { createEngine, Session } from "athanor";
import Database from "better-sqlite3";
import { allOrders } from "../contenders/athanor-statements.js";
import { asOrder, ORDER_COLUMNS, type OrderRow } from "../contenders/raw-sql.js";
import { ORDERS } from "../data.js";
import { Order } from "../generated/index.js";
import { collect } from "./collect.js";

/** Bytes of one of something. */
export interface Size {
  readonly what: string;
  readonly bytes: number;
}

const SESSIONS = 10_000;

/** Measures orders and sessions on the SQLite database at `url`. */
export function measureSizes(url: string): Size[] {
  const database = new Database(url.replace(/^sqlite:\/\/\//, ""), { readonly: true });
  const rows = database.prepare<[], OrderRow>(`SELECT ${ORDER_COLUMNS} FROM orders ORDER BY id`);
  const engine = createEngine(url);
  const load = (): { readonly session: Session; readonly orders: Order[] } => {
    const session = new Session(engine);
    return { session, orders: session.scalars(allOrders).all() };
  };
  try {
    return [
      { what: "the driver's row", bytes: sizeOf(ORDERS, () => rows.all()) },
      { what: "the same as a plain object with a `Date`", bytes: sizeOf(ORDERS, () => rows.all().map(withDate)) },
      { what: "an `Order` in a session, with its place in the identity map", bytes: sizeOf(ORDERS, load) },
      { what: "the same after each was changed", bytes: sizeOf(ORDERS, () => changed(load())) },
      { what: "a session that has done nothing", bytes: sizeOf(SESSIONS, () => sessions(engine, () => null)) },
      { what: "a session that has got one object", bytes: sizeOf(SESSIONS, () => sessions(engine, getFirst)) },
    ];
  } finally {
    engine.dispose();
    database.close();
  }
}

function withDate(row: OrderRow): object {
  return { ...asOrder(row), orderedAt: new Date(row.ordered_at) };
}

function changed<Loaded extends { readonly orders: Order[] }>(loaded: Loaded): Loaded {
  for (const order of loaded.orders) order.freight += 1;
  return loaded;
}

/** Sessions that give their connection back, as one that is kept between requests does. */
function sessions(engine: ReturnType<typeof createEngine>, work: (session: Session) => unknown): Session[] {
  return Array.from({ length: SESSIONS }, () => {
    const session = new Session(engine, { expireOnCommit: false });
    work(session);
    session.commit();
    return session;
  });
}

function getFirst(session: Session): Order | null {
  return session.get(Order, 1);
}

/** Bytes of the heap by `count` that what `make` gives holds; made twice, so that code and caches do not count. */
function sizeOf(count: number, make: () => object): number {
  make();
  const before = collect();
  const held = [make()];
  const bytes = collect() - before;
  // Looked at after the collection, so that it is still held there.
  if (held.length === 0) throw new Error("nothing is held");
  return bytes / count;
}
