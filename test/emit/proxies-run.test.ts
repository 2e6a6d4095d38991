// Proxies of generated classes at work: what related objects show, written through and asked for in statements.
import { aliased, createEngine, select, Session } from "athanor";
import { beforeEach, expect, it } from "vitest";
import { Account, AccountTag, Email, Keyword, metadata, Profile } from "./cases/proxies/index.js";

let session: Session;

beforeEach(() => {
  const engine = createEngine("sqlite://");
  metadata.createAll(engine);
  session = new Session(engine);
  return () => {
    session.close();
    engine.dispose();
  };
});

it("make and take away the objects between", () => {
  const [red, blue, green] = ["red", "blue", "green"].map((word) => new Keyword({ word })) as [
    Keyword,
    Keyword,
    Keyword,
  ];
  const ann = new Account({ name: "ann" });
  expect(ann.keywords.push(red, blue)).toBe(2);
  expect(ann.tags.map((tag) => [tag instanceof AccountTag, tag.account === ann])).toEqual([
    [true, true],
    [true, true],
  ]);
  session.add(ann);
  session.commit();
  expect(ann.keywords).toEqual([red, blue]);

  const kept = ann.tags[1];
  expect([ann.keywords.remove(red), ann.keywords.remove(green)]).toEqual([true, false]);
  ann.keywords = [blue, green];
  expect([ann.keywords.length, ann.tags[0] === kept]).toEqual([2, true]);
  session.commit();
  expect(session.query(AccountTag).count()).toBe(2);
  const shown = ann.keywords;
  shown.clear();
  session.commit();
  expect([shown.length, session.query(AccountTag).count(), session.query(Keyword).count()]).toEqual([0, 0, 3]);
});

it("work along sets, and give plain arrays on", () => {
  const ann = new Account({ name: "ann" });
  ann.addresses = ["a@x", "b@x"];
  ann.addresses.push("c@x");
  expect([ann.emails.size, ann.addresses.map((each) => each.length)]).toEqual([3, [3, 3, 3]]);
  expect(ann.addresses.filter(Boolean).constructor).toBe(Array);
  ann.addresses.remove("a@x");
  session.add(ann);
  session.commit();
  expect(session.scalars(select(Email.emailAddress).orderBy(Email.id)).all()).toEqual(["b@x", "c@x"]);
});

it("set what the related object has, or make it", () => {
  const ann = new Account({ name: "ann" });
  ann.bio = null;
  expect(ann.profile).toBe(null);
  ann.bio = "sails";
  const { profile } = ann;
  ann.bio = "dives";
  expect([ann.profile === profile, profile instanceof Profile, profile?.bio]).toEqual([true, true, "dives"]);
  session.add(ann);
  session.commit();
  expect(session.scalars(select(Profile.bio)).all()).toEqual(["dives"]);
});

it("stand in conditions, under aliases too", () => {
  const red = new Keyword({ word: "red" });
  const ann = new Account({ name: "ann" });
  const bob = new Account({ name: "bob", parent: ann });
  ann.keywords.push(red);
  ann.addresses.push("a@x");
  bob.addresses.push("b@x", "c@x");
  bob.bio = "dives";
  session.addAll([ann, bob, new Account({ name: "cid" })]);
  session.commit();
  const names = (...conditions: Parameters<ReturnType<typeof select>["where"]>): string[] =>
    session
      .scalars(
        select(Account.name)
          .where(...conditions)
          .orderBy(Account.name),
      )
      .all();
  expect(names(Account.keywords.contains(red))).toEqual(["ann"]);
  expect(names(Account.keywords.any(Keyword.word.startsWith("r")))).toEqual(["ann"]);
  expect(names(Account.keywords.any().not())).toEqual(["bob", "cid"]);
  expect(names(Account.addresses.contains("c@x"))).toEqual(["bob"]);
  expect(names(Account.addresses.any(Email.emailAddress.like("%@x")))).toEqual(["ann", "bob"]);
  expect([names(Account.bio.eq("dives")), names(Account.bio.ne("sails"))]).toEqual([["bob"], ["bob"]]);
  expect([names(Account.bio.eq(null)), names(Account.bio.has())]).toEqual([["ann", "cid"], ["bob"]]);
  expect(names(Account.parentName.eq("ann"))).toEqual(["bob"]);
  const other = aliased(Account, "other");
  expect(session.scalars(select(other.name).where(other.addresses.contains("a@x"))).all()).toEqual(["ann"]);
  expect(String(select(Account.id).where(Account.addresses.contains("a@x")))).toBe(
    "SELECT account.id \nFROM account \nWHERE EXISTS (SELECT 1 \n" +
      "FROM email \nWHERE account.id = email.account_id AND email.email_address = :emailAddress_1)",
  );
});
