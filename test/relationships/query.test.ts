// The older query style, and UPDATE and DELETE statements given to a session.
import {
  deleteFrom,
  func,
  inspect,
  InvalidRequestError,
  insert,
  joinedload,
  MultipleResultsFoundError,
  NoResultFoundError,
  select,
  update,
} from "athanor";
import { describe, expect, it } from "vitest";
import { Address, Group, Place, User } from "./models/index.js";
import { fill, openShop, type Shop } from "./shop.js";

const labelled =
  "SELECT user_account.id AS user_account_id, user_account.name AS user_account_name \nFROM user_account";

function filled(): Shop & { ann: User; bob: User } {
  const shop = openShop();
  const users = fill(shop.session);
  shop.sent();
  return { ...shop, ...users };
}

describe("reading", () => {
  it("all, first, one, oneOrNull, scalar and iteration", () => {
    const { session, ann, bob, sent } = filled();
    const query = session.query(User).orderBy(User.id);
    expect(query.all()).toEqual([ann, bob]);
    expect([...query]).toEqual([ann, bob]);
    sent();
    expect(query.first()).toBe(ann);
    expect(sent()).toEqual([`${labelled} ORDER BY user_account.id\n LIMIT ? OFFSET ? [1, 0]`]);
    expect(query.filter(User.name.eq("bob")).one()).toBe(bob);
    expect(query.filterBy({ name: "nobody" }).oneOrNull()).toBeNull();
    expect(() => query.one()).toThrow(MultipleResultsFoundError);
    expect(() => query.filterBy({ name: "nobody" }).one()).toThrow(NoResultFoundError);
    expect(session.query(func.count(User.id)).scalar()).toBe(2);
    expect(query.offset(1).limit(1).all()).toEqual([bob]);
  });

  it("columns give rows", () => {
    const { session, sent } = filled();
    const rows = session.query(User.id, User.name).filter(User.name.ne("x")).orderBy(User.id).all();
    expect(rows.map((row) => [row.id, row[1]])).toEqual([
      [1, "ann"],
      [2, "bob"],
    ]);
    expect(sent()).toEqual([`${labelled} \nWHERE user_account.name != ? ORDER BY user_account.id ['x']`]);
    const pairs = session.query(User, Address.emailAddress).join(User.addresses).orderBy(Address.id).all();
    expect(pairs.map((row) => [row.User.name, row.emailAddress])).toEqual([
      ["ann", "a1"],
      ["ann", "a2"],
    ]);
    expect(
      session
        .query(User)
        .withEntities(User.name)
        .distinct()
        .all()
        .map((row) => row.name)
        .toSorted(),
    ).toEqual(["ann", "bob"]);
  });

  it("objects come without duplicates", () => {
    const { session, ann } = filled();
    expect(session.query(User).join(User.addresses).all()).toEqual([ann]);
    expect(session.query(User).options(joinedload(User.addresses)).all()).toHaveLength(2);
    expect(session.query(User).options(joinedload(User.addresses)).first()).toBe(ann);
  });

  it("join by class, by relationship, outer", () => {
    const { session, sent } = filled();
    session.query(Address).join(User).filter(User.name.eq("ann")).all();
    session.query(Address).join(Address.user).filter(User.name.eq("ann")).all();
    const [first, second] = sent();
    expect(first).toBe(second);
    expect(first).toBe(
      "SELECT address.id AS address_id, address.email_address AS address_email_address, " +
        "address.user_id AS address_user_id \nFROM address JOIN user_account ON user_account.id = address.user_id \n" +
        "WHERE user_account.name = ? ['ann']",
    );
    expect(session.query(User, Address).outerJoin(User.addresses).all()).toHaveLength(3);
  });

  it("count and exists", () => {
    const { session, sent } = filled();
    expect(session.query(User).filter(User.id.gt(1)).count()).toBe(1);
    expect(sent()).toEqual([
      `SELECT count(*) AS count_1 \nFROM (${labelled} \nWHERE user_account.id > ?) AS anon_1 [1]`,
    ]);
    const exists = session.query(User).filter(User.name.eq("ann")).exists();
    expect(session.query(exists).scalar()).toBe(true);
    expect(sent()).toEqual([
      "SELECT EXISTS (SELECT 1 \nFROM user_account \nWHERE user_account.name = ?) AS anon_1 ['ann']",
    ]);
  });

  it("get by key", () => {
    const { session, ann } = filled();
    expect(session.query(User).get(1)).toBe(ann);
    expect(session.query(User).get(99)).toBeNull();
    session.add(new Place({ country: 1, town: 2 }));
    expect(session.query(Place).get([1, 2])?.town).toBe(2);
    expect(() => session.query(User.id).get(1 as never)).toThrow(/takes a query of one class/);
  });

  it("prints its SQL, and is a statement of its own", () => {
    const { session } = filled();
    const query = session.query(User).filter(User.name.eq("ann"));
    expect(String(query)).toBe(`${labelled} \nWHERE user_account.name = :name_1`);
  });
});

