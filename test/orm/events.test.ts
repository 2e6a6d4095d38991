// What sessions, classes and attributes tell those who listen, in which order, and what an answer changes.
import {
  ArgumentError,
  AsyncSession,
  createAsyncEngine,
  Entity,
  isListening,
  listen,
  select,
  selectinload,
  Session,
  type SessionEvents,
  sessionmaker,
  text,
  unlisten,
  update,
  watchLoads,
} from "athanor";
import { afterEach, describe, expect, it } from "vitest";
import { Address, Group, metadata, User } from "../relationships/models/index.js";
import { openShop } from "../relationships/shop.js";

type Values = Readonly<Record<string, unknown>>;
type Name = keyof SessionEvents<Session>;

/** What is undone after a test: listeners to classes would outlive it. */
const undo: (() => void)[] = [];
afterEach(() => {
  for (const each of undo.splice(0)) each();
});

function trim({ value }: { readonly value: string }): { readonly value: string } {
  if (value.trim() === "") throw new ArgumentError("a name has letters");
  return { value: value.trim() };
}

function exclaim({ values }: { readonly values: Values }): { readonly values: Values } {
  return { values: { ...values, name: ` ${String(values["name"])}! ` } };
}

function hear(session: Session, names: readonly Name[]): string[] {
  const heard: string[] = [];
  for (const name of names) listen(session, name, () => void heard.push(name));
  return heard;
}

describe("a session tells", () => {
  it("of its transaction, from begin to end", () => {
    const { session } = openShop();
    const heard = hear(session, [
      "afterBegin",
      "beforeCommit",
      "beforeFlush",
      "afterFlush",
      "pendingToPersistent",
      "afterFlushPostExec",
      "afterCommit",
      "afterRollback",
      "afterSoftRollback",
    ]);
    session.add(new User({ name: "ann" }));
    session.commit();
    expect(heard.splice(0)).toEqual([
      "beforeCommit",
      "afterBegin",
      "beforeFlush",
      "afterFlush",
      "pendingToPersistent",
      "afterFlushPostExec",
      "afterCommit",
    ]);
    session.commit();
    expect(heard.splice(0)).toEqual(["beforeCommit", "afterCommit"]);
    session.execute(text("SELECT 1"));
    session.rollback();
    expect(heard.splice(0)).toEqual(["afterBegin", "afterRollback", "afterSoftRollback"]);
    session.beginNested().rollback();
    expect(heard).toEqual(["afterBegin", "afterSoftRollback"]);
  });

  it("of each object's moves", () => {
    const { session } = openShop({ expireOnCommit: false });
    const moves: string[] = [];
    const names = [
      "transientToPending",
      "pendingToPersistent",
      "pendingToTransient",
      "persistentToTransient",
      "persistentToDeleted",
      "deletedToPersistent",
      "deletedToDetached",
      "persistentToDetached",
      "detachedToPersistent",
      "loadedAsPersistent",
    ] as const;
    for (const name of names)
      listen(session, name, ({ object }) => void moves.push(`${name} ${(object as User).name}`));
    const ann = new User({ name: "ann" });
    session.add(ann);
    session.flush();
    session.rollback();
    expect(moves.splice(0)).toEqual(["transientToPending ann", "pendingToPersistent ann", "persistentToTransient ann"]);
    session.add(ann);
    session.commit();
    session.expunge(ann);
    session.add(ann);
    moves.splice(0, 2);
    expect(moves.splice(0)).toEqual(["persistentToDetached ann", "detachedToPersistent ann"]);
    session.delete(ann);
    session.flush();
    session.rollback();
    session.delete(ann);
    session.commit();
    expect(moves.splice(0)).toEqual([
      "persistentToDeleted ann",
      "deletedToPersistent ann",
      "persistentToDeleted ann",
      "deletedToDetached ann",
    ]);
    session.execute(text("INSERT INTO user_account (name) VALUES ('bob')"));
    session.scalars(select(User)).all();
    expect(moves).toEqual(["loadedAsPersistent bob"]);
  });

  it("before a flush, when objects can still be added", () => {
    const { session } = openShop();
    listen(session, "beforeFlush", ({ session: its }) => {
      for (const each of its.new) if (each instanceof User) each.addresses.push(new Address({ emailAddress: "made" }));
    });
    session.add(new User({ name: "ann" }));
    session.commit();
    expect(session.scalars(select(Address.emailAddress)).all()).toEqual(["made"]);
  });

  it("before a statement, which an answer replaces; and before the loads of relationships", () => {
    const { session } = openShop();
    session.add(
      new User({ name: "ann", addresses: [new Address({ emailAddress: "a1" }), new Address({ emailAddress: "a2" })] }),
    );
    session.add(new User({ name: "bob" }));
    session.commit();
    session.expungeAll();
    const loads: boolean[] = [];
    listen(session, "beforeExecute", ({ isRelationshipLoad }) => void loads.push(isRelationshipLoad));
    listen(session, "beforeExecute", ({ isRelationshipLoad }) =>
      isRelationshipLoad ? undefined : { statement: select(User).where(User.name.eq("bob")) },
    );
    expect(
      session
        .scalars(select(User))
        .all()
        .map((each) => each.name),
    ).toEqual(["bob"]);
    expect(loads.splice(0)).toEqual([false]);
    session
      .scalars(select(User).options(selectinload(User.addresses)))
      .all()[0]
      ?.groups.map((each) => each.title);
    expect(loads).toEqual([false, true]);
  });

  it("after a bulk write, how many rows it met", () => {
    const { session } = openShop();
    session.addAll([new User({ name: "ann" }), new User({ name: "bob" })]);
    session.flush();
    const counts: number[] = [];
    listen(session, "afterBulkUpdate", ({ rowCount }) => void counts.push(rowCount));
    session.execute(update(User).values({ name: "x" }));
    expect(counts).toEqual([2]);
  });

  it("through its maker and its class, those first who are further away", () => {
    const { engine } = openShop();
    const make = sessionmaker({ bind: engine });
    const heard: string[] = [];
    const onClass = (): void => void heard.push("class");
    listen(Session, "beforeCommit", onClass);
    undo.push(() => unlisten(Session, "beforeCommit", onClass));
    listen(make, "beforeCommit", () => void heard.push("maker"));
    const session = make();
    listen(session, "beforeCommit", () => void heard.push("session"));
    session.commit();
    expect(heard).toEqual(["class", "maker", "session"]);
    expect(isListening(Session, "beforeCommit", onClass)).toBe(true);
    new Session(engine).commit();
    expect(heard.slice(3)).toEqual(["class"]);
  });

  it("on the asynchronous face, too", async () => {
    const engine = createAsyncEngine("sqlite://");
    await metadata.createAll(engine);
    await using session = new AsyncSession(engine);
    const heard: string[] = [];
    listen(session, "beforeFlush", ({ session: its }) => void heard.push(String(its.new)));
    session.add(new User({ name: "ann" }));
    await session.commit();
    expect(heard).toEqual(["IdentitySet([User(id=undefined, name='ann')])"]);
  });

  it("what a listener throws stops what was to be done, and is undone", () => {
    const { session } = openShop();
    listen(session, "beforeCommit", () => {
      throw new ArgumentError("not today");
    });
    session.add(new User({ name: "ann" }));
    expect(() => session.commit()).toThrow("not today");
    session.rollback();
    expect(session.scalars(select(User)).all()).toEqual([]);
  });
});

