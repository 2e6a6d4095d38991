// Classes that extend one another, over one table, joined tables and tables of their own: the statements by which they are
// written and read, as a golden file, and what becomes of their rows.
import {
  aliased,
  createEngine,
  type Engine,
  type EntityClass,
  joinedload,
  MappingError,
  select,
  selectinload,
  Session,
  text,
  withPolymorphic,
} from "athanor";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { expectGolden } from "../support/golden.js";
import { type AnyClass, column, type Instance, relationship } from "./define.js";
import {
  Car,
  Circle,
  Company,
  Director,
  Employee,
  Engineer,
  Manager,
  metadata,
  Shape,
  Square,
  Tow,
  Truck,
  Vehicle,
} from "./staff.js";

let engine: Engine;
let session: Session;
let lines: string[];

beforeEach(() => {
  lines = [];
  const logger = (line: string): void => void lines.push(line.replace(/^\S+ \S+ INFO \S+ /, ""));
  engine = createEngine("sqlite://", { echo: true, logger });
  metadata.createAll(engine);
  session = new Session(engine);
  lines.length = 0;
});

/** What was sent since the last call, parameters behind the text. */
function sent(): string[] {
  const statements: string[] = [];
  for (const line of lines.splice(0)) {
    const parameters = /^\[[^\]]*\] (.*)$/s.exec(line)?.[1];
    if (parameters === undefined) statements.push(line);
    else if (parameters !== "[]") statements.push(`${statements.pop() ?? ""} ${parameters}`);
  }
  return statements.filter((each) => !/^(BEGIN|COMMIT|ROLLBACK)/.test(each));
}

function fill(): void {
  session.add(
    new Company({
      name: "acme",
      staff: [
        new Employee({ name: "eve" }),
        new Manager({ name: "mia", budget: 5 }),
        new Engineer({ name: "ed", language: "ts" }),
        new Director({ name: "di", budget: 9, region: "eu" }),
      ],
      fleet: [
        new Vehicle({ plate: "v1" }),
        new Car({ plate: "c1", seats: 4 }),
        new Truck({ plate: "t1", load: 7 }),
        new Tow({ plate: "w1", load: 8, winch: "x" }),
      ],
    }),
  );
  session.addAll([
    new Shape({ label: "s" }),
    new Circle({ label: "c", radius: 2 }),
    new Square({ label: "q", side: 3 }),
  ]);
  session.commit();
  session.expungeAll();
}

const classes: readonly AnyClass[] = [
  Employee,
  Manager,
  Director,
  Engineer,
  Vehicle,
  Car,
  Truck,
  Tow,
  Shape,
  Circle,
  Square,
];

/** Objects with their classes. */
function look(objects: readonly object[]): string[] {
  return objects.map((each) => {
    const found = classes.findLast((entityClass) => each instanceof entityClass);
    return `${found?.$mapper.name ?? "?"} ${JSON.stringify(each)}`;
  });
}

function all(entityClass: EntityClass): string[] {
  return look(session.scalars(select(entityClass)).all());
}

const everyVehicle = withPolymorphic(Vehicle);
const employeesAndManagers = withPolymorphic(Employee, Manager);
const truck = aliased(Truck, "other");

