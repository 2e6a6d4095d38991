// Each way of loading with the statements that it sends on SQLite and the graph that it gives, as a golden file; and
// what access does to what a query left out.
import {
  containsEager,
  defer,
  DetachedInstanceError,
  lazyload,
  load,
  loadOnly,
  NotLoadedError,
  raiseload,
  select,
  selectinload,
  undefer,
  withLoaderCriteria,
} from "athanor";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Address, Group, Node, User } from "../relationships/models/index.js";
import { fill, openShop, type Shop } from "../relationships/shop.js";
import { expectGolden } from "../support/golden.js";
import { loadingCases } from "./cases.js";

function filled(): Shop {
  const shop = openShop();
  fill(shop.session);
  shop.session.add(new Node({ children: [new Node({ children: [new Node({})] }), new Node({})] }));
  shop.session.commit();
  shop.session.expungeAll();
  shop.sent();
  return shop;
}

it("every way of loading", () => {
  const shop = filled();
  const sections = loadingCases.map(({ name, query, look }) => {
    shop.session.expungeAll();
    const objects = shop.session.scalars(query).unique().all();
    const statements = shop.sent();
    const graph = look(objects);
    expect(shop.sent(), name).toEqual([]);
    return `## ${name}\n${statements.join("\n--\n")}\n=> ${JSON.stringify(graph)}\n`;
  });
  expectGolden(join(import.meta.dirname, "goldens", "statements.txt"), sections.join("\n"));
});

describe("columns left for later", () => {
  it("come alone when they are read, and stay", () => {
    const { session, sent } = filled();
    const [address] = session.scalars(select(Address).options(loadOnly(Address.emailAddress))).all();
    sent();
    expect(address?.userId).toBe(1);
    expect(sent()).toEqual(["SELECT address.user_id AS address_user_id \nFROM address \nWHERE address.id = ? [1]"]);
    expect(address?.userId).toBe(1);
    expect(sent()).toEqual([]);
  });

  it("are filled in by a later query that has them", () => {
    const { session, sent } = filled();
    const [ann] = session.scalars(select(User).options(defer(User.name))).all();
    session.scalars(select(User)).all();
    sent();
    expect(ann?.name).toBe("ann");
    expect(sent()).toEqual([]);
  });

  it("do not come with what is expired", () => {
    const { session, sent } = filled();
    const [address] = session.scalars(select(Address).options(defer(Address.userId))).all();
    if (address === undefined) throw new Error("no address");
    session.expire(address);
    sent();
    expect(address.emailAddress).toBe("a1");
    expect(sent()).toEqual([
      "SELECT address.id AS address_id, address.email_address AS address_email_address \n" +
        "FROM address \nWHERE address.id = ? [1]",
    ]);
  });

  it("raise where the option says so, and undefer takes it back", () => {
    const { session } = filled();
    const option = defer(User.name, { raise: true });
    const [ann] = session.scalars(select(User).options(option)).all();
    expect(() => ann?.name).toThrow(NotLoadedError);
    expect(() => ann?.name).toThrow("User.name of User(1) is not loaded and was said to raise");
    session.expungeAll();
    expect(session.scalars(select(User).options(option, undefer(User.name))).first()?.name).toBe("ann");
    session.expungeAll();
    expect(session.scalars(select(User).options(option.undefer("*").undefer(User.name))).first()?.name).toBe("ann");
  });

  it("can be assigned without being loaded, and are written", () => {
    const { session, sent } = filled();
    const ann = session.scalars(select(User).options(defer(User.name))).first();
    if (ann === null) throw new Error("no user");
    sent();
    ann.name = "anna";
    session.flush();
    expect(sent()).toEqual(["UPDATE user_account SET name=? WHERE user_account.id = ? ['anna', 1]"]);
  });

  it("stay out of the JSON of a detached object, whose other columns are there", () => {
    const { session } = filled();
    const [ann] = session.scalars(select(User).options(defer(User.name))).all();
    session.close();
    expect(JSON.stringify(ann)).toBe('{"id":1}');
    expect(() => ann?.name).toThrow(DetachedInstanceError);
  });

  it("belong to the class that the option is about", () => {
    const { session } = filled();
    expect(() => session.scalars(select(User).options(loadOnly(Address.emailAddress)))).toThrow(
      "starts from a class that the query does not select: it selects User",
    );
    // @ts-expect-error a column of another class
    const wrong = load(User).loadOnly(Address.emailAddress);
    expect(() => session.scalars(select(User).options(wrong))).toThrow("address.emailAddress is no column of User");
    // @ts-expect-error a relationship is no column
    expect(() => defer(User.addresses)).toThrow("defer() takes columns such as User.name");
  });
});

