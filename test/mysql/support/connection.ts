// Driver connections for tests: opened with the real driver, cut when the test ends.
import { afterEach } from "vitest";
import type { AsyncDriverConnection, AsyncExecution, AsyncReply } from "../../../runtime/dialects/driver.js";
import { connectMysql } from "../../../runtime/dialects/mysql/driver.js";
import { parseUrl } from "../../../runtime/dialects/url.js";

/** The same server and database under the name of the dialect that it is. */
export function mariadbUrl(url: string): string {
  return url.replace(/^mysql:/, "mariadb:");
}

export type Opener = (url: string, connectArgs?: Readonly<Record<string, unknown>>) => Promise<AsyncDriverConnection>;

/** Opens connections and cuts them after each test. */
export function connections(): Opener {
  const opened: AsyncDriverConnection[] = [];
  afterEach(() => {
    for (const connection of opened.splice(0)) connection.destroy();
  });
  return async (url, connectArgs = {}) => {
    const dialect = url.startsWith("mysql:") ? "mysql" : "mariadb";
    const { signal } = new AbortController();
    const connection = await connectMysql(dialect, parseUrl(url), connectArgs, { signal });
    opened.push(connection);
    return connection;
  };
}

export function execution(sql: string, parameters: readonly unknown[] = [], prepare = false): AsyncExecution {
  return { sql, parameters, prepare, bigint: false };
}

export function run(
  connection: AsyncDriverConnection,
  sql: string,
  parameters: readonly unknown[] = [],
  prepare = false,
): Promise<AsyncReply> {
  return connection.execute(execution(sql, parameters, prepare));
}

/** The first column of the rows. */
export async function values(
  connection: AsyncDriverConnection,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<unknown[]> {
  return (await run(connection, sql, parameters)).rows.map((row) => row[0]);
}
