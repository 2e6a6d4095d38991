// `athanor create` and `athanor drop`: a schema made in a database, looked for first, printed, taken out again.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createEngine, inspect } from "athanor";
import { createProject } from "./cli.js";

const schema = `dialect sqlite, postgresql, mariadb

table team as Team {
  id    integer  primary key identity
  name  varchar(30)  unique
}

table player as Player {
  id       integer  primary key identity
  team_id  integer  index  references team on delete cascade
  shirt    integer  check (shirt > 0)
}
`;

describe("create", () => {
  test("makes what is missing, and drop takes it out", async () => {
    const project = createProject({ "app.schema": schema });
    const url = `sqlite:///${join(project.folder, "app.db")}`;
    const first = await project.athanor("create", "app.schema", "--url", url);
    expect(first).toMatchObject({ exitCode: 0, stdout: "" });
    expect(first.stderr).toContain("3 statements");
    const second = await project.athanor("create", "app.schema", "--url", url);
    expect(second.stderr).toContain("nothing to do");
    const engine = createEngine(url);
    expect(inspect(engine).getTableNames()).toEqual(["team", "player"]);
    expect((await project.athanor("drop", "app.schema", "--url", url)).stderr).toContain("2 statements");
    expect(inspect(engine).getTableNames()).toEqual([]);
    engine.dispose();
  });

  test("prints the statements of any dialect without a database", async () => {
    const project = createProject({ "app.schema": schema });
    const { exitCode, stdout } = await project.athanor("create", "app.schema", "--sql", "--dialect", "postgresql");
    expect(exitCode).toBe(0);
    expect(stdout.split(";\n").map((statement) => statement.split("\n")[0])).toEqual([
      "CREATE TABLE team (",
      "CREATE TABLE player (",
      "CREATE INDEX player_team_id_idx ON player (team_id)",
      "",
    ]);
    const dropped = await project.athanor("drop", "app.schema", "--sql", "--dialect", "sqlite");
    expect(dropped.stdout).toBe("DROP TABLE player;\nDROP TABLE team;\n");
  });

  test("says what is missing or wrong", async () => {
    const project = createProject({ "app.schema": schema, "bad.schema": "table t { id nothing }" });
    const nowhere = await project.athanor("create", "app.schema");
    expect(nowhere.exitCode).toBe(2);
    expect(nowhere.stderr).toContain("nobody says which database");
    const bad = await project.athanor("create", "bad.schema", "--sql", "--dialect", "sqlite");
    expect(bad).toMatchObject({ exitCode: 1, stdout: "" });
    const unreachable = await project.athanor("create", "app.schema", "--url", "sqlite:////no/such/folder/app.db");
    expect(unreachable.exitCode).toBe(1);
    expect(unreachable.stderr).toContain("cannot create");
  });
});
