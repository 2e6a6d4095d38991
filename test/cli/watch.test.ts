// `generate --watch`: a process that compiles again when the schema, a new file of it or the configuration changes, and
// that a signal ends.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { watchAndRun } from "../../cli/watch.js";
import { projectRoot } from "../support/source-tree.js";
import { createProject } from "./cli.js";

const user = "table user_account as User {\n  id  integer  primary key identity\n}\n";
const group = "table app_group as Group {\n  id  integer  primary key identity\n}\n";

it("compiles again after every change", async () => {
  const project = createProject({
    "schemas/app.schema": user,
    "athanor.config.json": '{ "schemas": "schemas", "out": "out" }',
  });
  const child = spawn(process.execPath, [join(projectRoot, "dist/bin.js"), "generate", "--watch"], {
    cwd: project.folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  let said = "";
  let heard: (() => void) | undefined;
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    heard?.();
  });
  /** What the process says until it watches again. */
  const next = async (): Promise<string> => {
    const end = "watching for changes\n";
    while (!said.includes(end)) await new Promise<void>((resolve) => (heard = resolve));
    const text = said.slice(0, said.indexOf(end));
    said = said.slice(text.length + end.length);
    return text;
  };
  expect(await next()).toBe("out: 3 files, 3 written\n");
  project.write("schemas/app.schema", user.replace("}", "  nonsense\n}"));
  expect(await next()).toContain("error");
  project.write("schemas/app.schema", user.replace("}", "  name  text\n}"));
  expect(await next()).toBe("out: 3 files, 2 written\n");
  project.write("schemas/more/group.schema", group);
  expect(await next()).toBe("out: 4 files, 3 written\n");
  project.write("athanor.config.json", '{ "schemas": "schemas", "out": "out", "nonsense": 1 }');
  expect(await next()).toContain("`nonsense` is no setting");
  project.write("athanor.config.json", '{ "schemas": "schemas", "out": "out", "output": { "singleFile": true } }');
  expect(await next()).toBe("out: 1 files, 1 written, 4 removed\n");
  child.kill("SIGINT");
  expect(await ended).toBe(0);
});

it("misses no change that is made as soon as it says that it watches", async () => {
  const project = createProject({ "app.schema": user });
  const controller = new AbortController();
  // Whether one is missed depends on the clock's ticks.
  const changes = 20;
  let runs = 0;
  const run = (): Promise<readonly string[]> => {
    runs += 1;
    if (runs === changes + 1) controller.abort();
    return Promise.resolve([join(project.folder, "app.schema")]);
  };
  const stderr = (): void => {
    if (runs <= changes) project.write("app.schema", `${user}// ${runs}\n`);
  };
  const terminal = { cwd: project.folder, color: false, stdout: () => undefined, stderr };
  expect(await watchAndRun(run, terminal, controller.signal)).toBe(0);
  expect(runs).toBe(changes + 1);
});

it("excludes --check", async () => {
  const project = createProject({ "app.schema": user });
  const { exitCode, stderr } = await project.athanor("generate", "app.schema", "--out", "out", "--watch", "--check");
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: "error: --check and --watch exclude each other\n" });
});
