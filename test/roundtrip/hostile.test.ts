// Databases with names that no person would choose: reflected without diagnostics, compiled to code that stays inert and
// passes the strictest settings.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAsyncEngine, text } from "athanor";
import { afterAll, expect, it } from "vitest";
import { run } from "../../cli/main.js";
import { problemsIn, strictest } from "../emit/strict-types.js";
import { describeEachDatabase } from "../support/databases/databases.js";

const names = [
  "quote ' one",
  'quote " two',
  "back`tick",
  "back\\slash",
  "*/ process.exit() /*",
  "${process.exit()}",
  '"]; process.exit(); ["',
  "line\nbreak",
  "tab\there",
  "per % cent",
  "dot.s",
  "[Brackets]",
  "42numbers",
  "emoji 🙂",
  "İstanbul",
  "right\u202Eto left",
  "a_b",
  "aB",
  "a b",
  "__proto__",
  "constructor",
  "toString",
  "class",
  "await",
  "primary",
  "null",
  "x".repeat(63),
];

await describeEachDatabase("hostile names", {}, (database) => {
  const folder = mkdtempSync(join(tmpdir(), "athanor-hostile-"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("become a schema and code that compile", { timeout: 120_000 }, async () => {
    const quote = database.kind === "mysql" ? "`" : '"';
    const quoted = (name: string): string => quote + name.replaceAll(quote, quote + quote) + quote;
    // MariaDB's names have three bytes a character at most.
    const holdable = names.filter((name) => database.kind !== "mysql" || !/[\u{10000}-\u{10ffff}]/u.test(name));
    await using engine = createAsyncEngine(database.url);
    await engine.begin(async (connection) => {
      for (const [index, name] of holdable.entries()) {
        const columns = ["n", ...(index === 0 ? holdable : [])].map((column) => `${quoted(column)} integer`).join(", ");
        const table = quoted(name);
        // A colon begins a parameter, and a backslash takes it for itself.
        const parent = `parent integer, CONSTRAINT key_${index} FOREIGN KEY (parent) REFERENCES ${table} (id)`;
        const sql = `CREATE TABLE ${table} (id integer PRIMARY KEY, ${columns}, ${parent})`;
        await connection.execute(text(sql.replaceAll(/[\\:]/g, String.raw`\$&`)));
      }
    });
    const terminal = {
      cwd: folder,
      color: false,
      stdout: () => undefined,
      stderr: (line: string) => void said.push(line),
    };
    const said: string[] = [];
    expect([await run(["reflect", database.url, "--out", "app.schema"], terminal), said.join("")]).toEqual([
      0,
      expect.stringContaining(`${holdable.length} tables, ${holdable.length} classes`),
    ]);
    const schema = readFileSync(join(folder, "app.schema"), "utf8");
    expect(await run(["format", "app.schema", "--check"], terminal)).toBe(0);
    expect(await run(["generate", "app.schema", "--out", "generated"], terminal)).toBe(0);
    expect(problemsIn(folder, [join(folder, "generated/*.ts")], strictest)).toEqual([]);
    // Reading it again finds nothing new.
    expect(await run(["reflect", database.url, "--out", "app.schema", "--update"], terminal)).toBe(0);
    expect(readFileSync(join(folder, "app.schema"), "utf8")).toBe(schema);
  });
});
