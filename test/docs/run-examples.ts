// The examples of a document as tests: each fenced `ts` block is run, and each `expression; // → value` in it compared.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import * as athanor from "athanor";
import { ts } from "ts-morph";
import { describe, expect, it } from "vitest";

interface Example {
  readonly line: number;
  readonly code: string;
}

function examplesOf(document: string): Example[] {
  return [...document.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => ({
    line: document.slice(0, match.index).split("\n").length + 1,
    code: match[1] ?? "",
  }));
}

/** The block as the text of an asynchronous function of the package's exports and of `expectSame`. */
function runnable(code: string, folder: string): string {
  const body = code
    .replaceAll(/^import (\{[^}]*\}) from "athanor";$/gm, (_, names: string) => `const ${names} = athanor;`)
    .replaceAll(/^(\s*)(.+?); \/\/ → (.+)$/gm, (_, indent: string, expression: string, value: string) => {
      return `${indent}expectSame(${expression}, ${value});`;
    })
    .replaceAll("sqlite:///app.db", `sqlite:///${join(folder, "app.db")}`);
  const wrapped = `(async (athanor, expectSame) => {\n${body}\n})`;
  return ts.transpileModule(wrapped, { compilerOptions: { target: ts.ScriptTarget.ES2022 } }).outputText;
}

/** A suite that runs all examples of the file. */
export function describeExamples(path: string): void {
  const examples = examplesOf(readFileSync(path, "utf8"));
  describe(path, () => {
    it("has examples, and each of them shows something", () => {
      expect(examples.length).toBeGreaterThan(0);
      expect(examples.filter(({ code }) => !code.includes("// → ")).map(({ line }) => line)).toEqual([]);
    });

    it.each(examples)("line $line", async ({ code }) => {
      const folder = mkdtempSync(join(tmpdir(), "athanor-"));
      try {
        // Sound: `runnable` writes such a function.
        const run = runInThisContext(runnable(code, folder)) as (
          exports: typeof athanor,
          expectSame: (actual: unknown, expected: unknown) => void,
        ) => Promise<void>;
        await run(athanor, (actual, expected) => {
          expect(actual).toEqual(expected);
        });
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
}
