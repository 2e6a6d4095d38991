// The other commands, the command line itself, and how files are found.
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createProject } from "./cli.js";

const user = "table user_account as User {\n  id  integer  primary key identity\n}\n";
const unformatted = "table user_account as User { id integer primary key identity }\n";
const tenMistakes = `table a as A {
  id integr primary key
  id integer
  name varchar(0)
  flag boolean default 'maybe'
  b_id integer references nowhere
  relationship c: C
  check (missing > 1)
  unique (gone)
}
table a { x integer }
table c_table as 1C { id integer primary key identity }
`;

describe("check", () => {
  it("is content with a sound schema", async () => {
    const project = createProject({ "app.schema": user });
    const outcome = await project.athanor("check", "app.schema");
    expect(outcome).toEqual({ exitCode: 0, stdout: "", stderr: "1 file checked: the schema is sound\n" });
  });

  it("reports all mistakes for people on stderr", async () => {
    const project = createProject({ "app.schema": tenMistakes });
    const { exitCode, stdout, stderr } = await project.athanor("check", "app.schema");
    expect(exitCode).toBe(1);
    expect(stdout).toBe("");
    expect(stderr.match(/^error\[S\d{4}\]: /gm)?.length).toBeGreaterThanOrEqual(9);
    expect(stderr).toContain("--> app.schema:2:");
  });

  it("reports them for programs on stdout", async () => {
    const project = createProject({ "app.schema": tenMistakes });
    const { exitCode, stdout, stderr } = await project.athanor("check", "app.schema", "--format", "json");
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    expect(JSON.stringify(JSON.parse(stdout))).toContain('"S2003"');
  });

  it("gives programs an answer for a sound schema too", async () => {
    const project = createProject({ "app.schema": user });
    const { exitCode, stdout } = await project.athanor("check", "app.schema", "--format", "json");
    expect(exitCode).toBe(0);
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  });
});

describe("how files are found", () => {
  const address =
    "table address as Address {\n  id  integer  primary key identity\n" +
    "  user_id  integer  references user_account\n  index (user_id)\n}\n";

  it("takes the files of a folder as one schema, imported or not", async () => {
    const project = createProject({
      "schemas/app.schema": `import './people/user.schema'\n${address}`,
      "schemas/people/user.schema": user,
      "schemas/other.schema": "table other {\n  id  integer  primary key identity\n}\n",
      "schemas/.hidden/bad.schema": "nonsense",
      "schemas/node_modules/p/bad.schema": "nonsense",
    });
    const outcome = await project.athanor("generate", "schemas", "--out", "out");
    expect(outcome.stderr).toBe("out: 4 files, 4 written\n");
    expect(project.read("out/tables.ts")).toContain(
      "from schemas/people/user.schema, schemas/app.schema, schemas/other.schema.\n",
    );
  });

  it("reads what a file imports, named or not", async () => {
    const project = createProject({ "app.schema": `import './user.schema'\n${address}`, "user.schema": user });
    expect((await project.athanor("check", "app.schema")).stderr).toBe("2 files checked: the schema is sound\n");
  });

  it("lets the compiler report files that import each other", async () => {
    const project = createProject({
      "a.schema": "import './b.schema'\n",
      "b.schema": "import './a.schema'\n",
    });
    const { exitCode, stderr } = await project.athanor("check", ".");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("S2032");
  });

  it("compiles files outside the current folder", async () => {
    const project = createProject({ "schemas/app.schema": user, "work/x.md": "" });
    const inside = createProject();
    const outcome = await inside.athanor("check", join(project.folder, "schemas"));
    expect(outcome).toMatchObject({ exitCode: 0 });
  });

  it("reads no file outside the project through a link", async () => {
    const elsewhere = createProject({ "secret.schema": user });
    const project = createProject({ "app.schema": "import './linked.schema'\n" });
    symlinkSync(join(elsewhere.folder, "secret.schema"), join(project.folder, "linked.schema"));
    const { exitCode, stderr } = await project.athanor("check", "app.schema");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("S2030");
  });

  it("says what is wrong with a path", async () => {
    const project = createProject({ "empty/x.md": "" });
    const missing = await project.athanor("check", "nowhere.schema");
    expect(missing).toEqual({ exitCode: 2, stdout: "", stderr: "error: nowhere.schema does not exist\n" });
    const empty = await project.athanor("check", "empty");
    expect(empty.exitCode).toBe(2);
    expect(empty.stderr).toContain("error: there is no .schema file in empty\n  help: ");
  });

  it("says why it cannot read", async () => {
    const project = createProject();
    symlinkSync(join(project.folder, "circle.schema"), join(project.folder, "circle.schema"));
    expect(await project.athanor("check", "circle.schema")).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: "error: cannot read circle.schema: its links lead in a circle\n",
    });
    const { exitCode, stderr } = await project.athanor("check", `${"x".repeat(300)}.schema`);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("the name is too long");
  });
});

