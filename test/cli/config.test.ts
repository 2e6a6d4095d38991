// `athanor.config.*`: where it is found, what it may say, and that flags go before it.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defineConfig } from "athanor/config";
import { run } from "../../cli/main.js";
import { allSettings } from "../../cli/config/settings.js";
import { createProject, type Project } from "./cli.js";

const user = "table user_account as User {\n  id  integer  primary key identity\n  name  text  unique\n}\n";
const plain = 'export default { schemas: ["schemas"], out: "generated" };\n';

async function refusal(config: string, file = "athanor.config.mjs"): Promise<string> {
  const project = createProject({ "schemas/app.schema": user, [file]: config });
  const { exitCode, stdout, stderr } = await project.athanor("check");
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  return stderr;
}

describe("the configuration", () => {
  it.each(["ts", "mts", "js", "mjs"])("is read from athanor.config.%s", async (extension) => {
    const project = createProject({ "schemas/app.schema": user, [`athanor.config.${extension}`]: plain });
    if (extension === "js") project.write("package.json", '{ "type": "module" }');
    expect(await project.athanor("generate")).toMatchObject({ exitCode: 0, stderr: "generated: 3 files, 3 written\n" });
  });

  it("may be JSON, and TypeScript with types in it", async () => {
    const json = createProject({ "s.schema": user, "athanor.config.json": '{ "schemas": "s.schema", "out": "out" }' });
    expect((await json.athanor("generate")).exitCode).toBe(0);
    const typed = 'const out: string = "out" as const;\nexport default { schemas: "s.schema", out };\n';
    const project = createProject({ "s.schema": user, "athanor.config.ts": typed });
    expect((await project.athanor("generate")).exitCode).toBe(0);
  });

  it("is found above, and its paths are relative to it", async () => {
    const project = createProject({ "schemas/app.schema": user, "athanor.config.mjs": plain });
    const inner = join(project.folder, "deep/er");
    mkdirSync(inner, { recursive: true });
    const terminal = { cwd: inner, color: false, stdout: () => undefined, stderr: () => undefined };
    expect(await run(["generate"], terminal)).toBe(0);
    expect(project.read("generated/user.ts")).toContain("from schemas/app.schema.\n");
    expect(project.list("deep/er")).toEqual([]);
  });

  it("gives way to arguments and flags", async () => {
    const project = createProject({ "schemas/app.schema": user, "b.schema": user, "athanor.config.mjs": plain });
    const { stderr } = await project.athanor("generate", "b.schema", "--out", "elsewhere", "--single-file");
    expect(stderr).toBe("elsewhere: 1 files, 1 written\n");
    expect(project.list("elsewhere")).toEqual(["models.ts"]);
  });

  it("may be another file, and is wanted where it is named", async () => {
    const project = createProject({
      "schemas/app.schema": user,
      "configs/one.mjs": 'export default { schemas: "../schemas" };',
    });
    expect((await project.athanor("check", "--config", "configs/one.mjs")).exitCode).toBe(0);
    const missing = await project.athanor("check", "--config", "none.mjs");
    expect(missing).toMatchObject({ exitCode: 2, stderr: "error: none.mjs does not exist\n" });
  });

  it("says the dialects and the names of constraints", async () => {
    const config =
      'export default { schemas: ".", out: "out", dialects: ["mysql"], naming: { unique: "uq_{table}_{columns}" } };';
    const project = createProject({ "a.schema": user, "athanor.config.mjs": config });
    expect((await project.athanor("check", "--dialects", "sqlite,postgresql")).exitCode).toBe(0);
    await project.athanor("generate", "--name-primary-key", "pk_{table}");
    expect(project.read("out/tables.ts")).toContain('unique({ name: "uq_user_account_name" })');
    expect(project.read("out/tables.ts")).toContain('primaryKey({ name: "pk_user_account" })');
  });

  it("lays the code out by the project's rules", async () => {
    const project = createProject({ "a.schema": user });
    const flags = ["--no-semi", "--single-quote", "--print-width", "60", "--import-extension", ".ts"];
    await project.athanor("generate", "a.schema", "--out", "out", ...flags);
    const text = project.read("out/user.ts");
    expect(text).not.toMatch(/;$/m);
    expect(text).toContain("from './tables.ts'\n");
    expect(text).toContain("import {\n  assignColumn,\n");
    const again = await project.athanor("generate", "a.schema", "--out", "out", ...flags, "--check");
    expect(again.exitCode).toBe(0);
  });
});

