// The order and the exact statements of flushes: parents before children, deletes the other way round, link rows
// between, rows of one class in batches, classes on cycles row by row.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CircularDependencyError, FlushError, text } from "athanor";
import { City, Country, Department, Employee, metadata, Person, Skill } from "./models/index.js";
import { openDatabase, type TestDatabase, writesIn } from "./support/database.js";

let database: TestDatabase;
beforeEach(() => {
  database = openDatabase(metadata);
});
afterEach(() => database[Symbol.dispose]());

function writesOf(work: () => void): string[] {
  database.sent();
  work();
  return writesIn(database.sent());
}

describe("one class", () => {
  test("one new object is a plain INSERT whose key is the last row's", () => {
    const { session } = database;
    const person = new Person({ name: "Ann" });
    session.add(person);
    expect(writesOf(() => session.flush())).toEqual(["INSERT INTO person (name) VALUES (?) ['Ann']"]);
    expect(person.id).toBe(1);
  });

  test("alike new objects are one INSERT that returns the keys in order", () => {
    const { session } = database;
    const people = ["Ann", "Bob", "Cid"].map((name) => new Person({ name }));
    session.addAll(people);
    expect(writesOf(() => session.flush())).toEqual([
      "INSERT INTO person (name) VALUES (?), (?), (?) RETURNING id ['Ann', 'Bob', 'Cid']",
    ]);
    expect(people.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  test("objects with other columns split the batch where they stand", () => {
    const { session } = database;
    session.addAll([
      new Person({ name: "a" }),
      new Person({ name: "b" }),
      new Person({ id: 7, name: "c" }),
      new Person({ name: "d" }),
    ]);
    expect(writesOf(() => session.flush())).toEqual([
      "INSERT INTO person (name) VALUES (?), (?) RETURNING id ['a', 'b']",
      "INSERT INTO person (id, name) VALUES (?, ?) [7, 'c']",
      "INSERT INTO person (name) VALUES (?) ['d']",
    ]);
  });

  test("UPDATEs come before INSERTs and only changed columns are written", () => {
    const { session } = database;
    const skill = new Skill({ name: "sql" });
    session.add(skill);
    session.flush();
    skill.name = "SQL";
    session.add(new Skill({ name: "css" }));
    expect(writesOf(() => session.flush())).toEqual([
      "UPDATE skill SET name=? WHERE skill.id = ? ['SQL', 1]",
      "INSERT INTO skill (name) VALUES (?) RETURNING id, score ['css']",
    ]);
  });

  test("five changed rows or more are one UPDATE from a list of values, fewer are one statement run for each", () => {
    const { session } = database;
    const people = Array.from({ length: 5 }, (_, at) => new Person({ name: `p${at}` }));
    session.addAll(people);
    session.flush();
    for (const person of people) person.name += "!";
    const [many] = writesOf(() => session.flush());
    expect(many).toBeUndefined();
    for (const person of people) person.name += "?";
    session.flush();
    for (const person of people.slice(0, 2)) person.name = "x";
    expect(writesOf(() => session.flush())).toEqual([
      "UPDATE person SET name=? WHERE person.id = ? [['x', 1], ['x', 2]]",
    ]);
    session.expireAll();
    expect(people.map(({ name }) => name)).toEqual(["x", "x", "p2!?", "p3!?", "p4!?"]);
  });

  test("deleted rows are one statement, in the order of their keys", () => {
    const { session } = database;
    const people = ["a", "b", "c"].map((name) => new Person({ name }));
    session.addAll(people);
    session.flush();
    for (const person of people.toReversed()) session.delete(person);
    expect(writesOf(() => session.flush())).toEqual(["DELETE FROM person WHERE person.id = ? [[1], [2], [3]]"]);
  });

  test("no change and no net change send nothing", () => {
    const { session } = database;
    const person = new Person({ name: "a" });
    session.add(person);
    session.commit();
    expect(person.name).toBe("a");
    person.name = "a";
    database.sent();
    session.flush();
    person.name = "b";
    person.name = "a";
    expect(session.dirty.size).toBe(1);
    session.flush();
    expect(session.dirty.size).toBe(0);
    expect(writesIn(database.sent())).toEqual([]);
  });

  test("many new rows go in statements of ten; seen to be numbered in sequence, they need no RETURNING", () => {
    const { session } = database;
    const people = Array.from({ length: 37 }, (_, at) => new Person({ name: `p${at}` }));
    session.addAll(people);
    const statements = writesOf(() => session.flush());
    expect(statements.map((statement) => statement.split("(?)").length - 1)).toEqual([10, 10, 10, 7]);
    expect(statements.map((statement) => statement.includes("RETURNING"))).toEqual([true, false, false, false]);
    session.expireAll();
    expect(people.map(({ id }) => id)).toEqual(people.map((_, at) => at + 1));
    expect(people.map(({ name }) => name)).toEqual(people.map((_, at) => `p${at}`));
  });

  test("where a trigger takes numbers, too, every key comes back from the database", () => {
    const { session } = database;
    session.execute(
      text(
        "CREATE TRIGGER twin AFTER INSERT ON person WHEN new.name NOT LIKE 'twin%' " +
          "BEGIN INSERT INTO person (name) VALUES ('twin of ' || new.name); END",
      ),
    );
    const people = Array.from({ length: 45 }, (_, at) => new Person({ name: `p${at}` }));
    session.addAll(people);
    session.flush();
    session.expireAll();
    expect(people.map(({ name }) => name)).toEqual(people.map((_, at) => `p${at}`));
  });
});

describe("parents and children", () => {
  test("children are inserted after their parent, whichever was added first", () => {
    const { session } = database;
    const employee = new Employee({ name: "Eve" });
    session.add(employee);
    employee.department = new Department({ name: "R&D" });
    expect(writesOf(() => session.flush())).toEqual([
      "INSERT INTO department (name, head_id) VALUES (?, ?) ['R&D', null]",
      "INSERT INTO employee (name, department_id, manager_id) VALUES (?, ?, ?) ['Eve', 1, null]",
    ]);
    expect(employee.departmentId).toBe(1);
  });

  test("a child moved to another parent is updated once", () => {
    const { session } = database;
    const [first, second] = [new Department({ name: "a" }), new Department({ name: "b" })];
    const employee = new Employee({ name: "Eve", department: first });
    session.addAll([employee, second]);
    session.commit();
    second.employees.push(employee);
    expect(writesOf(() => session.flush())).toEqual([
      "UPDATE employee SET department_id=? WHERE employee.id = ? [2, 1]",
    ]);
    expect(first.employees).toHaveLength(0);
  });

  test("deleting a parent without the delete cascade sets its children's keys to NULL first", () => {
    const { session } = database;
    const department = new Department({ name: "a" });
    department.employees.push(new Employee({ name: "x" }), new Employee({ name: "y" }));
    session.add(department);
    session.commit();
    session.delete(department);
    expect(writesOf(() => session.flush())).toEqual([
      "UPDATE employee SET department_id=? WHERE employee.id = ? [[null, 1], [null, 2]]",
      "DELETE FROM department WHERE department.id = ? [1]",
    ]);
  });

  test("where the key is NOT NULL, that is refused before anything is sent", () => {
    const { session } = database;
    const country = new Country({ code: "NO", name: "Norway" });
    country.cities.push(new City({ name: "Oslo" }));
    session.add(country);
    session.commit();
    session.delete(country);
    database.sent();
    expect(() => session.flush()).toThrow(FlushError);
    expect(writesIn(database.sent())).toEqual([]);
    session.rollback();
    session.delete(country);
    expect(() => session.flush()).toThrow(/City\('NO', 'Oslo'\).*country_code is NOT NULL.*'delete'/s);
  });
});

describe("a class related to itself", () => {
  test("rows are inserted level by level and deleted the other way round", () => {
    const { session } = database;
    const root = new Employee({ name: "root" });
    const [a, b] = [new Employee({ name: "a" }), new Employee({ name: "b" })];
    root.reports.push(a, b);
    a.reports.push(new Employee({ name: "a1" }));
    session.add(root);
    expect(writesOf(() => session.flush())).toEqual([
      "INSERT INTO employee (name, department_id, manager_id) VALUES (?, ?, ?) ['root', null, null]",
      "INSERT INTO employee (name, department_id, manager_id) VALUES (?, ?, ?), (?, ?, ?) RETURNING id " +
        "['a', null, 1, 'b', null, 1]",
      "INSERT INTO employee (name, department_id, manager_id) VALUES (?, ?, ?) ['a1', null, 2]",
    ]);
    session.commit();
    for (const employee of [root, a, b, a.reports[0]]) if (employee !== undefined) session.delete(employee);
    expect(writesOf(() => session.flush())).toEqual([
      "DELETE FROM employee WHERE employee.id = ? [[3], [4]]",
      "DELETE FROM employee WHERE employee.id = ? [2]",
      "DELETE FROM employee WHERE employee.id = ? [1]",
    ]);
  });

  test("rows that only their foreign keys relate are deleted in order, too", () => {
    const { session } = database;
    session.add(new Employee({ name: "root" }));
    session.flush();
    session.add(new Employee({ name: "leaf", managerId: 1 }));
    session.commit();
    const [root, leaf] = [session.getOne(Employee, 1), session.getOne(Employee, 2)];
    session.delete(root);
    session.delete(leaf);
    expect(writesOf(() => session.flush())).toEqual([
      "DELETE FROM employee WHERE employee.id = ? [2]",
      "DELETE FROM employee WHERE employee.id = ? [1]",
    ]);
  });

  test("a deep chain needs no recursion", () => {
    const { session } = database;
    let above = new Employee({ name: "0" });
    session.add(above);
    for (let depth = 1; depth < 2000; depth++) {
      const below = new Employee({ name: String(depth), manager: above });
      session.add(below);
      above = below;
    }
    session.flush();
    expect(above.managerId).toBe(1999);
  });
});

describe("classes that refer to each other", () => {
  test("new objects that each need the other's key are refused by name", () => {
    const { session } = database;
    const department = new Department({ name: "a" });
    const head = new Employee({ name: "h", department });
    department.head = head;
    session.add(department);
    expect(() => session.flush()).toThrow(CircularDependencyError);
    session.rollback();
    session.add(department);
    expect(() => session.flush()).toThrow(/Department\(.*Employee\(/s);
  });

  test("in two flushes it works, and so does taking it apart", () => {
    const { session } = database;
    const department = new Department({ name: "a" });
    const head = new Employee({ name: "h", department });
    session.add(department);
    session.flush();
    department.head = head;
    expect(writesOf(() => session.flush())).toEqual(["UPDATE department SET head_id=? WHERE department.id = ? [1, 1]"]);
    session.commit();
    department.head = null;
    session.flush();
    session.delete(department);
    session.delete(head);
    expect(writesOf(() => session.flush())).toEqual([
      "DELETE FROM employee WHERE employee.id = ? [1]",
      "DELETE FROM department WHERE department.id = ? [1]",
    ]);
  });
});

describe("link tables", () => {
  test("rows are inserted after both objects and deleted before either, once for both directions", () => {
    const { session } = database;
    const person = new Person({ name: "Ann" });
    const skill = new Skill({ name: "sql" });
    person.skills.push(skill);
    expect(skill.holders[0]).toBe(person);
    session.add(person);
    const inserts = writesOf(() => session.flush());
    expect(inserts).toHaveLength(3);
    expect(inserts[2]).toBe("INSERT INTO person_skill (person_id, skill_id) VALUES (?, ?) [1, 1]");
    session.commit();
    session.delete(person);
    expect(writesOf(() => session.flush())).toEqual([
      "DELETE FROM person_skill WHERE person_skill.person_id = ? AND person_skill.skill_id = ? [1, 1]",
      "DELETE FROM person WHERE person.id = ? [1]",
    ]);
  });

  test("taking one out deletes its row alone; nothing is sent twice", () => {
    const { session } = database;
    const person = new Person({ name: "Ann" });
    const [sql, css] = [new Skill({ name: "sql" }), new Skill({ name: "css" })];
    person.skills.push(sql, css);
    session.add(person);
    session.commit();
    person.skills.remove(css);
    expect(writesOf(() => session.flush())).toEqual([
      "DELETE FROM person_skill WHERE person_skill.person_id = ? AND person_skill.skill_id = ? [1, 2]",
    ]);
    expect(writesOf(() => session.flush())).toEqual([]);
  });
});

describe("row switch", () => {
  test("a new object with the key of a deleted one updates its row", () => {
    const { session } = database;
    const former = new Country({ code: "NO", name: "Norway" });
    session.add(former);
    session.commit();
    session.delete(former);
    const next = new Country({ code: "NO", name: "Norge" });
    session.add(next);
    expect(writesOf(() => session.flush())).toEqual([
      "UPDATE country SET name=? WHERE country.code = ? ['Norge', 'NO']",
    ]);
    expect(session.get(Country, "NO")).toBe(next);
  });

  test("a new object with the key of one that stays is refused", () => {
    const { session } = database;
    session.add(new Country({ code: "NO", name: "Norway" }));
    session.flush();
    session.add(new Country({ code: "NO", name: "Norge" }));
    expect(() => session.flush()).toThrow(/Country\(.*has the primary key of another object/s);
  });
});

describe("the plan", () => {
  test("is told without writing", () => {
    const { session } = database;
    expect(session.explainFlush()).toBe("Nothing to flush");
    const department = new Department({ name: "a" });
    department.employees.push(new Employee({ name: "x" }), new Employee({ name: "y" }));
    session.add(department);
    expect(session.explainFlush().split("\n")).toEqual([
      "1. INSERT department: Department(id=undefined, name='a', headId=null)",
      "2. SET employee.department_id = department.id for 2 object(s), from Department.employees",
      "3. INSERT employee: 2 objects, Employee(id=undefined, name='x', departmentId=null, managerId=null) first",
    ]);
    expect(writesIn(database.sent())).toEqual([]);
    expect(session.new.size).toBe(3);
  });
});
