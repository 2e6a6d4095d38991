// The session over the project's own example: cascades, orphans, one-to-one replacement, link rows with other columns,
// keys made of parents' keys, and everything at once.
import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FlushError, inspect, scopedSession, type Session, sessionmaker, text } from "athanor";
import { Address, Category, Group, metadata, Order, OrderLine, Product, Profile, User } from "../../generated/index.js";
import { openDatabase, type TestDatabase, writesIn } from "./support/database.js";

let database: TestDatabase;
let session: Session;
beforeEach(() => {
  database = openDatabase(metadata);
  session = database.session;
});
afterEach(() => database[Symbol.dispose]());

function writesOf(work: () => void): string[] {
  database.sent();
  work();
  return writesIn(database.sent()).map((statement) => statement.replace(/ (WHERE|VALUES|\().*/, ""));
}

function countOf(table: string): unknown {
  return session.execute(text<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)).scalar();
}

describe("cascades", () => {
  test("deleting a parent deletes its children first, loading them for it", () => {
    const user = new User({ name: "spongebob" });
    user.addresses.push(new Address({ emailAddress: "a@x.org" }), new Address({ emailAddress: "b@x.org" }));
    user.profile = new Profile({ biography: "cook" });
    user.groups.push(new Group({ name: "fry cooks" }));
    session.add(user);
    expect(session.new.size).toBe(5);
    session.commit();
    session.delete(user);
    expect(session.deleted.size).toBe(4);
    expect(writesOf(() => session.flush())).toEqual([
      "DELETE FROM membership",
      "DELETE FROM address",
      "DELETE FROM profile",
      "DELETE FROM user_account",
    ]);
    session.commit();
    expect([countOf("address"), countOf("app_group"), countOf("membership")]).toEqual([0, 1, 0]);
  });

  test("an orphan is deleted; one that found another parent is updated", () => {
    const [a, b] = [new User({ name: "a" }), new User({ name: "b" })];
    a.addresses.push(new Address({ emailAddress: "1" }), new Address({ emailAddress: "2" }));
    session.addAll([a, b]);
    session.commit();
    const [first, second] = a.addresses;
    expect(b.addresses).toHaveLength(0);
    if (first === undefined || second === undefined) throw new RangeError("two addresses");
    a.addresses.remove(first);
    b.addresses.push(second);
    expect(writesOf(() => session.flush())).toEqual(["UPDATE address SET user_id=?", "DELETE FROM address"]);
    expect([inspect(first).deleted, second.userId]).toEqual([true, b.id]);
    session.rollback();
    expect(a.addresses).toHaveLength(2);
  });

  test("a new orphan was never there", () => {
    const user = new User({ name: "a" });
    session.add(user);
    session.flush();
    const address = new Address({ emailAddress: "1" });
    user.addresses.push(address);
    expect(session.has(address)).toBe(true);
    user.addresses.remove(address);
    expect(session.has(address)).toBe(false);
    expect(writesOf(() => session.flush())).toEqual([]);
  });

  test("new children of a parent that is deleted are not written", () => {
    const user = new User({ name: "a" });
    session.add(user);
    session.commit();
    const [address, order] = [new Address({ emailAddress: "1" }), new Order({ customer: user })];
    user.addresses.push(address);
    session.delete(user);
    expect([inspect(address).transient, session.has(order)]).toEqual([true, false]);
    expect(writesOf(() => session.flush())).toEqual(["DELETE FROM user_account"]);
  });

  test("what is only related to an object of the session, and never added, is not written, with a warning", async () => {
    const warned = once(process, "warning");
    const user = new User({ name: "a" });
    session.add(user);
    session.commit();
    const order = new Order({ customer: user });
    expect(session.noAutoflush(() => [...user.orders])).toEqual([order]);
    session.flush();
    expect([session.has(order), countOf('"order"')]).toEqual([false, 0]);
    const [warning] = await warned;
    expect(String(warning)).toMatch(/User\.orders of User\(1\) holds Order\(.*session\.add\(\)/);
  });

  test("a one-to-one replacement takes over the row that has its key", () => {
    const user = new User({ name: "a" });
    user.profile = new Profile({ biography: "old" });
    session.add(user);
    session.commit();
    const old = user.profile;
    user.profile = new Profile({ biography: "new" });
    expect(writesOf(() => session.flush())).toEqual(["UPDATE profile SET biography=?, preferences=?, portrait=?"]);
    session.commit();
    expect([user.profile?.biography, countOf("profile")]).toEqual(["new", 1]);
    expect(old === null ? null : inspect(old).detached).toBe(true);
  });

  test("a parent whose children may not be without it is named", () => {
    const user = new User({ name: "a" });
    user.orders.push(new Order({}));
    session.add(user);
    session.commit();
    session.delete(user);
    expect(() => session.flush()).toThrow(FlushError);
    expect(() => session.flush()).toThrow(/order\.customer_id is NOT NULL/);
  });
});

describe("keys", () => {
  test("parts of a key come from parents, defaults from the database", () => {
    const product = new Product({ sku: "12345678", title: "Patty", price: "1.50" as never });
    const order = new Order({ customer: new User({ name: "a" }) });
    order.lines.push(
      new OrderLine({ position: 1, product, unitPrice: "1.50" as never }),
      new OrderLine({ position: 2, product, unitPrice: "1.40" as never, quantity: 3 }),
    );
    session.add(order);
    session.flush();
    expect([order.id, order.status, product.available]).toEqual([1n, "open", true]);
    expect(order.lines.map((line) => [line.orderId, line.position, line.quantity])).toEqual([
      [1n, 1, 1],
      [1n, 2, 3],
    ]);
    expect(session.get(OrderLine, [1n, 2])).toBe(order.lines[1]);
    session.commit();
    order.lines.remove(order.lines[0] as OrderLine);
    expect(writesOf(() => session.flush())).toEqual(["DELETE FROM order_line"]);
  });

  test("a tree moves and shrinks", () => {
    const root = new Category({ name: "root" });
    root.children.push(new Category({ name: "a" }), new Category({ name: "b" }));
    session.add(root);
    session.commit();
    const [a, b] = root.children;
    if (a === undefined || b === undefined) throw new RangeError("two children");
    b.parent = a;
    session.flush();
    expect([root.children.length, a.children[0]]).toEqual([1, b]);
    session.delete(a);
    session.flush();
    expect(b.parentId).toBeNull();
  });
});

describe("factories", () => {
  test("sessionmaker's begin commits and closes, or rolls back", () => {
    const make = sessionmaker({ bind: database.engine, expireOnCommit: false });
    const user = make.begin((each) => {
      const fresh = new User({ name: "a" });
      each.add(fresh);
      return fresh;
    });
    expect([inspect(user).detached, user.id]).toEqual([true, 1]);
    expect(() =>
      make.begin((each) => {
        each.add(new User({ name: "b" }));
        throw new RangeError("no");
      }),
    ).toThrow("no");
    expect(countOf("user_account")).toBe(1);
  });

  test("scopedSession gives each scope its own session and closes it", async () => {
    const scoped = scopedSession(sessionmaker({ bind: database.engine }));
    const outside = scoped.session;
    expect(scoped.session).toBe(outside);
    let inside: Session | undefined;
    await scoped.run(async (each) => {
      inside = each;
      await Promise.resolve();
      expect(scoped.session).toBe(each);
      each.add(new User({ name: "a" }));
      each.flush();
    });
    expect(inside).not.toBe(outside);
    expect(inside?.inTransaction).toBe(false);
    expect(countOf("user_account")).toBe(0);
    scoped.remove();
    expect(scoped.session).not.toBe(outside);
    scoped.remove();
  });
});