describe("a bad configuration", () => {
  it.each([
    ["export default { schema: 'x' };", "`schema` is no setting: did you mean `schemas`?"],
    [
      "export default { output: { single: true } };",
      "`output.single` is no setting: there are singleFile, importExtension",
    ],
    ["export default { output: true };", "`output` takes an object, not true"],
    ["export default { out: 5 };", "`out` takes a folder, not 5"],
    ["export default { schemas: [1] };", "`schemas` takes paths, not a list"],
    [
      "export default { dialects: ['oracle'] };",
      '`dialects` knows no "oracle"; there are sqlite, postgresql, mysql, mariadb',
    ],
    ["export default { dialects: 'sqlite' };", '`dialects` takes names, not "sqlite"'],
    ["export default { types: { numeric: 'number' } };", '`types.numeric` takes "Decimal" or "string", not "number"'],
    [
      "export default { formatting: { printWidth: 0 } };",
      "`formatting.printWidth` takes a whole number above 0, not 0",
    ],
    [
      "export default { naming: { unique: 'uq_{tables}' } };",
      "`naming.unique` has `{tables}`; there are {table}, {columns}, {referred_table}",
    ],
    ["export default { naming: { index: 'ix' } };", "`naming.index` must hold {table}, so that tables' names differ"],
    ["export default 5;", "it exports no object: write `export default defineConfig({ … })`"],
    ["export const config = {};", "it exports no object"],
  ])("%s", async (config, message) => {
    expect(await refusal(config)).toContain(`error: athanor.config.mjs: ${message}`);
  });

  it("is told whole", async () => {
    const stderr = await refusal("export default { a: 1, out: '' };");
    expect(stderr).toContain("athanor.config.mjs: `a` is no setting");
    expect(stderr).toContain("athanor.config.mjs: `out` takes a folder");
  });

  it("is told where it does not even run", async () => {
    expect(await refusal("throw new Error('boom');")).toContain("cannot read athanor.config.mjs: boom");
    expect(await refusal("{", "athanor.config.json")).toContain("cannot read athanor.config.json: ");
  });

  it("is not guessed between two", async () => {
    const project = createProject({ "athanor.config.ts": plain, "athanor.config.json": "{}" });
    const { exitCode, stderr } = await project.athanor("check");
    expect(exitCode).toBe(2);
    expect(stderr).toContain(". holds athanor.config.ts and athanor.config.json\n  help: ");
  });
});

async function refused(project: Project, ...argv: string[]): Promise<string> {
  const { exitCode, stderr } = await project.athanor(...argv);
  expect(exitCode).toBe(2);
  return stderr;
}

describe("a project without one", () => {
  it("is asked for what is missing", async () => {
    const project = createProject({ "a.schema": user });
    expect(await refused(project, "check")).toBe(
      "error: there is no schema to read\n  help: name schema files or folders, or set `schemas` in athanor.config.ts\n",
    );
    expect(await refused(project, "generate", "a.schema")).toContain("nobody says where the generated files go");
    expect(await refused(project, "generate", "a.schema", "--numeric", "float")).toContain("--numeric");
    expect(await refused(project, "generate", "a.schema", "--name-index", "ix")).toContain(
      "`--name-index` must hold {table}",
    );
  });
});

it("every setting but the schemas has a flag", () => {
  const flags = allSettings.map(({ flag }) => flag);
  expect(flags.filter((flag) => flag === "")).toHaveLength(1);
  expect(new Set(flags).size).toBe(flags.length);
});

it("defineConfig gives what it takes", () => {
  const config = { schemas: "schemas/", types: { numeric: "string" } } as const;
  expect(defineConfig(config)).toBe(config);
});
