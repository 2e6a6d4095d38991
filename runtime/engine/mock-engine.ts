// An engine without a database: it hands the text of what would be executed to a function. For printing the DDL of a
// schema, in the words of a database that need not be there.
import type { Dialect } from "../dialects/dialect.js";
import { dialectOf } from "../dialects/registry.js";
import { type DatabaseUrl, parseUrl } from "../dialects/url.js";
import { InvalidRequestError } from "../errors/errors.js";
import { DdlElement } from "../schema/ddl-elements.js";
import type { SchemaTarget } from "../schema/schema-target.js";
import { StatementElement } from "../sql/build/statement.js";
import type { Executable } from "../sql/typing.js";
import type { ExecutionReply, ExecutionRequest, Operation } from "./execution.js";
import { runSync } from "./run-operation.js";

/** Given the text of each statement, as the database would have been sent it. */
export type MockExecutor = (sql: string) => unknown;

const NOTHING: ExecutionReply = { rows: [], rowCount: 0, lastInsertId: null };

/**
 * An engine for the dialect of a URL (`postgresql://` is enough) that calls `executor` in place of a database:
 * `metadata.createAll(createMockEngine("postgresql://", (sql) => statements.push(sql)))`. No driver is loaded. Nothing
 * is asked of it: `createAll` and `dropAll` take it that what they create is not there, and what they drop is.
 */
export function createMockEngine(target: string | DatabaseUrl, executor: MockExecutor): MockEngine {
  return new MockEngine(dialectOf(parseUrl(target)), executor);
}

export class MockEngine implements SchemaTarget {
  readonly dialect: Dialect;
  /** Whether a table exists cannot be asked. */
  readonly asksFirst = false;
  readonly #executor: MockExecutor;

  /** Use `createMockEngine`. */
  constructor(dialect: Dialect, executor: MockExecutor) {
    this.dialect = dialect;
    this.#executor = executor;
  }

  /** Hands over the statement's text. Throws `InvalidRequestError` for what is no statement. */
  execute(statement: Executable<unknown, unknown>): void {
    if (!(statement instanceof DdlElement || statement instanceof StatementElement)) {
      throw new InvalidRequestError("execute takes what select(), text(), new CreateTable() and their like make");
    }
    this.#executor(statement.compile({ dialect: this.dialect }).sql);
  }

  runOperation<T>(operation: Operation<T>): T {
    return runSync(operation, { perform: (request) => this.#perform(request) });
  }

  #perform({ compiled }: ExecutionRequest): ExecutionReply {
    if (compiled.effect === "read") {
      throw new InvalidRequestError("a mock engine has no database to ask: leave checkFirst out, or false");
    }
    this.#executor(compiled.sql);
    return NOTHING;
  }
}
