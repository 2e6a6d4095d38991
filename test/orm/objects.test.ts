// Objects by themselves and in the identity map: keys of every shape, printing, JSON, wrong values, expressions.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { inspect as nodeInspect } from "node:util";
import {
  ArgumentError,
  DetachedInstanceError,
  FlushError,
  inspect,
  InvalidValueError,
  MappingError,
  NoResultFoundError,
  select,
  type Session,
  StaleDataError,
  text,
} from "athanor";
import { City, Country, Department, Employee, metadata, Person, Reading, Skill } from "./models/index.js";
import { openDatabase, type TestDatabase, writesIn } from "./support/database.js";

let database: TestDatabase;
let session: Session;
beforeEach(() => {
  database = openDatabase(metadata);
  session = database.session;
});
afterEach(() => database[Symbol.dispose]());

describe("get and the identity map", () => {
  test("a held object is returned without SQL; one row is one object", () => {
    const person = new Person({ name: "Ann" });
    session.add(person);
    session.flush();
    database.sent();
    expect(session.get(Person, 1)).toBe(person);
    expect(database.sent()).toEqual([]);
    session.expungeAll();
    const again = session.get(Person, 1);
    expect(again).not.toBe(person);
    expect(session.get(Person, 1)).toBe(again);
    expect([...session.identityMap]).toEqual([again]);
  });

  test("composite keys: an array in key order or an object", () => {
    const city = new City({ name: "Oslo", country: new Country({ code: "NO", name: "Norway" }) });
    session.add(city);
    session.commit();
    expect(inspect(city).identity).toEqual(["NO", "Oslo"]);
    expect(session.get(City, ["NO", "Oslo"])).toBe(city);
    session.expungeAll();
    const found = session.get(City, ["NO", "Oslo"]);
    expect(found?.name).toBe("Oslo");
    // @ts-expect-error the tuple is the key's type; an object is taken all the same
    expect(session.get(City, { name: "Oslo", countryCode: "NO" })).toBe(found);
    // @ts-expect-error half a key
    expect(() => session.get(City, ["NO"])).toThrow(/\[countryCode, name\]/);
  });

  test("a part that its column cannot hold is an error that names the attribute", () => {
    // @ts-expect-error the key is a number
    expect(() => session.get(Person, "1")).toThrow(InvalidValueError);
    // @ts-expect-error the key is a number
    expect(() => session.get(Person, "1")).toThrow(/^Person\.id: Expected a whole number .*, got the string "1"/);
    expect(() => session.get(Person, 1.5)).toThrow(/^Person\.id: Expected a whole number .*, got the number 1\.5/);
    // @ts-expect-error the key is a pair of texts
    expect(() => session.get(City, ["NO", 5])).toThrow(/^City\.name: Expected .*, got the number 5/);
  });

  test("keys that look alike are told apart", () => {
    const cities = [
      ["a,", "b"],
      ["a", ",b"],
    ].map(([countryCode, name]) => new City({ countryCode: countryCode ?? "", name: name ?? "" }));
    session.addAll([new Country({ code: "a,", name: "x" }), new Country({ code: "a", name: "y" }), ...cities]);
    session.flush();
    expect(session.get(City, ["a,", "b"])).toBe(cities[0]);
    expect(session.get(City, ["a", ",b"])).toBe(cities[1]);
  });

  test("64-bit keys are bigint; a whole number is taken as one", () => {
    const reading = new Reading({ value1: 5 });
    session.add(reading);
    session.flush();
    expect(reading.id).toBe(1n);
    expect(session.get(Reading, 1n)).toBe(reading);
    // @ts-expect-error the key is a bigint
    expect(session.get(Reading, 1)).toBe(reading);
  });

  test("no row is null from get and an error from getOne", () => {
    expect(session.get(Person, 5)).toBeNull();
    expect(() => session.getOne(Person, 5)).toThrow(NoResultFoundError);
    // @ts-expect-error undefined is no key
    expect(() => session.get(Person, undefined)).toThrow(ArgumentError);
  });

  test("a class mapped to nothing is refused", () => {
    // @ts-expect-error not a mapped class
    expect(() => session.get(Map, 1)).toThrow(ArgumentError);
    // @ts-expect-error not an object of a mapped class
    expect(() => session.add({ name: "x" })).toThrow(/takes an instance of a mapped class, got a plain object/);
  });
});

