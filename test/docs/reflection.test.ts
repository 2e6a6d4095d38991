// The example of the page about reflection: its tables give its schema file.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEngine, text } from "athanor";
import { expect, it, onTestFinished } from "vitest";
import { run } from "../../cli/main.js";
import { projectRoot } from "../support/source-tree.js";

it("reflects its tables into its schema", async () => {
  const page = readFileSync(join(projectRoot, "docs/reflection.md"), "utf8");
  const [, tables = ""] = /^```sql\n([\s\S]*?)^```$/m.exec(page) ?? [];
  const [, schema = ""] = /comes this file:\n\n```\n([\s\S]*?)^```$/m.exec(page) ?? [];
  const folder = mkdtempSync(join(tmpdir(), "athanor-reflection-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const url = `sqlite:///${join(folder, "app.db")}`;
  const engine = createEngine(url);
  engine.begin((connection) => {
    for (const statement of tables.split(";\n").filter((one) => one.trim() !== "")) connection.execute(text(statement));
  });
  engine.dispose();
  let printed = "";
  const print = (output: string): void => void (printed += output);
  expect(await run(["reflect", url], { cwd: folder, color: false, stdout: print, stderr: () => undefined })).toBe(0);
  expect(printed).toBe(schema);
});
