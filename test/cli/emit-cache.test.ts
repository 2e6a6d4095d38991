// The cache of `generate`: with it the output is the same bytes as without, whatever happened to it or to the output.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { array, assert, asyncProperty, nat, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { digestOf } from "../../cli/standing-file.js";
import { createProject, type Project } from "./cli.js";

/** Tables `t0` … with the columns that `columns` counts, each a class, all in a circle of foreign keys. */
function schemaOf(columns: readonly number[]): string {
  return columns
    .map((count, index) => {
      const next = (index + 1) % columns.length;
      const more = Array.from({ length: count }, (_, column) => `  c${column}  text?`);
      const key = `  next_id  integer?  references t${next}  index`;
      return [`table t${index} as T${index} {`, "  id  integer  primary key identity", ...more, key, "}"].join("\n");
    })
    .join("\n");
}

function output(project: Project): Record<string, string> {
  return Object.fromEntries(project.list("out").map((name) => [name, project.read(`out/${name}`)]));
}

function cacheFiles(project: Project): string[] {
  const folder = join(project.folder, "node_modules/.cache/athanor");
  return readdirSync(folder).map((name) => join(folder, name));
}

/** What a run without a cache writes for the same schema. */
async function uncached(schema: string, ...more: string[]): Promise<Record<string, string>> {
  const project = createProject({ "app.schema": schema });
  await project.athanor("generate", "app.schema", "--out", "out", ...more);
  return output(project);
}

const damages: readonly ((project: Project) => void)[] = [
  () => undefined,
  (project) => {
    for (const file of cacheFiles(project)) writeFileSync(file, "{");
  },
  (project) => {
    for (const file of cacheFiles(project)) writeFileSync(file, '{"emitter":1,"files":{"tables.ts":null}}');
  },
  (project) => rmSync(join(project.folder, "node_modules/.cache"), { recursive: true }),
  (project) => rmSync(join(project.folder, "out/tables.ts")),
  (project) => project.write("out/tables.ts", project.read("out/tables.ts").replaceAll("integer", "bigint")),
  (project) => project.write("out/t0.ts", project.read("out/t0.ts").replaceAll("_id", "_no")),
  (project) => project.write("out/tables.ts", project.read("out/tables.ts").replaceAll("\n", "\r\n")),
];

it("writes what a run without it would", async () => {
  const step = record({
    columns: array(nat({ max: 3 }), { minLength: 1, maxLength: 4 }),
    damage: nat({ max: damages.length - 1 }),
  });
  await assert(
    asyncProperty(array(step, { minLength: 2, maxLength: 5 }), async (steps) => {
      const project = createProject();
      mkdirSync(join(project.folder, "node_modules"));
      for (const { columns, damage } of steps) {
        project.write("app.schema", schemaOf(columns));
        expect((await project.athanor("generate", "app.schema", "--out", "out")).exitCode).toBe(0);
        const texts = output(project);
        const expected = await uncached(schemaOf(columns));
        // Line ends of another system stay where nothing else changed.
        expect(
          Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.replaceAll("\r", "")])),
        ).toEqual(expected);
        damages[damage]?.(project);
      }
    }),
    { numRuns: 25 },
  );
});

/** A class with a map of another by a column of type `key`. */
function mapSchema(key: string): string {
  return `table a as A {
  id  integer  primary key identity
  relationship notes: B[]  back_populates owner  collection_class map by code
  proxy codes = notes.code
}
table b as B {
  id    integer  primary key identity
  code  ${key}
  a_id  integer  references a  index
  relationship owner: A  back_populates notes
}`;
}

it("makes anew what reads columns of a table that changed", async () => {
  const project = createProject({ "app.schema": mapSchema("text") });
  mkdirSync(join(project.folder, "node_modules"));
  await project.athanor("generate", "app.schema", "--out", "out");
  expect(project.read("out/a.ts")).toContain("MapCollection<string, B>");
  project.write("app.schema", mapSchema("bigint"));
  await project.athanor("generate", "app.schema", "--out", "out");
  expect(output(project)).toEqual(await uncached(mapSchema("bigint")));
});

it("is used: what the folder holds is not made again", async () => {
  const project = createProject({ "app.schema": schemaOf([1, 1]) });
  mkdirSync(join(project.folder, "node_modules"));
  await project.athanor("generate", "app.schema", "--out", "out");
  // A cache that claims an edited text to be the emitter's own is believed: by this the test sees that it is asked.
  const edited = project.read("out/t0.ts").replace("What `new T0(…)` takes.", "Edited by hand, and noted so.");
  project.write("out/t0.ts", edited);
  project.write("app.schema", schemaOf([1, 2]));
  editCache(project, ({ files }) => {
    const entry = files["t0.ts"];
    if (entry !== undefined) entry.text = digestOf(edited);
  });
  await project.athanor("generate", "app.schema", "--out", "out");
  expect(project.read("out/t0.ts")).toBe(edited);
});

