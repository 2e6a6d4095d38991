// Finds MariaDB's programs (on the machine, or installed by the system's package manager) and starts a throwaway server
// with them.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { installDebianPackages, onPath } from "./programs.js";
import { freePort, guard, runAsServer, temporaryFolder, type ThrowawayServer } from "./throwaway.js";

const PACKAGES = ["mariadb-server-core", "mariadb-client-core"];
const LOG_SIZE = "--innodb-log-file-size=4M";

interface Programs {
  readonly install: string;
  readonly server: string;
}

/** MariaDB's programs; throws with what to do where there are none. */
function findMariadbPrograms(): Programs {
  const found = programsOnPath();
  if (found !== null) return found;
  const reason = installDebianPackages(PACKAGES);
  const installed = programsOnPath();
  if (installed !== null) return installed;
  throw new Error(`no MariaDB: set ATHANOR_TEST_MYSQL to a URL or install it (${reason})`);
}

function programsOnPath(): Programs | null {
  const install = onPath("mariadb-install-db");
  const server = onPath("mariadbd");
  if (install === null || server === null) return null;
  return { install: join(install, "mariadb-install-db"), server: join(server, "mariadbd") };
}

/** Starts a MariaDB server with an empty database `main`, user `athanor`, password `secret`, all rights. */
export async function startMariadb(): Promise<ThrowawayServer> {
  const programs = findMariadbPrograms();
  const folder = temporaryFolder();
  const server = guard(folder, "SIGKILL");
  try {
    const data = `--datadir=${join(folder, "data")}`;
    const initial = [
      "--auth-root-authentication-method=normal",
      "--skip-test-db",
      LOG_SIZE,
      "--innodb-flush-method=nosync",
    ];
    await runAsServer(programs.install, ["--no-defaults", data, ...initial], folder);
    const port = await freePort();
    const socket = join(folder, "mariadb.sock");
    const initFile = join(folder, "init.sql");
    const grants = ["'athanor'@'%'", "'athanor'@'localhost'"].flatMap((user) => [
      `CREATE OR REPLACE USER ${user} IDENTIFIED BY 'secret';`,
      `GRANT ALL ON *.* TO ${user} WITH GRANT OPTION;`,
    ]);
    writeFileSync(initFile, ["CREATE DATABASE IF NOT EXISTS main;", ...grants, ""].join("\n"));
    const command = {
      command: programs.server,
      args: [
        "--no-defaults",
        data,
        `--socket=${socket}`,
        `--port=${String(port)}`,
        `--init-file=${initFile}`,
        ...SETTINGS,
      ],
      ready: "ready for connections",
    };
    await server.start(command);
    const version = execFileSync(programs.server, ["--version"], { encoding: "utf8" }).trim();
    return {
      url: `mariadb://athanor:secret@127.0.0.1:${String(port)}/main`,
      port,
      socket,
      origin: version.replace(/^.*Ver /, "MariaDB "),
      halt: (how) => server.stop(how === "fast" ? "SIGTERM" : "SIGKILL"),
      resume: () => server.start(command),
      dispose: () => server.dispose(),
    };
  } catch (error) {
    await server.dispose();
    throw error;
  }
}

/** Speed before safety from power cuts; what is committed survives the server's own end. UTC and utf8mb4 anywhere. */
const SETTINGS = [
  "--bind-address=127.0.0.1",
  "--skip-name-resolve",
  "--skip-log-bin",
  "--innodb-flush-log-at-trx-commit=2",
  "--innodb-flush-method=nosync",
  "--innodb-doublewrite=0",
  "--innodb-buffer-pool-size=32M",
  LOG_SIZE,
  "--performance-schema=off",
  "--character-set-server=utf8mb4",
  "--max-allowed-packet=16M",
  "--default-time-zone=+00:00",
];
