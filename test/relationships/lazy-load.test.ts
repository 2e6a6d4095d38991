// Lazy loading: what is sent at the first access, that nothing is sent after it, and what needs no SQL at all.
import { DetachedInstanceError, select } from "athanor";
import { describe, expect, it } from "vitest";
import { Address, Group, Node, Note, Place, Profile, Task, User, Visit } from "./models/index.js";
import { fill, openShop } from "./shop.js";

function emptied(): ReturnType<typeof openShop> & { ann: User; bob: User } {
  const shop = openShop();
  fill(shop.session);
  shop.session.expungeAll();
  const [ann, bob] = shop.session.scalars(select(User).orderBy(User.id)).all();
  shop.sent();
  if (ann === undefined || bob === undefined) throw new RangeError("the shop is not filled");
  return { ...shop, ann, bob };
}

describe("the statements", () => {
  it("one-to-many", () => {
    const { ann, sent } = emptied();
    expect(ann.addresses.map((each) => each.emailAddress)).toEqual(["a1", "a2"]);
    expect(sent()).toEqual([
      "SELECT address.id AS address_id, address.email_address AS address_email_address, " +
        "address.user_id AS address_user_id \nFROM address \nWHERE ? = address.user_id ORDER BY address.id [1]",
    ]);
    expect(ann.addresses).toHaveLength(2);
    expect(ann.addresses[0]?.user).toBe(ann);
    expect(sent()).toEqual([]);
  });

  it("many-to-many, from either side", () => {
    const { ann, sent } = emptied();
    const [cooks] = ann.groups;
    expect(sent()).toEqual([
      "SELECT app_group.id AS app_group_id, app_group.title AS app_group_title \nFROM app_group, membership \n" +
        "WHERE ? = membership.user_id AND app_group.id = membership.group_id ORDER BY app_group.id [1]",
    ]);
    expect(cooks?.members.map((each) => each.name)).toEqual(["ann", "bob"]);
    expect(sent()).toEqual([
      "SELECT user_account.id AS user_account_id, user_account.name AS user_account_name \n" +
        "FROM user_account, membership \n" +
        "WHERE ? = membership.group_id AND user_account.id = membership.user_id ORDER BY user_account.id [1]",
    ]);
  });

  it("one-to-one, there or not", () => {
    const { ann, bob, sent } = emptied();
    expect(ann.profile?.bio).toBe("sails");
    expect(sent()).toEqual([
      "SELECT profile.id AS profile_id, profile.bio AS profile_bio, profile.user_id AS profile_user_id \n" +
        "FROM profile \nWHERE ? = profile.user_id [1]",
    ]);
    expect(bob.profile).toBeNull();
    expect(sent()).toHaveLength(1);
    expect(bob.profile).toBeNull();
    expect(sent()).toEqual([]);
  });

  it("many-to-one: by primary key", () => {
    const { session, sent } = emptied();
    session.expungeAll();
    const address = session.scalars(select(Address)).first();
    sent();
    expect(address?.user?.name).toBe("ann");
    expect(sent()).toEqual([
      "SELECT user_account.id AS user_account_id, user_account.name AS user_account_name \n" +
        "FROM user_account \nWHERE user_account.id = ? [1]",
    ]);
  });

  it("a class related to itself, and an order that descends", () => {
    const { session, ann, sent } = emptied();
    const root = new Node({ children: [new Node({}), new Node({})] });
    ann.tasks = [new Task({ title: "first" }), new Task({ title: "second" })];
    session.add(root);
    session.commit();
    expect(root.id).toBe(1);
    expect(ann.id).toBe(1);
    sent();
    expect(root.children.map((each) => each.id)).toEqual([2, 3]);
    expect(ann.tasks.map((each) => each.title)).toEqual(["second", "first"]);
    expect(sent()).toEqual([
      "SELECT node.id AS node_id, node.parent_id AS node_parent_id \nFROM node \n" +
        "WHERE ? = node.parent_id ORDER BY node.id [1]",
      "SELECT task.id AS task_id, task.title AS task_title, task.user_id AS task_user_id \nFROM task \n" +
        "WHERE ? = task.user_id ORDER BY task.id DESC [1]",
    ]);
  });

  it("composite keys, both ways", () => {
    const { session, sent } = emptied();
    session.add(new Place({ country: 1, town: 2, visits: [new Visit({}), new Visit({})] }));
    session.commit();
    session.expungeAll();
    const visit = session.get(Visit, 1);
    sent();
    const place = visit?.place;
    expect(place?.visits).toHaveLength(2);
    expect(sent()).toEqual([
      "SELECT place.country AS place_country, place.town AS place_town \nFROM place \n" +
        "WHERE place.country = ? AND place.town = ? [1, 2]",
      "SELECT visit.id AS visit_id, visit.country AS visit_country, visit.town AS visit_town \nFROM visit \n" +
        "WHERE ? = visit.country AND ? = visit.town ORDER BY visit.id [1, 2]",
    ]);
    expect(session.get(Visit, 2)?.place).toBe(place);
    expect(sent()).toEqual([]);
  });
});

