// Loader options: the statements that each strategy sends, and that all of them give the same objects.
import {
  aliased,
  joinedload,
  immediateload,
  type LoaderOption,
  type Rel,
  lazyload,
  raiseload,
  defaultload,
  NotLoadedError,
  select,
  selectinload,
} from "athanor";
import { describe, expect, it } from "vitest";
import { Address, Group, Node, Place, Profile, Task, User, Visit } from "./models/index.js";
import { fill, openShop, type Shop } from "./shop.js";

function filled(): Shop {
  const shop = openShop();
  fill(shop.session);
  shop.session.expungeAll();
  shop.sent();
  return shop;
}

/** A graph as plain data: loads whatever is not loaded. */
function graph(users: readonly User[]): unknown {
  return users
    .map((user) => ({
      name: user.name,
      addresses: user.addresses.map((each) => [each.emailAddress, each.user?.name]),
      profile: user.profile?.bio ?? null,
      groups: user.groups.map((each) => ({ title: each.title, members: each.members.map((member) => member.name) })),
      notes: user.notes.map((each) => each.body),
    }))
    .toSorted((left, right) => left.name.localeCompare(right.name));
}

type AnyOption = (relationship: Rel) => LoaderOption;

/** All relationships of a user by one strategy, two levels of them. */
function all(load: AnyOption, lead: (from: LoaderOption) => LoaderOption): LoaderOption[] {
  return [load(User.addresses), load(User.profile), load(User.notes), lead(load(User.groups))];
}

describe("every strategy gives the same graph, and leaves nothing to load", () => {
  it.each([
    ["selectinload", all(selectinload, (from) => from.selectinload(Group.members))],
    ["joinedload", all(joinedload, (from) => from.joinedload(Group.members))],
    ["immediateload", all(immediateload, (from) => from.immediateload(Group.members))],
  ])("%s", (_, options) => {
    const { session, sent } = filled();
    const users = session
      .scalars(select(User).options(...options))
      .unique()
      .all();
    expect(sent().length).toBeGreaterThan(0);
    const found = graph(users);
    expect(sent()).toEqual([]);
    expect(found).toEqual(graph(filled().session.scalars(select(User)).all()));
  });
});

