// Every schema that the checks accept compiles to code that the strictest settings take, and that prettier leaves alone.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { format } from "prettier";
import { afterAll, expect, it } from "vitest";
import { compileSchema } from "../../compiler/compile.js";
import { emitSchema } from "../../compiler/emit/emit-schema.js";
import type { EmitOptions } from "../../compiler/emit/emitted-file.js";
import { projectRoot } from "../support/source-tree.js";
import { schemaDeclarations } from "./random-schema-text.js";

const folder = mkdtempSync(join(tmpdir(), "athanor-random-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const userClasses = fileURLToPath(new URL("user-classes", import.meta.url));

const settings: fc.Arbitrary<Partial<EmitOptions>> = fc.record({
  singleFile: fc.boolean(),
  types: fc.constantFrom({}, { numeric: "string", dates: "string", timestamptz: "Date" } as const),
});

const options = {
  noEmit: true,
  skipLibCheck: true,
  target: "ES2022",
  lib: ["ES2023", "ESNext.Disposable"],
  module: "NodeNext",
  moduleResolution: "NodeNext",
  strict: true,
  declaration: true,
  erasableSyntaxOnly: true,
  exactOptionalPropertyTypes: true,
  isolatedDeclarations: true,
  noImplicitOverride: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  types: ["node"],
  typeRoots: [join(projectRoot, "node_modules/@types")],
  paths: { athanor: [join(projectRoot, "runtime/index.ts")] },
};

it("accepted schemas compile strictly", async () => {
  const seed = Number(process.env["EMIT_SEED"] ?? Date.now() % 1_000_000);
  const samples = fc.sample(fc.tuple(schemaDeclarations, settings), { numRuns: 60, seed });
  const accepted: string[] = [];
  for (const [index, [declarations, chosen]] of samples.entries()) {
    const schema = declarations.join("\n");
    const { value } = compileSchema({ root: "a.schema", read: () => schema });
    if (value.model === undefined) continue;
    accepted.push(schema);
    const files = await emitSchema(value.model, { version: "0.0.0", sources: ["a.schema"], ...chosen });
    mkdirSync(join(folder, String(index)));
    for (const module of ["money.ts", "point.ts"]) {
      copyFileSync(join(userClasses, module), join(folder, String(index), module));
    }
    for (const { path, text } of files) {
      writeFileSync(join(folder, String(index), path), text);
      if (index < 12) expect(await format(text, { filepath: path, printWidth: 120 })).toBe(text);
    }
  }
  // Else the generator has gone astray.
  expect(accepted.length).toBeGreaterThan(samples.length / 3);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["*/*.ts"] }));
  const tsc = join(projectRoot, "node_modules/.bin/tsc");
  const { stdout } = spawnSync(tsc, ["-p", folder, "--pretty", "false"], { encoding: "utf8", cwd: projectRoot });
  const problems = stdout.split("\n").filter((line) => line !== "" && !/^(\s|\.*\/*(runtime|model)\/)/.test(line));
  expect({ seed, problems }).toEqual({ seed, problems: [] });
});