describe("what needs no SQL", () => {
  it("a many-to-one whose object is in the identity map, and a NULL key", () => {
    const { session, sent } = emptied();
    const free = new Address({ emailAddress: "free" });
    session.add(free);
    session.commit();
    session.expungeAll();
    const user = session.get(User, 1);
    const addresses = session.scalars(select(Address).orderBy(Address.id)).all();
    sent();
    expect(addresses.map((each) => each.user)).toEqual([user, user, null]);
    expect(sent()).toEqual([]);
  });

  it("objects that have no row yet", () => {
    const { session, sent } = emptied();
    const user = new User({ name: "new" });
    session.add(user);
    const address = new Address({ emailAddress: "x", userId: 1 });
    session.add(address);
    expect(user.addresses).toHaveLength(0);
    expect(address.user).toBeNull();
    expect(sent()).toEqual([]);
    session.flush();
    sent();
    expect(address.user?.name).toBe("ann");
  });
});

describe("around the load", () => {
  it("pending changes are flushed before it", () => {
    const { session, ann, sent } = emptied();
    session.add(new Address({ emailAddress: "a3", userId: 1 }));
    expect(ann.addresses).toHaveLength(3);
    expect(sent().map((each) => each.slice(0, 6))).toEqual(["INSERT", "SELECT"]);
  });

  it("an expired object is refreshed first, once", () => {
    const { session, ann, sent } = emptied();
    session.expire(ann);
    expect(ann.notes).toHaveLength(0);
    expect(ann.name).toBe("ann");
    expect(sent()).toHaveLength(2);
  });

  it("what the other side changed meanwhile is merged in, without SQL before", () => {
    const { session, ann, sent } = emptied();
    const [first] = session.scalars(select(Address).orderBy(Address.id)).all();
    sent();
    session.noAutoflush(() => {
      const added = new Address({ emailAddress: "a3", user: ann });
      if (first !== undefined) first.user = null;
      expect(sent()).toEqual([]);
      expect(ann.addresses.map((each) => each.emailAddress)).toEqual(["a2", "a3"]);
      expect(sent()).toHaveLength(1);
      expect(session.has(added)).toBe(false);
    });
  });

  it("assigning a one-to-one loads the former partner, and flushes nothing", () => {
    const { session, ann, bob, sent } = emptied();
    const former = session.get(Profile, 1);
    session.add(new Note({ body: "pending" }));
    sent();
    const profile = new Profile({ bio: "new", user: ann });
    expect(sent()).toHaveLength(1);
    expect([former?.user, ann.profile, profile.user]).toEqual([null, profile, ann]);
    expect(session.new.size).toBe(1);
    bob.profile = former;
    expect(former?.user).toBe(bob);
  });

  it("a detached object says which attribute and what to do", () => {
    const { session, ann } = emptied();
    session.expungeAll();
    expect(() => ann.addresses).toThrow(DetachedInstanceError);
    expect(() => ann.addresses).toThrow(/addresses/);
  });

  it("a stale collection cannot be changed", () => {
    const { session, ann } = emptied();
    const stale = ann.addresses;
    session.commit();
    expect(() => stale.push(new Address({ emailAddress: "x" }))).toThrow(/no longer is User\.addresses/);
    expect(ann.addresses.push(new Address({ emailAddress: "x" }))).toBe(3);
  });
});

/** A collection as plain JavaScript sees it: what TypeScript refuses. */
const plain = (list: readonly object[]): object[] => list as object[];

describe("plain JavaScript on a collection", () => {
  it("is found by the flush: an index, the length, a sort", () => {
    const { session, ann, sent } = emptied();
    const second = ann.addresses[1];
    plain(ann.addresses)[0] = new Address({ emailAddress: "new" });
    plain(ann.addresses).reverse();
    session.commit();
    expect(ann.addresses.map((each) => each.emailAddress)).toEqual(["a2", "new"]);
    expect(ann.addresses[0]).toBe(second);
    plain(ann.addresses).length = 1;
    session.commit();
    expect(ann.addresses).toHaveLength(1);
    sent();
    plain(ann.addresses).reverse();
    session.flush();
    expect(sent()).toEqual([]);
  });

  it("is found on new objects too", () => {
    const { session } = emptied();
    const user = new User({ name: "new" });
    plain(user.addresses)[0] = new Address({ emailAddress: "x" });
    session.add(user);
    session.commit();
    expect(user.addresses[0]?.user).toBe(user);
  });

  it("foreign objects and holes are refused, by index", () => {
    const { session, ann } = emptied();
    plain(ann.addresses)[1] = new Note({ body: "x" });
    expect(() => session.flush()).toThrow("User.addresses cannot hold a Note");
    session.rollback();
    plain(ann.groups).length = 3;
    expect(() => session.flush()).toThrow("Element 2 of User.groups is undefined");
    session.rollback();
    expect(ann.groups.every((each) => each instanceof Group)).toBe(true);
  });
});
