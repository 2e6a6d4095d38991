// The project's tasks, by name, run under a Node that is new enough by `bootstrap.mjs`. A task is a list of steps;
// the first step that fails ends it.
import { spawnSync } from "node:child_process";
import { hasPeers, runBench } from "./bench.mjs";
import { build, buildCode } from "./build.mjs";
import { runTypeScript } from "./run-typescript.mjs";

const [task = "", ...rest] = process.argv.slice(2);

/** Runs a tool of `node_modules/.bin`; ends the process when it fails. */
function run(command, args, env = {}) {
  const done = spawnSync(command, args, {
    stdio: "inherit",
    env: { ...process.env, ...env },
    shell: process.platform === "win32",
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

const athanor = (...args) => run(process.execPath, ["dist/bin.js", ...args]);
/** What the benchmark compares with is checked where it is installed. */
const typeCheck = () => {
  run("tsc", ["-p", "tsconfig.json"]);
  if (hasPeers()) run("tsc", ["-p", "bench/tsconfig.json"]);
};
const lint = () => run("oxlint", ["--type-aware", "--deny-warnings"]);
const formatCheck = () => run("prettier", ["--check", "--log-level", "warn", "."]);
const driftCheck = () => athanor("generate", "schemas/", "--out", "generated/", "--check");
const vitest = (args, env) => run("vitest", ["run", ...args], env);

const tasks = {
  build: async () => build(),
  /** Every test; the package is built first because some tests install and run it. */
  test: async () => {
    await build();
    vitest(rest);
  },
  /** Rewrites the golden files, removes orphans. */
  golden: async () => {
    await build();
    vitest(rest, { UPDATE_GOLDEN: "1" });
  },
  /** Types, lint, formatting and drift of the generated code. */
  check: async () => {
    await build();
    typeCheck();
    lint();
    formatCheck();
    driftCheck();
  },
  format: async () => run("prettier", ["--write", "--log-level", "warn", "."]),
  generate: async () => {
    await build();
    athanor("generate", "schemas/", "--out", "generated/", ...rest);
  },
  /** The tarball to publish, freshly built: plain `npm pack` runs no scripts here. */
  pack: async () => {
    await build();
    run("npm", ["pack", "--ignore-scripts", ...rest]);
  },
  /** Databases to a schema file and back, those in the folder `ATHANOR_CORPUS` among them; names choose some. */
  roundtrip: async () => vitest(["test/roundtrip"], { ATHANOR_CORPUS_ONLY: rest.join(",") }),
  demo: async () => {
    await buildCode();
    athanor("generate", "schemas/", "--out", "generated/");
    await runTypeScript("examples/demo.ts");
  },
  /** Core alone, on the database of a URL: SQLite in memory where none is given. */
  "example:core": async () => {
    await buildCode();
    await runTypeScript("examples/core/library.ts", rest);
  },
  bench: async () => runBench("bench/speed/run.ts", rest),
  /** Raw drivers and Athanor alone; fails far beyond the goals. */
  "bench:gate": async () => runBench("bench/speed/gate.ts", rest, { peers: false }),
  /** What operations, objects and sessions cost in memory. */
  "bench:memory": async () => runBench("bench/memory/run.ts", rest),
  /** How long a fresh process takes to its first row. */
  "bench:start": async () => runBench("bench/start/run.ts", rest),
  /** What building a query and finding its compiled form cost. */
  "bench:micro": async () => runBench("bench/building/run.ts", rest),
  /** What queries and generated classes cost the type checker; fails over the budget. */
  "types:cost": async () => {
    await build();
    await runTypeScript("bench/types/print-type-cost.ts");
  },
  /** How costs grow with the number of rows, of tables and of sessions at once. */
  "bench:scale": async () => {
    await build();
    await runBench("bench/scale/run.ts", rest, { peers: false });
  },
  /** SQLAlchemy's own tests, with both; skipped where it is not installed. */
  "bench:sqlalchemy": async () => runBench("bench/sqlalchemy/run.ts", rest, { peers: false }),
  /** All of these, one after the other, into docs/performance.md. */
  "bench:publish": async () => runBench("bench/publish/run.ts", rest),
  /** What ten queries cost the type checker, beside other libraries. */
  "bench:types": async () => {
    await build();
    await runBench("bench/types/compare.ts", rest);
  },
};

const chosen = tasks[task];
if (chosen === undefined) {
  process.stderr.write(`unknown task "${task}"; there are: ${Object.keys(tasks).join(", ")}\n`);
  process.exit(2);
}
await chosen();
