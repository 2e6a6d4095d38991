// Generated code at work on SQLite: every column finds its way in and out, in tables of more than one mask, under
// names that JavaScript's functions have already.
import { createEngine, CreateTable, postgresql, select, Session } from "athanor";
import { expect, it } from "vitest";
import * as functionProperties from "./cases/function-properties/index.js";
import { country, sight, visit } from "./cases/stated-keys/tables.js";
import * as wideTable from "./cases/wide-table/index.js";

const columnNames = Array.from({ length: 64 }, (_, index) => `c${String(index + 1).padStart(2, "0")}`);

it("writes and reads each of 65 columns", () => {
  const engine = createEngine("sqlite://");
  wideTable.metadata.createAll(engine);
  const values = Object.fromEntries(columnNames.map((name, index) => [name, index * 10]));
  const writing = new Session(engine);
  writing.add(new wideTable.Wide(values));
  writing.commit();
  writing.close();

  const reading = new Session(engine);
  const wide = reading.scalars(wideTable.findWideById(1)).one();
  expect(wide.toJSON()).toEqual({ id: 1, ...values });
  wide.c01 = -1;
  wide.c31 = null;
  wide.c32 = -32;
  wide.c64 = -64;
  reading.commit();
  expect(wide.toJSON()).toEqual({ id: 1, ...values, c01: -1, c31: null, c32: -32, c64: -64 });
  reading.close();
});

it("leaves out of an INSERT what is not set, in every word of the mask", () => {
  const engine = createEngine("sqlite://");
  wideTable.metadata.createAll(engine);
  const session = new Session(engine);
  session.add(new wideTable.Wide({ c40: 4 }));
  session.commit();
  const row = session.scalars(select(wideTable.Wide)).one();
  expect([row.c01, row.c40, row.c64]).toEqual([null, 4, null]);
  session.close();
});

it("has attributes called name, length, caller and arguments", () => {
  const { Call, metadata, Person } = functionProperties;
  const engine = createEngine("sqlite://");
  metadata.createAll(engine);
  const session = new Session(engine);
  session.add(new Person({ name: "ada", length: 3, caller: "x", arguments: "y", calls: [new Call({})] }));
  session.commit();
  const found = session
    .scalars(
      select(Person).where(Person.name.eq("ada"), Person.length.eq(3), Person.caller.eq("x"), Person.arguments.eq("y")),
    )
    .one();
  expect([found.name, found.length, found.caller, found.arguments, found.calls[0]?.name]).toEqual([
    "ada",
    3,
    "x",
    "y",
    "ada",
  ]);
  session.close();
});

it("leaves keys that the schema does not number to the program, on every database", () => {
  const created = [country, visit, sight].map((table) => new CreateTable(table).compile({ dialect: postgresql }).sql);
  expect(created.map((sql) => sql.includes("GENERATED"))).toEqual([false, false, true]);
});
