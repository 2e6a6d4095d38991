// Finds PostgreSQL's programs (on the machine, in a package of npm's, or installed by the system's package manager) and
// starts a throwaway server with them.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { embeddedPostgresPrograms } from "./embedded-postgresql.js";
import { installDebianPackages, onPath } from "./programs.js";
import { freePort, guard, runAsServer, temporaryFolder, type ThrowawayServer } from "./throwaway.js";

const DEBIAN_FOLDER = "/usr/lib/postgresql";
/** Speed before safety from power cuts; what is committed survives the server's own end. */
const SETTINGS = [
  "fsync=off",
  "full_page_writes=off",
  "autovacuum=off",
  "max_connections=100",
  "shared_buffers=16MB",
  "max_prepared_transactions=4",
  "deadlock_timeout=100ms",
  "log_min_messages=log",
  "timezone=UTC",
];

/** The folder of PostgreSQL's programs; throws with what to do where there is none. */
export async function findPostgresqlPrograms(): Promise<string> {
  const found = debianPrograms() ?? onPath("postgres", "initdb");
  if (found !== null) return found;
  const reasons: string[] = [];
  try {
    return await embeddedPostgresPrograms();
  } catch (error) {
    reasons.push(String(error));
  }
  reasons.push(installDebianPackages(["postgresql"]));
  const installed = debianPrograms() ?? onPath("postgres", "initdb");
  if (installed !== null) return installed;
  throw new Error(`no PostgreSQL: set ATHANOR_TEST_POSTGRES to a URL or install it (${reasons.join("; ")})`);
}

/** Where Debian puts each version, newest first. */
function debianPrograms(): string | null {
  if (!existsSync(DEBIAN_FOLDER)) return null;
  const versions = readdirSync(DEBIAN_FOLDER).sort((a, b) => Number(b) - Number(a));
  const folders = versions.map((version) => join(DEBIAN_FOLDER, version, "bin"));
  return folders.find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres"))) ?? null;
}

/** Starts a PostgreSQL server with an empty database `postgres`, user `postgres`, any password. */
export async function startPostgresql(programs?: string): Promise<ThrowawayServer> {
  const from = programs ?? (await findPostgresqlPrograms());
  const folder = temporaryFolder();
  const server = guard(folder, "SIGQUIT");
  try {
    const data = join(folder, "data");
    const initial = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
    await runAsServer(join(from, "initdb"), initial, folder);
    const port = await freePort();
    const settings = SETTINGS.flatMap((setting) => ["-c", setting]);
    const args = ["-D", data, "-h", "127.0.0.1", "-p", String(port), "-k", folder, ...settings];
    const command = { command: join(from, "postgres"), args, ready: "ready to accept connections" };
    await server.start(command);
    const version = execFileSync(join(from, "postgres"), ["--version"], { encoding: "utf8" }).trim();
    return {
      url: `postgresql://postgres:secret@127.0.0.1:${String(port)}/postgres`,
      port,
      socket: join(folder, `.s.PGSQL.${String(port)}`),
      origin: `${version}, ${from}`,
      halt: (how) => server.stop(how === "fast" ? "SIGINT" : "SIGQUIT"),
      resume: () => server.start(command),
      dispose: () => server.dispose(),
    };
  } catch (error) {
    await server.dispose();
    throw error;
  }
}
