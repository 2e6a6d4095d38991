// The cache of `generate`: with it the output is the same bytes as without, whatever happened to it or to the output.
import { hash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { array, assert, asyncProperty, nat, record } from "fast-check";
import { expect, it } from "vitest";
import { createProject, type Project } from "./cli.js";

/** Tables `t0` … with the columns that `columns` counts, each a class, all in a circle of foreign keys. */
function schemaOf(columns: readonly number[]): string {
  return columns
    .map((count, index) => {
      const next = (index + 1) % columns.length;
      const more = Array.from({ length: count }, (_, column) => `  c${column}  text?`);
      const key = `  next_id  integer?  references t${next}`;
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
  const [file = ""] = cacheFiles(project);
  // A cache that claims an edited text to be the emitter's own is believed: by this the test sees that it is asked.
  const edited = project.read("out/t0.ts").replace("What `new T0(…)` takes.", "Edited by hand, and noted so.");
  project.write("out/t0.ts", edited);
  const content: { files: Record<string, { text: string }> } = JSON.parse(readFileSync(file, "utf8"));
  const entry = content.files["t0.ts"];
  if (entry !== undefined) entry.text = hash("sha256", edited, "base64url").slice(0, 32);
  writeFileSync(file, JSON.stringify(content));
  await project.athanor("generate", "app.schema", "--out", "out");
  expect(project.read("out/t0.ts")).toBe(edited);
});

it("writes nothing beside the packages of a project that has none", async () => {
  const project = createProject({ "app.schema": schemaOf([1]) });
  await project.athanor("generate", "app.schema", "--out", "out");
  expect(project.list(".")).toEqual(["app.schema", "out"]);
});
