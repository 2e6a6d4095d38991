// The package as its users get it: packed, installed into an empty project, a schema written by hand, generated,
// type-checked under several settings and run.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { projectRoot } from "./support/source-tree.js";

const npm = process.platform === "win32" ? "npm.cmd" : "npm";
let project = "";

/** Runs a command to its end and returns what it printed; fails with that where the command fails. */
function run(command: string, args: readonly string[], cwd = project): string {
  const done = spawnSync(command, args, { cwd, encoding: "utf8", shell: process.platform === "win32" });
  if (done.status !== 0) expect.fail(`${command} ${args.join(" ")}\n${done.stdout}\n${done.stderr}`);
  return done.stdout;
}

const schema = `
/// A shelf of books.
table shelf as Shelf {
  id     integer      primary key identity
  label  varchar(40)  unique
  relationship books: Book[]  back_populates shelf  cascade all, delete-orphan  order_by title
}

table book as Book {
  id        integer  primary key identity
  title     text
  price     numeric(8,2)?
  bought    timestamptz?
  shelf_id  integer  references shelf on delete cascade
  relationship shelf: Shelf  back_populates books
  index (shelf_id)
}
`;

const program = `
import { createEngine, select, Session } from "athanor";
import { Book, findShelfByLabel, metadata, Shelf } from "./generated/index.js";

const engine = createEngine("sqlite:///shelf.db");
metadata.createAll(engine);
const session = new Session(engine);
const shelf = new Shelf({ label: "poetry", books: [new Book({ title: "Odes" }), new Book({ title: "Elegies" })] });
session.add(shelf);
session.commit();
const titles: string[] = shelf.books.map((book) => book.title);
const found: Shelf | null = session.scalars(findShelfByLabel("poetry")).first();
const row = session.execute(select(Book.title, Shelf).join(Book.shelf).orderBy(Book.title)).first();
const first: string | undefined = row?.title;
session.delete(shelf);
session.commit();
const left: number = session.scalars(select(Book)).all().length;
session.close();
console.log(JSON.stringify({ titles, same: found === shelf, first, left }));
`;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "athanor-project-"));
  const packed = run(npm, ["pack", "--silent", "--ignore-scripts", "--pack-destination", project], projectRoot).trim();
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "user-project", private: true, type: "module" }));
  const { typescript, "better-sqlite3": sqlite, "@types/node": nodeTypes } = manifest.devDependencies;
  const packages = [`./${packed}`, `better-sqlite3@${sqlite}`, `typescript@${typescript}`, `@types/node@${nodeTypes}`];
  run(npm, [
    "install",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    "--prefer-offline",
    ...packages,
  ]);
  mkdirSync(join(project, "schemas"));
  writeFileSync(join(project, "schemas/app.schema"), schema);
  mkdirSync(join(project, "src"));
  writeFileSync(join(project, "src/main.ts"), program);
  run(join(project, "node_modules/.bin/athanor"), ["generate", "schemas/", "--out", "src/generated/"]);
}, 300_000);

afterAll(() => rmSync(project, { recursive: true, force: true }));

const strict = [
  "strict",
  "noUncheckedIndexedAccess",
  "exactOptionalPropertyTypes",
  "noImplicitOverride",
  "noUnusedLocals",
];

it.each([
  [
    "the strictest settings",
    [...strict, "verbatimModuleSyntax", "isolatedModules", "noPropertyAccessFromIndexSignature"],
  ],
  ["strict and the library's own declarations checked", ["strict", "skipLibCheck=false"]],
  ["strict and a bundler's way to find modules", ["strict", "module=preserve", "moduleResolution=bundler"]],
  ["loose settings", ["strict=false"]],
])("type-checks under %s", (_, settings) => {
  const flags = settings.flatMap((setting) => {
    const [name, value = "true"] = setting.split("=");
    return [`--${name ?? ""}`, value];
  });
  const base = ["--target", "es2022", "--module", "nodenext", "--lib", "es2023", "--types", "node"];
  expect(run(join(project, "node_modules/.bin/tsc"), [...base, ...flags, "--noEmit", "src/main.ts"])).toBe("");
});

it("compiles and runs", () => {
  const flags = ["--target", "es2022", "--module", "nodenext", "--types", "node", "--strict", "--outDir", "out"];
  run(join(project, "node_modules/.bin/tsc"), [...flags, "--rootDir", "src", "src/main.ts"]);
  expect(JSON.parse(run(process.execPath, ["out/main.js"]))).toEqual({
    titles: ["Elegies", "Odes"],
    same: true,
    first: "Elegies",
    left: 0,
  });
});

it("says that generated code is up to date, and when it is not", () => {
  const athanor = join(project, "node_modules/.bin/athanor");
  run(athanor, ["generate", "schemas/", "--out", "src/generated/", "--check"]);
  writeFileSync(join(project, "schemas/app.schema"), `${schema}\ntable extra { id integer primary key identity }\n`);
  expect(() => run(athanor, ["generate", "schemas/", "--out", "src/generated/", "--check"])).toThrow();
});