describe("a wide class", () => {
  test("columns beyond the 31st are inserted, updated and read like the others", () => {
    const readings = Array.from({ length: 6 }, (_, at) => new Reading({ value1: at, value35: at * 10 }));
    session.addAll(readings);
    session.flush();
    for (const reading of readings) reading.value40 = Number(reading.id);
    for (const reading of readings) reading.value35 = null;
    database.sent();
    session.flush();
    const sent = database.sent();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatch(/value_35.*value_40/);
    session.expireAll();
    expect(readings.map((each) => [each.value1, each.value35, each.value40])).toEqual(
      [0, 1, 2, 3, 4, 5].map((at) => [at, null, at + 1]),
    );
    const [first] = readings;
    if (first === undefined) return;
    first.value1 = 7;
    first.value1 = 0;
    first.value40 = 9;
    expect(inspect(first).attrs["value40"]?.history).toEqual({ added: [9], unchanged: [], deleted: [1] });
    database.sent();
    session.flush();
    expect(writesIn(database.sent())).toEqual(["UPDATE reading SET value_40=? WHERE reading.id = ? [9, 1]"]);
  });
});

describe("values", () => {
  test("a wrong value names class, property and what was given, and nothing is sent", () => {
    // @ts-expect-error a number is no name
    session.addAll([new Person({ name: "Ann" }), new Person({ name: 5 })]);
    database.sent();
    expect(() => session.flush()).toThrow(InvalidValueError);
    expect(writesIn(database.sent())).toEqual([]);
    session.rollback();
    // @ts-expect-error a string is no score
    session.add(new Skill({ name: "sql", score: "high" }));
    expect(() => session.flush()).toThrow(/Skill\.score: .*the string "high"/);
  });

  test("undefined is refused, unknown properties are refused", () => {
    const person = new Person({ name: "Ann" });
    // @ts-expect-error undefined means "not set"
    expect(() => (person.name = undefined)).toThrow(/Person\.name.*null for SQL NULL/);
    // @ts-expect-error no such property
    expect(() => new Person({ nmae: "Ann" })).toThrow(/'nmae' is no property of Person/);
  });

  test("a SQL expression is rendered in the UPDATE and read back", () => {
    const skill = new Skill({ name: "sql", score: 3 });
    session.add(skill);
    session.flush();
    skill.score = Skill.score.plus(4);
    expect(() => session.noAutoflush(() => skill.score)).toThrow(/flush/);
    database.sent();
    expect(skill.score).toBe(7);
    expect(database.sent()).toEqual([
      "UPDATE skill SET score=skill.score + ? WHERE skill.id = ? [4, 1]",
      "SELECT skill.score AS skill_score FROM skill WHERE skill.id = ? [1]",
    ]);
  });

  test("an object that lost its row to someone else is stale", () => {
    const people = ["a", "b"].map((name) => new Person({ name }));
    session.addAll(people);
    session.commit();
    for (const person of people) person.name += "!";
    session.execute(text("DELETE FROM person WHERE id = 2"));
    expect(() => session.flush()).toThrow(StaleDataError);
  });
});

describe("parents that are missing or in conflict", () => {
  test("a NOT NULL foreign key with neither value nor parent is refused by name", () => {
    session.add(new City({ name: "Oslo", population: 1 }));
    expect(() => session.flush()).toThrow(
      /has no country: its column city\.country_code is NOT NULL.*'country'.*'countryCode'/s,
    );
  });

  test("a foreign key that says otherwise than the parent is refused", () => {
    const department = new Department({ name: "a" });
    session.add(department);
    session.flush();
    session.add(new Employee({ name: "x", departmentId: 99, department }));
    expect(() => session.flush()).toThrow(FlushError);
    session.rollback();
    const other = new Department({ name: "b" });
    session.add(other);
    session.flush();
    const employee = new Employee({ name: "x", departmentId: other.id, department: other });
    session.add(employee);
    session.flush();
    expect(inspect(employee).persistent).toBe(true);
  });
});

/** The hits and misses of the engine's cache that the work made. */
function counted(work: () => void): readonly number[] {
  const before = database.engine.cacheStats();
  work();
  const after = database.engine.cacheStats();
  return [after.hits - before.hits, after.misses - before.misses];
}