const steps: readonly (readonly [name: string, run: () => unknown])[] = [
  ["a base over one table", () => all(Employee)],
  ["a class over one table", () => all(Manager)],
  ["a base over joined tables", () => all(Vehicle)],
  ["a class over joined tables", () => all(Tow)],
  ["a base over joined tables with all that extend it", () => all(everyVehicle)],
  [
    "a base over one table with one that extends it",
    () => {
      const { Manager: managers } = employeesAndManagers as unknown as { Manager: EntityClass }; // by the class's name
      const rich = select(employeesAndManagers).where(column(managers, "budget").gt(1));
      return look(session.scalars(rich).all());
    },
  ],
  ["by key", () => [Truck, Car, Vehicle].map((each) => String(session.get(each, 3)))],
  [
    "a condition on an inherited column",
    () => look(session.scalars(select(Truck).where(column(Truck, "plate").eq("t1"))).all()),
  ],
  ["an alias", () => look(session.scalars(select(truck).where(column(truck, "load").eq(7))).all())],
  [
    "eager loads",
    () => {
      const options = [joinedload(relationship(Company, "trucks")), selectinload(relationship(Company, "managers"))];
      const [company] = session
        .scalars(select(Company).options(...options))
        .unique()
        .all();
      return [look((company as Instance)["trucks"] as object[]), look((company as Instance)["managers"] as object[])];
    },
  ],
  [
    "a join to a class that extends the target",
    () =>
      session
        .execute(
          select(column(Company, "name"))
            .join(relationship(Company, "fleet").ofType(Truck))
            .where(column(Truck, "load").gt(7)),
        )
        .all().length,
  ],
  [
    "a condition through a relationship",
    () =>
      session.scalars(select(Company).where(relationship(Company, "trucks").any(column(Truck, "load").gt(7)))).all()
        .length,
  ],
  ["a base of concrete tables alone", () => all(Shape)],
  ["a concrete class", () => all(Circle)],
  ["a base of concrete tables with all that extend it", () => all(withPolymorphic(Shape))],
  [
    "changes in several tables",
    () => {
      const [tow] = session.scalars(select(Tow)).all() as Instance[];
      if (tow === undefined) throw new Error("no tow");
      tow["plate"] = "w2";
      tow["winch"] = "y";
      session.flush();
      tow["load"] = 99;
      session.commit();
      return look([tow]);
    },
  ],
  [
    "deletion from several tables",
    () => {
      const [tow] = session.scalars(select(Tow)).all();
      if (tow !== undefined) session.delete(tow);
      session.commit();
      return all(Vehicle);
    },
  ],
];

it("statements", () => {
  fill();
  const sections = [`## inserts\n${sent().join("\n--\n")}\n`];
  for (const [name, run] of steps) {
    session.expungeAll();
    sent();
    const result = run();
    sections.push(`## ${name}\n${sent().join("\n--\n")}\n=> ${JSON.stringify(result, null, 1)}\n`);
  }
  expectGolden(join(import.meta.dirname, "goldens", "statements.txt"), sections.join("\n"));
});

describe("the objects of a hierarchy", () => {
  it("are one for each key, whichever class they are asked for by", () => {
    fill();
    const truckObject = session.get(Vehicle, 3);
    expect(truckObject).toBeInstanceOf(Truck);
    expect(session.get(Truck, 3)).toBe(truckObject);
    expect(session.get(Car, 3)).toBe(null);
    expect(session.scalars(select(Truck)).all()[0]).toBe(truckObject);
  });

  it("know their class from birth, unless they are told another", () => {
    expect(new Manager({ name: "m" })["type"]).toBe("manager");
    expect(new Tow({ plate: "p" })["kind"]).toBe("tow");
  });

  it("share a collection, with both sides in step", () => {
    fill();
    const [company] = session.scalars(select(Company)).all() as Instance[];
    if (company === undefined) throw new Error("no company");
    const boss = new Director({ name: "bo", budget: 1, region: "us" });
    (company["staff"] as Instance[]).push(boss);
    expect(boss["company"]).toBe(company);
    session.commit();
    expect(session.scalars(select(Director)).all()).toHaveLength(2);
  });

  it("are refused where a row says it is of a class that nobody has", () => {
    session.execute(text("INSERT INTO employee (type, name) VALUES ('pirate', 'x')"));
    expect(() => session.scalars(select(Employee)).all()).toThrow(MappingError);
    expect(() => session.scalars(select(Employee)).all()).toThrow("A row of table 'employee' says it is 'pirate'");
    expect(session.scalars(select(Manager)).all()).toEqual([]);
  });

  it("with keys of their own, are told apart where tables are", () => {
    fill();
    const shapes = session.scalars(select(withPolymorphic(Shape))).all() as Instance[];
    expect(shapes.map((each) => each["id"])).toEqual([1, 1, 1]);
    expect(new Set(shapes).size).toBe(3);
    expect(session.get(Circle, 1)).toBe(shapes[1]);
  });

  it("leave nothing half-written where the second table refuses", () => {
    const broken = new Tow({ plate: "p", load: 1, winch: null });
    session.add(broken);
    expect(() => session.flush()).toThrow();
    session.rollback();
    expect(all(Vehicle)).toEqual([]);
  });
});

it("withPolymorphic() takes classes that extend the first", () => {
  expect(() => withPolymorphic(Vehicle, Manager)).toThrow("Manager does not extend Vehicle");
});
