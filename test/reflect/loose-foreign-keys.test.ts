// Foreign keys that the language refuses are created again as SQL, and no obstacle to dropping what they refer to.
import { expect, it } from "vitest";
import { createAsyncEngine, inspect, metadataFromModel } from "athanor";
import { readDatabase } from "../../cli/read-database.js";
import { describeDatabase } from "../support/databases/databases.js";

await describeDatabase("postgresql", "foreign keys between whole numbers of two sizes", (database) => {
  it("come back, and go before their tables", async () => {
    await using engine = createAsyncEngine(database.url);
    await engine.begin(async (connection) => {
      await connection.execDriverSql("CREATE TABLE a_parent (id bigint PRIMARY KEY)");
      await connection.execDriverSql(
        "CREATE TABLE b_child (id integer PRIMARY KEY REFERENCES a_parent ON DELETE CASCADE)",
      );
      await connection.execDriverSql("ALTER TABLE a_parent ADD COLUMN child smallint REFERENCES b_child");
    });
    const { typed } = await readDatabase(database.url, {});
    expect(typed.tables.map(({ foreignKeys, objects }) => [foreignKeys, objects?.map(({ type }) => type)])).toEqual([
      [[], ["foreign key"]],
      [[], ["foreign key"]],
    ]);
    const before = await inspect(engine).getForeignKeys("b_child");
    const metadata = metadataFromModel(typed);
    await metadata.dropAll(engine);
    expect(await inspect(engine).getTableNames()).toEqual([]);
    await metadata.createAll(engine);
    expect(await inspect(engine).getForeignKeys("b_child")).toEqual(before);
  });
});
