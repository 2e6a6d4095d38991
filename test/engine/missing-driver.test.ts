// The SQLite driver where its package is missing or would crash: bundled into an empty folder and run there.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { rolldown } from "rolldown";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "./temporary-folder.js";

const path = temporaryFolder();

/** The error of a connection opened by a copy of the driver that has no packages near it. */
async function errorAfter(prelude: string): Promise<string> {
  const input = new URL("../../runtime/dialects/sqlite/driver.ts", import.meta.url).pathname;
  const bundle = await rolldown({ input, platform: "node" });
  await bundle.write({ file: path("driver.mjs"), format: "esm" });
  await bundle.close();
  const program = `${prelude}
    import { connectSqlite } from "./driver.mjs";
    const url = { database: null, host: null, username: null, port: null, query: new Map() };
    try { connectSqlite(url, {}); } catch (error) { console.log(error.name + ": " + error.message); }`;
  writeFileSync(path("program.mjs"), program);
  return execFileSync(process.execPath, [path("program.mjs")], { encoding: "utf8" }).trim();
}

describe("a driver that cannot be used", () => {
  it("says what to install", async () => {
    expect(await errorAfter("")).toBe(
      "MissingDriverError: SQLite needs the package better-sqlite3, which is not installed; run `npm install better-sqlite3`",
    );
  });

  it("is not loaded on a Node that it would crash", async () => {
    const old = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2", napi: "9" } });`;
    expect(await errorAfter(old)).toBe(
      "MissingDriverError: better-sqlite3 needs Node-API 10, but Node 20.20.2 has 9; use Node 22.14 or newer",
    );
  });
});
