// Databases that others made as badly as they could: names that are hard on every quoter, names that are cut off, types
// that nobody knows. What is read works in statements, and is created again alike.
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  type AsyncEngine,
  automap,
  createAsyncEngine,
  inspect,
  MetaData,
  metadataFromModel,
  select,
  Table,
} from "athanor";
import { canonicalModel } from "../../model/canonical.js";
import { describeDatabase, describeEachDatabase, type TestDatabase } from "../support/databases/databases.js";

const names = [
  'quote " two',
  "quote ' one",
  "back ` tick",
  "per % cent",
  "par(ens)",
  "more :: %colons%",
  "[Brackets]",
  "q?marks $1",
  "dot.s",
  "a*/b",
  "-- dash",
  "line\nbreak",
  "back\\slash",
  "${x}",
  "__proto__",
  "constructor",
  "then",
  "select",
  "ıstanbul \u202e",
  "a\u2028b",
];

/** A name as the database quotes it. */
function quoted(name: string, { kind }: TestDatabase): string {
  const quote = kind === "mysql" ? "`" : '"';
  return quote + name.replaceAll(quote, quote + quote) + quote;
}

async function execute(engine: AsyncEngine, statements: readonly string[]): Promise<void> {
  await engine.begin(async (connection) => {
    for (const statement of statements) await connection.execDriverSql(statement);
  });
}

/** Reads, creates what was read in the emptied database, and reads again. */
async function expectRoundTrip(engine: AsyncEngine): Promise<void> {
  const model = await inspect(engine).model();
  const metadata = metadataFromModel(model);
  await metadata.dropAll(engine);
  await metadata.createAll(engine);
  expect(canonicalModel(await inspect(engine).model())).toEqual(canonicalModel(model));
  await metadata.dropAll(engine);
}

await describeEachDatabase("hostile names", {}, (database) => {
  let engine: AsyncEngine;
  beforeAll(() => {
    engine = createAsyncEngine(database.url);
  });
  afterAll(() => engine.dispose());

  it("work in reflected tables, mapped classes and again in a database", async () => {
    const [first = "", second = ""] = names.map((name) => quoted(name, database));
    const columns = names.map((name) => `${quoted(name, database)} INTEGER`).join(", ");
    const tables = names.map((name, index) => {
      const id = quoted(names[(index + 3) % names.length] ?? "", database);
      return `CREATE TABLE ${quoted(name, database)} (${id} INTEGER PRIMARY KEY)`;
    });
    await execute(engine, [
      ...tables,
      `CREATE TABLE wide (id INTEGER PRIMARY KEY, ${columns})`,
      `CREATE INDEX ${quoted("an index '", database)} ON wide (${first}, ${second})`,
      `CREATE VIEW ${quoted("the view */", database)} AS SELECT ${first} FROM wide`,
    ]);
    const metadata = new MetaData();
    await metadata.reflect(engine, { views: true });
    expect([...metadata.tables.values()].map(({ name }) => name).toSorted()).toEqual([...names, "wide"].toSorted());
    for (const table of [...metadata.tables.values(), ...metadata.views.values()]) {
      const [column] = table.columns;
      if (column === undefined) throw new Error("a table without columns");
      const query = select(table.column(column.key)).where(table.column(column.key).eq(1));
      expect((await engine.connect((connection) => connection.execute(query))).all()).toEqual([]);
    }
    const map = await automap(engine);
    expect(map.classes.size).toBe(names.length + 1);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    await expectRoundTrip(engine);
  });
});

