// The examples of a document as tests: each fenced `ts` block is run, and each `expression; // → value` in it compared.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { runInThisContext } from "node:vm";
import * as athanor from "athanor";
import { ts } from "ts-morph";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../support/source-tree.js";

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

/** What examples may import, by the name they do it under. */
type Modules = Readonly<Record<string, object>>;

/** The block as the text of an asynchronous function of the modules and of `expectSame`. */
function runnable(code: string, folder: string): string {
  const body = code
    .replaceAll(/^import (\{[^}]*\}) from ("[^"]+");$/gm, (_, names: string, module: string) => {
      return `const ${names} = modules[${module}];`;
    })
    .replaceAll(/^(\s*)(.+?); \/\/ → (.+)$/gm, (_, indent: string, expression: string, value: string) => {
      return `${indent}expectSame(${expression}, ${value});`;
    })
    .replaceAll("sqlite:///app.db", `sqlite:///${join(folder, "app.db")}`);
  const wrapped = `(async (modules, expectSame) => {\n${body}\n})`;
  return ts.transpileModule(wrapped, { compilerOptions: { target: ts.ScriptTarget.ES2022 } }).outputText;
}

/** A suite that checks the types of all examples, which import the package and nothing else. */
export function describeTypedExamples(path: string): void {
  it(`${path} is typed as its examples say`, () => {
    const folder = join(projectRoot, ".cache", "typed-examples", basename(path, ".md"));
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const { line, code } of examplesOf(readFileSync(path, "utf8"))) {
      // On its own line, so that errors tell where they are.
      writeFileSync(join(folder, `line-${String(line)}.ts`), "\n".repeat(line) + code);
    }
    const config = { extends: "../../../tsconfig.json", compilerOptions: { noUnusedLocals: false }, include: ["*.ts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const tsc = join(projectRoot, "node_modules", "typescript", "bin", "tsc");
    const done = spawnSync(process.execPath, [tsc, "-p", folder], { cwd: folder, encoding: "utf8" });
    expect(done.stdout).toBe("");
  });
}

/** A suite that runs all examples of the file; beside the package they may import the modules given. */
export function describeExamples(path: string, further: Modules = {}): void {
  const modules: Modules = { athanor, ...further };
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
          modules: Modules,
          expectSame: (actual: unknown, expected: unknown) => void,
        ) => Promise<void>;
        await run(modules, (actual, expected) => {
          expect(actual).toEqual(expected);
        });
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
}
