// Relationships and aliases in statements: joins, any, has, contains, eq, and what rows hold.
import { aliased, InvalidRequestError, ArgumentError, or, select } from "athanor";
import { describe, expect, it } from "vitest";
import { Address, Group, Node, Place, Profile, User, Visit } from "./models/index.js";
import { fill, openShop } from "./shop.js";

const users = "SELECT user_account.id, user_account.name \nFROM user_account";
const addresses = "SELECT address.id, address.email_address, address.user_id \nFROM address";

describe("joins", () => {
  it.each([
    ["one-to-many", select(User).join(User.addresses), `${users} JOIN address ON user_account.id = address.user_id`],
    [
      "outer",
      select(User).outerJoin(User.addresses),
      `${users} LEFT OUTER JOIN address ON user_account.id = address.user_id`,
    ],
    [
      "many-to-one",
      select(Address).join(Address.user),
      `${addresses} JOIN user_account ON user_account.id = address.user_id`,
    ],
    [
      "many-to-many",
      select(User).join(User.groups),
      `${users} JOIN membership AS membership_1 ON user_account.id = membership_1.user_id ` +
        "JOIN app_group ON app_group.id = membership_1.group_id",
    ],
    [
      "composite",
      select(Place).join(Place.visits),
      "SELECT place.country, place.town \nFROM place JOIN visit " +
        "ON place.country = visit.country AND place.town = visit.town",
    ],
  ])("%s", (_, statement, sql) => {
    expect(String(statement)).toBe(sql);
  });
});

const exists = (from: string, where: string): string => `EXISTS (SELECT 1 \nFROM ${from} \nWHERE ${where})`;

describe("any and has", () => {
  const own = "user_account.id = address.user_id";

  it.each([
    ["any()", select(User).where(User.addresses.any()), `${users} \nWHERE ${exists("address", own)}`],
    [
      "any(condition)",
      select(User).where(User.addresses.any(Address.emailAddress.eq("x"))),
      `${users} \nWHERE ${exists("address", `${own} AND address.email_address = :emailAddress_1`)}`,
    ],
    [
      "any(or)",
      select(User).where(User.addresses.any(or(Address.id.eq(1), Address.id.eq(2)))),
      `${users} \nWHERE ${exists("address", `${own} AND (address.id = :id_1 OR address.id = :id_2)`)}`,
    ],
    [
      "has(condition)",
      select(Address).where(Address.user.has(User.name.eq("x"))),
      `${addresses} \nWHERE ${exists("user_account", `${own} AND user_account.name = :name_1`)}`,
    ],
    [
      "has() of a one-to-one",
      select(User).where(User.profile.has(Profile.bio.eq("x"))),
      `${users} \nWHERE ${exists("profile", "user_account.id = profile.user_id AND profile.bio = :bio_1")}`,
    ],
    [
      "any() of a many-to-many",
      select(User).where(User.groups.any(Group.title.eq("x"))),
      `${users} \nWHERE ${exists(
        "app_group, membership",
        "user_account.id = membership.user_id AND app_group.id = membership.group_id AND app_group.title = :title_1",
      )}`,
    ],
    [
      "a class related to itself",
      select(Node).where(Node.children.any(Node.id.eq(5))),
      `SELECT node.id, node.parent_id \nFROM node \nWHERE ${exists(
        "node AS node_1",
        "node.id = node_1.parent_id AND node_1.id = :id_1",
      )}`,
    ],
    [
      "to its parent",
      select(Node).where(Node.parent.has(Node.id.eq(5))),
      `SELECT node.id, node.parent_id \nFROM node \nWHERE ${exists(
        "node AS node_1",
        "node_1.id = node.parent_id AND node_1.id = :id_1",
      )}`,
    ],
    [
      "composite",
      select(Visit).where(Visit.place.has()),
      `SELECT visit.id, visit.country, visit.town \nFROM visit \nWHERE ${exists(
        "place",
        "place.country = visit.country AND place.town = visit.town",
      )}`,
    ],
    [
      "beside a join of the same table",
      select(User).join(User.addresses).where(User.addresses.any()),
      `${users} JOIN address ON ${own} \nWHERE ${exists("address", own)}`,
    ],
  ])("%s", (_, statement, sql) => {
    expect(String(statement)).toBe(sql);
  });

  it("finds what it says", () => {
    const { session } = openShop();
    fill(session);
    const names = (statement: ReturnType<typeof select<[typeof User]>>): string[] =>
      session
        .scalars(statement.orderBy(User.id))
        .all()
        .map((each) => each.name);
    expect(names(select(User).where(User.addresses.any(Address.emailAddress.eq("a2"))))).toEqual(["ann"]);
    expect(names(select(User).where(User.addresses.any().not()))).toEqual(["bob"]);
    expect(names(select(User).where(User.groups.any(Group.title.eq("cooks"))))).toEqual(["ann", "bob"]);
    expect(names(select(User).where(User.profile.eq(null)))).toEqual(["bob"]);
    expect(names(select(User).where(User.profile.has()))).toEqual(["ann"]);
  });
});

