// What of a database no schema file can say stands in a note at the file's end, and an update keeps it true.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type AsyncEngine, createAsyncEngine } from "athanor";
import { describeDatabase } from "../support/databases/databases.js";
import { createProject } from "./cli.js";

const statements = [
  "CREATE TABLE people (id integer PRIMARY KEY)",
  "CREATE FOREIGN DATA WRAPPER nowhere",
  'CREATE SERVER "far\naway" FOREIGN DATA WRAPPER nowhere',
  'CREATE FOREIGN TABLE rates (id integer) SERVER "far\naway"',
  "CREATE FUNCTION nothing() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
  "CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION nothing()",
  "CREATE TYPE floats AS RANGE (SUBTYPE = float8)",
  "CREATE TEXT SEARCH CONFIGURATION words (COPY = simple)",
  "CREATE SCHEMA elsewhere",
  "CREATE TEXT SEARCH CONFIGURATION elsewhere.words (COPY = simple)",
];

const note = `
// Left out, for a schema file has no words for it:
//   event trigger watch
//   foreign table public.rates
//   foreign-data wrapper nowhere
//   server "far away"
//   text search configuration public.words
`;

await describeDatabase("postgresql", "what a schema file has no words for", (database) => {
  let engine: AsyncEngine;
  beforeAll(async () => {
    engine = createAsyncEngine(database.url);
    await execute(...statements);
  });
  afterAll(async () => {
    await execute("DROP EVENT TRIGGER IF EXISTS watch");
    await engine.dispose();
  });

  async function execute(...texts: readonly string[]): Promise<void> {
    await engine.begin(async (connection) => {
      for (const statement of texts) await connection.execDriverSql(statement);
    });
  }

  it("is noted at the end of the file, and follows the database", async () => {
    const project = createProject();
    const update = async () => project.athanor("reflect", database.url, "--out", "app.schema", "--update");
    const first = await update();
    const written = project.read("app.schema");
    expect(written.endsWith(note)).toBe(true);
    expect(first).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("left out:\n  event trigger watch\n") });
    expect(written).toContain("object type floats");
    expect(await project.athanor("format", "app.schema", "--check")).toMatchObject({ exitCode: 0 });
    expect((await update()).stderr).toBe("app.schema is up to date\n");
    expect(project.read("app.schema")).toBe(written);

    await execute("CREATE TABLE orders (id integer PRIMARY KEY)", "DROP EVENT TRIGGER watch");
    const part = await project.athanor(
      "reflect",
      database.url,
      "--out",
      "app.schema",
      "--update",
      "--tables",
      "orders",
    );
    expect(part.stderr).toBe("added table orders\napp.schema updated\n");
    expect(project.read("app.schema").endsWith(note)).toBe(true);
    expect((await update()).stderr).toContain("changed the note about what is left out\n");
    const kept = note.replace("//   event trigger watch\n", "");
    expect(project.read("app.schema").endsWith(`}\n${kept}`)).toBe(true);
    expect(project.read("app.schema").match(/Left out/g)).toHaveLength(1);

    const followed = `${project.read("app.schema")}\ntable mine {\n  id  integer  primary key\n}\n`;
    project.write("app.schema", followed);
    await execute("CREATE TABLE mine (id integer PRIMARY KEY)");
    expect((await update()).stderr).toBe("app.schema is up to date\n");
    await execute("DROP FOREIGN DATA WRAPPER nowhere CASCADE", "DROP TEXT SEARCH CONFIGURATION words");
    await update();
    expect(project.read("app.schema")).toBe(followed.replace(`${kept.trimStart()}\n`, ""));
    expect((await update()).stderr).toBe("app.schema is up to date\n");
  });
});
