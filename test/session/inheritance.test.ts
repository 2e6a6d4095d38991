// Classes that extend one another in an asynchronous session: what a query of the base class leaves unloaded is named,
// and loaded for all objects of a class at once.
import { AsyncSession, createAsyncEngine, NotLoadedError, select, selectinload, update } from "athanor";
import { expect, it } from "vitest";
import { column, relationship } from "../inheritance/define.js";
import { Car, Company, Employee, Manager, metadata, Truck, Vehicle } from "../inheritance/staff.js";

it("loads columns and relationships of classes and their bases", async () => {
  await using engine = createAsyncEngine("sqlite://");
  await metadata.createAll(engine);
  await using session = new AsyncSession(engine);
  session.add(
    new Company({
      name: "acme",
      staff: [new Employee({ name: "eve" }), new Manager({ name: "mia", budget: 5 })],
      fleet: [
        new Car({ plate: "c1", seats: 4 }),
        new Car({ plate: "c2", seats: 2 }),
        new Truck({ plate: "t1", load: 7 }),
      ],
    }),
  );
  await session.commit();
  session.expungeAll();

  const fleet = (await session.scalars(select(Vehicle).orderBy(column(Vehicle, "plate")))).all();
  const [first, second, truck] = fleet;
  expect(() => first?.["seats"]).toThrow(NotLoadedError);
  expect(() => first?.["seats"]).toThrow(/Car\.seats of Car\(1\).*session\.load\(object, Car\.seats\)/);
  await session.load(fleet, column(Car, "seats"), column(Vehicle, "plate"));
  expect([first?.["seats"], second?.["seats"], truck?.["plate"]]).toEqual([4, 2, "t1"]);
  expect(() => truck?.["load"]).toThrow(NotLoadedError);
  await session.load(truck ?? [], column(Truck, "load"));
  expect(truck?.["load"]).toBe(7);
  await expect(session.load(truck ?? [], column(Car, "seats"))).rejects.toThrow(/\(Truck\)/);

  const staff = (await session.scalars(select(Employee).orderBy(column(Employee, "name")))).all();
  await session.load(staff, relationship(Employee, "company"), selectinload(relationship(Employee, "company")));
  const [company] = staff.map((each) => each["company"]);
  expect(company).toBeInstanceOf(Company);
  expect(staff.map((each) => each["company"])).toEqual([company, company]);
});

it("follows UPDATEs of one of a class's tables", async () => {
  await using engine = createAsyncEngine("sqlite://");
  await metadata.createAll(engine);
  await using session = new AsyncSession(engine);
  const [car, truck, employee, manager] = [
    new Car({ plate: "c", seats: 4 }),
    new Truck({ plate: "t", load: 7 }),
    new Employee({ name: "eve" }),
    new Manager({ name: "mia", budget: 5 }),
  ];
  session.addAll([car, truck, employee, manager]);
  await session.flush();
  const [cars, vehicles, employees] = ["car", "vehicle", "employee"].map((name) => metadata.tables.get(name));
  if (cars === undefined || vehicles === undefined || employees === undefined) throw new RangeError("three tables");
  await session.execute(update(cars).values({ seats: 5 }));
  await session.execute(update(vehicles).values({ plate: "x" }));
  expect([car["seats"], car["plate"], truck["plate"], truck["load"]]).toEqual([5, "x", "x", 7]);
  await session.execute(update(employees).where(column(Employee, "name").eq("mia")).values({ budget: 9 }));
  expect([manager["budget"], employee["name"]]).toEqual([9, "eve"]);
  await session.execute(update(cars), [{ id: car["id"], seats: 2 }]);
  expect(car["seats"]).toBe(2);
  await session.rollback();
});
