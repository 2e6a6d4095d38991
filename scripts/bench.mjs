// Runs a program of the benchmark. What it compares with is installed into `bench/node_modules` when it is first needed;
// the bundles lie in `bench/`, too, so that its packages are found from there. Where installing fails, that is said, and
// the benchmark goes on without.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildCode } from "./build.mjs";
import { runTypeScript } from "./run-typescript.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bench = join(root, "bench");
/** The programs that measurements start as processes of their own, by the names of their bundles. */
const PROCESSES = { worker: "bench/workers/program.ts", start: "bench/start/program.ts" };
const PRISMA_DATABASES = ["sqlite", "postgresql"];

/**
 * Bundles and runs `program` (a path from the project's root). `options.peers` is false for what compares Athanor with
 * nothing; `--only` with nothing but `raw` and `athanor` says the same.
 */
export async function runBench(program, args, { peers = true } = {}) {
  await buildCode();
  const only = args[args.indexOf("--only") + 1] ?? "";
  const isAlone = args.includes("--only") && only.split(",").every((word) => /^(raw|athanor)\b/.test(word));
  const withPeers = peers && !isAlone && installPeers();
  const beside = { ...PROCESSES, ...(withPeers ? peerPrograms() : {}) };
  // Folders of their own: programs may run beside one another, and one without the peers shall find none of them.
  const folder = join("bench", ".cache", withPeers ? "programs" : "programs-alone", basename(dirname(program)));
  await runTypeScript(program, args, { beside, folder });
}

/** Whether what the benchmark compares with is installed, and Prisma's client generated. */
export function hasPeers() {
  return existsSync(join(bench, "node_modules", ".athanor-installed")) && hasPrismaClient();
}

function hasPrismaClient() {
  return PRISMA_DATABASES.every((database) => existsSync(join(bench, ".cache", "prisma", database)));
}

/** Installs what the lock file says, unless that is what is installed. False, and a word about it, where it fails. */
function installPeers() {
  const wanted = createHash("sha256")
    .update(readFileSync(join(bench, "package-lock.json")))
    .digest("hex");
  const stamp = join(bench, "node_modules", ".athanor-installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return true;
  process.stderr.write("Installing what the benchmark compares with …\n");
  if (!run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])) {
    process.stderr.write("installing failed (npm ci --prefix bench): raw drivers and Athanor alone\n");
    return false;
  }
  for (const database of PRISMA_DATABASES) {
    const schema = join("contenders", "peers", `prisma-${database}.prisma`);
    // Generating needs no schema engine, but Prisma looks for one, and would download it.
    const program = join(bench, "node_modules", "prisma", "build", "index.js");
    const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath };
    if (!run(process.execPath, [program, "generate", "--schema", schema], env)) {
      process.stderr.write("generating Prisma's client failed: it is left out\n");
    }
  }
  writeFileSync(stamp, wanted);
  return true;
}

function run(command, args, env = {}) {
  const done = spawnSync(command, args, {
    cwd: bench,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, ...env },
    shell: process.platform === "win32",
  });
  return done.status === 0;
}

/** The programs in folders called `peers`, by the names of their bundles. */
function peerPrograms() {
  const hasPrisma = hasPrismaClient();
  const programs = readdirSync(bench)
    .filter((folder) => existsSync(join(bench, folder, "peers")))
    .flatMap((folder) => readdirSync(join(bench, folder, "peers")).map((name) => ({ folder, name })))
    .filter(({ name }) => name.endsWith(".ts") && (hasPrisma || !name.startsWith("prisma")));
  return Object.fromEntries(
    programs.map(({ folder, name }) => [`peers/${folder}/${basename(name, ".ts")}`, `bench/${folder}/peers/${name}`]),
  );
}
