// Random changes to relationships of every direction against a naive model: after each change both sides agree with the
// model in memory, and after a flush so does the database.
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Session, text } from "athanor";
import { Address, Group, Profile, User } from "./models/index.js";
import { openShop, type Shop } from "./shop.js";

const count = 3;
const index = fc.nat({ max: count - 1 });
const optional = fc.option(index, { nil: null });

/** A change of one relationship, in terms of numbers of objects. */
const anyChange = fc.oneof(
  fc.record({ kind: fc.constantFrom("push", "unshift", "remove"), user: index, address: index }),
  fc.record({ kind: fc.constantFrom("pop", "shift", "clear"), user: index }),
  fc.record({ kind: fc.constant("addresses"), user: index, addresses: fc.uniqueArray(index, { maxLength: count }) }),
  fc.record({ kind: fc.constant("user"), address: index, user: optional }),
  fc.record({ kind: fc.constant("profile"), user: index, profile: optional }),
  fc.record({ kind: fc.constant("owner"), profile: index, user: optional }),
  fc.record({ kind: fc.constantFrom("join", "leave"), user: index, group: index }),
  fc.record({ kind: fc.constantFrom("admit", "dismiss"), user: index, group: index }),
  fc.record({ kind: fc.constant("groups"), user: index, groups: fc.uniqueArray(index, { maxLength: count }) }),
  fc.record({ kind: fc.constant("flush") }),
  fc.record({ kind: fc.constant("commit") }),
);
type Change = { kind: string; user?: number | null; address?: number; profile?: number | null; group?: number } & {
  addresses?: number[];
  groups?: number[];
};

class Objects {
  readonly users = Array.from({ length: count }, (_, n) => new User({ name: `u${n}` }));
  readonly addresses = Array.from({ length: count }, (_, n) => new Address({ emailAddress: `a${n}` }));
  readonly profiles = Array.from({ length: count }, (_, n) => new Profile({ bio: `p${n}` }));
  readonly groups = Array.from({ length: count }, (_, n) => new Group({ title: `g${n}` }));
}

/** Who is related to whom, as plainly as it can be said. */
class Model {
  readonly userOfAddress: (number | null)[] = Array.from({ length: count }, () => null);
  readonly userOfProfile: (number | null)[] = Array.from({ length: count }, () => null);
  readonly members = new Set<string>();
  /** Addresses in the order in which they came to their users. */
  #order: number[] = [];

  addressesOf(user: number): number[] {
    return this.#order.filter((address) => this.userOfAddress[address] === user);
  }

  profileOf(user: number): number | null {
    const found = this.userOfProfile.indexOf(user);
    return found < 0 ? null : found;
  }

  giveAddress(address: number, user: number | null): void {
    if (this.userOfAddress[address] !== user)
      this.#order = [...this.#order.filter((each) => each !== address), address];
    this.userOfAddress[address] = user;
  }

  giveProfile(profile: number | null, user: number | null): void {
    if (user !== null) {
      const former = this.profileOf(user);
      if (former !== null) this.userOfProfile[former] = null;
    }
    if (profile !== null) this.userOfProfile[profile] = user;
  }

  apply(change: Change): void {
    const user = change.user ?? 0;
    const group = `${user}-${change.group ?? 0}`;
    switch (change.kind) {
      case "push":
      case "unshift":
        return this.giveAddress(change.address ?? 0, user);
      case "remove":
        if (this.userOfAddress[change.address ?? 0] === user) this.giveAddress(change.address ?? 0, null);
        return;
      case "clear":
        for (const each of this.addressesOf(user)) this.giveAddress(each, null);
        return;
      case "addresses":
        for (const each of this.addressesOf(user)) if (!change.addresses?.includes(each)) this.giveAddress(each, null);
        for (const each of change.addresses ?? []) this.giveAddress(each, user);
        return;
      case "user":
        return this.giveAddress(change.address ?? 0, change.user ?? null);
      case "profile":
        return this.giveProfile(change.profile ?? null, user);
      case "owner":
        return this.giveProfile(change.profile ?? 0, change.user ?? null);
      case "join":
      case "admit":
        this.members.add(group);
        return;
      case "leave":
      case "dismiss":
        this.members.delete(group);
        return;
      case "groups":
        for (let each = 0; each < count; each++) this.members.delete(`${user}-${each}`);
        for (const each of change.groups ?? []) this.members.add(`${user}-${each}`);
        return;
    }
  }
}

function at<T>(list: readonly T[], place: number | null | undefined): T {
  const found = list[place ?? 0];
  if (found === undefined) throw new RangeError(`no object ${place}`);
  return found;
}

