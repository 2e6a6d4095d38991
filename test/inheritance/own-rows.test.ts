// Statements of a class that shares its table with others meet its own rows and those of classes that extend it.
import { aliased, createEngine, deleteFrom, type Engine, func, insert, select, Session, text, update } from "athanor";
import { beforeEach, describe, expect, it } from "vitest";
import { column, relationship } from "./define.js";
import { Company, Director, Employee, employee, Engineer, Manager, metadata } from "./staff.js";

let engine: Engine;
let session: Session;

beforeEach(() => {
  engine = createEngine("sqlite://");
  metadata.createAll(engine);
  session = new Session(engine);
  session.addAll([
    new Employee({ id: 1, name: "eve" }),
    new Manager({ id: 2, name: "mia", budget: 5 }),
    new Director({ id: 3, name: "dan", budget: 9, region: "north" }),
    new Engineer({ id: 4, name: "ann", language: "ada" }),
  ]);
  session.commit();
  return () => {
    session.close();
    engine.dispose();
  };
});

function names(): unknown[] {
  return session.execute(text("SELECT name FROM employee ORDER BY id")).scalars().all();
}

it("updates its own rows, and the objects with them", () => {
  const people = [Employee, Manager, Director, Engineer].map((each, at) => session.getOne(each, at + 1));
  const changed = session.execute(update(Manager).values({ name: "x" } as never));
  expect(changed.rowCount).toBe(2);
  expect(people.map((each) => Reflect.get(each, "name"))).toEqual(["eve", "x", "x", "ann"]);
  expect(names()).toEqual(["eve", "x", "x", "ann"]);
});

it("deletes its own rows alone, whatever else is asked", () => {
  session.execute(deleteFrom(Manager).where(employee.c.name.ne("dan")));
  expect(names()).toEqual(["eve", "dan", "ann"]);
  session.execute(deleteFrom(Engineer));
  expect(names()).toEqual(["eve", "dan"]);
  session.execute(deleteFrom(Employee));
  expect(names()).toEqual([]);
});

it("updates by key where the row is its own", () => {
  const engineer = session.getOne(Engineer, 4);
  session.execute(update(Manager), [
    { id: 2, name: "y" },
    { id: 4, name: "z" },
  ]);
  expect(names()).toEqual(["eve", "y", "dan", "ann"]);
  expect(Reflect.get(engineer, "name")).toBe("ann");
});

it("does the same without a session", () => {
  session.close();
  engine.begin((connection) => connection.execute(update(Director).values({ name: "w" } as never)));
  expect(names()).toEqual(["eve", "mia", "w", "ann"]);
});

it("selects its own rows, by objects, columns and counts, at any depth", () => {
  const name = Reflect.get(Manager, "name") as never;
  const sub = select(Manager as never).subquery("s");
  expect(session.scalars(select(name)).all()).toEqual(["mia", "dan"]);
  expect(session.scalars(select(employee.c.id).addColumns(name)).all()).toEqual([2, 3]);
  expect(session.scalars(select(employee.c.id).withOnlyColumns(name)).all()).toEqual(["mia", "dan"]);
  expect(session.scalars(select(func.count()).selectFrom(Manager)).one()).toBe(2);
  expect(session.scalars(select(func.count()).selectFrom(sub)).one()).toBe(2);
  expect(session.query(Manager as never).count()).toBe(2);
  expect(
    session
      .query(Director as never)
      .withEntities(name)
      .count(),
  ).toBe(1);
  expect(session.scalars(select(aliased(Manager as never, "m") as never)).all()).toHaveLength(2);
  const m = aliased(Manager as never, "m");
  expect(session.scalars(select(Reflect.get(m, "name"))).all()).toEqual(["mia", "dan"]);
  const isThere = select(Manager as never).where(employee.c.name.eq("eve"));
  expect(session.scalars(select(func.count()).where(isThere.exists())).one()).toBe(0);
});

it("says so once, and selects the same without a session", () => {
  const statement = select(Manager as never).selectFrom(Manager);
  expect(String(statement).match(/ IN /g)).toHaveLength(1);
  session.close();
  engine.connect((connection) => expect(connection.execute(statement).all()).toHaveLength(2));
});

