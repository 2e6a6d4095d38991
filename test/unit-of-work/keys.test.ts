// Keys that people give and change: the rows that refer to them follow, by the database or by the flush; rows that
// change hands; rows that swap places under a unique key.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AsyncSession, createAsyncEngine, FlushError, select, text } from "athanor";
import { openDatabase, type TestDatabase, writesIn } from "../orm/support/database.js";
import { describeEachDatabase } from "../support/databases/databases.js";
import {
  Account,
  Driver,
  Engine,
  Harbour,
  Licence,
  Login,
  metadata,
  Pilot,
  Plate,
  Region,
  Ship,
  Street,
  Town,
  Water,
} from "./models/index.js";

let database: TestDatabase;
beforeEach(() => {
  database = openDatabase(metadata);
});
afterEach(() => database[Symbol.dispose]());

function flushed(work: () => void = () => undefined): string[] {
  database.sent();
  work();
  database.session.flush();
  return writesIn(database.sent());
}

function drivers(): [Driver, Driver, Licence, Licence] {
  const [one, two] = [new Licence({ code: "1" }), new Licence({ code: "2" })];
  const [ann, bob] = [new Driver({ name: "ann", licence: one }), new Driver({ name: "bob", licence: two })];
  database.session.addAll([ann, bob]);
  database.session.commit();
  expect([ann.licence, bob.licence]).toEqual([one, two]);
  return [ann, bob, one, two];
}

describe("a changed key, where the database changes what refers to it", () => {
  it("is one UPDATE; loaded children know the new key without a statement", () => {
    const { session } = database;
    const login = new Login({ device: "phone" });
    const account = new Account({ username: "ann", logins: [login] });
    session.add(account);
    session.commit();
    expect([login.username, account.username]).toEqual(["ann", "ann"]);
    expect(
      flushed(() => {
        account.username = "anna";
      }),
    ).toEqual(["UPDATE account SET username=? WHERE account.username = ? ['anna', 'ann']"]);
    expect(login.username).toBe("anna");
    expect(writesIn(database.sent())).toEqual([]);
    expect(session.get(Account, "anna")).toBe(account);
    session.rollback();
    expect(session.get(Account, "ann")).toBe(account);
    expect(login.username).toBe("ann");
  });

  it("reaches keys within keys within keys", () => {
    const { session } = database;
    const street = new Street({ name: "Main" });
    const town = new Town({ name: "Ayr", streets: [street] });
    const region = new Region({ code: "north", name: "North", towns: [town] });
    session.add(region);
    session.commit();
    expect(street.townName).toBe("Ayr");
    expect([town.size, region.name]).toEqual([null, "North"]);
    region.code = "south";
    town.size = 5;
    street.name = "High";
    expect(flushed()).toEqual([
      "UPDATE region SET code=? WHERE region.code = ? ['south', 'north']",
      "UPDATE town SET size=? WHERE town.region_code = ? AND town.name = ? [5, 'south', 'Ayr']",
      "UPDATE street SET name=? WHERE street.region_code = ? AND street.town_name = ? AND street.name = ? " +
        "['High', 'south', 'Ayr', 'Main']",
    ]);
    expect(session.get(Street, ["south", "Ayr", "High"])).toBe(street);
    expect(session.get(Town, ["south", "Ayr"])).toBe(town);
    expect(street.regionCode).toBe("south");
    expect(flushed()).toEqual([]);
    session.commit();
    expect([street.regionCode, town.regionCode, town.size]).toEqual(["south", "south", 5]);
    session.delete(region);
    session.commit();
    expect(session.scalars(select(Street)).all()).toEqual([]);
  });

  it("reaches a key twice where what lies between moves on in the same flush", () => {
    const { session } = database;
    const street = new Street({ name: "Main" });
    const town = new Town({ name: "Ayr", streets: [street] });
    const [north, east] = [
      new Region({ code: "north", name: "N", towns: [town] }),
      new Region({ code: "east", name: "E" }),
    ];
    session.addAll([north, east]);
    session.flush();
    north.code = "south";
    town.region = east;
    street.name = "High";
    expect(flushed()).toEqual([
      "UPDATE region SET code=? WHERE region.code = ? ['south', 'north']",
      "UPDATE town SET region_code=? WHERE town.region_code = ? AND town.name = ? ['east', 'south', 'Ayr']",
      "UPDATE street SET name=? WHERE street.region_code = ? AND street.town_name = ? AND street.name = ? " +
        "['High', 'east', 'Ayr', 'Main']",
    ]);
    expect(session.get(Street, ["east", "Ayr", "High"])).toBe(street);
  });

  it("leaves a child alone that moves to another parent at the same time", () => {
    const { session } = database;
    const login = new Login({ device: "phone" });
    const [ann, bob] = [new Account({ username: "ann", logins: [login] }), new Account({ username: "bob" })];
    session.addAll([ann, bob]);
    session.commit();
    login.account = bob;
    ann.username = "anna";
    session.commit();
    expect(login.username).toBe("bob");
  });
});

