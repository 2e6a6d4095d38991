// Generated code passes TypeScript's strictest settings, and its loosest: it has to live in any project.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { casesFolder } from "./emit-cases.js";
import { loosest, problemsIn, strictest } from "./strict-types.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "athanor-types-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const everything = [join(casesFolder, "**/*.ts"), join(root, "generated/*.ts")];

describe("generated code", () => {
  it("passes the strictest settings", () => {
    expect(problemsIn(folder, everything, strictest)).toEqual([]);
  });

  it("passes the loosest settings", () => {
    expect(problemsIn(folder, everything, loosest)).toEqual([]);
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
    const lines = problemsIn(folder, [file], strictest).map((problem) => /misuse\.mts\((\d+),/.exec(problem)?.[1]);
    expect(lines).toEqual(refused);
  });
});
