// Valid schemas and the models they become, as golden files.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { renderDiagnostics } from "../../compiler/diagnostics/render.js";
import { caseFiles, expectGolden, expectNoOrphans } from "../support/golden.js";
import { compileCase } from "./compile-case.js";

const folder = fileURLToPath(new URL("cases", import.meta.url));
/** In a folder of several files, `main` imports the others. */
const cases = caseFiles(folder, ".schema").filter((file) => !file.includes("/") || file.endsWith("/main.schema"));
const goldenOf = (file: string): string => file.replace(/\.schema$/, ".model.json");

describe("a valid schema becomes its model", () => {
  test.each(cases)("%s", (file) => {
    const { value, diagnostics } = compileCase(folder, file);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    const sources = value.files.map(({ source }) => source);
    expect(renderDiagnostics(errors, sources)).toBe("");
    expectGolden(join(folder, goldenOf(file)), `${JSON.stringify(value.model, undefined, 2)}\n`);
    // Plain data: nothing is lost in JSON.
    expect(JSON.parse(JSON.stringify(value.model))).toEqual(value.model);
  });
});

test("no golden is left over", () => {
  expectNoOrphans(folder, ".model.json", cases.map(goldenOf));
});
