// The N-th row that a unit of work writes fails, for every N: the database is as before, the session can go on, its
// objects stand where they stood, and the same work succeeds afterwards.
import { describe, expect, test } from "vitest";
import { DatabaseError, inspect, type Session, text } from "athanor";
import { City, Country, Department, Employee, metadata, Person, Skill } from "./models/index.js";
import { openDatabase, type TestDatabase } from "./support/database.js";

const tables = ["country", "city", "department", "employee", "skill", "person", "person_skill"];

/** Triggers that count rows as they are written and refuse the one at which `fault.left` comes to nought. */
function installFault(database: TestDatabase): void {
  database.engine.begin((connection) => {
    connection.execute(text("CREATE TABLE fault (left_over INTEGER)"));
    connection.execute(text("INSERT INTO fault VALUES (0)"));
    for (const table of tables) {
      for (const verb of ["INSERT", "UPDATE", "DELETE"]) {
        connection.execute(
          text(
            `CREATE TRIGGER fault_${table}_${verb} BEFORE ${verb} ON ${table} BEGIN ` +
              "UPDATE fault SET left_over = left_over - 1; " +
              "SELECT RAISE(ABORT, 'injected') WHERE (SELECT left_over FROM fault) = 0; END",
          ),
        );
      }
    }
  });
}

function failAt(session: Session, row: number): void {
  session.execute(text("UPDATE fault SET left_over = :row"), { row });
  session.commit();
}

function dump(session: Session): string {
  const rows = tables.map((table) => [
    table,
    session
      .execute(text(`SELECT * FROM ${table} ORDER BY 1, 2`))
      .tuples()
      .all(),
  ]);
  return JSON.stringify(rows);
}

/** What is there before: one of everything. */
function prepare(session: Session): void {
  const department = new Department({ name: "R&D" });
  department.employees.push(new Employee({ name: "Eve" }), new Employee({ name: "Max" }));
  const person = new Person({ name: "Ann" });
  person.skills.push(new Skill({ name: "sql" }), new Skill({ name: "css" }));
  session.addAll([department, person, new Country({ code: "NO", name: "Norway" })]);
  session.commit();
}

/** A bit of everything: inserts in batches, updates, deletes, link rows, keys copied and cleared, a changed key. */
function work(session: Session, fresh: Fresh): void {
  const department = session.getOne(Department, 1);
  session.addAll([fresh.country, fresh.employee]);
  fresh.employee.department = department;
  fresh.employee.reports.push(...fresh.reports);
  const person = session.getOne(Person, 1);
  person.name = "Bea";
  const css = session.getOne(Skill, 2);
  person.skills.remove(css);
  person.skills.push(fresh.skill);
  session.delete(css);
  session.getOne(Country, "NO").code = "NN";
  session.flush();
  session.delete(department);
}

interface Fresh {
  readonly country: Country;
  readonly employee: Employee;
  readonly reports: readonly Employee[];
  readonly skill: Skill;
}

function makeFresh(): Fresh {
  const country = new Country({ code: "SE", name: "Sweden" });
  country.cities.push(new City({ name: "Umeå" }), new City({ name: "Lund" }));
  return {
    country,
    employee: new Employee({ name: "Kim" }),
    reports: ["a", "b", "c"].map((name) => new Employee({ name })),
    skill: new Skill({ name: "js" }),
  };
}

function succeed(): string {
  using database = openDatabase(metadata);
  installFault(database);
  prepare(database.session);
  work(database.session, makeFresh());
  database.session.commit();
  return dump(database.session);
}

describe("every row", () => {
  const wanted = succeed();

  test("fails once and leaves no trace", () => {
    let failures = 0;
    for (let row = 1; ; row++) {
      using database = openDatabase(metadata);
      installFault(database);
      const { session } = database;
      prepare(session);
      const before = dump(session);
      session.commit();
      failAt(session, row);
      const fresh = makeFresh();
      try {
        work(session, fresh);
        session.commit();
      } catch (error) {
        expect(error).toBeInstanceOf(DatabaseError);
        failures += 1;
        session.rollback();
        expect(dump(session), `row ${row}`).toBe(before);
        checkObjects(session, fresh);
        session.rollback();
        failAt(session, 0);
        work(session, fresh);
        session.commit();
        expect(dump(session), `row ${row}, repeated`).toBe(wanted);
        continue;
      }
      expect(dump(session)).toBe(wanted);
      break;
    }
    expect(failures).toBeGreaterThan(15);
  });
});

function checkObjects(session: Session, { country, employee, reports, skill }: Fresh): void {
  for (const each of [country, employee, ...reports, skill, ...country.cities])
    expect(inspect(each).transient).toBe(true);
  expect([employee.id, skill.id, country.cities[0]?.countryCode]).toEqual([undefined, undefined, undefined]);
  expect(session.new.size + session.dirty.size + session.deleted.size).toBe(0);
  for (const each of session.identityMap) expect(inspect(each).persistent).toBe(true);
  expect(session.getOne(Person, 1).name).toBe("Ann");
  expect(
    session
      .getOne(Person, 1)
      .skills.map(({ name }) => name)
      .toSorted(),
  ).toEqual(["css", "sql"]);
  expect(session.getOne(Country, "NO").name).toBe("Norway");
}