describe("selectinload", () => {
  it("sends one SELECT a relationship, with the keys of all objects", () => {
    const { session, sent } = filled();
    session.scalars(select(User).options(selectinload(User.addresses), selectinload(User.groups))).all();
    expect(sent()).toEqual([
      "SELECT user_account.id, user_account.name \nFROM user_account",
      "SELECT address.id AS address_id, address.email_address AS address_email_address, " +
        "address.user_id AS address_user_id \nFROM address \n" +
        "WHERE address.user_id IN (?, ?) ORDER BY address.id [1, 2]",
      "SELECT membership_1.user_id AS membership_1_user_id, app_group.id AS app_group_id, " +
        "app_group.title AS app_group_title \nFROM membership AS membership_1 " +
        "JOIN app_group ON app_group.id = membership_1.group_id \n" +
        "WHERE membership_1.user_id IN (?, ?) ORDER BY app_group.id [1, 2]",
    ]);
  });

  it("asks for a to-one object once, and not for one that is in the identity map", () => {
    const { session, sent } = filled();
    const addresses = session.scalars(select(Address).options(selectinload(Address.user))).all();
    expect(sent()[1]).toBe(
      "SELECT user_account.id AS user_account_id, user_account.name AS user_account_name \n" +
        "FROM user_account \nWHERE user_account.id IN (?) [1]",
    );
    expect(addresses.map((each) => each.user?.name)).toEqual(["ann", "ann"]);
    session.scalars(select(Address).options(selectinload(Address.user))).all();
    expect(sent()).toHaveLength(1);
  });

  it("takes 500 keys a statement", () => {
    const { session, sent } = filled();
    session.addAll(Array.from({ length: 600 }, (_, n) => new User({ name: `u${n}` })));
    session.commit();
    sent();
    session.scalars(select(User).options(selectinload(User.addresses))).all();
    const lists = sent().filter((each) => each.includes(" IN ("));
    expect(lists.map((each) => each.split("?").length - 1)).toEqual([500, 102]);
  });

  it("leaves loaded collections alone", () => {
    const { session, sent } = filled();
    const user = session.get(User, 1);
    user?.addresses.push(new Address({ emailAddress: "a3" }));
    sent();
    session.noAutoflush(() => session.scalars(select(User).options(selectinload(User.addresses))).all());
    expect(sent()[1]).toContain("WHERE address.user_id IN (?) ORDER BY address.id [2]");
    expect(user?.addresses).toHaveLength(3);
  });

  it("composite keys", () => {
    const { session, sent } = filled();
    session.addAll([
      new Place({ country: 1, town: 2, visits: [new Visit({})] }),
      new Place({ country: 2, town: 1, visits: [new Visit({}), new Visit({})] }),
    ]);
    session.commit();
    session.expungeAll();
    sent();
    const places = session.scalars(select(Place).options(selectinload(Place.visits))).all();
    expect(places.map((each) => each.visits.length)).toEqual([1, 2]);
    expect(sent()[1]).toContain(
      "WHERE visit.country = ? AND visit.town = ? OR visit.country = ? AND visit.town = ? " +
        "ORDER BY visit.id [1, 2, 2, 1]",
    );
    session.expungeAll();
    const visits = session.scalars(select(Visit).options(selectinload(Visit.place))).all();
    expect(visits.map((each) => each.place?.country)).toEqual([1, 2, 2]);
  });

  it("leads on, and mixes with joins", () => {
    const { session, sent } = filled();
    session
      .scalars(select(User).options(selectinload(User.addresses).joinedload(Address.user).selectinload(User.notes)))
      .all();
    const statements = sent();
    expect(statements).toHaveLength(3);
    expect(statements[1]).toContain(
      "LEFT OUTER JOIN user_account AS user_account_1 ON user_account_1.id = address.user_id",
    );
    expect(statements[2]).toContain("WHERE note.user_id IN (?) ORDER BY note.id [1]");
  });
});

describe("joinedload", () => {
  it("joins under an alias, with the relationship's order last", () => {
    const { session, sent } = filled();
    const query = select(User).options(joinedload(User.addresses)).orderBy(User.name);
    const users = session.scalars(query).unique().all();
    expect(sent()).toEqual([
      "SELECT user_account.id, user_account.name, address_1.id, address_1.email_address, address_1.user_id \n" +
        "FROM user_account LEFT OUTER JOIN address AS address_1 ON user_account.id = address_1.user_id " +
        "ORDER BY user_account.name, address_1.id",
    ]);
    expect(users.map((each) => each.addresses.length)).toEqual([2, 0]);
    expect(sent()).toEqual([]);
  });

  it("many-to-many over the link table", () => {
    const { session, sent } = filled();
    session
      .scalars(select(User).options(joinedload(User.groups)))
      .unique()
      .all();
    expect(sent()[0]).toContain(
      "FROM user_account LEFT OUTER JOIN membership AS membership_1 ON user_account.id = membership_1.user_id " +
        "LEFT OUTER JOIN app_group AS app_group_1 ON app_group_1.id = membership_1.group_id ORDER BY app_group_1.id",
    );
  });

  it("needs unique() where collections repeat the rows, and not where they do not", () => {
    const { session } = filled();
    const query = select(User).options(joinedload(User.addresses));
    expect(() => session.scalars(query).all()).toThrow(/unique\(\)/);
    expect(() => session.execute(query).first()).toThrow(/unique\(\)/);
    expect(session.execute(query).unique().all()).toHaveLength(2);
    expect(session.execute(query).scalars().unique().all()).toHaveLength(2);
    expect(session.scalars(select(Address).options(joinedload(Address.user))).all()).toHaveLength(2);
  });

  it("puts a counted query into a subquery where a collection is joined", () => {
    const { session, sent } = filled();
    const query = select(User).options(joinedload(User.addresses)).orderBy(User.name).limit(1);
    const [ann] = session.scalars(query).unique().all();
    expect(ann?.addresses).toHaveLength(2);
    expect(sent()).toEqual([
      "SELECT anon_1.id, anon_1.name, address_1.id, address_1.email_address, address_1.user_id \n" +
        "FROM (SELECT user_account.id AS id, user_account.name AS name \n" +
        "FROM user_account ORDER BY user_account.name\n LIMIT ? OFFSET ?) AS anon_1 " +
        "LEFT OUTER JOIN address AS address_1 ON anon_1.id = address_1.user_id " +
        "ORDER BY anon_1.name, address_1.id [1, 0]",
    ]);
    session.scalars(select(Address).options(joinedload(Address.user)).limit(1)).all();
    expect(sent()[0]).not.toContain("anon_1");
  });

  it("orders the subquery by what is not selected, and keeps several items apart", () => {
    const { session } = filled();
    const query = select(User.id, User, Profile)
      .outerJoin(User.profile)
      .options(joinedload(User.groups), joinedload(Profile.user))
      .orderBy(Profile.bio.desc(), User.id)
      .limit(5);
    const rows = session.execute(query).unique().all();
    expect(rows.map((row) => [row[0], row.User.groups.length, row[2]?.user?.name])).toEqual([
      [1, 2, "ann"],
      [2, 1, undefined],
    ]);
  });

  it("a class related to itself, two levels", () => {
    const { session, sent } = filled();
    session.add(new Node({ children: [new Node({ children: [new Node({})] }), new Node({})] }));
    session.commit();
    session.expungeAll();
    sent();
    const query = select(Node).where(Node.parent.eq(null)).options(joinedload(Node.children).joinedload(Node.children));
    const [root] = session.scalars(query).unique().all();
    expect(root?.children.map((each) => each.children.length)).toEqual([1, 0]);
    expect(sent()).toHaveLength(1);
  });
});

