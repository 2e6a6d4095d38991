// What rows hold beside whole objects: bundles of columns, and objects from statements that say nothing of classes.
import { aliased, bundle, fromStatement, insert, Integer, joinedload, select, selectinload, Text, text } from "athanor";
import { describe, expect, it } from "vitest";
import { Address, User } from "../relationships/models/index.js";
import { fill, openShop, type Shop } from "../relationships/shop.js";

function filled(): Shop {
  const shop = openShop();
  fill(shop.session);
  shop.session.expungeAll();
  shop.sent();
  return shop;
}

describe("a bundle", () => {
  it("gives its columns together, beside objects and columns", () => {
    const { session, sent } = filled();
    const query = select(bundle("person", User.id, User.name), Address, Address.emailAddress)
      .join(User.addresses)
      .orderBy(Address.id);
    const rows = session.execute(query).all();
    expect(rows.map(({ person }) => JSON.stringify(person))).toEqual([
      '{"id":1,"name":"ann"}',
      '{"id":1,"name":"ann"}',
    ]);
    const name: string | undefined = rows[0]?.person.name;
    expect([name, rows[1]?.Address.emailAddress, rows[1]?.emailAddress]).toEqual(["ann", "a2", "a2"]);
    expect(sent()).toEqual([
      "SELECT user_account.id, user_account.name, address.id, address.email_address, address.user_id, " +
        "address.email_address \nFROM user_account JOIN address ON user_account.id = address.user_id ORDER BY address.id",
    ]);
  });

  it("reads from every table of its columns, and from aliases", () => {
    const { session } = filled();
    const other = aliased(User, "other");
    const pair = bundle("pair", User.name, Address.emailAddress);
    const rows = session.execute(select(pair).where(Address.userId.eq(User.id)).orderBy(Address.id)).all();
    expect(rows.map(({ pair: each }) => [each.name, each.emailAddress])).toEqual([
      ["ann", "a1"],
      ["ann", "a2"],
    ]);
    const others = session.execute(select(bundle("one", other.name)).where(other.id.eq(2))).all();
    expect(others.map((row) => row.one.name)).toEqual(["bob"]);
  });

  it("stays together around a subquery", () => {
    const { session } = filled();
    const query = select(User, bundle("person", User.name))
      .options(joinedload(User.addresses))
      .orderBy(User.id)
      .limit(1);
    const [row] = session.execute(query).unique().all();
    expect([row?.person.name, row?.User.addresses.length]).toEqual(["ann", 2]);
  });

  it("has a name for each column", () => {
    expect(() => bundle("both", User.id, Address.id)).toThrow("bundle(\"both\", …) has two columns 'id'");
    // @ts-expect-error a relationship is no column
    expect(() => bundle("no", User.addresses)).toThrow("bundle() takes columns such as User.name");
  });
});

describe("objects from another statement", () => {
  const types = { id: Integer().type, name: Text().type };

  it("of text: columns find their properties by name, in any order", () => {
    const { session, sent } = filled();
    const statement = text("SELECT name, id FROM user_account WHERE name = :name").columns({
      name: types.name,
      id: types.id,
    });
    const users = session.scalars(fromStatement(select(User), statement), { name: "bob" }).all();
    expect(users.map((user) => [user.id, user.name])).toEqual([[2, "bob"]]);
    expect(session.get(User, 2)).toBe(users[0]);
    expect(sent()).toHaveLength(1);
  });

  it("with what their options load, and the missing columns at access", () => {
    const { session, sent } = filled();
    const statement = text("SELECT id FROM user_account ORDER BY id").columns({ id: types.id });
    const query = fromStatement(select(User).options(selectinload(User.addresses)), statement);
    const users = session.scalars(query).all();
    expect(users.map((user) => user.addresses.length)).toEqual([2, 0]);
    sent();
    expect(users[0]?.name).toBe("ann");
    expect(sent()).toHaveLength(1);
  });

  it("of a write that gives its rows back", () => {
    const { session } = filled();
    const statement = insert(User).values({ name: "cy" }).returning(User.id, User.name);
    const [cy] = session.scalars(fromStatement(select(User), statement)).all();
    expect([cy?.id, cy?.name, cy?.addresses.length]).toEqual([3, "cy", 0]);
  });

  it("needs the key, and to know the columns", () => {
    const { session } = filled();
    const keyless = text("SELECT name FROM user_account").columns({ name: types.name });
    expect(() => session.scalars(fromStatement(select(User), keyless))).toThrow(
      "The statement's rows have no column 'id': objects of User are known by it. They have name",
    );
    expect(() => fromStatement(select(User), text("SELECT 1"))).toThrow("state it, text(…).columns({ … })");
    // @ts-expect-error a select of columns is no class
    expect(() => fromStatement(select(User.id), keyless)).toThrow("takes a select of one class first");
  });
});