describe("a changed key, where the flush writes it to the rows that refer to it (passive_updates false)", () => {
  it("loads them and updates each", () => {
    const { session } = database;
    const harbour = new Harbour({ code: "RTM", ships: [new Ship({ name: "a" }), new Ship({ name: "b" })] });
    session.add(harbour);
    session.commit();
    expect(
      flushed(() => {
        harbour.code = "RDM";
      }),
    ).toEqual([
      "UPDATE harbour SET code=? WHERE harbour.code = ? ['RDM', 'RTM']",
      "UPDATE ship SET harbour_code=? WHERE ship.id = ? [['RDM', 1], ['RDM', 2]]",
    ]);
    session.commit();
    expect(harbour.ships.map(({ harbourCode }) => harbourCode)).toEqual(["RDM", "RDM"]);
  });
});

const allLinks = text("SELECT pilot_licence, water_name FROM pilot_water ORDER BY 1, 2");

function links(): unknown[] {
  return database.session.execute(allLinks).tuples().all();
}

describe("a changed key of a link table's rows, where the flush writes it (passive_updates false)", () => {
  it("is set in all of them by one UPDATE, without loading them, from either side", () => {
    const { session } = database;
    const [elbe, maas] = [new Water({ name: "Elbe" }), new Water({ name: "Maas" })];
    const pilot = new Pilot({ licence: "p1", waters: [elbe, maas] });
    session.add(pilot);
    session.commit();
    expect([pilot.licence, elbe.name]).toEqual(["p1", "Elbe"]);
    expect(flushed(() => (pilot.licence = "p2"))).toEqual([
      "UPDATE pilot SET licence=? WHERE pilot.licence = ? ['p2', 'p1']",
      "UPDATE pilot_water SET pilot_licence=? WHERE pilot_water.pilot_licence = ? ['p2', 'p1']",
    ]);
    expect(flushed(() => (elbe.name = "Labe"))).toEqual([
      "UPDATE water SET name=? WHERE water.name = ? ['Labe', 'Elbe']",
      "UPDATE pilot_water SET water_name=? WHERE pilot_water.water_name = ? ['Labe', 'Elbe']",
    ]);
    session.commit();
    expect(pilot.waters).toEqual([elbe, maas]);
    expect(links()).toEqual([
      ["p2", "Labe"],
      ["p2", "Maas"],
    ]);
  });

  it("comes after links that go and before links that come", () => {
    const { session } = database;
    const [elbe, maas] = [new Water({ name: "Elbe" }), new Water({ name: "Maas" })];
    const pilot = new Pilot({ licence: "p1", waters: [elbe] });
    session.addAll([pilot, maas]);
    session.commit();
    expect([pilot.licence, pilot.waters.length, maas.name]).toEqual(["p1", 1, "Maas"]);
    expect(
      flushed(() => {
        pilot.licence = "p2";
        pilot.waters = [maas];
      }),
    ).toEqual([
      "DELETE FROM pilot_water WHERE pilot_water.pilot_licence = ? AND pilot_water.water_name = ? ['p1', 'Elbe']",
      "UPDATE pilot SET licence=? WHERE pilot.licence = ? ['p2', 'p1']",
      "UPDATE pilot_water SET pilot_licence=? WHERE pilot_water.pilot_licence = ? ['p2', 'p1']",
      "INSERT INTO pilot_water (pilot_licence, water_name) VALUES (?, ?) ['p2', 'Maas']",
    ]);
    expect(links()).toEqual([["p2", "Maas"]]);
  });

  it("goes along a chain of keys: who leaves a key first", () => {
    const { session } = database;
    const elbe = new Water({ name: "Elbe" });
    const pilots = ["a", "b", "c"].map((licence) => new Pilot({ licence, waters: [elbe] }));
    session.addAll(pilots);
    session.commit();
    expect(pilots.map(({ licence }) => licence)).toEqual(["a", "b", "c"]);
    const renamed = ["b", "c", "d"];
    const plan = flushed(() => pilots.forEach((pilot, at) => (pilot.licence = renamed[at] ?? "")));
    expect(plan.at(-1)).toBe(
      "UPDATE pilot_water SET pilot_licence=? WHERE pilot_water.pilot_licence = ? [['d', 'c'], ['c', 'b'], ['b', 'a']]",
    );
    expect(links()).toEqual(renamed.map((licence) => [licence, "Elbe"]));
    session.rollback();
    expect(pilots.map(({ licence }) => licence)).toEqual(["a", "b", "c"]);
  });

  it("is a line of the plan", () => {
    const { session } = database;
    const pilot = new Pilot({ licence: "p1" });
    session.add(pilot);
    session.flush();
    pilot.licence = "p2";
    expect(session.explainFlush().split("\n")).toEqual([
      "1. UPDATE pilot: Pilot('p1')",
      "2. UPDATE pilot_water: its pilot_licence follows Pilot('p1')",
    ]);
  });

  it("is nothing to do where the object goes", () => {
    const { session } = database;
    const pilot = new Pilot({ licence: "p1", waters: [new Water({ name: "Elbe" })] });
    session.add(pilot);
    session.commit();
    pilot.licence = "p2";
    session.delete(pilot);
    expect(flushed().filter((each) => each.startsWith("UPDATE"))).toEqual([]);
    expect(links()).toEqual([]);
  });
});

