// Generated hierarchies and classes of one's own at work on SQLite: every kind of inheritance, deferred columns, and the
// methods that a user's class adds.
import { aliased, createEngine, insert, inspect, select, Session } from "athanor";
import { Decimal } from "decimal.js";
import { expect, it } from "vitest";
import * as staff from "./cases/hierarchies/index.js";
import * as members from "./cases/inherited-members/index.js";
import * as own from "./cases/user-class/index.js";

it("keeps classes of one table apart by their identity", () => {
  const { Company, Director, Employee, Engineer, Manager } = staff;
  const engine = createEngine("sqlite://");
  staff.metadata.createAll(engine);
  const session = new Session(engine);
  const company = new Company({ name: "acme" });
  company.staff.push(
    new Employee({ name: "e" }),
    new Manager({ name: "m", budget: 5 }),
    new Director({ name: "d", budget: 7, region: "north" }),
    new Engineer({ name: "n", language: "ts" }),
  );
  session.add(company);
  session.commit();
  session.expireAll();
  const found = session.scalars(select(Employee).orderBy(Employee.id)).all();
  expect(found.map((each) => each.constructor)).toEqual([Employee, Manager, Director, Engineer]);
  expect(found.map((each) => each.type)).toEqual(["employee", "manager", "director", "engineer"]);
  const managers = session.scalars(select(Manager).orderBy(Manager.id)).all();
  expect(managers.map(({ budget }) => budget)).toEqual([5, 7]);
  const director: Manager = session.scalars(staff.findDirectorById(managers[1]?.id ?? 0)).one();
  expect(director).toBeInstanceOf(Manager);
  director.budget = 8;
  session.commit();
  session.expireAll();
  expect(session.scalars(select(Director)).one().budget).toBe(8);
  // The class says the kind, so that the values need not.
  session.execute(insert(Manager).values({ name: "i", budget: 9 }));
  expect(session.scalars(select(Manager).where(Manager.name.eq("i"))).one().type).toBe("manager");
  session.close();
});

type Manager = InstanceType<typeof staff.Manager>;

it("joins tables, and numbers classes where the column holds numbers", () => {
  const { Car, Truck, Vehicle } = staff;
  const engine = createEngine("sqlite://");
  staff.metadata.createAll(engine);
  const session = new Session(engine);
  session.addAll([
    new Vehicle({ plate: "v" }),
    new Car({ plate: "c", seats: 4 }),
    new Truck({ plate: "t", load: 9, serial: "s" }),
  ]);
  session.commit();
  session.expireAll();
  const found = session.scalars(select(Vehicle).orderBy(Vehicle.plate)).all();
  expect(found.map((each) => [each.constructor.name, each.kind])).toEqual([
    ["Car", 2],
    ["Truck", 3],
    ["Vehicle", 1],
  ]);
  const truck = session.scalars(staff.findTruckBySerial("s")).one();
  expect([truck.plate, truck.load]).toEqual(["t", 9]);
  session.close();
});

it("keeps concrete classes in tables of their own, and loads deferred columns at access", () => {
  const { Circle, Note, Shape } = staff;
  const engine = createEngine("sqlite://");
  staff.metadata.createAll(engine);
  const session = new Session(engine);
  session.addAll([
    new Shape({ label: "s" }),
    new Circle({ label: "c", radius: 2 }),
    new Note({ title: "t", body: "b", pages: 3 }),
  ]);
  session.commit();
  session.close();
  const reading = new Session(engine);
  expect(reading.scalars(select(Circle)).one().label).toBe("c");
  const note = reading.scalars(select(Note)).one();
  expect(inspect(note).unloaded).toEqual(new Set(["body", "extra"]));
  expect([note.title, note.pages, note.body, note.extra]).toEqual(["t", 3, "b", null]);
  reading.close();
});

it("makes objects of the user's class", () => {
  const { Address, User } = own;
  const engine = createEngine("sqlite://");
  own.metadata.createAll(engine);
  const session = new Session(engine);
  session.add(new User({ name: "ada", addresses: [new Address({ email: "a@x" })] }));
  session.commit();
  session.close();
  const reading = new Session(engine);
  const user = reading.scalars(own.findUserById(1)).one();
  expect(user).toBeInstanceOf(User);
  expect(user.greet()).toBe("hi ada");
  expect(reading.scalars(select(Address)).one().user.greet()).toBe("hi ada");
  expect(reading.execute(select(User.name, User)).one().User).toBe(user);
  reading.close();
});

it("selects computed properties of a class for its own rows", () => {
  const { Company, metadata, Party } = members;
  const engine = createEngine("sqlite://");
  metadata.createAll(engine);
  const session = new Session(engine);
  session.addAll([
    new Party({ first: "ann", balance: new Decimal(0) }),
    new Company({ first: "acme", balance: new Decimal(0) }),
  ]);
  session.commit();
  const other = aliased(Company, "other");
  expect(session.scalars(select(Party.shout).orderBy(Party.id)).all()).toEqual(["ANN", "ACME"]);
  expect(session.scalars(select(Company.shout)).all()).toEqual(["ACME"]);
  expect(session.scalars(select(other.shout)).all()).toEqual(["ACME"]);
  session.close();
});