await describeDatabase("postgresql", "hostile databases", (database) => {
  let engine: AsyncEngine;
  beforeAll(() => {
    engine = createAsyncEngine(database.url);
  });
  afterAll(() => engine.dispose());

  it("have names that the server cut, types of their own and views of themselves", async () => {
    const long = "ä".repeat(40);
    await execute(engine, [
      `CREATE TABLE "${long}" ("${long}" integer, CONSTRAINT "${long}" CHECK ("${long}" > 0))`,
      "CREATE SCHEMA other",
      "CREATE TYPE other.\"odd type\" AS ENUM ('a''b', 'c\"d')",
      "CREATE TYPE floats AS RANGE (SUBTYPE = float8)",
      "CREATE TYPE pair AS (a integer, b text)",
      "CREATE DOMAIN \"a domain\" AS text CHECK (VALUE <> '')",
      `CREATE TABLE unknown (a pg_lsn, b floats, c pair[], d "a domain", e int4multirange, f xml, g regclass,
        h bit varying(3)[], i interval day to second(3), j numeric(3, -2), k name, l money DEFAULT 1.5)`,
      "CREATE RECURSIVE VIEW itself (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM itself WHERE n < 3",
    ]);
    const model = await inspect(engine).model({ tables: ["unknown"] });
    expect(model.tables[0]?.columns.slice(0, 5).map(({ type }) => type)).toEqual([
      { kind: "native", dialect: "postgresql", name: "pg_lsn" },
      { kind: "native", dialect: "postgresql", name: "floats" },
      { kind: "array", element: { kind: "native", dialect: "postgresql", name: "pair" } },
      { kind: "domain", name: "a domain" },
      { kind: "native", dialect: "postgresql", name: "int4multirange" },
    ]);
    expect(model.domains?.map(({ name }) => name)).toEqual(["a domain"]);
    const metadata = new MetaData();
    await metadata.reflect(engine, { only: ["unknown"] });
    const query = metadata.tables.get("unknown")?.select();
    expect(query && (await engine.connect((connection) => connection.execute(query))).all()).toEqual([]);
    await expectRoundTrip(engine);
    expect((await inspect(engine).getEnums({ schema: "other" })).map(({ name }) => name)).toEqual(["odd type"]);
  });

  it("have tables in several schemas that refer to each other", async () => {
    await execute(engine, [
      "CREATE SCHEMA north",
      "CREATE SCHEMA south",
      "CREATE TABLE north.a (id integer PRIMARY KEY)",
      "CREATE TABLE south.b (id serial PRIMARY KEY, a_id integer REFERENCES north.a (id), c_id integer)",
      "CREATE TABLE c (id integer PRIMARY KEY, b_id integer REFERENCES south.b (id))",
      "ALTER TABLE south.b ADD FOREIGN KEY (c_id) REFERENCES c (id)",
    ]);
    const schemas = ["public", "north", "south"];
    const model = await inspect(engine).model({ schemas });
    const metadata = metadataFromModel(model);
    await metadata.dropAll(engine);
    await execute(engine, ["DROP SCHEMA north", "DROP SCHEMA south"]);
    await metadata.createAll(engine);
    expect(canonicalModel(await inspect(engine).model({ schemas }))).toEqual(canonicalModel(model));
    const reflected = new MetaData();
    await reflected.reflect(engine, { only: ["c"] });
    expect([...reflected.tables.keys()].toSorted()).toEqual(["c", "north.a", "south.b"]);
    await metadata.dropAll(engine);
  });
});

await describeDatabase("mysql", "hostile databases", (database) => {
  let engine: AsyncEngine;
  beforeAll(() => {
    engine = createAsyncEngine(database.url);
  });
  afterAll(() => engine.dispose());

  it("have types that the language has no word for", async () => {
    await execute(engine, [
      "CREATE TABLE unknown (a point, b inet6, c uuid, d bit(3), e geometry NOT NULL, f decimal(5, 2) unsigned, g int(4) zerofill)",
      "CREATE SEQUENCE counter START WITH 5 INCREMENT BY 2",
    ]);
    expect((await inspect(engine).getColumns("unknown")).map(({ type }) => type)).toEqual([
      { kind: "native", dialect: "mysql", name: "point" },
      { kind: "native", dialect: "mariadb", name: "inet6" },
      { kind: "native", dialect: "mariadb", name: "uuid" },
      { kind: "native", dialect: "mysql", name: "bit", arguments: [3] },
      { kind: "native", dialect: "mysql", name: "geometry" },
      { kind: "native", dialect: "mysql", name: "decimal", arguments: [5, 2], unsigned: true },
      { kind: "raw", sql: { kind: "raw", variants: [{ dialect: "mysql", sql: "int(4) unsigned zerofill" }] } },
    ]);
    expect(await inspect(engine).getSequenceNames()).toEqual(["counter"]);
    await expectRoundTrip(engine);
  });
});

it("a table of the name `__proto__` stays a table", () => {
  const metadata = new MetaData();
  const model = {
    dialects: [],
    enums: [],
    classes: [],
    tables: [
      {
        name: "__proto__",
        columns: [{ name: "__proto__", property: "__proto__", type: { kind: "integer" }, nullable: true }],
        uniques: [],
        checks: [],
        foreignKeys: [],
        indexes: [],
      },
    ],
  } as const;
  metadataFromModel(model, metadata);
  expect(metadata.tables.get("__proto__")).toBeInstanceOf(Table);
  expect(metadata.tables.get("__proto__")?.columns.map(({ key }) => key)).toEqual(["__proto__"]);
});