/** Applies a change to the objects; returns the address that `pop` or `shift` took. */
function perform(change: Change, objects: Objects, session: Session | null): Address | undefined {
  const user = at(objects.users, change.user);
  const address = at(objects.addresses, change.address);
  const group = at(objects.groups, change.group);
  const nullable = <T>(list: readonly T[], place: number | null | undefined): T | null =>
    place === null || place === undefined ? null : at(list, place);
  switch (change.kind) {
    case "push":
    case "unshift":
      // A second occurrence is another matter.
      if (!user.addresses.includes(address)) user.addresses[change.kind](address);
      return undefined;
    case "remove":
      user.addresses.remove(address);
      return undefined;
    case "pop":
    case "shift":
      return user.addresses[change.kind]();
    case "clear":
      user.addresses.clear();
      return undefined;
    case "addresses":
      user.addresses = (change.addresses ?? []).map((each) => at(objects.addresses, each));
      return undefined;
    case "user":
      address.user = nullable(objects.users, change.user);
      return undefined;
    case "profile":
      user.profile = nullable(objects.profiles, change.profile);
      return undefined;
    case "owner":
      at(objects.profiles, change.profile).user = nullable(objects.users, change.user);
      return undefined;
    case "join":
      if (!user.groups.includes(group)) user.groups.push(group);
      return undefined;
    case "admit":
      if (!group.members.includes(user)) group.members.push(user);
      return undefined;
    case "leave":
      user.groups.remove(group);
      return undefined;
    case "dismiss":
      group.members.remove(user);
      return undefined;
    case "groups":
      user.groups = (change.groups ?? []).map((each) => at(objects.groups, each));
      return undefined;
    case "flush":
      session?.flush();
      return undefined;
    case "commit":
      session?.commit();
      return undefined;
  }
  return undefined;
}

const numbers = (list: readonly object[], all: readonly object[]): number[] =>
  list.map((each) => all.indexOf(each)).toSorted();

function expectAgreement(objects: Objects, model: Model): void {
  objects.users.forEach((user, n) => {
    expect(numbers(user.addresses, objects.addresses)).toEqual(model.addressesOf(n).toSorted());
    const profile = model.profileOf(n);
    expect(user.profile).toBe(profile === null ? null : objects.profiles[profile]);
    const groups = objects.groups.flatMap((_, g) => (model.members.has(`${n}-${g}`) ? [g] : []));
    expect(numbers(user.groups, objects.groups)).toEqual(groups);
  });
  objects.addresses.forEach((address, n) => {
    const owner = model.userOfAddress[n] ?? null;
    expect(address.user).toBe(owner === null ? null : objects.users[owner]);
  });
  objects.profiles.forEach((profile, n) => {
    const owner = model.userOfProfile[n] ?? null;
    expect(profile.user).toBe(owner === null ? null : objects.users[owner]);
  });
  objects.groups.forEach((group, g) => {
    const members = objects.users.flatMap((_, n) => (model.members.has(`${n}-${g}`) ? [n] : []));
    expect(numbers(group.members, objects.users)).toEqual(members);
  });
}

/** A unique foreign key changes hands in two flushes: in one, the new owner's UPDATE may come first. */
function partProfiles(change: Change, objects: Objects, session: Session): void {
  if (change.kind !== "profile" && change.kind !== "owner") return;
  if (change.profile !== null) at(objects.profiles, change.profile).user = null;
  if (change.user !== null) at(objects.users, change.user).profile = null;
  session.flush();
}

function follow(change: Change, objects: Objects, model: Model, session: Session | null): void {
  if (session !== null) partProfiles(change, objects, session);
  const taken = perform(change, objects, session);
  if (taken !== undefined) model.giveAddress(objects.addresses.indexOf(taken), null);
  else model.apply(change);
}

const nameOf = (user: number | null): string | null => (user === null ? null : `u${user}`);

/** Who is related to whom according to the database, in the model's words. */
function expectStored(objects: Objects, model: Model, shop: Shop): void {
  const { session } = shop;
  const stored = (sql: string): unknown[] => session.execute(text(sql)).tuples().all();
  expect(
    stored("SELECT email_address, name FROM address LEFT JOIN user_account u ON u.id = user_id ORDER BY email_address"),
  ).toEqual(objects.addresses.map((_, n) => [`a${n}`, nameOf(model.userOfAddress[n] ?? null)]));
  expect(stored("SELECT bio, name FROM profile LEFT JOIN user_account u ON u.id = user_id ORDER BY bio")).toEqual(
    objects.profiles.map((_, n) => [`p${n}`, nameOf(model.userOfProfile[n] ?? null)]),
  );
  const members =
    "SELECT name || '-' || title FROM membership " +
    "JOIN user_account u ON u.id = user_id JOIN app_group g ON g.id = group_id";
  expect(new Set(stored(members).map(String))).toEqual(
    new Set([...model.members].map((each) => `u${each.replace("-", "-g")}`)),
  );
}

describe("random changes", () => {
  it("keep both sides in step in memory", () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 25 }), (changes) => {
        const objects = new Objects();
        const model = new Model();
        for (const each of changes) {
          follow(each, objects, model, null);
          expectAgreement(objects, model);
        }
      }),
      { numRuns: 300 },
    );
  });

  // Reading everything after each change loads everything; reading at the end only leaves collections unloaded.
  it.each([true, false])("reach the database (with both sides read after each change: %s)", (readsEach) => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 20 }), fc.boolean(), (changes, expireOnCommit) => {
        const shop = openShop({ expireOnCommit });
        const objects = new Objects();
        const model = new Model();
        shop.session.addAll(Object.values(objects).flat());
        shop.session.commit();
        for (const each of changes) {
          follow(each, objects, model, shop.session);
          if (readsEach) expectAgreement(objects, model);
        }
        expectAgreement(objects, model);
        shop.session.flush();
        expectStored(objects, model, shop);
        shop.session.commit();
        expectAgreement(objects, model);
        shop.session.close();
      }),
      { numRuns: 120 },
    );
  });
});