describe("contains and eq", () => {
  const user = new User({ id: 5, name: "x" });
  const address = new Address({ id: 7, emailAddress: "x", userId: 5 });

  it.each([
    ["contains", select(User).where(User.addresses.contains(address)), `${users} \nWHERE user_account.id = :param_1`],
    [
      "not contains",
      select(User).where(User.addresses.contains(address).not()),
      `${users} \nWHERE user_account.id != :param_1`,
    ],
    ["eq", select(Address).where(Address.user.eq(user)), `${addresses} \nWHERE :param_1 = address.user_id`],
    ["eq null", select(Address).where(Address.user.eq(null)), `${addresses} \nWHERE address.user_id IS NULL`],
    [
      "not eq null",
      select(Address).where(Address.user.eq(null).not()),
      `${addresses} \nWHERE address.user_id IS NOT NULL`,
    ],
  ])("%s", (_, statement, sql) => {
    expect(String(statement)).toBe(sql);
  });

  it("a many-to-many is asked through its link table", () => {
    const { session } = openShop();
    const { ann, bob } = fill(session);
    const [cooks, divers] = ann.groups;
    if (cooks === undefined || divers === undefined) throw new RangeError("no groups");
    const members = (group: Group): User[] =>
      session.scalars(select(User).where(User.groups.contains(group)).orderBy(User.id)).all();
    expect(members(cooks)).toEqual([ann, bob]);
    expect(members(divers)).toEqual([ann]);
  });

  it("refuses objects of another class, new objects, and the wrong question", () => {
    // @ts-expect-error a Group is no Address
    expect(() => User.addresses.contains(new Group({ title: "x" }))).toThrow("User.addresses cannot hold a Group");
    expect(() => Address.user.eq(new User({ name: "new" }))).toThrow(/whose 'id' is not set yet: flush it first/);
    // @ts-expect-error a collection is not compared
    expect(() => User.addresses.eq(null)).toThrow(InvalidRequestError);
    // @ts-expect-error nor is a scalar asked any()
    expect(() => User.profile.any()).toThrow(/ask has\(\)/);
  });
});

describe("aliased", () => {
  it("reads from the alias everywhere, and rows hold it by its name", () => {
    const { session } = openShop();
    fill(session);
    const u2 = aliased(User, "u2");
    const statement = select(User, u2).join(u2, u2.id.gt(User.id)).where(u2.name.eq("bob"));
    expect(String(statement)).toBe(
      "SELECT user_account.id, user_account.name, u2.id, u2.name \n" +
        "FROM user_account JOIN user_account AS u2 ON u2.id > user_account.id \nWHERE u2.name = :name_1",
    );
    const row = session.execute(statement).one();
    expect([row.User.name, row.u2.name]).toEqual(["ann", "bob"]);
    expect(row.u2).toBe(session.get(User, 2));
  });

  it("its relationships start from the alias", () => {
    const u2 = aliased(User, "u2");
    expect(String(select(u2).join(u2.addresses).where(u2.addresses.any()))).toBe(
      "SELECT u2.id, u2.name \nFROM user_account AS u2 JOIN address ON u2.id = address.user_id \n" +
        "WHERE EXISTS (SELECT 1 \nFROM address \nWHERE u2.id = address.user_id)",
    );
    expect(String(select(u2).join(u2.groups))).toContain("ON u2.id = membership_1.user_id");
  });

  it("is null on the far side of an outer join", () => {
    const { session } = openShop();
    fill(session);
    const a2 = aliased(Address, "a2");
    const statement = select(User.name, a2, a2.emailAddress)
      .outerJoin(a2, a2.userId.eq(User.id))
      .orderBy(User.id, a2.id);
    const rows = session.execute(statement).all();
    expect(rows.map((row) => [row.name, row.a2?.id ?? null, row[2]])).toEqual([
      ["ann", 1, "a1"],
      ["ann", 2, "a2"],
      ["bob", null, null],
    ]);
  });

  it("refuses what is no class, and an empty name", () => {
    expect(() => aliased(User, "")).toThrow(ArgumentError);
    // @ts-expect-error an instance is no class
    expect(() => aliased(new User({ name: "x" }), "u2")).toThrow(/aliased\(\) takes a mapped class/);
  });
});

describe("rows", () => {
  it("mix objects and columns, one object a row of the database", () => {
    const { session } = openShop();
    fill(session);
    session.expungeAll();
    const rows = session.execute(select(User, Address).outerJoin(User.addresses).orderBy(User.id, Address.id)).all();
    expect(rows.map((row) => [row.User.name, row.Address?.emailAddress])).toEqual([
      ["ann", "a1"],
      ["ann", "a2"],
      ["bob", undefined],
    ]);
    expect(rows[0]?.[0]).toBe(rows[1]?.[0]);
    expect(rows[0]?.User).toBe(session.get(User, 1));
    expect([...(rows[0] ?? [])]).toHaveLength(2);
    expect(session.execute(select(User).orderBy(User.id)).keys()).toEqual(["User"]);
    expect(Object.keys(session.execute(select(User).orderBy(User.id)).mappings().first() ?? {})).toEqual(["User"]);
  });

  it("leave what an object has changed, and fill in what was expired", () => {
    const { session, sent } = openShop();
    const { ann, bob } = fill(session);
    ann.name = "changed";
    sent();
    session.noAutoflush(() => session.scalars(select(User)).all());
    expect([ann.name, bob.name]).toEqual(["changed", "bob"]);
    expect(sent()).toHaveLength(1);
    session.flush();
    expect(sent()).toEqual(["UPDATE user_account SET name=? WHERE user_account.id = ? ['changed', 1]"]);
  });
});
