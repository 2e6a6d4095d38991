// `npm run bench:scale [-- 10 100]`: what a schema of 10, 100 and 1,000 tables costs. `athanor generate` as a process of
// its own — cold, with one table changed, with nothing changed — and the type checker over what it wrote: its
// instantiations and seconds less those of the runtime alone, so that growth shows.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scaleSchema } from "./schema.js";

const root = process.cwd();
const sizes = process.argv.slice(2).map(Number);
if (sizes.some((size) => !Number.isInteger(size) || size < 1)) {
  process.stderr.write("sizes are numbers of tables, such as 10 100 1000\n");
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "athanor-scale-"));
try {
  // The first run fills the compile cache that every later one has.
  generate("warm-up", scaleSchema(1));
  console.log("tables   cold s  changed s  unchanged s   check s  instantiations  (per table)   memory MB");
  const empty = typeCheck('export * from "athanor";\n');
  for (const size of sizes.length > 0 ? sizes : [10, 100, 1000]) report(size, empty);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function report(size: number, empty: TypeCost): void {
  const name = `tables-${size}`;
  const cold = generate(name, scaleSchema(size));
  const changed = generate(name, scaleSchema(size, { extraColumnIn: Math.floor(size / 2) }));
  const unchanged = generate(name, scaleSchema(size, { extraColumnIn: Math.floor(size / 2) }));
  const cost = typeCheck(`export * from ${JSON.stringify(join(folder, name, "out/index.js"))};\n`);
  const instantiations = cost.instantiations - empty.instantiations;
  const cells = [
    String(size).padStart(6),
    cold.toFixed(2).padStart(8),
    changed.toFixed(2).padStart(10),
    unchanged.toFixed(2).padStart(12),
    (cost.seconds - empty.seconds).toFixed(2).padStart(9),
    String(instantiations).padStart(15),
    (instantiations / size).toFixed(1).padStart(12),
    String(Math.round(cost.megabytes - empty.megabytes)).padStart(11),
  ];
  console.log(cells.join(" "));
}

/** Seconds that the whole process takes. */
function generate(name: string, schema: string): number {
  const project = join(folder, name);
  mkdirSync(join(project, "node_modules"), { recursive: true });
  writeFileSync(join(project, "app.schema"), schema);
  const start = performance.now();
  const done = spawnSync(process.execPath, [join(root, "dist/bin.js"), "generate", "app.schema", "--out", "out"], {
    cwd: project,
    encoding: "utf8",
  });
  const seconds = (performance.now() - start) / 1000;
  if (done.status !== 0) throw new Error(`generate failed:\n${done.stderr}`);
  return seconds;
}

interface TypeCost {
  readonly instantiations: number;
  readonly seconds: number;
  readonly megabytes: number;
}

/** What the type checker needs for `program`. */
function typeCheck(program: string): TypeCost {
  const config = join(folder, "tsconfig.json");
  const file = join(folder, "program.mts");
  writeFileSync(file, program);
  const compilerOptions = {
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    target: "ES2022",
    lib: ["ES2023", "ESNext.Disposable"],
    module: "NodeNext",
    moduleResolution: "NodeNext",
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
    paths: { athanor: [join(root, "runtime/index.ts")] },
  };
  writeFileSync(config, JSON.stringify({ compilerOptions, files: [file] }));
  const tsc = join(root, "node_modules/.bin/tsc");
  const { stdout, status } = spawnSync(tsc, ["-p", config, "--extendedDiagnostics"], { encoding: "utf8" });
  if (status !== 0) throw new Error(`the generated code does not compile:\n${stdout}`);
  const figure = (label: string): number => Number(new RegExp(`^${label}:\\s+([\\d.]+)`, "m").exec(stdout)?.[1] ?? "0");
  return {
    instantiations: figure("Instantiations"),
    seconds: figure("Total time"),
    megabytes: figure("Memory used") / 1024,
  };
}
