// The session's calls on every face: what each does to objects and rows, and with which options.
import {
  identityKey,
  inspect,
  insert,
  InvalidRequestError,
  makeTransient,
  makeTransientToDetached,
  NoResultFoundError,
  objectSession,
  ResourceClosedError,
  select,
  selectinload,
  text,
  update,
  wasDeleted,
} from "athanor";
import { describe, expect, it } from "vitest";
import { Address, Group, Profile, User } from "../../generated/index.js";
import { describeEachFace, rowStatements } from "./support/faces.js";

await describeEachFace("the session", (face) => {
  async function makeUsers(...names: string[]): Promise<number[]> {
    const session = face.open();
    const users = names.map((name) => new User({ name }));
    session.addAll(users);
    await session.commit();
    await session.close();
    return users.map(({ id }) => id);
  }
  const names = (): Promise<unknown[][]> => face.rows("SELECT name FROM user_account ORDER BY id");

  describe("get", () => {
    it("asks the identity map first, then the database, and getOne insists", async () => {
      const [id = 0] = await makeUsers("ann");
      const session = face.open();
      const user = await session.get(User, id);
      face.sent();
      expect(await session.get(User, id)).toBe(user);
      expect(session.identityMap.get(User, id)).toBe(user);
      expect(face.sent()).toEqual([]);
      expect(session.identityMap.get(User, id + 1)).toBe(null);
      expect(await session.get(User, id + 1)).toBe(null);
      await expect((async () => session.getOne(User, id + 1))()).rejects.toThrow(NoResultFoundError);
    });

    it("overwrites with populateExisting, pending changes included", async () => {
      const [id = 0] = await makeUsers("ann");
      const session = face.open({ autoflush: false });
      const user = await session.getOne(User, id);
      user.name = "mine";
      expect((await session.getOne(User, id)).name).toBe("mine");
      expect((await session.get(User, id, { populateExisting: true }))?.name).toBe("ann");
      expect(session.dirty.size).toBe(0);
      user.name = "mine again";
      const query = select(User).where(User.id.eq(id));
      expect((await session.scalars(query)).one().name).toBe("mine again");
      expect((await session.scalars(query, undefined, { populateExisting: true })).one().name).toBe("ann");
    });

    it("locks with withForUpdate, and reads the row for it", async () => {
      const [id = 0] = await makeUsers("ann");
      const session = face.open();
      const user = await session.getOne(User, id);
      face.sent();
      expect(await session.get(User, id, { withForUpdate: true })).toBe(user);
      const [locked = ""] = rowStatements(face.sent());
      expect(locked).toMatch(face.database.has("concurrent-writers") ? /FOR UPDATE$/ : /WHERE user_account\.id = \?$/);
      await session.refresh(user, undefined, { withForUpdate: { share: true } });
      await session.refresh(user, ["name"], { withForUpdate: true });
      expect(rowStatements(face.sent())).toHaveLength(2);
    });

    it("finds that a row is gone", async () => {
      const [id = 0] = await makeUsers("ann");
      const session = face.open();
      const user = await session.getOne(User, id);
      await session.execute(text("DELETE FROM user_account"));
      expect(await session.get(User, id)).toBe(user);
      expect(await session.get(User, id, { populateExisting: true })).toBe(null);
      expect(inspect(user).deleted).toBe(true);
      await session.rollback();
      session.expire(user);
      await session.execute(text("DELETE FROM user_account"));
      expect(await session.get(User, id)).toBe(null);
    });
  });

  describe("refresh and expire", () => {
    it("load attributes anew, all or some", async () => {
      const [id = 0] = await makeUsers("ann");
      const session = face.open();
      const user = await session.getOne(User, id);
      await session.execute(text("UPDATE user_account SET name = 'new', plan = 'pro'"));
      await session.refresh(user, ["plan"]);
      expect([user.name, user.plan]).toEqual(["ann", "pro"]);
      await session.refresh(user);
      expect(user.name).toBe("new");
      session.expire(user, ["name"]);
      expect(inspect(user).unloaded.has("name")).toBe(true);
      await session.load(user, User.name);
      expect(user.name).toBe("new");
      session.expireAll();
      await session.refresh(user, ["addresses"]);
      expect(user.addresses).toEqual([]);
      await expect((async () => session.refresh(new User({ name: "x" })))()).rejects.toThrow(/cannot be refreshed/);
    });
  });

  describe("merge", () => {
    it("copies onto the row's object, or onto a new one", async () => {
      const [id = 0] = await makeUsers("ann");
      const session = face.open();
      const own = await session.getOne(User, id);
      const given = new User({ id, name: "given", profile: new Profile({ biography: "b" }) });
      expect(await session.merge(given)).toBe(own);
      expect([own.name, own.profile === given.profile, own.profile?.biography]).toEqual(["given", false, "b"]);
      const fresh = await session.merge(new User({ name: "fresh" }));
      expect(session.new.has(fresh)).toBe(true);
      await session.commit();
      expect(await names()).toEqual([["given"], ["fresh"]]);
    });

    it("without load takes the state for the row's and sends nothing", async () => {
      const [id = 0] = await makeUsers("ann");
      const other = face.open();
      const cached = await other.getOne(User, id, { options: [selectinload(User.addresses)] });
      other.expungeAll();
      const session = face.open();
      face.sent();
      const own = await session.merge(cached, { load: false });
      expect([own === cached, own.name, own.addresses.length, session.dirty.size]).toEqual([false, "ann", 0, 0]);
      expect(face.sent()).toEqual([]);
      cached.name = "changed";
      await expect((async () => session.merge(cached, { load: false }))()).rejects.toThrow(/not flushed/);
      await expect((async () => session.merge(new User({ name: "x" }), { load: false }))()).rejects.toThrow(
        /no row yet/,
      );
    });
  });

  describe("flush", () => {
    it("writes some objects alone, and what is newly related to them", async () => {
      const session = face.open();
      const [first, second] = [new User({ name: "first" }), new User({ name: "second" })];
      first.addresses.push(new Address({ emailAddress: "a" }));
      session.addAll([first, second]);
      await session.flush([first]);
      expect([inspect(first).persistent, inspect(second).pending, session.new.size]).toEqual([true, true, 1]);
      expect(first.addresses[0]?.userId).toBe(first.id);
      first.name = "changed";
      await session.flush([second]);
      expect([session.dirty.has(first), session.new.size]).toEqual([true, 0]);
      await session.commit();
      expect(await names()).toEqual([["changed"], ["second"]]);
    });

    it("is explained without being done", async () => {
      const session = face.open();
      session.add(new User({ name: "ann", addresses: [new Address({ emailAddress: "a" })] }));
      face.sent();
      expect((await session.explainFlush()).split("\n").map((line) => line.replace(/ .*: .*/, ""))).toHaveLength(3);
      expect(face.sent()).toEqual([]);
      await session.flush();
      expect(await session.explainFlush()).toBe("Nothing to flush");
      face.sent();
      await session.flush();
      expect(face.sent()).toEqual([]);
    });

    it("sends SQL expressions and leaves their values to be loaded", async () => {
      const [id = 0] = await makeUsers("ann");
      const session = face.open();
      const user = await session.getOne(User, id);
      user.name = User.name.concat("!");
      await session.flush();
      await session.load(user, User.name);
      expect(user.name).toBe("ann!");
    });
  });

  describe("autoflush", () => {
    it("comes before queries, unless it is held back", async () => {
      const session = face.open();
      session.add(new User({ name: "ann" }));
      const count = (options = {}): Promise<number> =>
        Promise.resolve(session.scalars(select(User), undefined, options)).then((users) => users.all().length);
      expect(await count({ autoflush: false })).toBe(0);
      await session.noAutoflush(() => expect(session.new.size).toBe(1));
      expect(await count()).toBe(1);
    });
  });

  describe("transactions", () => {
    it("are begun on purpose where autobegin is off", async () => {
      const session = face.open({ autobegin: false });
      session.add(new User({ name: "ann" }));
      await expect((async () => session.scalars(select(User)))()).rejects.toThrow(/call session\.begin\(\) first/);
      await expect((async () => session.flush())()).rejects.toThrow(InvalidRequestError);
      expect(session.new.size).toBe(1);
      const transaction = await session.begin();
      expect([session.inTransaction, transaction.isActive, transaction.nested]).toEqual([true, true, false]);
      await expect((async () => session.begin())()).rejects.toThrow(/in a transaction already/);
      await transaction.commit();
      expect(session.inTransaction).toBe(false);
      expect(await names()).toEqual([["ann"]]);
    });

    it("undo to a savepoint leaves what was not touched since as it is", async () => {
      const [a = 0, b = 0] = await makeUsers("a", "b");
      const session = face.open();
      const [first, second] = [await session.getOne(User, a), await session.getOne(User, b)];
      second.name = "before";
      const savepoint = await session.beginNested();
      const added = new User({ name: "added" });
      session.add(added);
      first.name = "since";
      await session.flush();
      await session.delete(second);
      await session.flush();
      first.plan = "pro";
      const pending = new User({ name: "pending" });
      session.add(pending);
      await savepoint.rollback();
      expect([inspect(added).transient, inspect(pending).transient, added.id]).toEqual([true, true, undefined]);
      expect([session.new.size, session.dirty.size, session.deleted.size, session.identityMap.size]).toEqual([
        0, 0, 0, 2,
      ]);
      expect([inspect(first).unloaded.has("name"), inspect(second).persistent]).toEqual([true, true]);
      await session.load([first, second], User.name);
      expect([first.name, second.name]).toEqual(["a", "before"]);
      await session.commit();
      expect(await names()).toEqual([["a"], ["before"]]);
    });

    it("undo to a savepoint keeps loaded what nobody changed", async () => {
      const [id = 0] = await makeUsers("a");
      const session = face.open();
      const user = await session.getOne(User, id);
      const savepoint = await session.beginNested();
      session.add(new User({ name: "b" }));
      await savepoint.rollback();
      expect(inspect(user).unloaded.has("name")).toBe(false);
    });

    it("go on after a flush failed within a savepoint", async () => {
      await makeUsers("a");
      const session = face.open();
      session.add(new Group({ name: "g" }));
      await session.flush();
      const savepoint = await session.beginNested();
      session.add(new Group({ name: "g" }));
      await expect((async () => session.flush())()).rejects.toThrow();
      await expect((async () => session.flush())()).rejects.toThrow(/rolled back because a flush failed/);
      await savepoint.rollback();
      session.add(new Group({ name: "h" }));
      await session.commit();
      expect(await face.rows("SELECT name FROM app_group ORDER BY id")).toEqual([["g"], ["h"]]);
    });
  });

  describe("ends", () => {
    it("close lets objects go and can be used again; for good only where that was asked for", async () => {
      const session = face.open();
      const user = new User({ name: "ann" });
      session.add(user);
      await session.flush();
      await session.close();
      expect([inspect(user).detached, session.identityMap.size, (await names()).length]).toEqual([true, 0, 0]);
      expect((await session.scalars(select(User))).all()).toEqual([]);
      const once = face.open({ closeResetsOnly: false });
      await once.reset();
      await once.flush();
      await once.close();
      await once.close();
      await expect((async () => once.scalars(select(User)))()).rejects.toThrow(ResourceClosedError);
      await expect((async () => once.add(user))()).rejects.toThrow(/closed for good/);
    });

    it("invalidate cuts the connection and lets objects go", async () => {
      const session = face.open();
      session.add(new User({ name: "ann" }));
      await session.flush();
      await session.invalidate();
      expect([session.identityMap.size, session.inTransaction]).toEqual([0, false]);
      expect((await session.scalars(select(User))).all()).toEqual([]);
    });
  });

  describe("statements in bulk", () => {
    it("insert many rows, and give them back as objects where the database can", async () => {
      const session = face.open();
      await session.execute(insert(User), [{ name: "a" }, { name: "b" }]);
      expect(await names()).toEqual([]);
      if (face.database.has("insert-returning")) {
        const users = (await session.scalars(insert(User).returning(User), [{ name: "c" }, { name: "d" }])).all();
        expect(users.map(({ name, plan }) => [name, plan])).toEqual([
          ["c", "free"],
          ["d", "free"],
        ]);
        expect(session.has(users[0])).toBe(true);
      }
      await session.commit();
      expect((await names()).slice(0, 2)).toEqual([["a"], ["b"]]);
    });

    it("update by primary key, and the session's objects follow", async () => {
      const [a = 0, b = 0, c = 0] = await makeUsers("a", "b", "c");
      const session = face.open();
      const user = await session.getOne(User, b);
      const result = await session.execute(update(User), [
        { id: a, name: "A" },
        { id: b, name: "B" },
        { id: c, plan: "pro" },
      ]);
      expect([result.rowCount, user.name, session.dirty.size]).toEqual([3, "B", 0]);
      await session.commit();
      expect(await face.rows("SELECT name, plan FROM user_account ORDER BY id")).toEqual([
        ["A", "free"],
        ["B", "free"],
        ["c", "pro"],
      ]);
      await expect((async () => session.execute(update(User), [{ name: "x" }]))()).rejects.toThrow(/needs 'id'/);
      await expect((async () => session.execute(update(User), [{ id: a }]))()).rejects.toThrow(/values beside/);
    });

    it("update and delete with conditions are followed in each way", async () => {
      const [a = 0, b = 0] = await makeUsers("a", "b");
      const session = face.open();
      const [first, second] = [await session.getOne(User, a), await session.getOne(User, b)];
      face.sent();
      await session.execute(update(User).where(User.id.eq(a)).values({ name: "auto" }));
      expect([rowStatements(face.sent()).length, first.name, second.name]).toEqual([1, "auto", "b"]);
      await session.execute(update(User).where(User.name.eq("auto")).values({ name: "fetched" }));
      expect([rowStatements(face.sent()).length, first.name]).toEqual([2, "fetched"]);
      const byName = update(User).where(User.name.eq("fetched")).values({ name: "evaluated" });
      await session.execute(byName, undefined, { synchronizeSession: "evaluate" });
      expect([rowStatements(face.sent()).length, first.name]).toEqual([1, "evaluated"]);
      const left = update(User).where(User.id.eq(b)).values({ name: "left" });
      await session.execute(left, undefined, { synchronizeSession: false });
      expect([second.name, rowStatements(face.sent()).length]).toEqual(["b", 1]);
      const like = update(User).where(User.name.like("l%")).values({ plan: "pro" });
      const evaluated = (async () => session.execute(like, undefined, { synchronizeSession: "evaluate" }))();
      await expect(evaluated).rejects.toThrow(/cannot be evaluated in memory/);
      // What the database works out is to be loaded.
      await session.execute(
        update(User)
          .where(User.id.eq(a))
          .values({ name: User.name.concat("!") }),
      );
      expect(inspect(first).unloaded.has("name")).toBe(true);
      await session.load(first, User.name);
      expect(first.name).toBe("evaluated!");
      expect(session.query(User).withForUpdate({ nowait: true }).toString()).toMatch(/FOR UPDATE NOWAIT$/);
      await session.query(User).update({ plan: "pro" }, { synchronizeSession: false });
      expect(first.plan).toBe("free");
      await session
        .query(User)
        .filter(User.id.in([b]))
        .delete();
      expect([inspect(second).deleted, inspect(first).persistent]).toEqual([true, true]);
      await session.rollback();
      expect(inspect(second).persistent).toBe(true);
    });

    it("what is not loaded decides nothing: the object is expired", async () => {
      const [id = 0] = await makeUsers("a");
      const session = face.open();
      const user = await session.getOne(User, id);
      session.expire(user, ["id"]);
      await session.execute(update(User).where(User.id.eq(id)).values({ name: "b" }));
      expect(inspect(user).unloaded.has("name")).toBe(true);
      await session.refresh(user);
      expect(user.name).toBe("b");
    });
  });

  describe("objects", () => {
    it("are asked whose they are, what they are known by and what became of them", async () => {
      const [id = 0] = await makeUsers("ann");
      const session = face.open();
      const user = await session.getOne(User, id);
      expect([objectSession(user), identityKey(user), wasDeleted(user)]).toEqual([session, ["User", [id]], false]);
      expect([objectSession(new User({ name: "x" })), identityKey(new User({ name: "x" }))]).toEqual([null, null]);
      user.name = "bea";
      const { history } = inspect(user).attrs["name"] ?? expect.fail("the class has a name");
      expect([history.added, history.unchanged, history.deleted]).toEqual([["bea"], [], ["ann"]]);
      expect([session.isModified(user), session.isModified(user, { relationships: false })]).toEqual([true, true]);
      user.name = "ann";
      expect([session.isModified(user), session.dirty.has(user)]).toEqual([false, true]);
      await session.delete(user);
      await session.flush();
      expect(wasDeleted(user)).toBe(true);
      await session.rollback();
      expect(wasDeleted(user)).toBe(false);
      await session.delete(user);
      await session.commit();
      expect([wasDeleted(user), inspect(user).detached, session.info]).toEqual([true, true, {}]);
    });

    it("are made transient, to be inserted anew, or detached, to be loaded", async () => {
      const [id = 0] = await makeUsers("ann");
      const session = face.open({ info: { request: 1 } });
      const user = await session.getOne(User, id);
      makeTransient(user);
      expect([inspect(user).transient, session.has(user), session.info]).toEqual([true, false, { request: 1 }]);
      user.id = id + 1;
      session.add(user);
      await session.commit();
      expect(await names()).toEqual([["ann"], ["ann"]]);
      const stub = new User({ id } as never);
      makeTransientToDetached(stub);
      session.add(stub);
      expect([inspect(stub).persistent, inspect(stub).unloaded.has("name")]).toEqual([true, true]);
      await session.load(stub, User.name);
      expect(stub.name).toBe("ann");
      expect(() => makeTransientToDetached(new User({ name: "x" }))).toThrow(/set its primary key \(id\) first/);
      expect(() => makeTransientToDetached(user)).toThrow(/is persistent/);
    });
  });
});