describe("a class tells", () => {
  it("of its rows: columns set before are written, and all is told in order", () => {
    const { session, sent } = openShop();
    const heard: string[] = [];
    const names = [
      "beforeInsert",
      "afterInsert",
      "beforeUpdate",
      "afterUpdate",
      "beforeDelete",
      "afterDelete",
    ] as const;
    for (const name of names) {
      const listener = ({ object }: { readonly object: User }): void => {
        heard.push(`${name} ${object.name}`);
        if (name === "beforeInsert" || name === "beforeUpdate") object.name = object.name.toUpperCase();
      };
      listen(User, name, listener);
      undo.push(() => unlisten(User, name, listener));
    }
    const ann = new User({ name: "ann" });
    session.add(ann);
    session.flush();
    expect(sent()[0]).toContain("['ANN']");
    ann.name = "bob";
    session.flush();
    session.delete(ann);
    session.flush();
    expect(heard).toEqual([
      "beforeInsert ann",
      "afterInsert ANN",
      "beforeUpdate bob",
      "afterUpdate BOB",
      "beforeDelete BOB",
      "afterDelete BOB",
    ]);
  });

  it("of objects made, loaded and expired; Entity of every class", () => {
    const { session } = openShop();
    const heard: string[] = [];
    const onInit = ({ values }: { readonly values: Readonly<Record<string, unknown>> }): void =>
      void heard.push(`init ${JSON.stringify(values)}`);
    const onLoad = ({ object }: { readonly object: Entity }): void => void heard.push(`load ${String(object)}`);
    const onExpire = ({ object }: { readonly object: User }): void =>
      void heard.push(`expire ${object instanceof User}`);
    listen(User, "init", onInit);
    listen(Entity, "load", onLoad);
    listen(User, "expire", onExpire);
    undo.push(
      () => unlisten(User, "init", onInit),
      () => unlisten(Entity, "load", onLoad),
      () => unlisten(User, "expire", onExpire),
    );
    session.add(new User({ name: "ann" }));
    session.commit();
    session.expungeAll();
    const [ann] = session.scalars(select(User)).all();
    if (ann !== undefined) session.expire(ann);
    expect(heard[0]).toBe('init {"name":"ann"}');
    expect(heard.filter((each) => each.startsWith("load"))).toHaveLength(1);
    expect(heard.at(-1)).toBe("expire true");
  });
});

