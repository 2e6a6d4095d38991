// `athanor reflect` of a part of a database with several schemas: what foreign keys lead to comes along from all of them.
import { expect, it } from "vitest";
import { createAsyncEngine } from "athanor";
import { describeDatabase } from "../support/databases/databases.js";
import { createProject } from "./cli.js";

await describeDatabase("postgresql", "reflect of some tables", (database) => {
  it("follows foreign keys and partitions into every schema, with each type once", async () => {
    await using engine = createAsyncEngine(database.url);
    await engine.begin(async (connection) => {
      for (const statement of [
        "CREATE SCHEMA sales",
        "CREATE TYPE mood AS ENUM ('good', 'bad')",
        "CREATE DOMAIN code AS text CHECK (VALUE <> '')",
        "CREATE TABLE people (id integer PRIMARY KEY, mood mood)",
        "CREATE TABLE sales.people (id integer PRIMARY KEY, code integer)",
        "CREATE TABLE sales.shops (id integer PRIMARY KEY, owner_id integer REFERENCES people (id))",
        `CREATE TABLE orders (id integer PRIMARY KEY, mood mood, code code,
          shop_id integer REFERENCES sales.shops (id)) PARTITION BY RANGE (id)`,
        "CREATE TABLE orders_one PARTITION OF orders FOR VALUES FROM (1) TO (100)",
        "CREATE TABLE bystander (id integer PRIMARY KEY)",
      ]) {
        await connection.execDriverSql(statement);
      }
    });
    const project = createProject();
    const outcome = await project.athanor("reflect", database.url, "--out", "app.schema", "--tables", "orders_one");
    expect(outcome.stderr.split("\n").filter((line) => line.includes("brought along"))).toEqual([
      "table orders brought along by its partition orders_one",
      "table people brought along by a foreign key of sales.shops",
      "table sales.shops brought along by a foreign key of orders",
    ]);
    expect(outcome.exitCode).toBe(0);
    const text = project.read("app.schema");
    expect(text.match(/^(table|enum|domain) \S+/gm)).toEqual([
      "enum mood",
      "domain code",
      "table orders",
      "table orders_one",
      "table people",
      "table sales.shops",
    ]);
    expect(await project.athanor("check", "app.schema")).toMatchObject({ exitCode: 0 });
    const whole = await project.athanor("reflect", database.url, "--schema", "sales");
    expect(whole).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("table people brought along by a foreign key of sales.shops\n"),
    });
    expect(whole.stdout).not.toContain("bystander");
    const own = await project.athanor("reflect", database.url, "--schema", "public", "--tables", "bystander");
    expect(own).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("table bystander as Bystander {") });
  });

  it("takes along what the SQL of tables and views names, and what that names in turn", async () => {
    await using engine = createAsyncEngine(database.url);
    await engine.begin(async (connection) => {
      for (const statement of [
        "CREATE SCHEMA parts",
        "SET LOCAL search_path = parts",
        "CREATE EXTENSION citext WITH SCHEMA parts",
        "CREATE SEQUENCE counter",
        "CREATE SEQUENCE unused",
        "CREATE FUNCTION inner_one() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION outer_one() RETURNS integer LANGUAGE sql AS 'SELECT parts.inner_one()'",
        "CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE FUNCTION other() RETURNS integer LANGUAGE sql AS 'SELECT 2'",
        `CREATE TABLE ticket (id integer PRIMARY KEY DEFAULT nextval('counter'), n integer DEFAULT outer_one(),
          label citext)`,
        "CREATE TRIGGER stamped BEFORE INSERT ON ticket FOR EACH ROW EXECUTE FUNCTION stamp()",
        "CREATE TABLE away (id integer PRIMARY KEY DEFAULT nextval('unused'), n integer DEFAULT other())",
      ]) {
        await connection.execDriverSql(statement);
      }
    });
    const project = createProject();
    const some = ["--schema", "parts", "--tables", "ticket"];
    const outcome = await project.athanor("reflect", database.url, "--out", "app.schema", ...some);
    expect(outcome.stderr.split("\n").filter((line) => line.includes("brought along"))).toEqual(
      ["sequence parts.counter", "extension citext", "function parts.inner_one", "function parts.outer_one"]
        .concat("function parts.stamp")
        .map((name) => `${name} brought along by its name in SQL`),
    );
    expect(await project.athanor("check", "app.schema")).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("the schema is sound"),
    });
    const update = await project.athanor("reflect", database.url, "--out", "app.schema", "--update", ...some);
    expect(update).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("app.schema is up to date") });
  });

  it("updates the schemas that are asked for and says nothing of others", async () => {
    await using engine = createAsyncEngine(database.url);
    const execute = async (statement: string): Promise<unknown> =>
      engine.begin(async (connection) => connection.execDriverSql(statement));
    await execute("CREATE SCHEMA attic");
    await execute("CREATE TABLE attic.box (id integer PRIMARY KEY)");
    await execute("CREATE TABLE house (id integer PRIMARY KEY)");
    const project = createProject();
    const update = async (...schemas: readonly string[]): Promise<readonly string[]> => {
      const chosen = schemas.length === 0 ? [] : ["--schema", ...schemas];
      const outcome = await project.athanor("reflect", database.url, "--out", "app.schema", "--update", ...chosen);
      return outcome.stderr.split("\n").filter((line) => line.startsWith("gone"));
    };
    await update("public", "attic");
    expect(await update()).toEqual([]);
    await execute("DROP TABLE house");
    await execute("DROP TABLE attic.box");
    expect(await update("attic")).toEqual(["gone table attic.box"]);
    expect(await update("public")).toEqual(["gone table house"]);
    expect(await update()).toEqual([]);
  });
});