describe("update and delete", () => {
  it("the session's objects follow an update", () => {
    const { session, ann, bob, sent } = filled();
    expect([ann.name, bob.name]).toEqual(["ann", "bob"]);
    expect(session.query(User).filter(User.name.eq("ann")).update({ name: "anna" })).toBe(1);
    sent();
    expect(bob.name).toBe("bob");
    expect(sent()).toEqual([]);
    expect(ann.name).toBe("anna");
    session.execute(
      update(User)
        .where(User.id.eq(2))
        .values({ name: User.name.concat("!") }),
    );
    expect(bob.name).toBe("bob!");
  });

  it("pending changes are written before it", () => {
    const { session, ann, sent } = filled();
    ann.name = "anna";
    sent();
    expect(session.query(User).filter(User.name.eq("anna")).update({ name: "x" })).toBe(1);
    expect(sent()[0]).toMatch(/^UPDATE user_account SET name=\? WHERE user_account.id = \? \['anna', 1\]/);
    expect(ann.name).toBe("x");
  });

  it("a relationship over the assigned column is read anew", () => {
    const { session, ann, bob } = filled();
    const [address] = ann.addresses;
    expect(address?.user).toBe(ann);
    session.query(Address).filter(Address.id.eq(1)).update({ userId: 2 });
    expect(address?.user).toBe(bob);
  });

  it("the session's objects follow a delete, and its rollback", () => {
    const { session, ann } = filled();
    const [first, second] = ann.addresses;
    if (first === undefined || second === undefined) throw new RangeError("no addresses");
    expect(session.query(Address).filter(Address.id.eq(first.id)).delete()).toBe(1);
    expect([inspect(first).deleted, inspect(second).persistent]).toEqual([true, true]);
    expect(session.has(first)).toBe(false);
    session.rollback();
    expect(inspect(first).persistent).toBe(true);
    expect(first.emailAddress).toBe("a1");
    session.execute(deleteFrom(Address).where(Address.id.eq(1)));
    session.commit();
    expect(inspect(first).detached).toBe(true);
  });

  it("nothing is asked where the session holds no object of the class", () => {
    const { session, sent } = filled();
    session.expungeAll();
    session.query(Address).delete();
    expect(sent()).toEqual(["DELETE FROM address"]);
  });

  it("RETURNING gives objects", () => {
    const { session, ann } = filled();
    const row = session.execute(update(User).where(User.id.eq(1)).values({ name: "anna" }).returning(User)).one();
    expect(row.User).toBe(ann);
    expect(ann.name).toBe("anna");
    const group = session.scalars(insert(Group).values({ title: "new" }).returning(Group)).one();
    expect(session.get(Group, group.id)).toBe(group);
    expect(group.title).toBe("new");
  });

  it("only plain conditions are taken", () => {
    const { session } = filled();
    expect(() => session.query(User).limit(1).delete()).toThrow(InvalidRequestError);
    expect(() => session.query(User).orderBy(User.id).update({ name: "x" })).toThrow(
      /cannot be combined with orderBy\(\)/,
    );
    expect(() => session.query(User).join(User.addresses).delete()).toThrow(/cannot be combined with join\(\)/);
    expect(session.scalars(select(User)).all()).toHaveLength(2);
  });
});
