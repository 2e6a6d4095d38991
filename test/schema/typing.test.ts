// The types of tables: what must compile and what must not, checked by the compiler itself with the libraries' own
// declarations in full.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("tables infer their columns, and wrong uses do not compile", () => {
  const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const project = fileURLToPath(new URL("./typing/tsconfig.json", import.meta.url));
  let errors = "";
  try {
    execFileSync(process.execPath, [compiler, "-p", project, "--noEmit"], { encoding: "utf8" });
  } catch (error) {
    errors = typeof error === "object" && error !== null && "stdout" in error ? String(error.stdout) : String(error);
  }
  expect(errors).toBe("");
});
