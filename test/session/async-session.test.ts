// The asynchronous session on every database: the unit of work as on the synchronous face, and what is its own: nothing
// is loaded by access, one call at a time, streams, runSync.
import {
  AsyncSession,
  asyncSessionmaker,
  ConcurrentUseError,
  inspect,
  IntegrityError,
  InvalidRequestError,
  joinedload,
  NotLoadedError,
  PendingRollbackError,
  select,
  selectinload,
  type Session,
  text,
} from "athanor";
import { describe, expect, it } from "vitest";
import { Address, Group, Order, Profile, User } from "../../generated/index.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import { useAsyncShop } from "./support/async-shop.js";
import { rowStatements } from "./support/faces.js";

await describeEachDatabase("an asynchronous session", { dialects: ["sqlite", "postgresql", "mariadb"] }, (database) => {
  const shop = useAsyncShop(database);

  /** A user with two addresses, a profile and a group, committed. */
  async function makeUser(name = "ann"): Promise<number> {
    await using session = new AsyncSession(shop.engine);
    const user = new User({
      name,
      groups: [new Group({ name: `${name}s` })],
      profile: new Profile({ biography: "b" }),
    });
    user.addresses.push(new Address({ emailAddress: "a1" }), new Address({ emailAddress: "a2" }));
    session.add(user);
    await session.commit();
    return user.id;
  }

  it("writes a graph of objects and reads it back", async () => {
    const id = await makeUser();
    await using session = new AsyncSession(shop.engine);
    const user = await session.getOne(User, id);
    expect([user.name, user.plan, await session.get(User, id)]).toEqual(["ann", "free", user]);
    await session.load(user, User.addresses, User.profile, User.groups);
    expect(user.addresses.map(({ emailAddress }) => emailAddress).toSorted()).toEqual(["a1", "a2"]);
    expect(user.addresses[0]?.user).toBe(user);
    expect([user.profile?.biography, user.groups[0]?.name]).toEqual(["b", "anns"]);
  });

  it("keeps objects loaded over a commit, what the database made for them included", async () => {
    await using session = new AsyncSession(shop.engine);
    const user = new User({ name: "ann" });
    session.add(user);
    await session.commit();
    shop.sent();
    expect([typeof user.id, user.plan, user.createdAt instanceof Object]).toEqual(["number", "free", true]);
    expect(shop.sent()).toEqual([]);
  });

  it("updates, deletes with cascade, and rolls back", async () => {
    const id = await makeUser();
    await using session = new AsyncSession(shop.engine);
    const user = await session.getOne(User, id);
    user.name = "bea";
    await session.commit();
    await session.delete(user);
    expect(session.deleted.size).toBe(4);
    await session.flush();
    expect(inspect(user).deleted).toBe(true);
    await session.rollback();
    expect(inspect(user).persistent).toBe(true);
    await session.refresh(user);
    expect([user.name, await shop.count("address")]).toEqual(["bea", 2]);
    await session.delete(user);
    await session.commit();
    expect([await shop.count("user_account"), await shop.count("address"), await shop.count("membership")]).toEqual([
      0, 0, 0,
    ]);
    expect(await shop.count("app_group")).toBe(1);
  });

  describe("of what is not loaded", () => {
    it("a relationship names the attribute, the call and the option", async () => {
      const id = await makeUser();
      await using session = new AsyncSession(shop.engine);
      const user = await session.getOne(User, id);
      shop.sent();
      expect(() => user.addresses).toThrow(NotLoadedError);
      expect(() => user.addresses).toThrow(
        `User.addresses of User(${String(id)}) is not loaded, and an asynchronous session loads nothing by itself: ` +
          "await session.load(object, User.addresses), or load it with the object, " +
          "by options(selectinload(User.addresses))",
      );
      expect(() => user.profile).toThrow(/session\.load\(object, User\.profile\).*joinedload\(User\.profile\)/);
      expect(() => (user.addresses = [])).toThrow(NotLoadedError);
      expect(() => (user.profile = new Profile({}))).toThrow(/cannot be assigned before it is loaded/);
      expect(shop.sent()).toEqual([]);
    });

    it("an expired column says how to load it, and load() does so for many in one SELECT", async () => {
      const ids = [await makeUser("ann"), await makeUser("bob")];
      await using session = new AsyncSession(shop.engine, { expireOnCommit: true });
      const users = (await session.scalars(select(User).orderBy(User.id))).all();
      await session.commit();
      expect(() => users[0]?.name).toThrow(
        /User\.name of User\(\d+\) is not loaded.*session\.load\(object, User\.name\)/,
      );
      expect(() => JSON.stringify(users[0])).toThrow(NotLoadedError);
      shop.sent();
      await session.load(users, User.name);
      expect(rowStatements(shop.sent())).toHaveLength(1);
      expect(users.map((user) => [user.id, user.name])).toEqual([
        [ids[0], "ann"],
        [ids[1], "bob"],
      ]);
      await session.commit();
      await session.load(users[0] ?? [], User.name);
      expect(users[0]?.name).toBe("ann");
      expect(() => users[1]?.name).toThrow(NotLoadedError);
    });

    it("the identity map answers a foreign key that leads to an object there, and a NULL one", async () => {
      await makeUser();
      await using session = new AsyncSession(shop.engine);
      const [user] = (await session.scalars(select(User))).all();
      const addresses = (await session.scalars(select(Address))).all();
      expect(addresses.map((address) => address.user)).toEqual([user, user]);
    });

    it("load() takes one SELECT for each relationship of all objects, and none for what is loaded", async () => {
      await makeUser("ann");
      await makeUser("bob");
      await using session = new AsyncSession(shop.engine, { expireOnCommit: true });
      const users = (await session.scalars(select(User))).all();
      shop.sent();
      await session.load(users, User.addresses, User.groups);
      expect(rowStatements(shop.sent()).map((sql) => /FROM (\w+)/.exec(sql)?.[1])).toEqual(["address", "membership"]);
      await session.load(users, User.addresses, User.groups);
      expect(rowStatements(shop.sent())).toEqual([]);
      await session.commit();
      // The owners' keys are loaded first, where they are expired.
      await session.load(users, selectinload(User.orders).selectinload(Order.lines), User.addresses);
      expect(users.map((user) => [user.orders.length, user.addresses.length])).toEqual([
        [0, 2],
        [0, 2],
      ]);
    });

    it("eager loading brings relationships along", async () => {
      const id = await makeUser();
      await using session = new AsyncSession(shop.engine);
      const query = select(User).options(selectinload(User.addresses), joinedload(User.profile));
      const [user] = (await session.scalars(query)).all();
      expect([user?.addresses.length, user?.profile?.biography]).toEqual([2, "b"]);
      session.expungeAll();
      const again = await session.get(User, id, { options: [selectinload(User.groups)] });
      expect(again?.groups).toHaveLength(1);
    });

    it("load() refuses what is no attribute of the objects, and objects of no session", async () => {
      await makeUser();
      await using session = new AsyncSession(shop.engine);
      const [user] = (await session.scalars(select(User))).all();
      await expect(session.load(user ?? [], Order.lines)).rejects.toThrow(/classes \(User\).*got Order\.lines/);
      await expect(session.load(new User({ name: "x" }), User.addresses)).rejects.toThrow(InvalidRequestError);
      await session.load([], User.addresses);
    });
  });

  it("merges objects from elsewhere, their collections included", async () => {
    const id = await makeUser();
    const given = new User({ id, name: "changed", addresses: [new Address({ emailAddress: "new" })] });
    await using session = new AsyncSession(shop.engine);
    const merged = await session.merge(given);
    expect([merged === given, merged.name]).toEqual([false, "changed"]);
    await session.commit();
    expect(await shop.count("address")).toBe(1);
    const stored = await session.merge(merged);
    expect(stored).toBe(merged);
  });

  it("begins on purpose, in blocks and with savepoints", async () => {
    await using session = new AsyncSession(shop.engine);
    await session.begin(() => session.add(new User({ name: "kept" })));
    await expect(
      session.begin(async () => {
        session.add(new User({ name: "lost" }));
        await session.flush();
        throw new RangeError("enough");
      }),
    ).rejects.toThrow("enough");
    const outer = await session.begin();
    const inside = new User({ name: "inside" });
    await session.beginNested(() => session.add(inside));
    {
      await using savepoint = await session.beginNested();
      expect([savepoint.nested, session.inNestedTransaction]).toEqual([true, true]);
      session.add(new User({ name: "undone" }));
      inside.name = "changed";
      await session.flush();
    }
    expect(() => inside.name).toThrow(NotLoadedError);
    await outer.commit();
    const names = (await session.scalars(select(User.name).orderBy(User.id))).all();
    expect(names).toEqual(["kept", "inside"]);
    await expect(outer.commit()).rejects.toThrow(/has ended/);
  });

  it("after a failed flush waits for rollback()", async () => {
    await makeUser();
    await using session = new AsyncSession(shop.engine);
    session.add(new Group({ name: "anns" }));
    await expect(session.flush()).rejects.toThrow(IntegrityError);
    expect(session.isActive).toBe(false);
    await expect(session.scalars(select(User))).rejects.toThrow(PendingRollbackError);
    await session.rollback();
    expect((await session.scalars(select(User))).all()).toHaveLength(1);
  });

  it("takes one call at a time, and names both", async () => {
    await makeUser();
    await using session = new AsyncSession(shop.engine);
    const first = session.scalars(select(User));
    await expect(session.get(User, 1)).rejects.toThrow(
      "session.get() was called while session.scalars() of the same session is still at work",
    );
    await expect(session.commit()).rejects.toThrow(ConcurrentUseError);
    expect((await first).all()).toHaveLength(1);
    // What the others would change while a flush waits for the database would be lost.
    const [user] = (await session.scalars(select(User))).all();
    const added = new User({ name: "new" });
    session.add(added);
    if (user !== undefined) user.plan = "pro";
    const flush = session.flush();
    await Promise.resolve();
    expect(() => session.add(new User({ name: "late" }))).toThrow(/session\.add\(\) came while a flush/);
    expect(() => (user === undefined ? null : (user.name = "late"))).toThrow(ConcurrentUseError);
    // Also what waits to be written itself.
    expect(() => (user === undefined ? null : (user.plan = "late"))).toThrow(ConcurrentUseError);
    expect(() => (added.name = "late")).toThrow(/assigning an attribute came while a flush/);
    expect(() => added.addresses.push(new Address({ emailAddress: "late" }))).toThrow(ConcurrentUseError);
    expect(() => (added.profile = new Profile({}))).toThrow(ConcurrentUseError);
    await flush;
    expect([user?.name, user?.plan, added.name, session.dirty.size]).toEqual(["ann", "pro", "new", 0]);
    expect([added.addresses.length, inspect(added).unloaded.has("profile")]).toEqual([0, true]);
    await session.commit();
  });

  it("finds the object that was added while the database was asked for it", async () => {
    const id = await makeUser();
    const detached = await (async () => {
      await using elsewhere = new AsyncSession(shop.engine);
      return elsewhere.getOne(User, id);
    })();
    await using session = new AsyncSession(shop.engine);
    const asked = session.get(User, id);
    session.add(detached);
    expect(await asked).toBe(detached);
    expect([await session.get(User, id), session.identityMap.size]).toEqual([detached, 1]);
  });

  it("is closed while a call is at work, which is cut off", async () => {
    await makeUser();
    const session = new AsyncSession(shop.engine);
    const forgotten = session.scalars(select(User)).then(
      () => "read",
      () => "cut off",
    );
    await session.close();
    expect(["read", "cut off"]).toContain(await forgotten);
    expect([shop.engine.poolStatus().leased, session.identityMap.size]).toEqual([0, 0]);
    const rows = session.stream(select(User), undefined, { yieldPer: 1 })[Symbol.asyncIterator]();
    await rows.next();
    await session.close();
    expect(shop.engine.poolStatus().leased).toBe(0);
    await rows.return?.().catch(() => undefined);
    expect((await session.scalars(select(User))).all()).toHaveLength(1);
    await session.close();
  });

  it("streams rows and objects, and is at work meanwhile", async () => {
    for (const name of ["a", "b", "c"]) await makeUser(name);
    await using session = new AsyncSession(shop.engine);
    const names: string[] = [];
    for await (const user of session.stream(select(User).orderBy(User.name), undefined, { yieldPer: 2 }).scalars()) {
      names.push(user.name);
      expect(session.has(user)).toBe(true);
      await expect(session.flush()).rejects.toThrow(/while session\.stream\(\)/);
    }
    expect(names).toEqual(["a", "b", "c"]);
    for await (const row of session.stream(select(User.name).orderBy(User.name))) names.push(row.name);
    expect(names.slice(3)).toEqual(["a", "b", "c"]);
    const joined = session.stream(select(User, Profile).join(User.profile).options(joinedload(Profile.user)));
    for await (const row of joined) expect(row.Profile.user).toBe(row.User);
    const stream = session.stream(select(User).options(selectinload(User.addresses)));
    await expect(stream.all()).rejects.toThrow(/lazyload\(User\.addresses\)/);
    for await (const user of session.stream(select(User)).scalars()) {
      expect(user).toBeInstanceOf(User);
      break;
    }
    expect((await session.scalars(select(User))).all()).toHaveLength(3);
  });

  it("runs synchronous code over its objects, which may not ask the database", async () => {
    const id = await makeUser();
    await using session = new AsyncSession(shop.engine);
    const user = await session.getOne(User, id, { options: [selectinload(User.addresses)] });
    const rename = (inner: Session): number => {
      const found = inner.get(User, id);
      if (found === null) return 0;
      found.name = "renamed";
      inner.add(new User({ name: "made" }));
      return found.addresses.length + inner.new.size;
    };
    expect(await session.runSync(rename)).toBe(3);
    await expect(session.runSync((inner) => inner.flush())).rejects.toThrow(/within runSync\(\)/);
    await session.rollback();
    await session.refresh(user);
    await session.load(user, User.addresses);
    await session.runSync(rename);
    await session.commit();
    expect([user.name, await shop.count("user_account")]).toEqual(["renamed", 2]);
    await expect(session.runSync((inner) => inner.connection())).rejects.toThrow(InvalidRequestError);
  });

  it("comes from a maker, with a transaction of its own", async () => {
    const make = asyncSessionmaker({ bind: shop.engine, autoflush: false });
    expect(await make.begin((session) => session.add(new User({ name: "x" })))).toBe(undefined);
    await expect(
      make.begin((session) => {
        session.add(new User({ name: "y" }));
        throw new RangeError("enough");
      }),
    ).rejects.toThrow("enough");
    expect(await shop.count("user_account")).toBe(1);
    make.configure({ autoflush: true });
    await using session = make({ expireOnCommit: true });
    session.add(new User({ name: "z" }));
    expect(await session.scalar(text("SELECT count(*) FROM user_account").columns({}))).not.toBe(null);
    expect((await session.scalars(select(User))).all()).toHaveLength(2);
  });

  it("queries in the older style", async () => {
    await makeUser("ann");
    await makeUser("bob");
    await using session = new AsyncSession(shop.engine);
    const users = session.query(User).orderBy(User.name);
    expect((await users.all()).map(({ name }) => name)).toEqual(["ann", "bob"]);
    expect((await users.filter(User.name.eq("bob")).one()).name).toBe("bob");
    expect([await users.count(), (await users.first())?.name, await users.filterBy({ name: "x" }).oneOrNull()]).toEqual(
      [2, "ann", null],
    );
    const names: string[] = [];
    for await (const user of users) names.push(user.name);
    expect(names).toEqual(["ann", "bob"]);
    expect(await session.query(User).filter(User.name.eq("bob")).update({ plan: "pro" })).toBe(1);
    expect(await session.query(User.plan).filter(User.name.eq("bob")).scalar()).toBe("pro");
    expect(await session.query(Address).delete()).toBe(4);
    await session.commit();
  });
});
