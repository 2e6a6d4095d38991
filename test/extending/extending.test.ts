// A dialect from outside the package, registered by its public interface, works like one from inside.
import {
  and,
  ArgumentError,
  Bool,
  createEngine,
  DataError,
  deleteFrom,
  func,
  insert,
  Integer,
  InvalidRequestError,
  MetaData,
  ProgrammingError,
  registerDialect,
  select,
  sqlite,
  Table,
  Text,
  text,
  UniqueViolationError,
  update,
  UrlError,
} from "athanor";
import { beforeEach, describe, expect, it } from "vitest";
import { bracketlite } from "./dialect/dialect.js";

const metadata = new MetaData();
const plant = new Table("plant", metadata, {
  id: Integer().primaryKey(),
  name: Text().unique(),
  edible: Bool().nullable(),
  heightCm: Integer().named("height cm").nullable(),
});
const harvest = new Table("harvest", metadata, {
  id: Integer().primaryKey(),
  plantId: Integer().references("plant.id"),
  weight: Integer(),
});

const PLANTS = [
  { id: 1, name: "kale", edible: true, heightCm: 50 },
  { id: 2, name: "yew", edible: false, heightCm: 2000 },
  { id: 3, name: "日本 cress", edible: true, heightCm: null },
];

describe("a dialect from outside", () => {
  const engine = createEngine("bracketlite://");
  beforeEach(() => {
    metadata.dropAll(engine);
    metadata.createAll(engine);
    engine.begin((connection) => {
      connection.execute(insert(plant), PLANTS);
      connection.execute(insert(harvest).values([1, 2, 3].map((id) => ({ id, plantId: 1, weight: id * 10 }))));
    });
  });

  it("writes its own SQL", () => {
    const statement = select(plant.c.id, func.length(plant.c.name).label("letters"))
      .where(and(plant.c.edible.eq(true), plant.c.heightCm.in([50, 60])))
      .orderBy("letters")
      .limit(2)
      .offset(1);
    const { sql, positional } = statement.compile({ dialect: bracketlite });
    expect(sql.replaceAll(/\s*\n\s*/g, "\n")).toBe(
      [
        "SELECT [plant].[id], char_count([plant].[name]) AS [letters]",
        "FROM [plant]",
        "WHERE [plant].[edible] = ? AND [plant].[height cm] IN (?, ?) ORDER BY [letters]",
        "LIMIT ?, ?",
      ].join("\n"),
    );
    expect(positional).toEqual(["yes", 50n, 60n, 1n, 2n]);
  });

  it("reads and writes rows, by its own types and functions", () => {
    engine.connect((connection) => {
      const rows = connection
        .execute(
          select(plant.c.name, plant.c.edible, func.length(plant.c.name).label("letters"))
            .orderBy(plant.c.id)
            .limit(2)
            .offset(1),
        )
        .tuples()
        .all();
      expect(rows).toEqual([
        ["yew", false, 3],
        ["日本 cress", true, 8],
      ]);
      expect(connection.execute(text("SELECT edible FROM plant WHERE id = 1")).scalar()).toBe("yes");
      connection.execute(update(plant).where(plant.c.edible.eq(false)).values({ edible: null }));
      expect(connection.scalar(select(func.count()).selectFrom(plant).where(plant.c.edible.isNull()))).toBe(1);
      const gone = connection.execute(deleteFrom(plant).where(plant.c.id.eq(3)).returning(plant.c.name));
      expect(gone.scalars().all()).toEqual(["日本 cress"]);
    });
  });

  it("joins and aggregates", () => {
    const statement = select(plant.c.name, func.sum(harvest.c.weight).label("total"))
      .join(harvest)
      .groupBy(plant.c.name);
    expect(engine.connect((connection) => connection.execute(statement).tuples().all())).toEqual([["kale", 60]]);
  });

  it("keeps transactions", () => {
    expect(() =>
      engine.begin((connection) => {
        connection.execute(insert(plant).values({ id: 9, name: "moss" }));
        connection.execute(insert(plant).values({ id: 10, name: "kale" }));
      }),
    ).toThrow(UniqueViolationError);
    const count = select(func.count()).selectFrom(plant);
    expect(engine.connect((connection) => connection.scalar(count))).toBe(3);
  });

  it("gives its errors as this package's", () => {
    engine.connect((connection) => {
      expect(() => connection.execute(text("SELECT nothing FROM nowhere"))).toThrow(ProgrammingError);
      connection.execute(text("UPDATE plant SET edible = 'perhaps'"));
      expect(() => connection.execute(select(plant.c.edible)).all()).toThrow(DataError);
    });
  });
});

describe("registering", () => {
  it("is repeated without harm, and names the driver where it has one", () => {
    registerDialect(bracketlite, { driver: "better_sqlite3" });
    expect(createEngine("bracketlite+better_sqlite3://").dialect).toBe(bracketlite);
    expect(() => createEngine("bracketlite+other://")).toThrow(UrlError);
  });

  it("leaves names alone that are taken, and refuses those that no URL can hold", () => {
    expect(() => registerDialect({ ...sqlite })).toThrow(InvalidRequestError);
    expect(() => registerDialect({ ...bracketlite })).toThrow(InvalidRequestError);
    expect(() => registerDialect({ ...sqlite, name: "postgres" })).toThrow(InvalidRequestError);
    expect(() => registerDialect({ ...sqlite, name: "My SQL" })).toThrow(ArgumentError);
  });

  it("is told of where a URL leads nowhere", () => {
    expect(() => createEngine("bracketlight://")).toThrow("bracketlite://");
  });
});
