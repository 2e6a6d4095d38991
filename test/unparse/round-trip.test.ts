// The law of writing: what is written compiles to the model it was written from, and formatting it changes nothing.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { formatSchema } from "../../compiler/print/format-schema.js";
import { renderDiagnostics } from "../../compiler/diagnostics/render.js";
import { parse } from "../../compiler/syntax/parse.js";
import { createSourceFile } from "../../compiler/text/source-file.js";
import { writeSchemaFile } from "../../compiler/unparse/schema-file.js";
import { canonicalModel } from "../../model/canonical.js";
import type { SchemaModel } from "../../model/schema-model.js";
import { compileCase, compileText } from "../check/compile-case.js";
import { caseFiles } from "../support/golden.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Each is the root that imports cannot leave. */
const folders = ["test/check/cases", "test/emit/cases", "schemas"];
const cases = folders.flatMap((folder) =>
  caseFiles(join(root, folder), ".schema")
    .filter((file) => !file.includes("/") || file.endsWith("/main.schema"))
    .map((file): [string, string] => [folder, file]),
);

function modelOf(folder: string, file: string): SchemaModel {
  const { model } = compileCase(join(root, folder), file).value;
  if (model === undefined) throw new Error(`${file} does not compile`);
  return model;
}

function expectRoundTrip(model: SchemaModel): void {
  const { text, diagnostics } = writeSchemaFile("test.schema", model, model);
  const source = createSourceFile("test.schema", text);
  expect(renderDiagnostics(diagnostics, [source])).toBe("");
  expect(formatSchema(parse(source).value)).toBe(text);
  const read = compileText(text).value.model;
  expect(read && canonicalModel(read)).toEqual(canonicalModel(model));
}

describe("a model written and read is the same", () => {
  test.each(cases)("%s/%s", (folder, file) => {
    expectRoundTrip(modelOf(folder, file));
  });
});