/** The project's cache as `change` leaves it. */
function editCache(project: Project, change: (content: Cache) => void): void {
  const [file = ""] = cacheFiles(project);
  const content: Cache = JSON.parse(readFileSync(file, "utf8"));
  change(content);
  writeFileSync(file, JSON.stringify(content));
}

interface Cache {
  files: Record<string, { text: string }>;
  run: { inputs: { texts: [path: string, digest: string][] } };
}

/** A project whose schema would be refused, if the cache did not say that it was compiled and found sound. */
async function believed(): Promise<Project> {
  const broken = schemaOf([1]).replace("text?", "txt?");
  const project = createProject({ "app.schema": schemaOf([1]), "athanor.config.json": "{}" });
  mkdirSync(join(project.folder, "node_modules"));
  await project.athanor("generate", "app.schema", "--out", "out");
  project.write("app.schema", broken);
  editCache(project, ({ run }) => {
    for (const text of run.inputs.texts) text[1] = digestOf(broken);
  });
  return project;
}

describe("where nothing has changed", () => {
  it("compiles nothing", async () => {
    const project = await believed();
    expect(await project.athanor("generate", "app.schema", "--out", "out")).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "out: 3 files, all up to date\n",
    });
    expect(await project.athanor("generate", "app.schema", "--out", "out", "--check")).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "out is up to date\n",
    });
    const { stdout } = await project.athanor("generate", "app.schema", "--out", "out", "--format", "json");
    expect(JSON.parse(stdout)).toEqual({ diagnostics: [], added: [], changed: [], removed: [] });
  });

  it.each<[string, (project: Project) => void, ...flags: string[]]>([
    ["a schema file", (project) => project.write("app.schema", project.read("app.schema").replace("c0", "c1"))],
    ["a setting", (project) => project.write("athanor.config.json", '{ "dialects": ["sqlite"] }')],
    ["a flag", () => undefined, "--single-file"],
    ["a generated file", (project) => project.write("out/t0.ts", `${project.read("out/t0.ts")}\n`)],
    ["a generated file, which is gone,", (project) => rmSync(join(project.folder, "out/t0.ts"))],
    ["another generated file, which was added,", (project) => project.write("out/t9.ts", project.read("out/t0.ts"))],
    ["the schema's files", (project) => project.write("other/b.schema", schemaOf([2]))],
  ])("compiles where %s changed", async (_, change, ...flags) => {
    const project = await believed();
    change(project);
    const paths = project.list("other").length > 0 ? ["app.schema", "other"] : ["app.schema"];
    const { exitCode, stderr } = await project.athanor("generate", ...paths, "--out", "out", ...flags);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("`txt`");
  });

  it("compiles where an imported file changed", async () => {
    const schema = `import './b.schema'\n${schemaOf([1]).replace("text?", "e?")}`;
    const project = createProject({ "app.schema": schema, "b.schema": "enum e { a }\n" });
    mkdirSync(join(project.folder, "node_modules"));
    await project.athanor("generate", "app.schema", "--out", "out");
    project.write("b.schema", "enum e { a, b }\n");
    await project.athanor("generate", "app.schema", "--out", "out");
    expect(project.read("out/enums.ts")).toContain('"b"');
  });

  it("says again what there is to say", async () => {
    const project = createProject({ "app.schema": `${schemaOf([1])}\n/// About nothing.\n` });
    mkdirSync(join(project.folder, "node_modules"));
    const first = await project.athanor("generate", "app.schema", "--out", "out");
    expect(first.stderr).toContain("S1016");
    expect(first.stderr).toContain("1 warning\nout: 3 files, 3 written\n");
    const second = await project.athanor("generate", "app.schema", "--out", "out");
    expect(second.stderr).toBe(first.stderr.replace("3 written", "all up to date"));
    const json = ["generate", "app.schema", "--out", "out", "--check", "--format", "json"];
    const repeated = await project.athanor(...json);
    rmSync(join(project.folder, "node_modules"), { recursive: true });
    expect(repeated).toEqual(await project.athanor(...json));
  });
});

it("writes nothing beside the packages of a project that has none", async () => {
  const project = createProject({ "app.schema": schemaOf([1]) });
  await project.athanor("generate", "app.schema", "--out", "out");
  expect(project.list(".")).toEqual(["app.schema", "out"]);
});
