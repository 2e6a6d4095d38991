// A process that is killed in the middle of its commits: the file is whole, every transaction is there entire or not at
// all, and none that was acknowledged is missing.
import { text } from "athanor";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeDatabase } from "../support/databases/databases.js";
import { say, useEngines } from "../support/faults/lab.js";

const DEATHS = 8;
const root = fileURLToPath(new URL("../..", import.meta.url));

/** Writes the same number into two tables, one transaction each, and prints it once it is committed. */
const PROGRAM = `
import { createAsyncEngine, text } from "./athanor.mjs";
import { writeSync } from "node:fs";
const engine = createAsyncEngine(process.argv[2]);
for (let id = Number(process.argv[3]); ; id += 1) {
  await engine.begin(async (connection) => {
    await connection.execute(text("INSERT INTO one (id) VALUES (:id)"), { id });
    await connection.execute(text("INSERT INTO two (id) VALUES (:id)"), { id });
  });
  writeSync(1, id + "\\n");
}`;

await describeDatabase("sqlite", "an embedded database", (database) => {
  const open = useEngines(database);
  let folder = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "athanor-"));
    const bundle = await rolldown({
      input: join(root, "runtime", "index.ts"),
      platform: "node",
      external: [/^[^./]/],
    });
    await bundle.write({ file: join(folder, "athanor.mjs"), format: "esm", codeSplitting: false });
    await bundle.close();
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "program.mjs"), PROGRAM);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs the program until it has acknowledged so many, kills it, and gives all that it acknowledged. */
  const runAndKill = async (from: number, count: number): Promise<number[]> => {
    const program = spawn(process.execPath, [join(folder, "program.mjs"), database.url, String(from)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = once(program, "exit");
    const acknowledged: number[] = [];
    for await (const line of createInterface({ input: program.stdout })) {
      acknowledged.push(Number(line));
      if (acknowledged.length === count) program.kill("SIGKILL");
    }
    await exited;
    return acknowledged;
  };

  for (const mode of ["WAL", "DELETE"]) {
    it(`survives the sudden death of its writer in mode ${mode}`, async () => {
      const engine = open();
      await engine.connect(
        async (connection) => {
          await say(connection, `PRAGMA journal_mode = ${mode}`);
          for (const name of ["one", "two"]) {
            await say(connection, `CREATE TABLE IF NOT EXISTS ${name} (id integer PRIMARY KEY)`);
            await say(connection, `DELETE FROM ${name}`);
          }
        },
        { isolationLevel: "AUTOCOMMIT" },
      );
      const acknowledged: number[] = [];
      for (let death = 0; death < DEATHS / 2; death += 1) {
        acknowledged.push(...(await runAndKill(death * 100_000, 3 + death * 11)));
        await engine.connect(async (connection) => {
          expect(await say(connection, "PRAGMA integrity_check")).toBe("ok");
          const [one, two] = [
            (await connection.scalars(text<{ id: number }>("SELECT id FROM one ORDER BY id"))).all(),
            (await connection.scalars(text<{ id: number }>("SELECT id FROM two ORDER BY id"))).all(),
          ];
          expect(one).toEqual(two);
          expect(acknowledged.filter((id) => !one.includes(id))).toEqual([]);
        });
      }
      expect(acknowledged.length).toBeGreaterThan(DEATHS);
    });
  }
});
