// Three hierarchies: employees over one table, vehicles over joined tables, shapes over tables of their own; and the
// companies that have the first two.
import { Integer, MetaData, Table, Text } from "athanor";
import { defineClass } from "./define.js";

export const metadata = new MetaData();

const company = new Table("company", metadata, { id: Integer().primaryKey().identity(), name: Text() });
export const employee = new Table("employee", metadata, {
  id: Integer().primaryKey().identity(),
  type: Text(),
  name: Text(),
  company_id: Integer().nullable().references("company.id"),
  budget: Integer().nullable(),
  region: Text().nullable(),
  language: Text().nullable(),
});
const vehicle = new Table("vehicle", metadata, {
  id: Integer().primaryKey().identity(),
  kind: Text(),
  plate: Text(),
  company_id: Integer().nullable().references("company.id"),
});
const car = new Table("car", metadata, { id: Integer().primaryKey().references("vehicle.id"), seats: Integer() });
const truck = new Table("truck", metadata, { id: Integer().primaryKey().references("vehicle.id"), load: Integer() });
const tow = new Table("tow", metadata, { truck_id: Integer().primaryKey().references("truck.id"), winch: Text() });

const cascade = ["save-update", "merge"] as const;

export const Company = defineClass({
  name: "Company",
  table: company,
  columns: ["id", "name"],
  relationships: [
    {
      name: "staff",
      target: "Employee",
      direction: "one-to-many",
      collection: true,
      pairs: [["id", "company_id"]],
      backPopulates: "company",
      orderBy: [["id"]],
      cascade,
    },
    {
      name: "managers",
      target: "Manager",
      direction: "one-to-many",
      collection: true,
      pairs: [["id", "company_id"]],
      orderBy: [["id"]],
      viewonly: true,
      cascade: [],
    },
    {
      name: "fleet",
      target: "Vehicle",
      direction: "one-to-many",
      collection: true,
      pairs: [["id", "company_id"]],
      orderBy: [["id"]],
      cascade,
    },
    {
      name: "trucks",
      target: "Truck",
      direction: "one-to-many",
      collection: true,
      pairs: [["id", "company_id"]],
      orderBy: [["id"]],
      viewonly: true,
      cascade: [],
    },
  ],
});

export const Employee = defineClass({
  name: "Employee",
  table: employee,
  columns: ["id", "type", "name", "company_id"],
  on: "type",
  identity: "employee",
  relationships: [
    {
      name: "company",
      target: "Company",
      direction: "many-to-one",
      collection: false,
      pairs: [["company_id", "id"]],
      backPopulates: "staff",
      cascade,
    },
  ],
});
export const Manager = defineClass({
  name: "Manager",
  table: employee,
  base: Employee,
  columns: ["budget"],
  identity: "manager",
});
export const Director = defineClass({
  name: "Director",
  table: employee,
  base: Manager,
  columns: ["region"],
  identity: "director",
});
export const Engineer = defineClass({
  name: "Engineer",
  table: employee,
  base: Employee,
  columns: ["language"],
  identity: "engineer",
});

export const Vehicle = defineClass({
  name: "Vehicle",
  table: vehicle,
  columns: ["id", "kind", "plate", "company_id"],
  on: "kind",
  identity: "vehicle",
});
export const Car = defineClass({
  name: "Car",
  table: car,
  base: Vehicle,
  kind: "joined",
  columns: ["seats"],
  identity: "car",
});
export const Truck = defineClass({
  name: "Truck",
  table: truck,
  base: Vehicle,
  kind: "joined",
  columns: ["load"],
  identity: "truck",
});
export const Tow = defineClass({
  name: "Tow",
  table: tow,
  base: Truck,
  kind: "joined",
  columns: ["winch"],
  identity: "tow",
});

const shape = new Table("shape", metadata, { id: Integer().primaryKey().identity(), label: Text() });
const circle = new Table("circle", metadata, {
  id: Integer().primaryKey().identity(),
  label: Text(),
  radius: Integer(),
});
const square = new Table("square", metadata, {
  id: Integer().primaryKey().identity(),
  label: Text(),
  side: Integer(),
});

export const Shape = defineClass({ name: "Shape", table: shape, columns: ["id", "label"] });
export const Circle = defineClass({
  name: "Circle",
  table: circle,
  base: Shape,
  kind: "concrete",
  columns: ["radius"],
});
export const Square = defineClass({
  name: "Square",
  table: square,
  base: Shape,
  kind: "concrete",
  columns: ["side"],
});
