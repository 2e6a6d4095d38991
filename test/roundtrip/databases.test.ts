// Databases in the manner of programs that many people use, and those of ATHANOR_CORPUS: each becomes a schema file
// without diagnostics, compiles to code that passes the strictest settings, and is created again as its own dump says it
// was. Prints how many lines of the dumps differ.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { problemsIn, strictest } from "../emit/strict-types.js";
import { type DatabaseKind, describeDatabase } from "../support/databases/databases.js";
import { onPath } from "../support/databases/programs.js";
import { sourceDatabases } from "./databases.js";
import { roundTrip } from "./round-trip.js";
import { type Scratch, scratchFor } from "./servers.js";

/** The programs that load and dump databases of each kind. */
const kinds: readonly (readonly [DatabaseKind, ...string[]])[] = [
  ["sqlite", "sqlite3"],
  ["postgresql", "psql", "pg_dump"],
  ["mysql", "mariadb"],
];
const report: string[] = [];
afterAll(() => void process.stderr.write(`\nLines of dumps that differ\n${report.join("")}`));

for (const [kind, ...programs] of kinds) {
  const databases = sourceDatabases(kind);
  const missing = programs.filter((program) => onPath(program) === null);
  if (missing.length > 0)
    describe.skip(`databases of ${kind} (without ${missing.join(", ")})`, () => it("go", () => undefined));
  if (missing.length > 0 || databases.length === 0) continue;
  await describeDatabase(kind, "databases there and back", (server) => {
    const folder = mkdtempSync(join(tmpdir(), "athanor-corpus-code-"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    let scratch: Scratch | undefined;
    afterAll(async () => {
      await scratch?.dispose();
      rmSync(folder, { recursive: true, force: true });
    });

    it.each(databases)("$name", { timeout: 120_000 }, async (database) => {
      scratch ??= scratchFor(kind, server.url);
      const { said, isFormatted, generated, differences } = await roundTrip(database, scratch);
      expect(said).toBe("");
      expect(isFormatted).toBe(true);
      mkdirSync(join(folder, database.name));
      for (const { path, text } of generated) writeFileSync(join(folder, database.name, path), text);
      report.push(`  ${String(differences.length).padStart(4)}  ${kind} ${database.name}\n`);
      expect(differences).toEqual([]);
    });

    it("compiles under the strictest settings", { timeout: 120_000 }, () => {
      expect(problemsIn(folder, [join(folder, "*/*.ts")], strictest)).toEqual([]);
    });
  });
}
