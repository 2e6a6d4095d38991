// Schemas as people write them who come from SQL, Prisma or SQLAlchemy: every error says what to do next.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { renderDiagnostics } from "../../compiler/diagnostics/render.js";
import { caseFiles, expectGolden, expectNoOrphans } from "../support/golden.js";
import { compileCase } from "./compile-case.js";

const folder = fileURLToPath(new URL("newcomers", import.meta.url));
const cases = caseFiles(folder, ".schema");
const goldenOf = (file: string): string => file.replace(/\.schema$/, ".txt");

describe("what newcomers write", () => {
  test.each(cases)("%s", (file) => {
    const { value, diagnostics } = compileCase(folder, file);
    const sources = value.files.map(({ source }) => source);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.filter(({ help }) => help === undefined).map(({ message }) => message)).toEqual([]);
    expectGolden(join(folder, goldenOf(file)), renderDiagnostics(diagnostics, sources, { limit: 100 }));
  });
});

test("no golden is left over", () => {
  expectNoOrphans(folder, ".txt", cases.map(goldenOf));
});
