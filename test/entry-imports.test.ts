// An application that runs must not load what only the compiler needs: a spy on the module loader watches.
import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "./support/source-tree.js";

const spy = pathToFileURL(join(projectRoot, "test/support/import-spy.mjs")).href;

interface Loaded {
  readonly packages: readonly string[];
  /** In this package's `dist/`, without digests. */
  readonly files: readonly string[];
}

/** What running `program` loads, against the built package. */
function loadedBy(program: string): Loaded {
  const output = execFileSync(process.execPath, ["--import", spy, "--input-type=module", "-e", program], {
    cwd: projectRoot,
    encoding: "utf8",
  });
  // The spy's own format.
  return JSON.parse(output) as Loaded;
}

it("importing the package loads no other package, and few files", () => {
  expect(loadedBy('await import("athanor");')).toEqual({
    packages: [],
    files: ["chunks/model.js", "chunks/runtime.js", "index.js"],
  });
});

it("a query on SQLite loads its driver and nothing of the compiler", () => {
  const { packages } = loadedBy(`
    const { createEngine, text } = await import("athanor");
    createEngine("sqlite://").connect((connection) => connection.execute(text("SELECT 1")));
  `);
  expect(packages).toContain("better-sqlite3");
  expect(
    packages.filter((name) => /^(chevrotain|@chevrotain|ts-morph|@ts-morph|prettier|commander)/.test(name)),
  ).toEqual([]);
});

it("the spy sees what it must: the compiler's entry loads its parser", () => {
  const { packages } = loadedBy(`
    const { compileSchema } = await import("athanor/compiler");
    compileSchema({ root: "a.schema", read: () => "table a as A { id integer primary key identity }" });
  `);
  expect(packages.some((name) => name.includes("chevrotain"))).toBe(true);
});
