// pg behind the engine's driver contract: opening connections. The package is loaded when the first one is opened, so
// that a program without PostgreSQL needs no package for it. pg's own pool is never used.
import { createRequire } from "node:module";
import { CannotOpenDatabaseError, MissingDriverError } from "../../errors/errors.js";
import type { AsyncDriverConnection, DriverEnvironment } from "../driver.js";
import type { DatabaseUrl } from "../url.js";
import { type ConnectOptions, connectOptions } from "./connect-options.js";
import { PostgresqlConnection } from "./connection.js";
import { openError } from "./errors.js";
import type { PgClient, PgPackage } from "./pg-package.js";

/**
 * Opens a connection whose session has its settings from the start. What URL and arguments say: see `connectOptions`.
 * Rejects with `MissingDriverError`, `CannotOpenDatabaseError`, `TooManyConnectionsError`, `DisconnectError` (the
 * server is starting or stopping) or, for options that there are not, `UrlError` and `ArgumentError`.
 */
export async function connectPostgresql(
  url: DatabaseUrl,
  connectArgs: Readonly<Record<string, unknown>>,
  { signal }: Pick<DriverEnvironment, "signal">,
): Promise<AsyncDriverConnection> {
  const options = connectOptions(url, connectArgs);
  const pg = loadDriver();
  const client = makeClient(pg, url, options);
  const connection = new PostgresqlConnection(pg, client, options.prepare);
  const abandon = (): void => connection.destroy();
  signal.addEventListener("abort", abandon, { once: true });
  try {
    if (signal.aborted) throw new CannotOpenDatabaseError(`connecting to ${String(url)} was given up`);
    await client.connect();
  } catch (cause) {
    connection.destroy();
    throw openError(url, cause);
  } finally {
    signal.removeEventListener("abort", abandon);
  }
  return connection;
}

/** A client that sends the session's settings with its first message: they are what RESET ALL goes back to. */
function makeClient(pg: PgPackage, url: DatabaseUrl, { client, settings }: ConnectOptions): PgClient {
  class SessionClient extends pg.Client {
    override getStartupConf(): Record<string, string> {
      return { ...super.getStartupConf(), ...settings };
    }
  }
  try {
    return new SessionClient(client);
  } catch (cause) {
    throw openError(url, cause);
  }
}

let driver: PgPackage | undefined;

function loadDriver(): PgPackage {
  if (driver !== undefined) return driver;
  try {
    // Sound: `pg-package.ts` says what is used of the package, whose own types declare but a part of it.
    driver = createRequire(import.meta.url)("pg") as PgPackage;
  } catch (cause) {
    throw missingDriver(cause);
  }
  return driver;
}

function missingDriver(cause: unknown): MissingDriverError {
  const notFound = cause instanceof Error && "code" in cause && cause.code === "MODULE_NOT_FOUND";
  const message = notFound
    ? "PostgreSQL needs the package pg, which is not installed; run `npm install pg`"
    : "the package pg is installed but does not load here; run `npm install pg` again";
  return new MissingDriverError(message, { cause });
}
