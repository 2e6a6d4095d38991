// Schemas by other names at execution, on every database that has schemas on its server.
import { expect, it } from "vitest";
import { createAsyncEngine, insert, Integer, MetaData, select, Table, text, Varchar } from "athanor";
import { describeEachDatabase } from "../support/databases/databases.js";

await describeEachDatabase("schemaTranslateMap", { requires: ["server-sessions"] }, (database) => {
  const metadata = new MetaData();
  const tenant = new Table("tenant", metadata, { id: Integer().primaryKey(), name: Varchar(20) });
  new Table("visit", metadata, { id: Integer().primaryKey(), tenantId: Integer().references("tenant.id") });

  it("makes, fills, asks and drops the same tables in each of several schemas", async () => {
    await using engine = createAsyncEngine(database.url);
    const names = ["one", "two"].map((name) => `${new URL(database.url).pathname.slice(1)}_${name}`);
    const engines = names.map((name) => engine.executionOptions({ schemaTranslateMap: { "": name } }));
    for (const name of names) await engine.begin((connection) => connection.execute(text(`CREATE SCHEMA ${name}`)));
    for (const [id, each] of engines.entries()) {
      await metadata.createAll(each);
      await metadata.createAll(each);
      await each.begin((connection) => connection.execute(insert(tenant).values({ id, name: `tenant ${id}` })));
    }
    for (const [id, each] of [...engines.entries(), ...engines.entries()]) {
      const rows = await each.connect((connection) => connection.execute(select(tenant)));
      expect(rows.tuples().all()).toEqual([[id, `tenant ${id}`]]);
    }
    const counted = text(`SELECT count(*) FROM ${names[0] ?? ""}.tenant`);
    expect(Number(await engine.connect((connection) => connection.scalar(counted)))).toBe(1);
    for (const each of engines) {
      await metadata.dropAll(each);
      await expect(each.connect((connection) => connection.execute(select(tenant)))).rejects.toThrow(/tenant/);
    }
    for (const name of names) await engine.begin((connection) => connection.execute(text(`DROP SCHEMA ${name}`)));
  });
});
