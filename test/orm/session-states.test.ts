// Where objects and sessions stand: the tables of moves, what commit, rollback and close do, failed flushes,
// savepoints.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  DetachedInstanceError,
  IntegrityError,
  inspect,
  InvalidRequestError,
  ObjectDeletedError,
  PendingRollbackError,
  Session,
  text,
} from "athanor";
import { instanceMoves } from "../../runtime/orm/instance-states.js";
import { sessionMoves } from "../../runtime/orm/session-states.js";
import { City, Country, metadata, Person, Skill } from "./models/index.js";
import { openDatabase, type TestDatabase } from "./support/database.js";

let database: TestDatabase;
let session: Session;
beforeEach(() => {
  database = openDatabase(metadata);
  session = database.session;
});
afterEach(() => database[Symbol.dispose]());

function countOf(table: string): unknown {
  return session.execute(text<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)).scalar();
}

test("the tables of moves lead to known states only", () => {
  const statuses = new Set(["transient", "pending", "persistent", "deleted", "detached"]);
  for (const moves of Object.values(instanceMoves)) {
    for (const [from, to] of Object.entries(moves)) expect(statuses.has(from) && statuses.has(to)).toBe(true);
  }
  const states = new Set(Object.keys(sessionMoves));
  for (const moves of Object.values(sessionMoves))
    for (const to of Object.values(moves)) expect(states.has(to)).toBe(true);
});

