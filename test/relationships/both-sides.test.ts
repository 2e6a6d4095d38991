// Both sides of a relationship, in memory and before any flush: every direction, every way to change it.
import { ArgumentError } from "athanor";
import { describe, expect, it } from "vitest";
import { Address, Group, Node, Note, Profile, User } from "./models/index.js";

const user = (name: string): User => new User({ name });
const address = (emailAddress: string): Address => new Address({ emailAddress });

describe("one-to-many and many-to-one", () => {
  it("push sets the scalar", () => {
    const ann = user("ann");
    const a = address("a");
    expect(ann.addresses.push(a)).toBe(1);
    expect(a.user).toBe(ann);
    expect(ann.addresses[0]).toBe(a);
  });

  it("setting the scalar puts the object into the collection", () => {
    const ann = user("ann");
    const a = address("a");
    a.user = ann;
    expect([...ann.addresses]).toEqual([a]);
    a.user = ann;
    expect(ann.addresses).toHaveLength(1);
  });

  it("the constructor does both", () => {
    const a = address("a");
    const ann = new User({ name: "ann", addresses: [a] });
    expect(a.user).toBe(ann);
    const b = new Address({ emailAddress: "b", user: ann });
    expect([...ann.addresses]).toEqual([a, b]);
  });

  it("moving to another parent leaves the former", () => {
    const ann = user("ann");
    const bob = user("bob");
    const a = address("a");
    ann.addresses.push(a);
    bob.addresses.push(a);
    expect([...ann.addresses]).toEqual([]);
    expect(a.user).toBe(bob);
    a.user = ann;
    expect([...bob.addresses]).toEqual([]);
    expect([...ann.addresses]).toEqual([a]);
    a.user = null;
    expect([...ann.addresses]).toEqual([]);
    expect(a.user).toBeNull();
  });

  it("every method keeps the sides in step", () => {
    const ann = user("ann");
    const [a, b, c, d] = [address("a"), address("b"), address("c"), address("d")];
    ann.addresses.push(a, b);
    expect(ann.addresses.unshift(c)).toBe(3);
    expect([...ann.addresses]).toEqual([c, a, b]);
    expect(ann.addresses.pop()).toBe(b);
    expect(b.user).toBeNull();
    expect(ann.addresses.shift()).toBe(c);
    expect(c.user).toBeNull();
    expect(ann.addresses.splice(0, 1, b, d)).toEqual([a]);
    expect([a.user, b.user, d.user]).toEqual([null, ann, ann]);
    expect(ann.addresses.remove(b)).toBe(true);
    expect(ann.addresses.remove(b)).toBe(false);
    expect(b.user).toBeNull();
    ann.addresses.clear();
    expect(d.user).toBeNull();
    expect(ann.addresses.pop()).toBeUndefined();
    expect(ann.addresses.shift()).toBeUndefined();
    ann.addresses.push(a, b, c);
    expect(ann.addresses.splice(1)).toEqual([b, c]);
    expect(c.user).toBeNull();
  });

  it("assigning a collection tells what came from what went", () => {
    const [a, b, c] = [address("a"), address("b"), address("c")];
    const ann = new User({ name: "ann", addresses: [a, b] });
    const collection = ann.addresses;
    ann.addresses = [c, b];
    expect([...ann.addresses]).toEqual([c, b]);
    expect(ann.addresses).toBe(collection);
    expect([a.user, b.user, c.user]).toEqual([null, ann, ann]);
    ann.addresses = collection;
    expect([...ann.addresses]).toEqual([c, b]);
    ann.addresses = new Set([a]);
    expect([a.user, b.user, c.user]).toEqual([ann, null, null]);
  });

  it("an object that stands twice stays related until it is gone", () => {
    const ann = user("ann");
    const a = address("a");
    ann.addresses.push(a, a);
    ann.addresses.pop();
    expect(a.user).toBe(ann);
    ann.addresses.pop();
    expect(a.user).toBeNull();
  });

  it("without another side only the collection changes", () => {
    const ann = new User({ name: "ann", notes: [new Note({ body: "x" })] });
    expect(ann.notes.map((note) => note.body)).toEqual(["x"]);
  });
});