describe("raiseload, lazyload and defaultload", () => {
  it("raiseload makes access an error that names the cure", () => {
    const { session } = filled();
    const [user] = session.scalars(select(User).options(raiseload(User.addresses))).all();
    expect(() => user?.addresses).toThrow(NotLoadedError);
    expect(() => user?.addresses).toThrow(/selectinload\(User\.addresses\)/);
    expect(user?.notes).toHaveLength(0);
  });

  it("options below lazyload and defaultload reach the later load", () => {
    const { session, sent } = filled();
    const option = lazyload(User.addresses).joinedload(Address.user);
    const [user] = session
      .scalars(select(User).options(option, defaultload(User.groups).raiseload(Group.members)))
      .all();
    sent();
    expect(user?.addresses).toHaveLength(2);
    expect(sent()[0]).toContain("LEFT OUTER JOIN user_account");
    expect(() => user?.groups[0]?.members).toThrow(NotLoadedError);
  });
});

describe("an alias", () => {
  it("takes options of its own", () => {
    const { session, sent } = filled();
    const u2 = aliased(User, "u2");
    const query = select(User, u2)
      .join(u2, u2.id.ne(User.id))
      .options(selectinload(u2.addresses), joinedload(User.notes));
    const rows = session.execute(query.orderBy(User.id)).unique().all();
    expect(sent()[1]).toContain("WHERE address.user_id IN (?, ?)");
    expect(rows.map((row) => [row.User.notes.length, row.u2.addresses.length])).toEqual([
      [0, 0],
      [1, 2],
    ]);
    expect(sent()).toEqual([]);
  });
});

describe("options that do not fit", () => {
  it("say what is wrong", () => {
    const { session } = filled();
    expect(() => session.scalars(select(Task).options(selectinload(User.addresses)))).toThrow(
      "The option for User.addresses starts from a class that the query does not select: it selects Task",
    );
    // @ts-expect-error User.groups starts from another class than Address
    expect(() => selectinload(User.addresses).joinedload(User.groups)).toThrow(
      "User.groups does not lead on from User.addresses, whose target is Address",
    );
    // @ts-expect-error a column is no relationship
    expect(() => selectinload(User.name)).toThrow(/selectinload\(\) takes a relationship/);
  });
});
