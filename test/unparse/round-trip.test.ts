// The law of writing: what is written compiles to the model it was written from, and formatting it changes nothing.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { compileSchema } from "../../compiler/compile.js";
import { formatSchema } from "../../compiler/print/format-schema.js";
import { renderDiagnostics } from "../../compiler/diagnostics/render.js";
import { parse } from "../../compiler/syntax/parse.js";
import { createSourceFile } from "../../compiler/text/source-file.js";
import { writeSchemaFile } from "../../compiler/unparse/schema-file.js";
import { canonicalModel } from "../../model/canonical.js";
import type { SchemaModel } from "../../model/schema-model.js";
import { compileCase } from "../check/compile-case.js";
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

/** Modules are named relative to the file that names them, so the text must go by the name that the model has. */
function expectRoundTrip(model: SchemaModel, file = "test.schema"): void {
  const { text, diagnostics } = writeSchemaFile(file, model, model);
  const source = createSourceFile(file, text);
  expect(renderDiagnostics(diagnostics, [source])).toBe("");
  expect(formatSchema(parse(source).value)).toBe(text);
  const read = compileSchema({ root: file, read: (path) => (path === file ? text : undefined) }).value.model;
  expect(read && canonicalModel(read)).toEqual(canonicalModel(model));
}

describe("a model written and read is the same", () => {
  test.each(cases)("%s/%s", (folder, file) => {
    expectRoundTrip(modelOf(folder, file), file);
  });
});