describe("an attribute tells", () => {
  it("of assignments, which an answer changes and an error refuses", () => {
    const { session } = openShop();
    listen(User.name, "set", trim);
    undo.push(() => unlisten(User.name, "set", trim));
    const ann = new User({ name: "ann" });
    ann.name = "  bea ";
    expect(ann.name).toBe("bea");
    expect(() => (ann.name = " ")).toThrow("a name has letters");
    const given = Object.freeze({ name: " cid " });
    expect([new User(given).name, given.name]).toEqual(["cid", " cid "]);
    expect(() => new User({ name: " " })).toThrow("a name has letters");
    session.add(ann);
    session.commit();
    expect(ann.name).toBe("bea");
    ann.name = " bea ";
    expect(session.dirty.size).toBe(0);
  });

  it("of related objects once, in constructors too, and takes another one in place", () => {
    const [ann, bob] = [new User({ name: "ann" }), new User({ name: "bob" })];
    const heard: unknown[] = [];
    const instead = ({
      value,
      oldValue,
    }: {
      readonly value: User | null;
      readonly oldValue?: User | null | undefined;
    }) => {
      heard.push(value?.name, oldValue?.name);
      return value === ann ? { value: bob } : undefined;
    };
    listen(Address.user, "set", instead);
    undo.push(() => unlisten(Address.user, "set", instead));
    const address = new Address({ emailAddress: "a", user: ann });
    expect([address.user, ann.addresses.length, bob.addresses.length]).toEqual([bob, 0, 1]);
    expect(heard.splice(0)).toEqual(["ann", undefined]);
    bob.addresses.pop();
    expect(heard.splice(0)).toEqual([undefined, "bob"]);
    ann.addresses.push(address);
    // What follows its other side is told, and stays.
    expect([heard, address.user]).toEqual([["ann", undefined], ann]);
  });

  it("of new objects, whose values an answer changes before attributes are told", () => {
    listen(User, "init", exclaim);
    listen(User.name, "set", trim);
    undo.push(
      () => unlisten(User, "init", exclaim),
      () => unlisten(User.name, "set", trim),
    );
    const { session } = openShop();
    session.add(new User({ name: "ann" }));
    session.commit();
    session.expungeAll();
    expect(session.query(User).one().name).toBe("ann!");
  });

  it("of what enters and leaves a collection, from whichever side", () => {
    const heard: string[] = [];
    const entering = ({ object, value }: { readonly object: object; readonly value: Address }): void =>
      void heard.push(`+${(object as User).name} ${value.emailAddress}`);
    const leaving = ({ value }: { readonly value: Address }): void => void heard.push(`-${value.emailAddress}`);
    listen(User.addresses, "append", entering);
    listen(User.addresses, "remove", leaving);
    undo.push(
      () => unlisten(User.addresses, "append", entering),
      () => unlisten(User.addresses, "remove", leaving),
    );
    const ann = new User({ name: "ann" });
    const first = new Address({ emailAddress: "a1" });
    ann.addresses.push(first);
    new Address({ emailAddress: "a2", user: ann });
    ann.addresses.remove(first);
    expect(heard).toEqual(["+ann a1", "+ann a2", "-a1"]);
  });
});

it("what is loaded one by one is reported, with the option that loads it at once", () => {
  const { session } = openShop();
  for (const name of ["ann", "bob", "cy"])
    session.add(new User({ name, addresses: [new Address({ emailAddress: name })] }));
  session.commit();
  session.expungeAll();
  using watch = watchLoads(session);
  for (const user of session.scalars(select(User)).all()) expect(user.addresses).toHaveLength(1);
  session
    .scalars(select(User))
    .first()
    ?.groups.map((group) => group.title);
  expect(watch.patterns).toEqual([{ attribute: "User.addresses", loads: 3, option: "selectinload(User.addresses)" }]);
  expect(String(watch)).toBe("User.addresses was loaded 3 times, one by one: add selectinload(User.addresses)");
  session.expungeAll();
  using better = watchLoads(session);
  for (const user of session.scalars(select(User).options(selectinload(User.addresses))).all()) {
    expect(user.addresses).toHaveLength(1);
  }
  expect(String(better)).toBe("Nothing was loaded one by one");
});

it("what has no events is refused", () => {
  // @ts-expect-error a number cannot be listened to
  expect(() => listen(1, "commit", () => undefined)).toThrow("listen() takes an engine, a session");
  // @ts-expect-error a class has no such event
  listen(Group, "beforeCommit", () => undefined);
});
