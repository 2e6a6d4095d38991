// What a schema of many tables costs: `athanor generate` as a process of its own — cold, with one table changed, with
// nothing changed —, the type checker over what it wrote less what the runtime alone costs, and the start of an
// application: importing the models, and the first query.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { duration, figures, markdownTable } from "../report/markdown.js";
import { describeMachine, printTable } from "../report/results.js";
import { typeCheck, type TypeCost } from "../types/type-check.js";
import { scaleSchema } from "./schema.js";

const root = process.cwd();
const STARTS = 5;

/** Costs of one number of tables; times in microseconds. */
interface TableCosts {
  readonly tables: number;
  readonly cold: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly check: number;
  readonly instantiations: number;
  readonly imports: number;
  readonly firstQuery: number;
}

/** An application that imports the models and asks once; told to `create`, it makes the tables first. */
const APPLICATION = `import { createEngine, Session } from "athanor";
const begun = performance.now();
const { metadata, Thing0 } = await import("./js/index.js");
const imported = performance.now();
const engine = createEngine("sqlite:///app.db");
if (process.argv[2] === "create") metadata.createAll(engine);
const session = new Session(engine);
session.get(Thing0, 1n);
const asked = performance.now();
process.stdout.write(JSON.stringify({ imports: imported - begun, firstQuery: asked - imported }));
`;

/** How the application's build makes JavaScript of the models; their types were checked before. */
const BUILD = {
  compilerOptions: { target: "ES2022", module: "NodeNext", noCheck: true, rootDir: "out", outDir: "js" },
  include: ["out"],
};

/** Measures schemas of each number of tables in `sizes`, and prints the table. */
export function reportTableScale(sizes: readonly number[]): readonly TableCosts[] {
  const folder = mkdtempSync(join(tmpdir(), "athanor-scale-"));
  try {
    // The first run fills the compile cache that every later one has.
    generate(makeProject(folder, "warm-up"), scaleSchema(1));
    const empty = typeCheck(folder, 'export * from "athanor";\n');
    const costs = sizes.map((tables) => {
      process.stderr.write(`${tables} tables …\n`);
      return measureTables(makeProject(folder, `tables-${tables}`), tables, empty);
    });
    const rows = costs.map(({ tables, cold, changed, unchanged, check, instantiations, imports, firstQuery }) => [
      String(tables),
      ...[cold, changed, unchanged, check].map(duration),
      `${instantiations} (${figures(instantiations / tables)})`,
      ...[imports, firstQuery].map(duration),
    ]);
    const head = ["generate: cold", "one changed", "nothing changed", "type check", "instantiations (a table)"];
    printTable(
      "Tables",
      `Ten columns a table, time on the clock; ${describeMachine()}`,
      markdownTable(["tables", ...head, "importing the models", "first query"], rows),
    );
    return costs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeProject(folder: string, name: string): string {
  const project = join(folder, name);
  mkdirSync(join(project, "node_modules"), { recursive: true });
  symlinkSync(root, join(project, "node_modules", "athanor"), "dir");
  writeFileSync(join(project, "package.json"), '{ "type": "module" }\n');
  return project;
}

function measureTables(project: string, tables: number, empty: TypeCost): TableCosts {
  const changedSchema = scaleSchema(tables, { extraColumnIn: Math.floor(tables / 2) });
  const cold = generate(project, scaleSchema(tables));
  const changed = generate(project, changedSchema);
  const unchanged = generate(project, changedSchema);
  const cost = typeCheck(project, 'export * from "./out/index.js";\n');
  return {
    tables,
    cold,
    changed,
    unchanged,
    check: Math.max(0, cost.seconds - empty.seconds) * 1e6,
    instantiations: cost.instantiations - empty.instantiations,
    ...start(project),
  };
}

/** Microseconds that the whole process takes. */
function generate(project: string, schema: string): number {
  writeFileSync(join(project, "app.schema"), schema);
  const start = performance.now();
  execFileSync(process.execPath, [join(root, "dist/bin.js"), "generate", "app.schema", "--out", "out"], {
    cwd: project,
    stdio: "pipe",
  });
  return (performance.now() - start) * 1_000;
}

/** Microseconds of an application's start, the best of some. */
function start(project: string): Pick<TableCosts, "imports" | "firstQuery"> {
  writeFileSync(join(project, "tsconfig.build.json"), JSON.stringify(BUILD));
  execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", "tsconfig.build.json"], { cwd: project, stdio: "pipe" });
  writeFileSync(join(project, "application.mjs"), APPLICATION);
  const run = (...args: string[]): Pick<TableCosts, "imports" | "firstQuery"> => {
    const output = execFileSync(process.execPath, ["application.mjs", ...args], { cwd: project, encoding: "utf8" });
    // The application prints nothing else.
    return JSON.parse(output) as Pick<TableCosts, "imports" | "firstQuery">;
  };
  run("create");
  const starts = Array.from({ length: STARTS }, () => run());
  const best = (figure: "imports" | "firstQuery"): number => Math.min(...starts.map((each) => each[figure])) * 1_000;
  return { imports: best("imports"), firstQuery: best("firstQuery") };
}