await describeEachDatabase("a changed key of a link table's rows", {}, (place) => {
  it("is written by the flush along a chain of keys, with links that come and go", async () => {
    const engine = createAsyncEngine(place.url);
    await metadata.createAll(engine);
    await using session = new AsyncSession(engine);
    const [elbe, maas, oder] = [new Water({ name: "Elbe" }), new Water({ name: "Maas" }), new Water({ name: "Oder" })];
    const [a, b] = [
      new Pilot({ licence: "a", waters: [elbe, maas] }),
      new Pilot({ licence: "b", waters: [elbe, maas] }),
    ];
    session.addAll([a, b, oder]);
    await session.commit();
    for (const each of [a, b, elbe, maas, oder]) await session.refresh(each);
    for (const pilot of [a, b]) await session.load(pilot, Pilot.waters);
    b.licence = "c";
    a.licence = "b";
    a.waters.remove(maas);
    b.waters.push(oder);
    maas.name = "Meuse";
    await session.commit();
    expect((await session.execute(allLinks)).tuples().all()).toEqual([
      ["b", "Elbe"],
      ["c", "Elbe"],
      ["c", "Meuse"],
      ["c", "Oder"],
    ]);
    await engine.dispose();
  });
});

describe("rows that change hands", () => {
  it("a new object with the key of a deleted one is an UPDATE of what it sets", () => {
    const { session } = database;
    const old = new Account({ username: "ann", note: "old" });
    session.add(old);
    session.commit();
    session.delete(old);
    const fresh = new Account({ username: "ann", note: "new" });
    session.add(fresh);
    expect(flushed()).toEqual(["UPDATE account SET note=? WHERE account.username = ? ['new', 'ann']"]);
    expect(session.get(Account, "ann")).toBe(fresh);
    session.commit();
    expect(fresh.note).toBe("new");
  });

  it("a new object with the key of another one that stays is refused", () => {
    const { session } = database;
    session.add(new Account({ username: "ann" }));
    session.commit();
    const kept = session.get(Account, "ann");
    expect(kept).not.toBeNull();
    session.add(new Account({ username: "ann" }));
    expect(() => session.flush()).toThrow(FlushError);
  });

  it("rows trade primary keys along a chain: who leaves a key goes first", () => {
    const { session } = database;
    const [a, b] = [new Account({ username: "a" }), new Account({ username: "b" })];
    session.addAll([a, b]);
    session.commit();
    expect([a.username, b.username]).toEqual(["a", "b"]);
    expect(
      flushed(() => {
        a.username = "b";
        b.username = "c";
      }),
    ).toEqual([
      "UPDATE account SET username=? WHERE account.username = ? ['c', 'b']",
      "UPDATE account SET username=? WHERE account.username = ? ['b', 'a']",
    ]);
    expect([session.get(Account, "b"), session.get(Account, "c")]).toEqual([a, b]);
  });
});

describe("a unique foreign key", () => {
  it("partners swap: one row gives its value up before the others take theirs", () => {
    const [ann, bob, one, two] = drivers();
    database.sent();
    ann.licence = two;
    bob.licence = one;
    expect(flushed()).toEqual([
      "UPDATE licence SET driver_id=? WHERE licence.id = ? [null, 2]",
      "UPDATE licence SET driver_id=? WHERE licence.id = ? [2, 1]",
      "UPDATE licence SET driver_id=? WHERE licence.id = ? [1, 2]",
    ]);
    database.session.commit();
    expect([ann.licence, bob.licence]).toEqual([two, one]);
    expect([one.driverId, two.driverId]).toEqual([2, 1]);
  });

  it("a partner moves on: the row that leaves the value goes first", () => {
    const [ann, , one, two] = drivers();
    one.driver = null;
    two.driver = ann;
    expect(flushed()).toEqual([
      "UPDATE licence SET driver_id=? WHERE licence.id = ? [null, 1]",
      "UPDATE licence SET driver_id=? WHERE licence.id = ? [1, 2]",
    ]);
    database.session.commit();
    expect([one.driverId, two.driverId]).toEqual([null, 1]);
  });

  it("a new partner takes the place of a deleted orphan", () => {
    const { session } = database;
    const engine = new Engine({ code: "e", plate: new Plate({ code: "old" }) });
    session.add(engine);
    session.commit();
    expect(engine.plate?.code).toBe("old");
    engine.plate = new Plate({ code: "new" });
    expect(flushed()).toEqual([
      "DELETE FROM plate WHERE plate.id = ? [1]",
      "INSERT INTO plate (code, engine_id) VALUES (?, ?) ['new', 1]",
    ]);
    session.commit();
    expect(session.execute(text("SELECT code FROM plate")).scalars().all()).toEqual(["new"]);
  });
});
