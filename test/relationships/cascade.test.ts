// Cascades: what comes into a session, leaves it and is deleted together with an object.
import { inspect, select } from "athanor";
import { describe, expect, it } from "vitest";
import { Address, Group, Node, Note, Profile, Task, User } from "./models/index.js";
import { fill, openShop } from "./shop.js";

describe("save-update", () => {
  it("takes in what an added object leads to, however far", () => {
    const { session } = openShop();
    const leaf = new Node({});
    const root = new Node({ children: [new Node({ children: [leaf] })] });
    session.add(root);
    expect(session.has(leaf)).toBe(true);
    const user = new User({ name: "x", profile: new Profile({ bio: "p" }), groups: [new Group({ title: "g" })] });
    session.add(user);
    expect([user.profile, user.groups[0]].every((each) => session.has(each))).toBe(true);
  });

  it("takes in what is added to an object that is in a session, in every way", () => {
    const { session } = openShop();
    const { ann } = fill(session);
    const added = [
      new Address({ emailAddress: "1" }),
      new Address({ emailAddress: "2" }),
      new Address({ emailAddress: "3" }),
    ] as const;
    ann.addresses.push(added[0]);
    ann.addresses.splice(0, 0, added[1]);
    ann.addresses = [...ann.addresses, added[2]];
    const profile = new Profile({ bio: "x" });
    ann.profile = profile;
    expect([...added, profile].every((each) => session.has(each))).toBe(true);
  });

  it("does not go through the other side alone", () => {
    const { session } = openShop();
    const { ann } = fill(session);
    expect(ann.addresses).toHaveLength(2);
    const address = new Address({ emailAddress: "x" });
    address.user = ann;
    expect(ann.addresses).toHaveLength(3);
    expect(session.has(address)).toBe(false);
  });

  it("reaches what was taken out since the last flush, whose row has to be updated", () => {
    const { session } = openShop();
    const { ann } = fill(session);
    const [address] = ann.addresses;
    if (address === undefined) throw new RangeError("no address");
    session.expunge(ann);
    ann.addresses.remove(address);
    session.add(ann);
    expect(session.has(address)).toBe(true);
    session.commit();
    expect(address.userId).toBeNull();
  });
});

describe("a rollback", () => {
  it("leaves a new object's relationships for the next time", () => {
    const { session } = openShop();
    const user = new User({
      name: "x",
      addresses: [new Address({ emailAddress: "a" })],
      groups: [new Group({ title: "g" })],
      profile: new Profile({ bio: "p" }),
    });
    session.add(user);
    session.flush();
    session.rollback();
    expect(inspect(user).transient).toBe(true);
    session.add(user);
    session.commit();
    session.expungeAll();
    const again = session.scalars(select(User)).one();
    expect([again.addresses.length, again.groups.length, again.profile?.bio]).toEqual([1, 1, "p"]);
  });
});

describe("delete", () => {
  it("loads the related objects and deletes them, children first", () => {
    const { session, sent } = openShop();
    const { ann } = fill(session);
    session.expunge(ann);
    const user = session.get(User, 1);
    if (user === null) throw new RangeError("no user");
    sent();
    session.delete(user);
    session.flush();
    const tables = sent().flatMap((each) => /^DELETE FROM (\w+)/.exec(each)?.[1] ?? []);
    expect(tables.toSorted()).toEqual(["address", "membership", "profile", "user_account"]);
    expect(tables.at(-1)).toBe("user_account");
    session.commit();
    expect(inspect(user).detached).toBe(true);
    expect(session.scalars(select(Address)).all()).toEqual([]);
    expect(session.scalars(select(Group)).all()).toHaveLength(2);
  });

  it("without the cascade, the children lose their key", () => {
    const { session } = openShop();
    const root = new Node({ children: [new Node({}), new Node({})] });
    session.add(root);
    session.commit();
    session.delete(root);
    session.commit();
    expect(
      session
        .scalars(select(Node))
        .all()
        .map((each) => each.parentId),
    ).toEqual([null, null]);
  });
});

describe("delete-orphan", () => {
  it("a persistent object that its parent let go is deleted by the flush", () => {
    const { session } = openShop();
    const user = new User({
      name: "x",
      tasks: [new Task({ title: "a" }), new Task({ title: "b" })],
      notes: [new Note({ body: "n" })],
    });
    session.add(user);
    session.commit();
    user.tasks.pop();
    user.notes.clear();
    session.commit();
    expect(session.scalars(select(Task)).all()).toHaveLength(1);
    expect(session.scalars(select(Note)).all()).toEqual([]);
    const [task] = user.tasks;
    if (task !== undefined) task.user = null;
    session.commit();
    expect(session.scalars(select(Task)).all()).toEqual([]);
  });

  it("a move is no orphaning", () => {
    const { session } = openShop();
    const task = new Task({ title: "t" });
    const note = new Note({ body: "n" });
    const [from, to] = [new User({ name: "from", tasks: [task], notes: [note] }), new User({ name: "to" })];
    session.addAll([from, to]);
    session.commit();
    to.tasks.push(task);
    to.notes.push(note);
    from.notes.remove(note);
    session.commit();
    expect(task.user).toBe(to);
    expect([...from.tasks, ...from.notes]).toEqual([]);
    expect([...to.tasks, ...to.notes]).toEqual([task, note]);
  });

  it("a new object leaves the session at once, and comes back with another parent", () => {
    const { session } = openShop();
    const task = new Task({ title: "t" });
    const [one, two] = [new User({ name: "1", tasks: [task] }), new User({ name: "2" })];
    session.addAll([one, two]);
    expect(session.has(task)).toBe(true);
    one.tasks.remove(task);
    expect(session.has(task)).toBe(false);
    two.tasks.push(task);
    expect(session.has(task)).toBe(true);
    task.user = one;
    expect(session.has(task)).toBe(true);
    task.user = null;
    expect(session.has(task)).toBe(false);
    session.commit();
    expect(session.scalars(select(Task)).all()).toEqual([]);
  });
});

describe("expunge, refresh-expire and merge", () => {
  it("expunge takes the related objects along", () => {
    const { session } = openShop();
    const { ann } = fill(session);
    const [addresses, groups] = [[...ann.addresses], [...ann.groups]];
    session.expunge(ann);
    expect(addresses.some((each) => session.has(each))).toBe(false);
    // Groups are not in the cascade.
    expect(groups.every((each) => session.has(each))).toBe(true);
    expect(addresses.every((each) => inspect(each).detached)).toBe(true);
  });

  it("expire unloads the related objects too", () => {
    const { session, sent } = openShop();
    const { ann } = fill(session);
    const [address] = ann.addresses;
    expect(address?.emailAddress).toBe("a1");
    session.expire(ann);
    sent();
    expect(address?.emailAddress).toBe("a1");
    expect(sent()).toHaveLength(1);
  });

  it("merge follows the relationships", () => {
    const { session } = openShop();
    fill(session);
    session.expungeAll();
    const given = new User({ id: 1, name: "ann", addresses: [new Address({ id: 2, emailAddress: "changed" })] });
    const merged = session.merge(given);
    expect(merged).not.toBe(given);
    expect(merged.addresses.map((each) => each.emailAddress)).toEqual(["changed"]);
    session.commit();
    expect(session.get(Address, 2)?.emailAddress).toBe("changed");
    expect(session.get(Address, 1)?.userId).toBeNull();
  });
});
