// The settings that generated code has to pass, and the compiler that says whether it does.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

const shared = {
  noEmit: true,
  skipLibCheck: true,
  typeRoots: [join(root, "node_modules/@types")],
  types: ["node"],
  paths: { athanor: [join(root, "runtime/index.ts")] },
};

export const strictest = {
  ...shared,
  target: "ES2022",
  lib: ["ES2023", "ESNext.Disposable"],
  module: "NodeNext",
  moduleResolution: "NodeNext",
  strict: true,
  allowUnreachableCode: false,
  declaration: true,
  erasableSyntaxOnly: true,
  exactOptionalPropertyTypes: true,
  isolatedDeclarations: true,
  noFallthroughCasesInSwitch: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
};

export const loosest = {
  ...shared,
  target: "ES2018",
  lib: ["ES2023", "ESNext.Disposable", "DOM"],
  module: "ES2022",
  moduleResolution: "Bundler",
  strict: false,
  useDefineForClassFields: false,
};

/**
 * What the compiler says of all files but the runtime's own, which these settings are not meant for. The configuration
 * goes into `folder`.
 */
export function problemsIn(folder: string, files: readonly string[], compilerOptions: object): string[] {
  const config = join(folder, "tsconfig.json");
  writeFileSync(config, JSON.stringify({ compilerOptions, include: files }));
  const tsc = join(root, "node_modules/.bin/tsc");
  const { stdout, stderr, error } = spawnSync(tsc, ["-p", config, "--pretty", "false"], {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (error !== undefined) throw error;
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "" && !/^(\s|runtime\/|model\/)/.test(line));
}
