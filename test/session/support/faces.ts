// Suites that run on every face and database: the synchronous session on SQLite, the asynchronous one on all of them.
// What a synchronous session gives can be awaited as well, so that one text serves both.
import {
  type AsyncEngine,
  AsyncSession,
  type AsyncSessionOptions,
  createAsyncEngine,
  createEngine,
  type Engine,
  Session,
  text,
} from "athanor";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { metadata } from "../../../generated/index.js";
import { describeDatabase, describeEachDatabase, type TestDatabase } from "../../support/databases/databases.js";

export interface Face {
  /** False where access loads. */
  readonly isAsync: boolean;
  readonly database: TestDatabase;
  /** The engine of the face, under the asynchronous one's type. */
  readonly engine: AsyncEngine;
  /** Another engine of the face. */
  openEngine(url: string): AsyncEngine;
  /** A session, closed after the test. Objects stay loaded over a commit on both faces, unless told otherwise. */
  open(options?: Partial<AsyncSessionOptions>): AsyncSession;
  /** Statements since the last call, each on one line without its parameters. */
  sent(): string[];
  /** The rows of a table as the database has them, without the session. */
  rows(sql: string): Promise<unknown[][]>;
}

/** Runs the suite on each face; the example's tables are empty before each test. */
export async function describeEachFace(name: string, body: (face: Face) => void): Promise<void> {
  await describeDatabase("sqlite", `${name}, synchronously,`, (database) => body(useFace(database, false)));
  const dialects = ["sqlite", "postgresql", "mariadb"];
  await describeEachDatabase(`${name}, asynchronously,`, { dialects }, (database) => body(useFace(database, true)));
}

/** One face on one database, for the suite that calls it. */
export function useFace(database: TestDatabase, isAsync: boolean): Face {
  const lines: string[] = [];
  const sessions: AsyncSession[] = [];
  let opened: Engine | AsyncEngine | null = null;
  const engine = (): AsyncEngine => {
    if (opened === null) throw new Error("the engine is there once the suite's tests run");
    // The tests await whatever it gives.
    return opened as unknown as AsyncEngine;
  };
  beforeAll(async () => {
    const options = { echo: true, logger: (line: string) => void lines.push(line) };
    opened = isAsync ? createAsyncEngine(database.url, options) : createEngine(database.url, options);
    await metadata.createAll(engine());
  });
  beforeEach(async () => {
    await Promise.all(sessions.splice(0).map((session) => session.close()));
    const tables = [...metadata.tables.keys()].toReversed().map((table) => engine().dialect.sql.quoteIdentifier(table));
    const connection = await engine().connect();
    for (const table of tables) await connection.execute(text(`DELETE FROM ${table}`));
    await connection.commit();
    await connection.close();
    lines.length = 0;
  });
  afterAll(async () => {
    await Promise.all(sessions.splice(0).map((session) => session.close()));
    await opened?.dispose();
  });
  return {
    isAsync,
    database,
    get engine() {
      return engine();
    },
    // As above.
    openEngine: (url) => (isAsync ? createAsyncEngine(url) : (createEngine(url) as unknown as AsyncEngine)),
    open(options = {}) {
      const complete = { bind: engine(), expireOnCommit: false, ...options };
      // As above: what it gives is awaited.
      const session = isAsync
        ? new AsyncSession(complete)
        : (new Session(complete as never) as unknown as AsyncSession);
      sessions.push(session);
      return session;
    },
    sent: () => statementsIn(lines.splice(0)),
    async rows(sql) {
      const connection = await engine().connect();
      const result = await connection.execute(text(sql));
      const rows = result.tuples().all();
      await connection.close();
      return rows.map((row) => row.map((value) => (typeof value === "bigint" ? Number(value) : value)));
    },
  };
}

/** What a log's lines say was sent, without parameters. */
export function statementsIn(lines: readonly string[]): string[] {
  return lines
    .map((line) => line.replace(/^\S+ \S+ INFO \S+ /, ""))
    .filter((line) => !line.startsWith("["))
    .map((line) => line.replace(/\s+/g, " ").trim());
}

/** Those that write or read rows. */
export function rowStatements(statements: readonly string[]): string[] {
  return statements.filter((statement) => /^(SELECT|INSERT|UPDATE|DELETE)/.test(statement));
}
