// Generated code passes TypeScript's strictest settings, and its loosest: it has to live in any project.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { casesFolder } from "./emit-cases.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "athanor-types-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shared = {
  noEmit: true,
  skipLibCheck: true,
  typeRoots: [join(root, "node_modules/@types")],
  types: ["node"],
  paths: { athanor: [join(root, "runtime/index.ts")] },
};

const strictest = {
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

const loosest = {
  ...shared,
  target: "ES2018",
  lib: ["ES2023", "ESNext.Disposable", "DOM"],
  module: "ES2022",
  moduleResolution: "Bundler",
  strict: false,
  useDefineForClassFields: false,
};

/** What the compiler says of all files but the runtime's own, which these settings are not meant for. */
function problemsIn(files: readonly string[], compilerOptions: object): string[] {
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

const everything = [join(casesFolder, "**/*.ts"), join(root, "generated/*.ts")];

describe("generated code", () => {
  it("passes the strictest settings", () => {
    expect(problemsIn(everything, strictest)).toEqual([]);
  });

  it("passes the loosest settings", () => {
    expect(problemsIn(everything, loosest)).toEqual([]);
  });

  it("refuses what its types say it refuses", () => {
    const file = join(folder, "misuse.mts");
    const program = `import { insert, update } from "athanor";
import { friendship } from ${JSON.stringify(join(casesFolder, "relationships/index.js"))};
import { Address, findUserById, User } from ${JSON.stringify(join(casesFolder, "user-address/index.js"))};
void new User({ name: "x", addresses: [new Address({ emailAddress: "y" })] });
void [findUserById(1), insert(User).values({ name: "x" }), insert(friendship).values({ aId: 1, bId: 2 })];
void new User({}); // refused
void new User({ name: null }); // refused
void new User({ name: "x", nmae: "y" }); // refused
void new Address({ emailAddress: "x", user: null }); // refused
void findUserById("1"); // refused
void insert(User).values({}); // refused
void insert(friendship).values({ aId: 1 }); // refused
void update(User).values({ name: 5 }); // refused
void update(friendship).values({ bId: "2" }); // refused
`;
    writeFileSync(file, program);
    const refused = program
      .split("\n")
      .flatMap((line, index) => (line.endsWith("// refused") ? [String(index + 1)] : []));
    const lines = problemsIn([file], strictest).map((problem) => /misuse\.mts\((\d+),/.exec(problem)?.[1]);
    expect(lines).toEqual(refused);
  });
});