describe("relationships left for later", () => {
  it("are loaded with the conditions of the option", () => {
    const { session, sent } = filled();
    const ann = session
      .scalars(select(User).options(lazyload(User.addresses.and(Address.emailAddress.eq("a2")))))
      .first();
    sent();
    expect(ann?.addresses.map((each) => each.emailAddress)).toEqual(["a2"]);
    expect(sent()[0]).toContain("WHERE ? = address.user_id AND address.email_address = ?");
  });

  it("are loaded with the query's criteria", () => {
    const { session } = filled();
    const criteria = withLoaderCriteria(Address, Address.emailAddress.ne("a1"));
    const ann = session.scalars(select(User).options(criteria)).first();
    expect(ann?.addresses.map((each) => each.emailAddress)).toEqual(["a2"]);
  });

  it("criteria hold for to-one relationships too, whatever the identity map has", () => {
    const { session } = filled();
    session.scalars(select(User)).all();
    const criteria = withLoaderCriteria(User, User.name.ne("ann"));
    const [address] = session.scalars(select(Address).options(criteria, selectinload(Address.user))).all();
    expect(address?.user).toBe(null);
  });

  it("raise, or raise only where it takes SQL", () => {
    const { session } = filled();
    const [address] = session.scalars(select(Address).options(raiseload(Address.user, { sqlOnly: true }))).all();
    expect(() => address?.user).toThrow(NotLoadedError);
    session.scalars(select(User)).all();
    expect(address?.user?.name).toBe("ann");
  });

  it("a star at the query's head is for everything below, one behind load() for that class alone", () => {
    const { session } = filled();
    const everywhere = select(User).options(selectinload(User.addresses), raiseload("*"));
    const ann = session.scalars(everywhere).first();
    expect(() => ann?.groups).toThrow(NotLoadedError);
    session.expungeAll();
    const there = select(User).options(selectinload(User.groups), load(User).raiseload("*"));
    const again = session.scalars(there).first();
    expect(() => again?.addresses).toThrow(NotLoadedError);
    expect(again?.groups[0]?.members.length).toBe(2);
  });
});

describe("options that do not fit", () => {
  it("containsEager() without a join", () => {
    const { session } = filled();
    expect(() => session.scalars(select(User).options(containsEager(User.addresses)))).toThrow(
      "containsEager(User.addresses) reads from 'address', which the statement does not join: " +
        "add .join(User.addresses)",
    );
  });

  it("counts that are none", () => {
    expect(() => selectinload(Node.children, { recursionDepth: 0 })).toThrow("recursionDepth is a whole number");
    expect(() => selectinload(Node.children, { limitPerParent: 1.5 })).toThrow("limitPerParent is a whole number");
  });

  it("load() of another class, criteria of another table", () => {
    // @ts-expect-error Group.members starts from another class
    expect(() => load(User).selectinload(Group.members)).toThrow("Group.members does not start from User");
    expect(() => withLoaderCriteria(User, Address.id.eq(1))).toThrow("this one reads 'address'");
    // @ts-expect-error a condition is needed
    expect(() => withLoaderCriteria(User, undefined)).toThrow();
  });
});
