// Statements that a program keeps and executes again: what was planned the first time must fit the second.
import {
  bindparam,
  createEngine,
  insert,
  Integer,
  listen,
  MetaData,
  select,
  selectinload,
  Session,
  Table,
  unlisten,
  Varchar,
} from "athanor";
import { expect, it } from "vitest";
import { defineClass, type Instance, relationship } from "../inheritance/define.js";
import { User } from "../relationships/models/index.js";
import { fill, openShop } from "../relationships/shop.js";

it("load the relationships of whatever objects they find", () => {
  const { session, sent } = openShop();
  fill(session);
  session.expungeAll();
  sent();
  const some = select(User)
    .where(User.name.like(bindparam("pattern")))
    .options(selectinload(User.addresses))
    .orderBy(User.id);
  const addresses = (pattern: string): string[][] =>
    session
      .scalars(some, { pattern })
      .all()
      .map((user) => user.addresses.map(({ emailAddress }) => emailAddress));
  expect(addresses("nobody")).toEqual([]);
  expect(addresses("a%")).toEqual([["a1", "a2"]]);
  session.expungeAll();
  expect(addresses("%")).toEqual([["a1", "a2"], []]);
  expect(
    sent()
      .filter((sql) => sql.includes("FROM address"))
      .map(countOfMarks),
  ).toEqual([1, 2]);
});

function countOfMarks(sql: string): number {
  return sql.split("?").length - 1;
}

it("ask who listens to a relationship's SELECT each time", () => {
  const { session } = openShop();
  fill(session);
  session.expungeAll();
  const all = select(User).options(selectinload(User.addresses)).orderBy(User.id);
  const counts = (): number[] =>
    session
      .scalars(all)
      .all()
      .map((user) => user.addresses.length);
  expect(counts()).toEqual([2, 0]);
  session.expungeAll();
  const heard: boolean[] = [];
  const hear = ({ isRelationshipLoad }: { readonly isRelationshipLoad: boolean }): void => {
    heard.push(isRelationshipLoad);
  };
  listen(session, "beforeExecute", hear);
  expect(counts()).toEqual([2, 0]);
  unlisten(session, "beforeExecute", hear);
  expect(heard).toEqual([false, true]);
});

it("find the related rows of a class that was mapped after they were executed", () => {
  const metadata = new MetaData();
  const shelf = new Table("shelf", metadata, { id: Integer().primaryKey() });
  const thing = new Table("thing", metadata, {
    id: Integer().primaryKey(),
    kind: Varchar(10),
    shelf_id: Integer().references("shelf.id"),
  });
  const Thing = defineClass({
    name: "Thing",
    table: thing,
    columns: ["id", "kind", "shelf_id"],
    on: "kind",
    identity: "thing",
  });
  const first = { table: thing, columns: [], kind: "single" } as const;
  const First = defineClass({ ...first, name: "First", base: Thing, identity: "first" });
  const Shelf = defineClass({
    name: "Shelf",
    table: shelf,
    columns: ["id"],
    relationships: [
      {
        name: "firsts",
        target: "First",
        direction: "one-to-many",
        collection: true,
        pairs: [["id", "shelf_id"]],
        orderBy: [["id"]],
        cascade: ["save-update", "merge"],
      },
    ],
  });
  const engine = createEngine("sqlite://");
  metadata.createAll(engine);
  using session = new Session(engine);
  session.execute(insert(shelf), [{ id: 1 }]);
  session.execute(insert(thing), [
    { id: 1, kind: "first", shelf_id: 1 },
    { id: 2, kind: "second", shelf_id: 1 },
  ]);
  const shelves = select(Shelf).options(selectinload(relationship(Shelf, "firsts")));
  const ids = (): unknown[] => {
    session.expungeAll();
    const found = session.scalars(shelves).one();
    return (found["firsts"] as Instance[]).map(({ id }) => id); // the relationship says what is there
  };
  expect(ids()).toEqual([1]);
  expect(ids()).toEqual([1]);
  defineClass({ ...first, name: "Second", base: First, identity: "second" });
  expect(ids()).toEqual([1, 2]);
});
