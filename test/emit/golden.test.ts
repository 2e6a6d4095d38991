// What schemas compile to, file by file, as goldens; and what holds for every one of them.
import { join } from "node:path";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { formatStatement } from "../../compiler/emit/format-statement.js";
import { isGeneratedText } from "../../compiler/emit/header.js";
import { printStatement } from "../../compiler/emit/print-statement.js";
import { expectGolden, expectNoOrphans } from "../support/golden.js";
import { caseStructures, casesFolder, emitCase, emitCases } from "./emit-cases.js";

const cases = emitCases();

describe.each(cases)("$name", (each) => {
  it("compiles to its goldens", async () => {
    for (const { path, text } of await emitCase(each)) expectGolden(join(casesFolder, each.name, path), text);
  });

  it("compiles to the same bytes again", async () => {
    expect(await emitCase(each)).toEqual(await emitCase(each));
  });

  it("is what prettier would print", async () => {
    const files = await emitCase(each);
    const formatted = files.map(({ path, text }) => format(text, { filepath: path, printWidth: 120 }));
    expect(await Promise.all(formatted)).toEqual(files.map(({ text }) => text));
  });

  it("is what ts-morph would write and prettier lay out", async () => {
    for (const statement of caseStructures(each)) {
      expect(await printStatement(statement)).toBe(await formatStatement(statement));
    }
  });

  it("carries the header and ends in one line end", async () => {
    for (const { text } of await emitCase(each)) {
      expect(isGeneratedText(text)).toBe(true);
      expect(text).toMatch(/[^\n]\n$/);
    }
  });

  it("has class modules that name each other by type only, but for what they extend", async () => {
    const files = await emitCase(each);
    const shared = new Set(["athanor", "./tables.js", "./enums.js"]);
    for (const { path, text } of files.filter((file) => file.path !== "index.ts")) {
      const [, parent = "none"] = /^const \w+Parent: .* = (\w+);$/m.exec(text) ?? [];
      for (const [, statement, names, module] of text.matchAll(/^(import(?: type)?) \{([^}]*)\} from "([^"]+)";$/gm)) {
        const isExtended = new RegExp(`^ ${parent},? `).test(names ?? "");
        if (module?.startsWith("./") === true && !shared.has(module) && !isExtended)
          expect(`${path}: ${statement}`).toBe(`${path}: import type`);
      }
    }
  });
});

it("finds its cases and no goldens without one", async () => {
  expect(cases.length).toBeGreaterThanOrEqual(6);
  const outputs = await Promise.all(cases.map(emitCase));
  const claimed = outputs.flatMap((files, index) => files.map(({ path }) => join(cases[index]?.name ?? "", path)));
  expectNoOrphans(casesFolder, ".ts", claimed);
});
