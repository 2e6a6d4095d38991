// The command as a process: the built package's `athanor`, its streams and its exit code.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { projectRoot } from "../support/source-tree.js";
import { createProject, type Project } from "./cli.js";

function athanor(folder: string, argv: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const bin = join(projectRoot, "dist/bin.js");
  const { NO_COLOR: _noColor, FORCE_COLOR: _forceColor, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...argv], {
    cwd: folder,
    encoding: "utf8",
    env: { ...inherited, ...environment },
  });
  return { status, stdout, stderr };
}

it("generates, in the folder it is called in", () => {
  const project = createProject({ "app.schema": "table t as T {\n  id  integer  primary key identity\n}\n" });
  const outcome = athanor(project.folder, ["generate", "app.schema", "--out", "out"]);
  expect(outcome).toEqual({ status: 0, stdout: "", stderr: "out: 3 files, 3 written\n" });
  expect(project.list("out")).toEqual(["index.ts", "t.ts", "tables.ts"]);
});

it("exits with 1 for a bad schema and 2 for wrong usage", () => {
  const project = createProject({ "app.schema": "table t { id nonsense }\n" });
  expect(athanor(project.folder, ["check", "app.schema"]).status).toBe(1);
  expect(athanor(project.folder, ["check"]).status).toBe(2);
});

it("colours what it says only where that is wanted", () => {
  const project = createProject({ "app.schema": "table t { id nonsense }\n" });
  const escape = "\u001b[";
  expect(athanor(project.folder, ["check", "app.schema"]).stderr).not.toContain(escape);
  expect(athanor(project.folder, ["check", "app.schema"], { CI: "true" }).stderr).not.toContain(escape);
  expect(athanor(project.folder, ["check", "app.schema"], { FORCE_COLOR: "1" }).stderr).toContain(escape);
  expect(athanor(project.folder, ["check", "app.schema"], { FORCE_COLOR: "1", NO_COLOR: "1" }).stderr).not.toContain(
    escape,
  );
});

it("reads a configuration in TypeScript on a Node that takes no types, too", () => {
  const project = createProject({
    "app.schema": "table t as T {\n  id  integer  primary key identity\n}\n",
    "names.mjs": 'export const out = "out";\n',
    "athanor.config.ts": [
      'import { out } from "./names.mjs";',
      "interface Shape { schemas: string; out: string }",
      'export default { schemas: "app.schema", out: out as string } satisfies Shape;',
      "",
    ].join("\n"),
  });
  // It would read types if it were not told so: the fall-back has to compile the file.
  const untyped = { NODE_OPTIONS: "--no-experimental-strip-types" };
  const probe = spawnSync(process.execPath, ["-p", "process.features.typescript"], {
    encoding: "utf8",
    env: { ...process.env, ...untyped },
  });
  expect(probe.stdout.trim()).toBe("false");
  const outcome = athanor(project.folder, ["generate"], untyped);
  expect(outcome).toEqual({ status: 0, stdout: "", stderr: "out: 3 files, 3 written\n" });
  expect(project.list(".").filter((name) => name.startsWith(".") && name.endsWith(".mjs"))).toEqual([]);
});

it("says what a configuration in TypeScript lacks, and leaves nothing beside it, on such a Node", () => {
  const project = createProject({ "athanor.config.ts": 'throw new Error("no settings" as string);\n' });
  const outcome = athanor(project.folder, ["check"], { NODE_OPTIONS: "--no-experimental-strip-types" });
  expect(outcome).toEqual({ status: 2, stdout: "", stderr: "error: cannot read athanor.config.ts: no settings\n" });
  expect(project.list(".")).toEqual(["athanor.config.ts"]);
});

/** What a command prints, and then the packages and files that it loaded. */
function spied(project: Project, argv: readonly string[]): string {
  const spy = pathToFileURL(join(projectRoot, "test/support/import-spy.mjs")).href;
  return athanor(project.folder, argv, { NODE_OPTIONS: `--import=${spy}` }).stdout;
}

it("loads the compiler where there is something to compile alone, and the runtime where there is a database", () => {
  const project = createProject({ "app.schema": "table t as T {\n  id  integer  primary key identity\n}\n" });
  mkdirSync(join(project.folder, "node_modules"));
  const generate = ["generate", "app.schema", "--out", "out"];
  expect(spied(project, generate)).toMatch(/"chevrotain".*"chunks\/compile\.js"/);
  for (const argv of [["--version"], ["--help"], ["explain", "S2001"], generate, [...generate, "--check"]]) {
    const loaded = spied(project, argv);
    expect(loaded).toContain('"chunks/main.js"');
    expect(loaded).not.toMatch(/"chevrotain"|"chunks\/(compile|runtime)\.js"/);
  }
});

it("loads what lays out long lines where there are such alone", () => {
  const key = "id  integer  primary key identity";
  const long = "l".repeat(60);
  const project = createProject({
    "app.schema": `table t as T {\n  ${key}\n}\n`,
    "long.schema": `table t as T {\n  ${key}\n  ${long}  integer\n}\n`,
  });
  const loadedBy = (...argv: string[]): string => spied(project, argv);
  expect(loadedBy("check", "app.schema")).not.toMatch(/ts-morph|prettier/);
  expect(loadedBy("generate", "app.schema", "--out", "out")).not.toMatch(/ts-morph|prettier/);
  expect(loadedBy("generate", "long.schema", "--out", "out")).toMatch(/"prettier".*"ts-morph"/);
});
