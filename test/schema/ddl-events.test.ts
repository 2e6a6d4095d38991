// Events of tables, views and a MetaData: who is told when, and what listeners add in the same transaction.
import { expect, it } from "vitest";
import {
  createAsyncEngine,
  createEngine,
  DDL,
  inspect,
  Integer,
  listen,
  MetaData,
  sql,
  Table,
  unlisten,
  viewOf,
} from "athanor";
import { DatabaseError } from "../../runtime/errors/errors.js";

function shop(): { metadata: MetaData; item: Table } {
  const metadata = new MetaData();
  const item: Table = new Table("item", metadata, { id: Integer().primaryKey() });
  new Table("seen", metadata, { id: Integer() }, [viewOf("SELECT id FROM item")]);
  return { metadata, item };
}

it("tells in order, before and after each table and all of them", () => {
  const { metadata, item } = shop();
  const told: string[] = [];
  for (const name of ["beforeCreate", "afterCreate", "beforeDrop", "afterDrop"] as const) {
    listen(metadata, name, ({ dialect }) => told.push(`${name} all on ${dialect}`));
    listen(item, name, ({ target }) => told.push(`${name} ${String(target)}`));
  }
  const engine = createEngine("sqlite://");
  metadata.createAll(engine);
  metadata.createAll(engine);
  metadata.dropAll(engine);
  expect(told).toEqual([
    "beforeCreate all on sqlite",
    "beforeCreate item",
    "afterCreate item",
    "afterCreate all on sqlite",
    "beforeCreate all on sqlite",
    "afterCreate all on sqlite",
    "beforeDrop all on sqlite",
    "beforeDrop item",
    "afterDrop item",
    "afterDrop all on sqlite",
  ]);
});

it("executes what listeners return, where its conditions hold", async () => {
  const { metadata, item } = shop();
  const trigger = new DDL(sql({ default: "CREATE VIEW doubled AS SELECT id * 2 AS id FROM item" }));
  const add = (): DDL[] => [trigger, new DDL("nonsense").executeIf({ dialect: ["other"] })];
  listen(item, "afterCreate", add);
  listen(item, "beforeDrop", () => new DDL("DROP VIEW doubled").executeIf({ when: ({ target }) => target === item }));
  const engine = createAsyncEngine("sqlite://");
  await metadata.createAll(engine);
  expect((await inspect(engine).getViewNames()).toSorted()).toEqual(["doubled", "seen"]);
  await metadata.dropAll(engine);
  expect(await inspect(engine).getViewNames()).toEqual([]);
  unlisten(item, "afterCreate", add);
  await metadata.createAll(engine);
  expect(await inspect(engine).getViewNames()).toEqual(["seen"]);
  await engine.dispose();
});

it("undoes all where a listener's statement fails", () => {
  const { metadata } = shop();
  listen(metadata, "afterCreate", () => new DDL("nonsense"));
  const engine = createEngine("sqlite://");
  expect(() => metadata.createAll(engine)).toThrow(DatabaseError);
  expect(inspect(engine).getTableNames()).toEqual([]);
});
