// Every diagnostic about what a schema means: one golden case a code at least, named by it, and a page for people.
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { schemaMessages } from "../../compiler/diagnostics/schema-messages.js";
import { renderDiagnostics } from "../../compiler/diagnostics/render.js";
import { caseFiles, expectGolden, expectNoOrphans } from "../support/golden.js";
import { compileCase } from "./compile-case.js";

const folder = fileURLToPath(new URL("errors", import.meta.url));
const pages = fileURLToPath(new URL("../../docs/errors", import.meta.url));
/** Files in `parts` are there to be imported. */
const cases = caseFiles(folder, ".schema").filter((file) => !file.startsWith("parts/"));
const codes = Object.keys(schemaMessages);

const goldenOf = (file: string): string => file.replace(/\.schema$/, ".txt");
const codeOf = (file: string): string => basename(file).slice(0, 5);

describe("a mistake gives its own diagnostic and no other", () => {
  test.each(cases)("%s", (file) => {
    const { value, diagnostics } = compileCase(folder, file);
    expect([...new Set(diagnostics.map(({ code }) => code))]).toEqual([codeOf(file)]);
    const hasError = diagnostics.some(({ severity }) => severity === "error");
    expect(value.model === undefined).toBe(hasError);
    const sources = value.files.map(({ source }) => source);
    expectGolden(join(folder, goldenOf(file)), renderDiagnostics(diagnostics, sources, { limit: 100 }));
  });
});

test("every code has a case", () => {
  expect(codes.filter((code) => !cases.some((file) => codeOf(file) === code))).toEqual([]);
});

test("every code has a page", () => {
  expect(codes.filter((code) => !existsSync(join(pages, `${code}.md`)))).toEqual([]);
});

test("no golden is left over", () => {
  expectNoOrphans(folder, ".txt", cases.map(goldenOf));
});
