// Criteria of a class reach every place where its rows are read: subqueries and CTEs in FROM, columns without objects,
// counts, what is updated and deleted, and what listeners add to every statement of a session.
import {
  aliased,
  deleteFrom,
  func,
  joinedload,
  listen,
  select,
  selectinload,
  subqueryload,
  text,
  union,
  update,
  withLoaderCriteria,
} from "athanor";
import { describe, expect, it } from "vitest";
import { Address, User } from "../relationships/models/index.js";
import { membership, note } from "../relationships/models/tables.js";
import { fill, openShop, type Shop } from "../relationships/shop.js";

const notAnn = withLoaderCriteria(User, User.name.ne("ann"));

/** ann with a1 and a2, bob with b1; nothing is held by the session. */
function filled(): Shop {
  const shop = openShop();
  fill(shop.session).bob.addresses.push(new Address({ emailAddress: "b1" }));
  shop.session.commit();
  shop.session.expungeAll();
  shop.sent();
  return shop;
}

function allNames({ session }: Shop): string[] {
  return session.scalars(select(User.name).orderBy(User.id)).all();
}

describe("criteria reach", () => {
  it("a subquery in FROM, and all that reads from it", () => {
    const { session, sent } = filled();
    const found = select(User.id, User.name).subquery("found");
    const statement = select(found.c.name)
      .join(Address, Address.userId.eq(found.c.id))
      .groupBy(found.c.name)
      .having(func.count().gt(0))
      .orderBy(found.c.name)
      .options(notAnn);
    expect(session.scalars(statement).all()).toEqual(["bob"]);
    expect(sent()).toEqual([
      "SELECT found.name \n" +
        "FROM (SELECT user_account.id, user_account.name \n" +
        "FROM user_account \nWHERE user_account.name != ?) AS found JOIN address ON address.user_id = found.id GROUP BY found.name \nHAVING count(*) > ? ORDER BY found.name ['ann', 0]",
    ]);
  });

  it("a CTE, however often it is used, and its recursive half", () => {
    const { session, sent } = filled();
    const found = select(User.id, User.name).cte("found");
    const other = found.alias("other");
    const pairs = select(found.c.name, other.c.name.label("second"))
      .join(other, other.c.id.ge(found.c.id))
      .options(notAnn);
    expect(
      session
        .execute(pairs)
        .all()
        .map((row) => [row.name, row.second]),
    ).toEqual([["bob", "bob"]]);
    expect(sent()[0]?.match(/!= \?/g)).toHaveLength(1);
    const first = select(User.id).where(User.id.eq(1)).cte("line", { recursive: true });
    const line = first.unionAll(select(User.id).join(first, User.id.eq(first.c.id.plus(1))));
    expect(session.scalars(select(line.c.id)).all()).toEqual([1, 2]);
    expect(session.scalars(select(line.c.id).options(notAnn)).all()).toEqual([]);
    expect(session.scalars(select(line.c.id).options(withLoaderCriteria(User, User.id.ne(2)))).all()).toEqual([1]);
  });

  it("each select of a set operation, beside its objects", () => {
    const { session } = filled();
    const both = union(select(User.name), select(User.name.concat("!").label("name")));
    expect(session.scalars(select(func.count()).selectFrom(both.subquery("b")).options(notAnn)).one()).toBe(2);
    const named = both.subquery("b");
    const users = select(User).join(named, named.c.name.eq(User.name)).options(notAnn, selectinload(User.addresses));
    expect(
      session
        .scalars(users)
        .all()
        .map((each) => each.addresses.length),
    ).toEqual([1]);
  });

  it("columns, counts and EXISTS without objects", () => {
    const { session } = filled();
    expect(session.scalars(select(User.name).options(notAnn)).all()).toEqual(["bob"]);
    const other = aliased(User, "other");
    expect(session.scalars(select(other.name).options(notAnn)).all()).toEqual(["bob"]);
    const query = session.query(User).options(notAnn);
    expect([query.count(), query.filter(User.name.eq("ann")).count()]).toEqual([1, 0]);
    expect(session.query(query.filter(User.name.eq("ann")).exists()).scalar()).toBe(false);
  });

  it("a select with criteria of its own, where it becomes a part of another", () => {
    const { session } = filled();
    const restricted = select(User.id).options(notAnn);
    const addresses = select(Address.emailAddress).orderBy(Address.id);
    expect(session.scalars(addresses.where(Address.userId.in(restricted))).all()).toEqual(["b1"]);
    const part = restricted.subquery("part");
    expect(session.scalars(addresses.join(part, part.c.id.eq(Address.userId))).all()).toEqual(["b1"]);
    expect(session.scalars(union(restricted, select(User.id).where(User.id.gt(9)))).all()).toEqual([2]);
  });

  it("what is updated and deleted, and what decides about it", () => {
    const shop = filled();
    const { session, sent } = shop;
    const [ann, bob] = session.scalars(select(User).orderBy(User.id)).all();
    sent();
    expect(
      session.execute(
        update(User)
          .values({ name: User.name.concat("!") })
          .options(notAnn),
      ).rowCount,
    ).toBe(1);
    expect(sent()).toEqual([
      "SELECT user_account.id \nFROM user_account \nWHERE user_account.name != ? ['ann']",
      "UPDATE user_account SET name=user_account.name || ? WHERE user_account.name != ? ['!', 'ann']",
    ]);
    expect([ann?.name, bob?.name]).toEqual(["ann", "bob!"]);
    const ofUsers = deleteFrom(Address)
      .where(Address.userId.in(select(User.id)))
      .options(notAnn);
    expect(session.execute(ofUsers).rowCount).toBe(1);
    for (const each of [membership, note]) session.execute(deleteFrom(each));
    expect(session.query(User).options(notAnn).delete()).toBe(1);
    expect(allNames(shop)).toEqual(["ann"]);
    expect(() => session.execute(update(User).values({ name: "x" }).options(selectinload(User.addresses)))).toThrow(
      "takes withLoaderCriteria() among loader options",
    );
  });

  it("the one condition once, however a relationship is loaded", () => {
    const { session, sent } = filled();
    for (const option of [subqueryload(User.addresses), selectinload(User.addresses), joinedload(User.addresses)]) {
      session.expungeAll();
      const users = session.scalars(select(User).limit(5).options(notAnn, option)).unique().all();
      expect(users.map((each) => each.addresses.length)).toEqual([1]);
      for (const statement of sent()) expect(statement.match(/name != \?/g)?.length ?? 0).toBeLessThan(2);
    }
  });
});

it("a listener's criteria hold for get, loads at access and counts, too", () => {
  const { session } = filled();
  const notA1 = withLoaderCriteria(Address, Address.emailAddress.ne("a1"));
  const told: boolean[] = [];
  listen(session, "beforeExecute", ({ isRelationshipLoad }) => {
    told.push(isRelationshipLoad);
    return { options: [notAnn, notA1] };
  });
  expect([session.get(User, 1), session.get(User, 2)?.name]).toEqual([null, "bob"]);
  expect(session.query(User).count()).toBe(1);
  expect(session.query(Address).count()).toBe(2);
  expect(told).toEqual([false, false, false, false]);
  const address = session.query(Address).filter(Address.emailAddress.eq("a2")).one();
  expect(address.user).toBe(null);
  expect(told).toEqual([false, false, false, false, false, true]);
  const both = union(select(User.name), select(User.name));
  expect(session.scalars(both).all()).toEqual(["bob"]);
  expect(session.execute(deleteFrom(Address)).rowCount).toBe(2);
  expect(session.execute(text("SELECT count(*) FROM address")).scalars().one()).toBe(1);
});
