// The README's example: its schema compiles without a word, its program runs and does what its comments say.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createEngine, text } from "athanor";
import { run } from "../../cli/main.js";
import { compileSchema, emitSchema, renderDiagnostics } from "athanor/compiler";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { projectRoot } from "../support/source-tree.js";

const readme = readFileSync(join(projectRoot, "README.md"), "utf8");
/** The fenced blocks of one language, in order. */
const blocks = (language: string): string[] =>
  [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, name, text = ""]) => (name === language ? [text] : []));

let folder = "";
beforeAll(() => {
  // Inside the project, so that the test runner resolves the package's name to its sources.
  mkdirSync(join(projectRoot, ".cache"), { recursive: true });
  folder = mkdtempSync(join(projectRoot, ".cache/readme-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("compiles and runs", async () => {
  const [schema = ""] = blocks("");
  const [program = ""] = blocks("ts");
  const { value, diagnostics } = compileSchema({
    root: "app.schema",
    read: (path) => (path === "app.schema" ? schema : undefined),
  });
  expect(renderDiagnostics(diagnostics, value.files.map(({ source }) => source))).toBe("");
  if (value.model === undefined) expect.fail("the schema has errors");
  mkdirSync(join(folder, "generated"));
  for (const { path, text } of await emitSchema(value.model, { version: "0", sources: ["app.schema"] })) {
    writeFileSync(join(folder, "generated", path), text);
  }
  const printed: unknown[][] = [];
  const spy = vi.spyOn(console, "log").mockImplementation((...values) => void printed.push(values));
  const url = `sqlite:///${join(folder, "app.db")}`;
  writeFileSync(join(folder, "main.ts"), program.replace("sqlite:///app.db", url.replaceAll("\\", "/")));
  try {
    await import(pathToFileURL(join(folder, "main.ts")).href);
  } finally {
    spy.mockRestore();
  }
  expect(printed).toEqual([["pkrabs", "pearl.krabs@gmail.com"]]);
});

it("leads from a database that exists to typed queries", async () => {
  const program = blocks("ts").find((block) => block.includes("blog.db")) ?? "";
  const commands = blocks("sh").find((block) => block.includes("athanor reflect")) ?? "";
  const own = join(folder, "existing");
  mkdirSync(own);
  const url = `sqlite:///${join(own, "blog.db").replaceAll("\\", "/")}`;
  const engine = createEngine(url);
  engine.begin((connection) => {
    for (const statement of [
      "CREATE TABLE users (id INTEGER PRIMARY KEY, email VARCHAR(255) NOT NULL UNIQUE)",
      "CREATE TABLE posts (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES users(id), title TEXT NOT NULL)",
      "INSERT INTO users VALUES (1, 'ann@example.org')",
      "INSERT INTO posts VALUES (1, 1, 'Hello there'), (2, 1, 'Bye')",
    ]) {
      connection.execute(text(statement));
    }
  });
  engine.dispose();
  const terminal = { cwd: own, color: false, stdout: () => undefined, stderr: () => undefined };
  for (const [, line = ""] of commands.matchAll(/^npx athanor ([^#\n]*)/gm)) {
    const words = line.trim().replace("sqlite:///blog.db", url).replace("src/generated", "generated").split(/\s+/);
    expect(await run(words, terminal)).toBe(0);
  }
  const printed: unknown[][] = [];
  const spy = vi.spyOn(console, "log").mockImplementation((...values) => void printed.push(values));
  writeFileSync(join(own, "blog.ts"), program.replace("sqlite:///blog.db", url));
  try {
    await import(pathToFileURL(join(own, "blog.ts")).href);
  } finally {
    spy.mockRestore();
  }
  expect(printed).toEqual([["ann@example.org", "Hello there"]]);
});
