// The reference of the schema language: each example compiles, stands in the canonical layout, and none is missing.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { renderDiagnostics } from "../../compiler/diagnostics/render.js";
import { formatSchema } from "../../compiler/print/format-schema.js";
import { parse } from "../../compiler/syntax/parse.js";
import { createSourceFile } from "../../compiler/text/source-file.js";
import { compileText } from "../check/compile-case.js";
import { caseFiles } from "../support/golden.js";

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const page = readFileSync(pathOf("../../docs/language.md"), "utf8");
const examples = [...page.matchAll(/^```schema\n(.*?)^```$/gms)].map(([, text = ""]) => text);
const headed = examples.map((text) => [text.split("\n").find((line) => line.includes("{")) ?? text, text] as const);

describe.each(headed)("%s", (_head, text) => {
  test("compiles without an error or a warning", () => {
    const { value, diagnostics } = compileText(text);
    const sources = value.files.map(({ source }) => source);
    expect(renderDiagnostics(diagnostics, sources)).toBe("");
  });

  test("is laid out as it should be", () => {
    expect(formatSchema(parse(createSourceFile("example.schema", text)).value)).toBe(text);
  });
});

/** Every `kind: value` and every name of a field in a tree: what the language can say. */
function saidIn(tree: unknown, said: Set<string>): void {
  if (Array.isArray(tree)) for (const item of tree) saidIn(item, said);
  else if (typeof tree === "object" && tree !== null) {
    const kind = "kind" in tree && typeof tree.kind === "string" ? tree.kind : "";
    for (const [name, value] of Object.entries(tree)) {
      said.add(`${kind}.${name}`);
      saidIn(value, said);
    }
  }
}

test("says everything that the cases of the parser say", () => {
  const folder = pathOf("../syntax/cases/");
  const said = new Set<string>();
  const shown = new Set<string>();
  for (const file of caseFiles(folder, ".schema")) {
    saidIn(parse(createSourceFile(file, readFileSync(folder + file, "utf8"))).value.unit, said);
  }
  for (const text of examples) saidIn(parse(createSourceFile("example.schema", text)).value.unit, shown);
  // `match simple` is what nothing says, and an import needs a second file.
  const elsewhere = new Set(["import.kind", "import.path", "import.span"]);
  expect([...said].filter((word) => !shown.has(word) && !elsewhere.has(word))).toEqual([]);
});
