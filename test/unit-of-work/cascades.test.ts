// What deleting, detaching and moving does to what is related: the rules of each cascade, statement by statement.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FlushError, inspect, InvalidRequestError, select, text } from "athanor";
import { openDatabase, type TestDatabase, writesIn } from "../orm/support/database.js";
import {
  Account,
  Album,
  Child,
  Course,
  Crate,
  Depot,
  Enrolment,
  Login,
  metadata,
  Owner,
  Pallet,
  Parent,
  Pet,
  Region,
  Street,
  Student,
  Tag,
  Town,
  Toy,
  Track,
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

function count(table: string): unknown {
  return database.session.execute(text(`SELECT count(*) FROM ${table}`)).scalar();
}

function depot(): Depot {
  const crates = [new Crate({ name: "a" }), new Crate({ name: "b" })];
  const made = new Depot({ name: "d", crates, pallets: [new Pallet({ name: "p" })] });
  database.session.add(made);
  database.session.commit();
  return made;
}

describe("without a delete cascade", () => {
  it("children of a deleted parent lose their key, loaded or not", () => {
    const { session } = database;
    const account = new Account({ username: "ann", logins: [new Login({ device: "a" }), new Login({ device: "b" })] });
    session.add(account);
    session.commit();
    expect(flushed(() => session.delete(account))).toEqual([
      "UPDATE login SET username=? WHERE login.id = ? [[null, 1], [null, 2]]",
      "DELETE FROM account WHERE account.username = ? ['ann']",
    ]);
  });

  it("a child that must have a parent is an error that says what to do", () => {
    const { session } = database;
    const [student, course] = [new Student({ name: "s" }), new Course({ name: "c" })];
    session.add(new Enrolment({ student, course }));
    session.flush();
    const [enrolment] = student.enrolments;
    expect(enrolment).toBeDefined();
    if (enrolment !== undefined) Reflect.set(enrolment, "student", null);
    expect(flushed()).toEqual([
      "DELETE FROM enrolment WHERE enrolment.student_id = ? AND enrolment.course_id = ? [1, 1]",
    ]);
    session.add(new Pallet({ name: "p" }));
    const track = new Track({ title: "t" });
    session.add(track);
    expect(() => session.flush()).toThrow(FlushError);
  });

  it("link rows go with either side, the other side stays", () => {
    const { session } = database;
    const tag = new Tag({ name: "t", parents: [new Parent({ name: "p" }), new Parent({ name: "q" })] });
    session.add(tag);
    session.commit();
    session.delete(tag);
    session.commit();
    expect([count("parent_tag"), count("parent")]).toEqual([0, 2]);
  });
});

describe("delete and delete-orphan", () => {
  it("a parent takes its children along, and theirs", () => {
    const { session } = database;
    const towns = ["a", "b"].map((name) => new Town({ name, streets: [new Street({ name: "s" })] }));
    const region = new Region({ code: "r", name: "R", towns });
    session.add(region);
    session.flush();
    expect(flushed(() => session.delete(region))).toEqual([
      "DELETE FROM street WHERE street.region_code = ? AND street.town_name = ? AND street.name = ? " +
        "[['r', 'a', 's'], ['r', 'b', 's']]",
      "DELETE FROM town WHERE town.region_code = ? AND town.name = ? [['r', 'a'], ['r', 'b']]",
      "DELETE FROM region WHERE region.code = ? ['r']",
    ]);
  });

  it("delete alone leaves a child that was taken out without its key; delete-orphan deletes it", () => {
    const { session } = database;
    const parent = new Parent({ name: "p", children: [new Child({ name: "c" })] });
    const album = new Album({ title: "a", tracks: [new Track({ title: "t" })] });
    session.addAll([parent, album]);
    session.flush();
    parent.children.clear();
    album.tracks.clear();
    expect(flushed()).toEqual([
      "DELETE FROM track WHERE track.id = ? [1]",
      "UPDATE child SET parent_id=? WHERE child.id = ? [null, 1]",
    ]);
  });

  it("an orphan that finds another parent before the flush is moved, not deleted", () => {
    const { session } = database;
    const track = new Track({ title: "t" });
    const [a, b] = [new Album({ title: "a", tracks: [track] }), new Album({ title: "b" })];
    session.addAll([a, b]);
    session.flush();
    expect(b.tracks.size).toBe(0);
    a.tracks.delete("t");
    b.tracks.add(track);
    expect(flushed()).toEqual(["UPDATE track SET album_id=? WHERE track.id = ? [2, 1]"]);
    track.album = a;
    expect([a.tracks.has("t"), b.tracks.size]).toEqual([true, 0]);
    expect(flushed()).toEqual(["UPDATE track SET album_id=? WHERE track.id = ? [1, 1]"]);
  });

  it("an orphan that was deleted already cannot be related again", () => {
    const { session } = database;
    const track = new Track({ title: "t" });
    const [a, b] = [new Album({ title: "a", tracks: [track] }), new Album({ title: "b" })];
    session.addAll([a, b]);
    session.commit();
    a.tracks.delete("t");
    // Reading what is not loaded flushes, and the flush deletes the orphan.
    b.tracks.add(track);
    expect(() => session.flush()).toThrow("Track(1) was deleted by an earlier flush of this transaction");
  });

  it("a new object that loses its parent before it is written is not written", () => {
    const { session } = database;
    const album = new Album({ title: "a" });
    session.add(album);
    session.flush();
    const track = new Track({ title: "t" });
    album.tracks.add(track);
    expect(inspect(track).pending).toBe(true);
    album.tracks.delete("t");
    expect([inspect(track).transient, flushed()]).toEqual([true, []]);
  });

  it("a child that moves away from a deleted parent stays", () => {
    const { session } = database;
    const child = new Child({ name: "c" });
    const [p, q] = [new Parent({ name: "p", children: [child] }), new Parent({ name: "q" })];
    session.addAll([p, q]);
    session.flush();
    child.parent = q;
    session.delete(p);
    session.commit();
    expect([child.parentId, count("child")]).toEqual([2, 1]);
  });
});

describe("deletes that are left to the database", () => {
  it("passive_deletes loads nothing; what is in memory is deleted by the flush", () => {
    const { session } = database;
    const made = depot();
    expect(made.name).toBe("d");
    database.sent();
    session.delete(made);
    session.flush();
    expect(database.sent()).toEqual(["DELETE FROM depot WHERE depot.id = ? [1]"]);
    expect([count("crate"), count("pallet")]).toEqual([0, 1]);
    session.rollback();
    expect(made.crates.length).toBe(2);
    expect(flushed(() => session.delete(made))).toEqual([
      "DELETE FROM crate WHERE crate.id = ? [[1], [2]]",
      "DELETE FROM depot WHERE depot.id = ? [1]",
    ]);
  });

  it("passive_deletes all leaves alone what is in memory, too", () => {
    const { session } = database;
    const made = depot();
    const [pallet] = made.pallets;
    expect(flushed(() => session.delete(made))).toEqual(["DELETE FROM depot WHERE depot.id = ? [1]"]);
    session.commit();
    expect(pallet?.depotId).toBeNull();
  });
});

describe("one parent only", () => {
  it("a second parent is refused, whichever side asks", () => {
    const pet = new Pet({ name: "p" });
    const toy = new Toy({ name: "t" });
    const owner = new Owner({ name: "a", pet, toys: [toy] });
    const other = new Owner({ name: "b" });
    expect(() => (other.pet = pet)).toThrow(InvalidRequestError);
    expect(() => other.toys.push(toy)).toThrow("allows one parent only");
    owner.pet = null;
    other.pet = pet;
    owner.toys.remove(toy);
    other.toys.push(toy);
    expect([other.pet, other.toys.length]).toEqual([pet, 1]);
  });

  it("orphans are deleted on the many side and over link tables", () => {
    const { session } = database;
    const owner = new Owner({ name: "a", pet: new Pet({ name: "p" }), toys: [new Toy({ name: "t" })] });
    session.add(owner);
    session.commit();
    expect([owner.pet?.name, owner.toys.length]).toEqual(["p", 1]);
    owner.pet = null;
    owner.toys.clear();
    expect(flushed()).toEqual([
      "DELETE FROM owner_toy WHERE owner_toy.owner_id = ? AND owner_toy.toy_id = ? [1, 1]",
      "UPDATE owner SET pet_id=? WHERE owner.id = ? [null, 1]",
      "DELETE FROM toy WHERE toy.id = ? [1]",
      "DELETE FROM pet WHERE pet.id = ? [1]",
    ]);
  });

  it("deleting the parent deletes what is its alone", () => {
    const { session } = database;
    const owner = new Owner({ name: "a", pet: new Pet({ name: "p" }), toys: [new Toy({ name: "t" })] });
    session.add(owner);
    session.commit();
    session.delete(owner);
    session.commit();
    expect([count("owner"), count("pet"), count("toy"), count("owner_toy")]).toEqual([0, 0, 0, 0]);
  });
});

describe("a link table with a class of its own", () => {
  it("is written through the class; the way over it is for reading", () => {
    const { session } = database;
    const [student, course] = [new Student({ name: "s" }), new Course({ name: "c" })];
    session.add(new Enrolment({ student, course, mark: 1 }));
    expect(flushed()).toEqual([
      "INSERT INTO course (name) VALUES (?) ['c']",
      "INSERT INTO student (name) VALUES (?) ['s']",
      "INSERT INTO enrolment (student_id, course_id, mark) VALUES (?, ?, ?) [1, 1, 1]",
    ]);
    session.expireAll();
    expect([...student.courses]).toEqual([course]);
    session.delete(student);
    session.commit();
    expect([count("enrolment"), count("course")]).toEqual([0, 1]);
    expect(session.scalars(select(Enrolment)).all()).toEqual([]);
  });
});
