// The inspector's questions, alike on every database, and what they cost.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AsyncEngine, createAsyncEngine, inspect, listen, text } from "athanor";
import { ArgumentError, NoSuchTableError } from "../../runtime/errors/errors.js";
import { describeEachDatabase } from "../support/databases/databases.js";

const statements = [
  "CREATE TABLE team (id INTEGER PRIMARY KEY, name VARCHAR(30) NOT NULL, CONSTRAINT one_name UNIQUE (name))",
  "CREATE TABLE player (id INTEGER PRIMARY KEY, team_id INTEGER NOT NULL, shirt INTEGER DEFAULT 7, " +
    "CONSTRAINT in_team FOREIGN KEY (team_id) REFERENCES team (id) ON DELETE CASCADE, CONSTRAINT shirt_known CHECK (shirt > 0))",
  "CREATE INDEX by_shirt ON player (shirt, team_id)",
  "CREATE VIEW shirts AS SELECT shirt FROM player",
];

await describeEachDatabase("the inspector", {}, (database) => {
  let engine: AsyncEngine;
  beforeAll(async () => {
    engine = createAsyncEngine(database.url);
    await engine.begin(async (connection) => {
      for (const statement of statements) await connection.execute(text(statement));
    });
  });
  afterAll(() => engine.dispose());

  describe("answers", () => {
    it("what there is, by name", async () => {
      const inspector = inspect(engine);
      expect([...(await inspector.getTableNames())].toSorted()).toEqual(["player", "team"]);
      expect(await inspector.getViewNames()).toEqual(["shirts"]);
      expect(await inspector.getMaterializedViewNames()).toEqual([]);
      expect([
        await inspector.hasTable("team"),
        await inspector.hasTable("shirts"),
        await inspector.hasTable("x"),
      ]).toEqual([true, true, false]);
      const schema = await inspector.getDefaultSchemaName();
      expect(await inspector.getSchemaNames()).toContain(schema);
      expect([await inspector.hasSchema(schema), await inspector.hasSchema("no such")]).toEqual([true, false]);
      expect(await inspector.getTableNames({ schema })).toEqual(await inspector.getTableNames());
    });

    it("the parts of one table, and of all", async () => {
      const inspector = inspect(engine);
      const columns = await inspector.getColumns("player");
      expect(columns.map(({ name, property, nullable }) => [name, property, nullable])).toEqual([
        ["id", "id", false],
        ["team_id", "teamId", false],
        ["shirt", "shirt", true],
      ]);
      expect(columns.map(({ type }) => type.kind)).toEqual(["integer", "integer", "integer"]);
      expect((await inspector.getPkConstraint("player"))?.columns).toEqual(["id"]);
      expect(await inspector.getForeignKeys("player")).toEqual([
        {
          name: "in_team",
          columns: ["team_id"],
          references: { table: { name: "team" }, columns: ["id"] },
          onDelete: "cascade",
        },
      ]);
      expect(await inspector.getUniqueConstraints("team")).toEqual([{ name: "one_name", columns: ["name"] }]);
      expect((await inspector.getCheckConstraints("player")).map(({ name }) => name)).toEqual(["shirt_known"]);
      expect((await inspector.getIndexes("player")).map(({ name, unique }) => [name, unique])).toEqual([
        ["by_shirt", false],
      ]);
      expect(await inspector.hasIndex("player", "by_shirt")).toBe(true);
      expect([
        await inspector.getTableComment("team"),
        await inspector.getEnums(),
        await inspector.getDomains(),
      ]).toEqual([undefined, [], []]);
      expect((await inspector.getViewDefinition("shirts")).toLowerCase()).toContain("select");
      const all = await inspector.getMultiForeignKeys();
      expect([...all].map(([name, keys]) => [name, keys.length]).toSorted()).toEqual([
        ["player", 1],
        ["shirts", 0],
        ["team", 0],
      ]);
    });

    it("that what is not there is not", async () => {
      const inspector = inspect(engine);
      await expect(inspector.getColumns("gone")).rejects.toThrow(NoSuchTableError);
      await expect(inspector.getViewDefinition("team")).rejects.toThrow(NoSuchTableError);
      await expect(inspector.model({ tables: ["gone"] })).rejects.toThrow(/no table or view gone/);
      // What a program without types passes.
      expect(() => inspect({ no: "engine" })).toThrow(ArgumentError);
    });
  });

  it("asks as often for many tables as for few, and once for many questions", async () => {
    let count = 0;
    listen(engine, "afterCursorExecute", ({ statement }) => {
      if (statement.compiled.effect === "read") count += 1;
    });
    const few = inspect(engine);
    await few.getTableNames();
    const before = count;
    await few.getMultiIndexes();
    await few.getColumns("player");
    expect(count).toBe(before);
    await engine.begin(async (connection) => {
      for (let index = 0; index < 30; index += 1) {
        await connection.execute(text(`CREATE TABLE t${index} (id INTEGER PRIMARY KEY, other INTEGER UNIQUE)`));
      }
    });
    count = 0;
    expect((await inspect(engine).getMultiUniqueConstraints()).size).toBe(33);
    expect(count).toBe(before);
    few.clearCache();
    expect(await few.getTableNames()).toHaveLength(32);
  });
});