test("the engine's cache counts whatever is executed, the session's work on single rows included", () => {
  session.add(new Person({ name: "Ann" }));
  session.commit();
  const addOne = (name: string): void => {
    session.add(new Person({ name }));
    session.commit();
  };
  const getOne = (): void => {
    session.expungeAll();
    expect(session.get(Person, 2)?.name).toBe("Bo");
  };
  expect(counted(() => addOne("Bo"))).toEqual([1, 0]);
  expect(counted(getOne)).toEqual([0, 1]);
  expect(counted(getOne)).toEqual([1, 0]);
  expect(counted(() => session.scalars(select(Person)).all())).toEqual([0, 1]);
  expect(counted(() => session.scalars(select(Person)).all())).toEqual([1, 0]);
});

describe("printing", () => {
  test("shows columns, what is not set and what is expired, without SQL", () => {
    const person = new Person({ name: "O'Hara" });
    expect(nodeInspect(person)).toBe("Person(id=undefined, name='O\\'Hara')");
    session.add(person);
    expect(String(session.new)).toBe("IdentitySet([Person(id=undefined, name='O\\'Hara')])");
    session.commit();
    database.sent();
    expect(nodeInspect(person)).toBe("Person(id=<expired>, name=<expired>)");
    expect(nodeInspect(Person)).toBe("[class Person]");
    expect(database.sent()).toEqual([]);
  });

  test("sessions, relationships and collections print in a few words, without SQL", () => {
    const oslo = new City({ name: "Oslo" });
    const country = new Country({ code: "NO", name: "Norway", cities: [oslo] });
    session.addAll([country, new Skill({ name: "x" })]);
    session.commit();
    expect(country.name).toBe("Norway");
    expect(country.cities).toHaveLength(1);
    session.delete(session.scalars(select(Skill)).one());
    country.name = "Norge";
    session.add(new Person({ name: "Ann" }));
    database.sent();
    expect(nodeInspect(session)).toBe("Session(3 persistent, 1 new, 1 dirty, 1 deleted)");
    expect(nodeInspect(Country.cities)).toBe("Country.cities → City[]");
    expect(nodeInspect(City.country)).toBe("City.country → Country");
    expect(nodeInspect(country.cities)).toBe("Collection(1) [ City(countryCode='NO', name='Oslo', population=null) ]");
    expect(nodeInspect({ a: { b: { c: country.cities } } })).toContain("c: [Collection(1)]");
    expect(nodeInspect(new Country({ code: "SE", name: "Sverige" }).cities)).toBe("Collection(0) []");
    expect(database.sent()).toEqual([]);
  });

  test("JSON has columns and loaded relationships, cycles cut; expired columns are loaded or an error", () => {
    const country = new Country({ code: "NO", name: "Norway" });
    country.cities.push(new City({ name: "Oslo", population: 700_000 }));
    session.add(country);
    session.flush();
    expect(JSON.parse(JSON.stringify(country))).toEqual({
      code: "NO",
      name: "Norway",
      cities: [{ countryCode: "NO", name: "Oslo", population: 700_000 }],
    });
    session.commit();
    expect(JSON.parse(JSON.stringify(country))).toEqual({ code: "NO", name: "Norway" });
    session.commit();
    session.expunge(country);
    expect(() => JSON.stringify(country)).toThrow(DetachedInstanceError);
    const reading = new Reading({ id: 9_007_199_254_740_993n, value1: 1 });
    expect(JSON.parse(JSON.stringify(reading))).toMatchObject({ id: "9007199254740993" });
  });
});

describe("merge", () => {
  test("copies state onto the session's own object, or onto a new one", () => {
    const country = new Country({ code: "NO", name: "Norway" });
    session.add(country);
    session.commit();
    const merged = session.merge(new Country({ code: "NO", name: "Norge" }));
    expect(merged).toBe(country);
    const other = session.merge(new Country({ code: "SE", name: "Sweden", cities: [new City({ name: "Umeå" })] }));
    expect(inspect(other).pending).toBe(true);
    session.commit();
    expect([country.name, session.get(City, ["SE", "Umeå"])?.country]).toEqual(["Norge", other]);
  });
});

test("a relationship to a class that was never imported says so", () => {
  const relationship = inspect(Country).relationship("cities");
  expect(relationship.target.name).toBe("City");
  expect(() => inspect(Country).relationship("towns")).toThrow(MappingError);
});
