// mysql2 behind the engine's driver contract: opening connections. The package is loaded when the first one is opened,
// so that a program without MySQL needs no package for it. mysql2's own pool is never used.
import { CannotOpenDatabaseError, MissingDriverError } from "../../errors/errors.js";
import type { AsyncDriverConnection, DriverEnvironment } from "../driver.js";
import type { DatabaseUrl } from "../url.js";
import { connectOptions } from "./connect-options.js";
import { MysqlConnection } from "./connection.js";
import { openError } from "./errors.js";
import type { Mysql2Package } from "./mysql2-package.js";

/** Rows as arrays, exact values, and nothing that goes out as text or several statements at a time. */
const FORMS: Readonly<Record<string, unknown>> = {
  rowsAsArray: true,
  supportBigNumbers: true,
  dateStrings: true,
  jsonStrings: true,
  multipleStatements: false,
  namedPlaceholders: false,
  stringifyObjects: true,
  timezone: "Z",
  charset: "utf8mb4_general_ci",
  flags: ["-LOCAL_FILES"],
  maxPreparedStatements: 500,
  trace: false,
};

/**
 * Opens a connection, asks what server it is and makes the session. See `connectOptions` for URL and arguments.
 * Rejects with `MissingDriverError`, `CannotOpenDatabaseError` (also where the dialect is not the server's or the
 * server too old), `TooManyConnectionsError`, `DisconnectError` (the server is stopping) or, for options that there are
 * not, `UrlError` and `ArgumentError`.
 */
export async function connectMysql(
  dialect: "mysql" | "mariadb",
  url: DatabaseUrl,
  connectArgs: Readonly<Record<string, unknown>>,
  { signal }: Pick<DriverEnvironment, "signal">,
): Promise<AsyncDriverConnection> {
  const { client, settings } = connectOptions(url, connectArgs);
  const mysql2 = await loadDriver();
  if (signal.aborted) throw new CannotOpenDatabaseError(`connecting to ${String(url)} was given up`);
  const connection = new MysqlConnection(mysql2, { ...client, ...FORMS }, settings);
  const abandon = (): void => connection.destroy();
  signal.addEventListener("abort", abandon, { once: true });
  try {
    await connection.open(dialect, url);
  } catch (cause) {
    connection.destroy();
    throw openError(url, cause);
  } finally {
    signal.removeEventListener("abort", abandon);
  }
  return connection;
}

let driver: Mysql2Package | undefined;

async function loadDriver(): Promise<Mysql2Package> {
  if (driver !== undefined) return driver;
  try {
    // Sound: `mysql2-package.ts` says what is used of the package, which declares but a part of it.
    const module = (await import("mysql2")) as unknown as { readonly default: Mysql2Package };
    driver = module.default;
  } catch (cause) {
    throw missingDriver(cause);
  }
  return driver;
}

function missingDriver(cause: unknown): MissingDriverError {
  const notFound = cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND";
  const message = notFound
    ? "MySQL and MariaDB need the package mysql2, which is not installed; run `npm install mysql2`"
    : "the package mysql2 is installed but does not load here; run `npm install mysql2` again";
  return new MissingDriverError(message, { cause });
}