describe("format", () => {
  it("rewrites what is not canonical and leaves the rest", async () => {
    const project = createProject({ "a.schema": unformatted, "b.schema": user.replace("user_account as User", "b") });
    const { exitCode, stderr } = await project.athanor("format", ".");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "formatted  a.schema\n2 files, 1 changed\n" });
    expect(project.read("a.schema")).toBe(user);
    expect(project.list(".")).toEqual(["a.schema", "b.schema"]);
  });

  it("only says so with --check", async () => {
    const project = createProject({ "a.schema": unformatted });
    const { exitCode, stderr } = await project.athanor("format", "a.schema", "--check");
    expect(exitCode).toBe(1);
    expect(stderr).toBe("not formatted  a.schema\n1 file to format: run `athanor format`\n");
    expect(project.read("a.schema")).toBe(unformatted);
    await project.athanor("format", "a.schema");
    expect((await project.athanor("format", "a.schema", "--check")).exitCode).toBe(0);
  });

  it("touches nothing while a file does not parse", async () => {
    const project = createProject({ "a.schema": unformatted, "b.schema": "table {\n" });
    const { exitCode, stderr } = await project.athanor("format", ".");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("b.schema:1:");
    expect(stderr).toContain("nothing was formatted\n");
    expect(project.read("a.schema")).toBe(unformatted);
  });
});

describe("init", () => {
  it("writes a schema that is sound and canonical, and adds scripts", async () => {
    const project = createProject({ "package.json": '{\n    "name": "app",\n    "scripts": { "test": "x" }\n}\n' });
    const { exitCode, stdout } = await project.athanor("init");
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
    expect((await project.athanor("check")).stderr).toBe("1 file checked: the schema is sound\n");
    expect((await project.athanor("format", "--check")).exitCode).toBe(0);
    expect(project.read("package.json")).toContain('\n    "scripts": {\n        "test": "x",\n        "schema:check"');
    expect((await project.athanor("generate")).stderr).toBe("generated: 4 files, 4 written\n");
  });

  it("changes nothing that exists", async () => {
    const project = createProject({ "schemas/app.schema": user, "package.json": '{ "name": "app" }\n' });
    await project.athanor("init");
    const once = project.read("package.json");
    const { exitCode, stderr } = await project.athanor("init");
    expect(exitCode).toBe(0);
    expect(stderr).toContain("schemas/app.schema exists already");
    expect(project.read("schemas/app.schema")).toBe(user);
    expect(project.read("package.json")).toBe(once);
  });

  it("does without package.json, and refuses a broken one", async () => {
    const project = createProject();
    expect(await project.athanor("init")).toMatchObject({ exitCode: 0 });
    project.write("package.json", "[1,");
    const { exitCode, stderr } = await project.athanor("init");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("package.json is not a JSON object");
    expect(project.read("package.json")).toBe("[1,");
  });
});

describe("explain", () => {
  it("prints the page about a code, in capitals or not, on stdout", async () => {
    const project = createProject();
    const { exitCode, stdout, stderr } = await project.athanor("explain", "S2001");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toBe(readFileSync(new URL("../../docs/errors/S2001.md", import.meta.url), "utf8"));
    expect((await project.athanor("explain", "s2001")).stdout).toBe(stdout);
  });

  it.each(["S9999", "../../package", "nonsense"])("answers the unknown code %s with a hint", async (code) => {
    const { exitCode, stdout, stderr } = await createProject().athanor("explain", code);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(`there is no page about ${code}`);
    expect(stderr).toContain("help: ");
  });
});

describe("the command line", () => {
  it("prints the version on stdout", async () => {
    const { exitCode, stdout, stderr } = await createProject().athanor("--version");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([["--help"], ["help"], ["help generate"], ["generate --help"]])("prints help on stdout: %s", async (line) => {
    const { exitCode, stdout, stderr } = await createProject().athanor(...line.split(" "));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("Usage: athanor");
  });

  it.each([
    [""],
    ["nonsense"],
    ["check"],
    ["check app.schema --nonsense"],
    ["check app.schema --format xml"],
    ["generate app.schema"],
    ["generate --out out"],
    ["explain"],
    ["explain S2001 S2002"],
  ])("answers wrong usage with exit code 2 and words on stderr: %s", async (line) => {
    const project = createProject({ "app.schema": user });
    const { exitCode, stdout, stderr } = await project.athanor(...line.split(" ").filter((word) => word !== ""));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).not.toBe("");
  });

  it("suggests the command that was meant", async () => {
    expect((await createProject().athanor("generat")).stderr).toContain("Did you mean generate?");
  });
});
