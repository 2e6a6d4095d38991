// Databases that other people made: each becomes a schema file without diagnostics, compiles to code that passes the strictest
// settings, and is created again as its own dump says it was. Prints how many lines of the dumps differ.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { problemsIn, strictest } from "../emit/strict-types.js";
import { type DatabaseKind, describeDatabase } from "../support/databases/databases.js";
import { corpusDatabases } from "./corpus.js";
import { knownDifferences } from "./known-differences.js";
import { roundTrip } from "./round-trip.js";
import { type Scratch, scratchFor } from "./servers.js";

const kinds: readonly DatabaseKind[] = ["sqlite", "postgresql", "mysql"];
const report: string[] = [];
afterAll(() => void process.stderr.write(`\nLines of dumps that differ\n${report.join("")}`));

for (const kind of kinds) {
  const databases = corpusDatabases(kind);
  if (databases.length === 0) continue;
  await describeDatabase(kind, "the corpus", (server) => {
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
      const known = knownDifferences[`${kind} ${database.name}`];
      report.push(`  ${String(differences.length).padStart(4)}  ${kind} ${database.name}  ${known?.why ?? ""}\n`);
      expect(differences.length === (known?.lines ?? 0) ? [] : differences).toEqual([]);
    });

    it("compiles under the strictest settings", { timeout: 120_000 }, () => {
      expect(problemsIn(folder, [join(folder, "*/*.ts")], strictest)).toEqual([]);
    });
  });
}
