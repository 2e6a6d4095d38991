// Classes as subqueries have them, and conditions for what one object's relationships lead to.
import { aliased, ArgumentError, InvalidRequestError, select, selectinload, withParent } from "athanor";
import { describe, expect, it } from "vitest";
import { Address, Group, Profile, User } from "./models/index.js";
import { fill, openShop, type Shop } from "./shop.js";

function filled(): Shop & { readonly ann: User; readonly bob: User } {
  const shop = openShop();
  const { ann, bob } = fill(shop.session);
  bob.addresses.push(new Address({ emailAddress: "b1" }));
  shop.session.commit();
  shop.sent();
  return { ...shop, ann, bob };
}

describe("withParent", () => {
  it("holds for what a relationship of any direction leads to", () => {
    const { session, sent, ann, bob } = filled();
    const mails = select(Address.emailAddress).where(withParent(ann, User.addresses)).orderBy(Address.id);
    sent();
    expect(session.scalars(mails).all()).toEqual(["a1", "a2"]);
    expect(sent()).toEqual([
      "SELECT address.email_address \nFROM address \nWHERE ? = address.user_id ORDER BY address.id [1]",
    ]);
    expect(session.query(Group).filter(withParent(bob, User.groups)).one().title).toBe("cooks");
    expect(
      session
        .query(User)
        .filter(withParent(ann.addresses[0] ?? ann, Address.user))
        .one(),
    ).toBe(ann);
    expect(session.query(Profile).filter(withParent(bob, User.profile)).all()).toEqual([]);
    expect(
      session
        .query(Address)
        .filter(withParent(ann, User.addresses.and(Address.emailAddress.eq("a2"))))
        .count(),
    ).toBe(1);
    const other = aliased(Address, "other");
    const ofOther = select(other).where(withParent(bob, User.addresses.ofType(other)));
    expect(session.scalars(ofOther).all()).toEqual([bob.addresses[0]]);
  });

  it("takes an object of the class, which has a key", () => {
    const { ann } = filled();
    expect(() => withParent(ann, Address.user)).toThrow(ArgumentError);
    expect(() => withParent(new User({ name: "new" }), User.addresses)).toThrow(InvalidRequestError);
    expect(() => withParent(ann, User.name as never)).toThrow("takes a relationship");
  });
});

describe("a class as a subquery has it", () => {
  it("gives the class's objects, with joins and options", () => {
    const { session, sent, ann } = filled();
    const first = aliased(User, select(User).orderBy(User.id).limit(1).subquery("top"));
    expect(session.scalars(select(first)).all()).toEqual([ann]);
    expect(sent()[0]).toContain(
      "SELECT top.id, top.name \nFROM (SELECT user_account.id, user_account.name \n" +
        "FROM user_account ORDER BY user_account.id",
    );
    const mails = select(first.name, Address.emailAddress).join(first.addresses).orderBy(Address.id);
    expect(
      session
        .execute(mails)
        .all()
        .map((row) => [row.name, row.emailAddress]),
    ).toEqual([
      ["ann", "a1"],
      ["ann", "a2"],
    ]);
    session.expungeAll();
    const [loaded] = session.scalars(select(first).options(selectinload(first.addresses))).all();
    sent();
    expect(loaded?.addresses.length).toBe(2);
    expect(sent()).toEqual([]);
    const rest = select(User).where(User.id.ne(first.id));
    expect(
      session
        .scalars(rest)
        .all()
        .map((each) => each.name),
    ).toEqual(["bob"]);
  });

  it("needs the class's columns, in whatever order", () => {
    const { session } = filled();
    const turned = aliased(User, select(User.name, User.id).where(User.name.eq("bob")).subquery("turned"));
    expect(session.scalars(select(turned)).one().name).toBe("bob");
    expect(() => aliased(User, select(User.name).subquery("names"))).toThrow("no column 'id'");
    expect(() => aliased(User, 5 as never)).toThrow("takes a name or a subquery");
  });
});