describe("a join to a class that shares its table", () => {
  const name = column(Manager, "name");
  const isColleague = column(aliased(Employee, "c"), "id").ne(employee.c.id);

  it("meets its own rows, whatever the condition", () => {
    const colleague = aliased(Employee, "c");
    const pairs = select(column(colleague, "name"), name).join(Manager, isColleague).orderBy(employee.c.id);
    expect(session.execute(pairs).all()).toHaveLength(6);
    expect(String(select(column(colleague, "name")).join(Manager, isColleague))).toBe(
      "SELECT c.name \nFROM employee AS c JOIN employee ON c.id != employee.id AND employee.type IN (:type_1_1, :type_1_2)",
    );
  });

  it("keeps the rows that an outer join finds no partner for", () => {
    const boss = aliased(Manager, "boss");
    const above = column(boss, "id").gt(employee.c.id);
    const statement = select(Employee, boss).outerJoin(boss, above).orderBy(employee.c.id, column(boss, "id"));
    const rows = session.execute(statement).all();
    expect(rows.map((row) => [nameOf(row[0]), nameOf(row[1])])).toEqual([
      ["eve", "mia"],
      ["eve", "dan"],
      ["mia", "dan"],
      ["dan", undefined],
      ["ann", undefined],
    ]);
  });

  it("does so along a relationship, and however the class comes into the select list", () => {
    const companies = [new Company({ id: 1, name: "none" }), new Company({ id: 2, name: "one" })];
    session.addAll(companies);
    session.flush();
    session.execute(
      update(employee)
        .where(employee.c.id.in([1, 2]))
        .values({ company_id: 2 }),
    );
    const managers = relationship(Company, "managers");
    const expected = [
      ["none", undefined],
      ["one", "mia"],
    ];
    const found = (statement: ReturnType<typeof select>): unknown[] =>
      session
        .execute(statement)
        .all()
        .map((row) => [nameOf(row[0]), nameOf(row[1])]);
    const order = column(Company, "id");
    expect(found(select(Company, Manager).outerJoin(managers).orderBy(order) as never)).toEqual(expected);
    expect(found(select(Company).outerJoin(managers).addColumns(Manager).orderBy(order) as never)).toEqual(expected);
    const own = column(Manager, "company_id").eq(order);
    expect(found(select(Company, Manager).outerJoin(managers, own).orderBy(order) as never)).toEqual(expected);
  });

  it("begins with its own rows where it begins with the class", () => {
    const company = relationship(Manager, "company");
    session.add(new Company({ id: 1, name: "all" }));
    session.flush();
    session.execute(update(employee).values({ company_id: 1 }));
    expect(session.scalars(select(func.count()).join(company)).one()).toBe(2);
  });

  it("crosses its own rows alone", () => {
    const other = aliased(Employee, "o");
    expect(session.execute(select(column(other, "id")).crossJoin(Manager)).all()).toHaveLength(8);
  });
});

function nameOf(object: unknown): unknown {
  return object === null ? undefined : Reflect.get(object as object, "name");
}

function addedKinds(): unknown[] {
  return session.execute(text("SELECT type FROM employee WHERE id > 4 ORDER BY id")).scalars().all();
}

describe("an INSERT", () => {
  it("says of which class its rows are, however they are given", () => {
    session.execute(insert(Manager).values({ id: 5, name: "max" } as never));
    session.execute(insert(Employee).values([{ name: "a" }, { name: "b" }] as never));
    session.execute(insert(Director), { name: "c" });
    session.execute(insert(Engineer), [{ name: "d" }, { name: "e" }]);
    expect(addedKinds()).toEqual(["manager", "employee", "employee", "director", "engineer", "engineer"]);
  });

  it("gives objects of the class back", () => {
    const made = session.scalars(insert(Director).returning(Director as never), [{ name: "c" }, { name: "d" }]);
    expect(made.all().map((each: unknown) => each instanceof Director)).toEqual([true, true]);
  });

  it("leaves a kind that is stated", () => {
    session.execute(insert(Manager).values({ name: "x", type: "director" } as never));
    session.execute(insert(Manager), [{ name: "y", type: "director" }]);
    expect(addedKinds()).toEqual(["director", "director"]);
  });

  it("writes what it selects with its kind", () => {
    const names = select(employee.c.name).where(employee.c.id.eq(1));
    session.execute(insert(Manager).fromSelect(["name"] as never, names));
    expect(addedKinds()).toEqual(["manager"]);
  });

  it("is another statement for each class, with a session or without", () => {
    session.close();
    engine.begin((connection) => {
      for (const each of [Manager, Director, Manager]) connection.execute(insert(each).values({ name: "z" } as never));
    });
    session = new Session(engine);
    expect(addedKinds()).toEqual(["manager", "director", "manager"]);
    expect(
      insert(Manager)
        .values({ name: "z" } as never)
        .compile().params,
    ).toEqual({ name: "z", type: "manager" });
  });
});
