// An application that runs must not load what only the compiler needs: a spy on the module loader watches.
import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "./support/source-tree.js";

const spy = pathToFileURL(join(projectRoot, "test/support/import-spy.mjs")).href;

/** The packages that running `program` loads, against the built package. */
function loadedPackages(program: string): string[] {
  const output = execFileSync(process.execPath, ["--import", spy, "--input-type=module", "-e", program], {
    cwd: projectRoot,
    encoding: "utf8",
  });
  // The spy's own format.
  return JSON.parse(output) as string[];
}

it("importing the package loads no other package", () => {
  expect(loadedPackages('await import("athanor");')).toEqual([]);
});

it("a query on SQLite loads its driver and nothing of the compiler", () => {
  const loaded = loadedPackages(`
    const { createEngine, text } = await import("athanor");
    createEngine("sqlite://").connect((connection) => connection.execute(text("SELECT 1")));
  `);
  expect(loaded).toContain("better-sqlite3");
  expect(loaded.filter((name) => /^(chevrotain|@chevrotain|ts-morph|@ts-morph|prettier|commander)/.test(name))).toEqual(
    [],
  );
});

it("the spy sees what it must: the compiler's entry loads its parser", () => {
  const loaded = loadedPackages(`
    const { compileSchema } = await import("athanor/compiler");
    compileSchema({ root: "a.schema", read: () => "table a as A { id integer primary key identity }" });
  `);
  expect(loaded.some((name) => name.includes("chevrotain"))).toBe(true);
});
