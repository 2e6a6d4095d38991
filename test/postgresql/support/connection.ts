// Connections of the driver's own, without an engine around them, and statements run on them.
import { afterEach } from "vitest";
import type { AsyncDriverConnection, AsyncReply } from "../../../runtime/dialects/driver.js";
import { connectPostgresql } from "../../../runtime/dialects/postgresql/driver.js";
import { postgresqlSql } from "../../../runtime/dialects/postgresql/sql.js";
import { parseUrl } from "../../../runtime/dialects/url.js";
import type { Operation } from "../../../runtime/engine/execution.js";
import type { Compilable } from "../../../runtime/sql/typing.js";

/** Opens connections that are closed when the test ends. */
export function connections(): (url: string, connectArgs?: Record<string, unknown>) => Promise<AsyncDriverConnection> {
  const open: AsyncDriverConnection[] = [];
  afterEach(() => {
    for (const connection of open.splice(0)) connection.destroy();
  });
  return async (url, connectArgs = {}) => {
    const connection = await connectPostgresql(parseUrl(url), connectArgs, { signal: new AbortController().signal });
    open.push(connection);
    return connection;
  };
}

/** Runs a text with parameters as the driver takes them. */
export function run(
  connection: AsyncDriverConnection,
  sql: string,
  parameters: readonly unknown[] = [],
  prepare = false,
): Promise<AsyncReply> {
  return connection.execute({ sql, parameters, prepare, bigint: false });
}

/** The first column of the rows, as the server's types have it. */
export async function values(
  connection: AsyncDriverConnection,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<unknown[]> {
  return (await run(connection, sql, parameters)).rows.map((row) => row[0]);
}

/** Runs a statement that holds its values. */
export function runStatement(connection: AsyncDriverConnection, statement: Compilable): Promise<AsyncReply> {
  const { sql, positional } = statement.compile({ dialect: { sql: postgresqlSql } });
  return run(connection, sql, positional);
}

/** Answers an operation's requests on the connection. */
export async function runOperation<T>(connection: AsyncDriverConnection, operation: Operation<T>): Promise<T> {
  let step = operation.next();
  while (step.done !== true) {
    const { compiled, sql = compiled.sql, parameters } = step.value;
    let reply: AsyncReply | null = null;
    // One after the other: a connection takes one call at a time.
    // oxlint-disable-next-line no-await-in-loop
    for (const set of parameters) reply = await run(connection, sql, set);
    step = operation.next({
      rows: reply?.rows ?? [],
      rowCount: reply?.rowCount ?? 0,
      lastInsertId: null,
    });
  }
  return step.value;
}
