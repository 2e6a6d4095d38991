// Golden cases of the front end: each schema's tree and canonical text; each broken schema's diagnostics.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { renderDiagnostics } from "../../compiler/diagnostics/render.js";
import { formatSchema } from "../../compiler/print/format-schema.js";
import { parse } from "../../compiler/syntax/parse.js";
import { createSourceFile } from "../../compiler/text/source-file.js";
import { caseFiles, expectGolden, expectNoOrphans } from "../support/golden.js";
import { dumpTree } from "./dump-tree.js";
import { withoutSpans } from "./without-spans.js";

const folder = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const cases = folder("cases/");
const errors = folder("errors/");
const schemas = caseFiles(cases, ".schema").filter((file) => !file.endsWith(".formatted.schema"));
const brokenSchemas = caseFiles(errors, ".schema");

const read = (path: string, name: string) => createSourceFile(name, readFileSync(path, "utf8"));
const stem = (file: string): string => file.slice(0, -".schema".length);

test("the cases are found, and every golden has its case", () => {
  expect(schemas.length).toBeGreaterThanOrEqual(8);
  expect(brokenSchemas.length).toBeGreaterThanOrEqual(20);
  expectNoOrphans(
    cases,
    ".ast.txt",
    schemas.map((file) => `${stem(file)}.ast.txt`),
  );
  expectNoOrphans(
    cases,
    ".formatted.schema",
    schemas.map((file) => `${stem(file)}.formatted.schema`),
  );
  expectNoOrphans(
    errors,
    ".diagnostics.txt",
    brokenSchemas.map((file) => `${stem(file)}.diagnostics.txt`),
  );
});

describe.each(schemas)("%s", (file) => {
  const source = read(cases + file, file);
  const { value, diagnostics } = parse(source);

  test("parses without errors", () => {
    expect(
      renderDiagnostics(
        diagnostics.filter((problem) => problem.severity === "error"),
        [source],
      ),
    ).toBe("");
  });

  test("gives its tree", () => {
    expectGolden(`${cases}${stem(file)}.ast.txt`, dumpTree(value.unit, source.text).trimStart());
  });

  test("formats to its canonical text, which formats to itself and means the same", () => {
    const text = formatSchema(value);
    expectGolden(`${cases}${stem(file)}.formatted.schema`, text);
    const again = parse(createSourceFile(file, text));
    expect(
      renderDiagnostics(
        again.diagnostics.filter((problem) => problem.severity === "error"),
        [again.value.source],
      ),
    ).toBe("");
    expect(formatSchema(again.value)).toBe(text);
    expect(withoutSpans(again.value.unit)).toEqual(withoutSpans(value.unit));
    expect(text).not.toMatch(/[ \t]\n|\r|\n\n\n/);
  });

  test("keeps every comment", () => {
    const commentsOf = (list: typeof value.comments) =>
      list.map((comment) => comment.text.replace(/^\/+/, "")).toSorted();
    const again = parse(createSourceFile(file, formatSchema(value)));
    expect(commentsOf(again.value.comments)).toEqual(commentsOf(value.comments));
  });
});

test.each(brokenSchemas)("%s", (file) => {
  const source = read(errors + file, file);
  const { diagnostics } = parse(source);
  expect(diagnostics).not.toEqual([]);
  expectGolden(`${errors}${stem(file)}.diagnostics.txt`, renderDiagnostics(diagnostics, [source], { limit: 200 }));
});
