// `generate` killed at any moment leaves every file whole, old or new, and nothing that the next run does not tidy up.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "../support/source-tree.js";
import { createProject, type Project } from "./cli.js";

const tableCount = 40;

function schema(column: string): string {
  const table = (index: number): string =>
    `table t${index} as T${index} {\n  id  integer  primary key identity\n  ${column}  text\n}\n`;
  return Array.from({ length: tableCount }, (_, index) => table(index)).join("\n");
}

function output(project: Project): Map<string, string> {
  const names = project.list("out").filter((name) => name.endsWith(".ts"));
  return new Map(names.map((name) => [name, project.read(`out/${name}`)]));
}

/** Runs `generate` in a process of its own, which dies when it is about to move file number `renames` to its place. */
async function killedAfter(project: Project, renames: number): Promise<void> {
  const spy = `import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module";
    const { renameSync } = fs; let count = 0;
    fs.renameSync = (from, to) => {
      if (to.includes("/out/") && count++ === ${renames}) process.kill(process.pid, "SIGKILL");
      renameSync(from, to);
    };
    syncBuiltinESMExports();`;
  const url = `data:text/javascript,${encodeURIComponent(spy)}`;
  const argv = ["--import", url, join(projectRoot, "dist/bin.js"), "generate", "app.schema", "--out", "out"];
  const child = spawn(process.execPath, argv, { cwd: project.folder, stdio: "ignore" });
  await new Promise((resolve) => child.once("exit", resolve));
}

it.each([0, 1, 20, tableCount])("after %i files", async (renames) => {
  const project = createProject({ "app.schema": schema("first"), "node_modules/.keep": "" });
  await project.athanor("generate", "app.schema", "--out", "out");
  const old = output(project);
  project.write("app.schema", schema("second"));
  await killedAfter(project, renames);
  const between = output(project);
  expect([...between.keys()]).toEqual([...old.keys()]);
  const changed = [...between].filter(([name, text]) => old.get(name) !== text);
  expect(changed).toHaveLength(renames);
  expect((await project.athanor("generate", "app.schema", "--out", "out")).exitCode).toBe(0);
  const fresh = createProject({ "app.schema": schema("second") });
  await fresh.athanor("generate", "app.schema", "--out", "out");
  expect(output(project)).toEqual(output(fresh));
  for (const [name, text] of changed) expect(text).toBe(output(fresh).get(name));
  expect(project.list("out")).toEqual(fresh.list("out"));
});
