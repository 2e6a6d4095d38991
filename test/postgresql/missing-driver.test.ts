// The PostgreSQL driver where its package is missing: bundled into an empty folder and run there.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { rolldown } from "rolldown";
import { expect, it } from "vitest";
import { temporaryFolder } from "../engine/temporary-folder.js";

const path = temporaryFolder();

it("a driver that is not installed says what to install", async () => {
  const input = new URL("../../runtime/dialects/postgresql/driver.ts", import.meta.url).pathname;
  const bundle = await rolldown({ input, platform: "node" });
  await bundle.write({ file: path("driver.mjs"), format: "esm" });
  await bundle.close();
  const program = `
    import { connectPostgresql } from "./driver.mjs";
    const url = { database: null, host: null, username: null, password: null, port: null, query: new Map() };
    const { signal } = new AbortController();
    connectPostgresql(url, {}, { signal }).catch((error) => console.log(error.name + ": " + error.message));`;
  writeFileSync(path("program.mjs"), program);
  expect(execFileSync(process.execPath, [path("program.mjs")], { encoding: "utf8" }).trim()).toBe(
    "MissingDriverError: PostgreSQL needs the package pg, which is not installed; run `npm install pg`",
  );
});