describe("an object's life", () => {
  test("transient, pending, persistent, deleted, detached", () => {
    const person = new Person({ name: "Ann" });
    const state = inspect(person);
    expect([state.transient, state.session, state.identity]).toEqual([true, null, null]);
    session.add(person);
    expect([state.pending, state.session]).toEqual([true, session]);
    session.flush();
    expect([state.persistent, state.identity]).toEqual([true, [1]]);
    session.delete(person);
    expect(state.persistent).toBe(true);
    session.flush();
    expect([state.deleted, session.has(person)]).toEqual([true, false]);
    session.commit();
    expect([state.detached, state.session]).toEqual([true, null]);
  });

  test("expunge makes pending objects transient and persistent ones detached; add takes them back", () => {
    const person = new Person({ name: "Ann" });
    session.add(person);
    session.expunge(person);
    expect(inspect(person).transient).toBe(true);
    session.add(person);
    session.commit();
    session.expunge(person);
    expect(inspect(person).detached).toBe(true);
    expect(() => person.name).toThrow(DetachedInstanceError);
    session.add(person);
    expect(person.name).toBe("Ann");
  });

  test("changes made while detached are written after the object came back", () => {
    const person = new Person({ name: "Ann" });
    session.add(person);
    session.flush();
    session.commit();
    expect(person.name).toBe("Ann");
    session.expunge(person);
    person.name = "Bea";
    session.add(person);
    expect([...session.dirty]).toEqual([person]);
    session.commit();
    expect(person.name).toBe("Bea");
  });

  test("illegal moves name the object and what is allowed", () => {
    const person = new Person({ name: "Ann" });
    expect(() => session.delete(person)).toThrow(/Person\(.*is transient/);
    expect(() => session.expunge(person)).toThrow(InvalidRequestError);
    expect(() => session.refresh(person)).toThrow(/cannot be refreshed/);
    session.add(person);
    using other = new Session(database.engine);
    expect(() => other.add(person)).toThrow(/belongs to another session/);
    session.flush();
    session.delete(person);
    session.flush();
    expect(() => session.add(person)).toThrow(/is deleted and cannot be added/);
  });

  test("adding a deletion's object again takes the mark back", () => {
    const person = new Person({ name: "Ann" });
    session.add(person);
    session.flush();
    session.delete(person);
    session.add(person);
    session.flush();
    expect(inspect(person).persistent).toBe(true);
    expect(countOf("person")).toBe(1);
  });
});

describe("commit and expiry", () => {
  test("commit expires; one SELECT loads all columns, then none", () => {
    const person = new Person({ name: "Ann" });
    session.add(person);
    session.commit();
    expect(String(inspect(person).unloaded.size)).toBe("3");
    expect(session.new.size + session.dirty.size).toBe(0);
    database.sent();
    expect([person.name, person.id]).toEqual(["Ann", 1]);
    expect(database.sent()).toEqual([
      "BEGIN (implicit)",
      "SELECT person.id AS person_id, person.name AS person_name FROM person WHERE person.id = ? [1]",
    ]);
  });

  test("with expireOnCommit off, objects stay as they are", () => {
    using lasting = new Session({ bind: database.engine, expireOnCommit: false });
    const person = new Person({ name: "Ann" });
    lasting.add(person);
    lasting.commit();
    database.sent();
    expect([person.id, person.name]).toEqual([1, "Ann"]);
    expect(database.sent()).toEqual([]);
  });

  test("only the columns that are missing are loaded, and changes made meanwhile stay", () => {
    const country = new Country({ code: "NO", name: "Norway" });
    session.add(country);
    session.commit();
    country.name = "Norge";
    database.sent();
    expect(session.noAutoflush(() => country.code)).toBe("NO");
    expect(database.sent()).toEqual([
      "BEGIN (implicit)",
      "SELECT country.code AS country_code FROM country WHERE country.code = ? ['NO']",
    ]);
    expect(country.name).toBe("Norge");
  });

  test("a row that is gone is an error on access and null from get", () => {
    const [ann, bea] = [new Person({ name: "Ann" }), new Person({ name: "Bea" })];
    session.addAll([ann, bea]);
    session.commit();
    session.execute(text("DELETE FROM person"));
    expect(() => ann.name).toThrow(ObjectDeletedError);
    expect(session.get(Person, 2)).toBeNull();
    expect(inspect(bea).deleted).toBe(true);
    session.rollback();
    expect([ann.name, bea.name]).toEqual(["Ann", "Bea"]);
  });

  test("refresh reads anew with the columns' own names; named properties alone, too", () => {
    const person = new Person({ name: "Ann" });
    session.add(person);
    session.flush();
    session.execute(text("UPDATE person SET name = 'Bea'"));
    expect(person.id).toBe(1);
    database.sent();
    session.refresh(person);
    expect(database.sent()).toEqual(["SELECT person.id, person.name FROM person WHERE person.id = ? [1]"]);
    expect(person.name).toBe("Bea");
    person.name = "lost";
    session.noAutoflush(() => session.refresh(person, ["name"]));
    expect(person.name).toBe("Bea");
    expect(session.isModified(person)).toBe(false);
  });

  test("expire of named properties leaves the others", () => {
    const country = new Country({ code: "NO", name: "Norway" });
    session.add(country);
    session.flush();
    session.expire(country, ["name"]);
    expect([...inspect(country).unloaded]).toEqual(["name", "cities"]);
    expect(country.name).toBe("Norway");
  });
});

describe("rollback", () => {
  test("new objects are transient again and lose what the database gave them", () => {
    const [given, numbered] = [new Country({ code: "NO", name: "Norway" }), new Person({ name: "Ann" })];
    const pending = new Person({ name: "Bea" });
    session.addAll([given, numbered]);
    session.flush();
    session.add(pending);
    session.rollback();
    for (const each of [given, numbered, pending]) expect(inspect(each).transient).toBe(true);
    expect([given.code, numbered.id, numbered.name]).toEqual(["NO", undefined, "Ann"]);
    session.addAll([numbered, given]);
    session.commit();
    expect(numbered.id).toBe(1);
  });

  test("a foreign key that was copied from a parent is taken back with it", () => {
    const country = new Country({ code: "NO", name: "Norway" });
    const city = new City({ name: "Oslo", country });
    session.add(city);
    session.flush();
    expect(city.countryCode).toBe("NO");
    session.rollback();
    expect(city.countryCode).toBeUndefined();
    country.code = "XX";
    session.add(city);
    session.commit();
    expect(city.countryCode).toBe("XX");
  });

  test("deleted objects are persistent again, changed ones have their rows' values", () => {
    const [ann, bea] = [new Person({ name: "Ann" }), new Person({ name: "Bea" })];
    session.addAll([ann, bea]);
    session.commit();
    session.delete(ann);
    bea.name = "changed";
    session.flush();
    session.rollback();
    expect([inspect(ann).persistent, session.get(Person, 1) === ann]).toEqual([true, true]);
    expect([ann.name, bea.name]).toEqual(["Ann", "Bea"]);
    expect(session.dirty.size + session.deleted.size).toBe(0);
  });

  test("a changed primary key is what it was, in the identity map, too", () => {
    const country = new Country({ code: "NO", name: "Norway" });
    session.add(country);
    session.commit();
    country.code = "NN";
    session.flush();
    expect([session.get(Country, "NN"), session.get(Country, "NO")]).toEqual([country, null]);
    session.rollback();
    expect(session.get(Country, "NO")).toBe(country);
    expect([inspect(country).identity, country.code]).toEqual([["NO"], "NO"]);
  });
});

describe("a failed flush", () => {
  test("rolls back and has the session refuse work until rollback()", () => {
    const skill = new Skill({ name: "sql" });
    session.add(skill);
    session.commit();
    session.add(new Person({ name: "Ann" }));
    const twin = new Skill({ name: "sql" });
    session.add(twin);
    database.sent();
    expect(() => session.flush()).toThrow(IntegrityError);
    expect(database.sent().at(-1)).toBe("ROLLBACK");
    for (const work of [() => session.flush(), () => session.commit(), () => session.get(Skill, 9), () => skill.name]) {
      expect(work).toThrow(PendingRollbackError);
      expect(work).toThrow(/UNIQUE constraint failed/);
    }
    expect([inspect(twin).transient, twin.id]).toEqual([true, undefined]);
    session.rollback();
    expect([skill.name, countOf("person")]).toEqual(["sql", 0]);
  });

  test("an autoflush before a query fails the same way", () => {
    session.add(new Skill({ name: "sql" }));
    session.flush();
    session.add(new Skill({ name: "sql" }));
    expect(() => session.get(Skill, 99)).toThrow(IntegrityError);
    expect(() => session.get(Skill, 99)).toThrow(PendingRollbackError);
  });
});

describe("savepoints", () => {
  test("rolling back to one restores objects; what was before stays", () => {
    const ann = new Person({ name: "Ann" });
    session.add(ann);
    const bea = new Person({ name: "Bea" });
    expect(() =>
      session.beginNested(() => {
        session.add(bea);
        session.flush();
        ann.name = "changed";
        session.flush();
        throw new RangeError("no");
      }),
    ).toThrow("no");
    expect([inspect(bea).transient, inspect(ann).persistent, ann.name]).toEqual([true, true, "Ann"]);
    session.commit();
    expect(countOf("person")).toBe(1);
  });

  test("a flush that fails in one needs only that rolled back", () => {
    session.add(new Skill({ name: "sql" }));
    const savepoint = session.beginNested();
    session.add(new Skill({ name: "sql" }));
    expect(() => session.flush()).toThrow(IntegrityError);
    expect(() => session.flush()).toThrow(PendingRollbackError);
    savepoint.rollback();
    session.add(new Skill({ name: "css" }));
    session.commit();
    expect(countOf("skill")).toBe(2);
  });

  test("a kept one belongs to the transaction around it", () => {
    const ann = new Person({ name: "Ann" });
    session.beginNested(() => session.add(ann));
    expect(inspect(ann).persistent).toBe(true);
    session.rollback();
    expect([inspect(ann).transient, ann.id]).toEqual([true, undefined]);
  });
});

describe("begin and close", () => {
  test("begin(block) commits, or rolls back on an error", () => {
    session.begin(() => session.add(new Person({ name: "Ann" })));
    expect(() =>
      session.begin(() => {
        session.add(new Person({ name: "Bea" }));
        session.flush();
        throw new RangeError("no");
      }),
    ).toThrow("no");
    expect(countOf("person")).toBe(1);
    expect(() => session.begin()).toThrow(/in a transaction already/);
  });

  test("a block that returns a promise is rolled back", () => {
    expect(() => session.begin(() => Promise.resolve(session.add(new Person({ name: "Ann" }))))).toThrow(/promise/);
    expect(countOf("person")).toBe(0);
  });

  test("close rolls back and lets everything go", () => {
    const [kept, fresh] = [new Person({ name: "Ann" }), new Person({ name: "Bea" })];
    session.add(kept);
    session.commit();
    expect(kept.name).toBe("Ann");
    session.add(fresh);
    session.flush();
    session.close();
    expect([inspect(kept).detached, inspect(fresh).detached, kept.name]).toEqual([true, true, "Ann"]);
    expect(countOf("person")).toBe(1);
  });
});
