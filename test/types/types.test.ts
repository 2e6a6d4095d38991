// The types of generated code: exact where it must compile, refusing where it must not, and cheap to check.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../support/source-tree.js";

const tsc = join(projectRoot, "node_modules/.bin/tsc");
const folder = join(projectRoot, ".cache/type-cost");

/** Type-checks files and returns what the compiler counted. */
function instantiations(files: readonly string[]): number {
  const config = join(folder, "tsconfig.json");
  const settings = { extends: "../../tsconfig.json", compilerOptions: { noUnusedLocals: false }, files, include: [] };
  writeFileSync(config, JSON.stringify(settings));
  const output = execFileSync(tsc, ["-p", config, "--extendedDiagnostics", "--singleThreaded"], { encoding: "utf8" });
  return Number(/^Instantiations:\s+(\d+)/m.exec(output)?.[1]);
}

/** A file of `count` times the same query, each in a function of its own. */
function queries(name: string, count: number, query: string): string {
  const imports = `import { aliased, func, select, type Session } from "athanor";
import { Address, User } from "../../generated/index.js";\nvoid [aliased, func, Address];\n`;
  const bodies = Array.from({ length: count }, (_, at) => `export const q${at} = (s: Session): unknown => ${query};\n`);
  const file = join(folder, `${name}-${count}.ts`);
  writeFileSync(file, imports + bodies.join(""));
  return file;
}

beforeAll(() => mkdirSync(folder, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("are exact, and refuse what is wrong", () => {
  const files = ["test/types/exact.ts", "test/types/refused.ts"].map((file) => join(projectRoot, file));
  const config = join(folder, "tsconfig.json");
  writeFileSync(config, JSON.stringify({ extends: "../../tsconfig.json", files, include: [] }));
  const done = spawnSync(tsc, ["-p", config], { encoding: "utf8" });
  expect(done.stdout).toBe("");
});

describe("cost at most 450 instantiations a query", () => {
  it.each([
    ["scalars", "s.scalars(select(User).where(User.name.eq('x'))).first()"],
    ["columns", "s.execute(select(User.id, User.name, Address.emailAddress).outerJoin(User.addresses)).all()"],
    ["entities", "s.execute(select(User, Address).outerJoin(User.addresses)).one()[1]"],
    ["aggregate", "s.execute(select(User.name, func.count(Address.id).label('n')).join(User.addresses)).all()"],
    ["aliased", "(() => { const a = aliased(Address, 'a2'); return s.execute(select(User, a).join(a)).one().a2; })()"],
  ])("%s", (name, query) => {
    const few = instantiations([queries(name, 20, query)]);
    const many = instantiations([queries(name, 120, query)]);
    expect((many - few) / 100).toBeLessThanOrEqual(450);
  });
});

it("cost at most 10 instantiations a model, its finders aside", () => {
  expect((instantiations(models(120)) - instantiations(models(20))) / 100).toBeLessThanOrEqual(10);
});

/** The generated files of `count` classes, without finders: those are queries, and have the budget of queries. */
function models(count: number): string[] {
  const into = join(folder, `models-${count}`);
  execFileSync(process.execPath, [join(projectRoot, "dist/bin.js"), "generate", schemaOf(count), "--out", into]);
  return readdirSync(into).map((name) => {
    const file = join(into, name);
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(/\/\*\* Selects [\s\S]*?\n}\n/g, ""));
    return file;
  });
}

/** A schema of `count` classes in a ring, each with eight columns and two relationships. */
function schemaOf(count: number): string {
  const columns = "id integer primary key identity; a text; b text?; c integer; d boolean; e double; f date";
  const tables = Array.from({ length: count }, (_, at) => {
    const next = `T${(at + 1) % count}`;
    const previous = `T${(at - 1 + count) % count}`;
    return `table t${at} as T${at} { ${columns}; next_id integer? references t${(at + 1) % count}; index (next_id)
      relationship next: ${next}? foreign_keys (next_id) back_populates previous
      relationship previous: ${previous}[] back_populates next }\n`;
  });
  const file = join(folder, `models-${count}.schema`);
  writeFileSync(file, tables.join(""));
  return file;
}