describe("one-to-one", () => {
  it("replaces the former partner on both sides", () => {
    const [ann, bob] = [user("ann"), user("bob")];
    const [p, q] = [new Profile({ bio: "p" }), new Profile({ bio: "q" })];
    ann.profile = p;
    expect(p.user).toBe(ann);
    ann.profile = q;
    expect([p.user, q.user]).toEqual([null, ann]);
    bob.profile = q;
    expect([ann.profile, bob.profile]).toEqual([null, q]);
    p.user = bob;
    expect([bob.profile, q.user]).toEqual([p, null]);
    p.user = null;
    expect(bob.profile).toBeNull();
  });
});

describe("many-to-many", () => {
  it("changes both collections", () => {
    const [ann, bob] = [user("ann"), user("bob")];
    const [g, h] = [new Group({ title: "g" }), new Group({ title: "h" })];
    ann.groups.push(g, h);
    expect([[...g.members], [...h.members]]).toEqual([[ann], [ann]]);
    g.members.push(bob);
    expect([...bob.groups]).toEqual([g]);
    ann.groups.remove(g);
    expect([...g.members]).toEqual([bob]);
    h.members = [bob];
    expect([[...ann.groups], [...bob.groups]]).toEqual([[], [g, h]]);
  });
});

describe("a class related to itself", () => {
  it("keeps parent and children in step", () => {
    const [a, b, c] = [new Node({}), new Node({}), new Node({})];
    a.children.push(b, c);
    c.parent = b;
    expect([...a.children]).toEqual([b]);
    expect([...b.children]).toEqual([c]);
    a.parent = a;
    expect([...a.children]).toEqual([b, a]);
  });
});

describe("reading", () => {
  it("a new object's collection is empty and its scalar null", () => {
    expect([...user("x").addresses]).toEqual([]);
    expect(address("x").user).toBeNull();
  });

  it("map, filter, slice and concat give plain arrays", () => {
    const ann = new User({ name: "ann", addresses: [address("a"), address("b")] });
    for (const plain of [
      ann.addresses.map((each) => each),
      ann.addresses.filter(() => true),
      ann.addresses.slice(),
      ann.addresses.concat([]),
    ]) {
      expect(Object.getPrototypeOf(plain)).toBe(Array.prototype);
      expect(plain).toHaveLength(2);
    }
    expect(Array.isArray(ann.addresses)).toBe(true);
    expect(ann.addresses).toEqual([ann.addresses[0], ann.addresses[1]]);
  });
});

describe("what cannot be related", () => {
  it("names the relationship, what it takes and what it was given", () => {
    const ann = user("ann");
    // @ts-expect-error a User is no Address
    expect(() => ann.addresses.push(user("bob"))).toThrow(
      "User.addresses cannot hold a User: it takes instances of Address",
    );
    // @ts-expect-error nor is a string
    expect(() => ann.addresses.push("a")).toThrow(/User\.addresses cannot hold .*a.*: it takes instances of Address/);
    // @ts-expect-error undefined is no element
    expect(() => ann.addresses.push(address("a"), undefined)).toThrow("Element 1 of User.addresses is undefined");
    // @ts-expect-error nor is null
    expect(() => (ann.addresses = [null])).toThrow("Element 0 of User.addresses is null");
    expect([...ann.addresses]).toEqual([]);
    const a = address("a");
    // @ts-expect-error a Group is no User
    expect(() => (a.user = new Group({ title: "g" }))).toThrow("Address.user cannot hold a Group");
    // @ts-expect-error undefined is not "none"
    expect(() => (a.user = undefined)).toThrow("assign null");
    // @ts-expect-error a collection cannot be null
    expect(() => (ann.addresses = null)).toThrow(ArgumentError);
    expect(a.user).toBeNull();
  });
});
