// A connection: executes statements inside its transaction. Whatever is executed ends in `run` or `runMany`; the ORM
// calls them directly, with statements that it compiled once.
import type { Dialect } from "../dialects/dialect.js";
import type { SyncPreparedStatement } from "../dialects/driver.js";
import type { Pool } from "../pool/pool.js";
import type { Lease } from "../pool/pool-entry.js";
import type { StatementNode } from "../sql/ast/nodes.js";
import type { Compiled } from "../sql/compile/compiled.js";
import type { Executable } from "../sql/typing.js";
import type { ParameterSet } from "./bind-values.js";
import { type EngineContext, statementError } from "./context.js";
import { checkOptionNames } from "./engine-options.js";
import type { StatementEvent } from "./events.js";
import type { ExecutionReply, ExecutionRequest, Operation, SqlRow } from "./execution.js";
import { type ControlFlow, type ControlRequest, runFlow } from "./control-flow.js";
import { finishStatement, prepareStatement, type StatementParameters } from "./execute-statement.js";
import {
  type CompleteOptions,
  mergeOptions,
  TRANSACTION_OPTION_NAMES,
  type TransactionOptions,
} from "./execution-options.js";
import type { Result, ScalarResult } from "./result.js";
import { runSync } from "./run-operation.js";
import { compiledStatement, singleRequest } from "./statement-request.js";
import { NestedTransaction, Transaction } from "./transaction.js";
import { TransactionControl, type TransactionHost, type TransactionStatus } from "./transaction-control.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");
const NO_ROWS: readonly SqlRow[] = [];

/**
 * A connection taken from the engine's pool. The first statement begins a transaction; `commit()` keeps its work, and
 * what was not committed is rolled back by `close()`, which a `using` declaration calls at the block's end.
 */
export class Connection implements Disposable {
  readonly #context: EngineContext;
  readonly #pool: Pool;
  readonly #lease: Lease;
  readonly #transaction: TransactionControl;
  #options: CompleteOptions;
  /** False while nothing was run that can begin a transaction of the database's. */
  #touched = false;

  /** For the engine: `engine.connect()` makes connections. */
  constructor(context: EngineContext, pool: Pool, lease: Lease, options: CompleteOptions) {
    this.#options = options;
    this.#context = context;
    this.#pool = pool;
    this.#lease = lease;
    this.#transaction = new TransactionControl(
      context,
      new LeaseHost(this, pool, lease),
      options.isolationLevel,
      options.readOnly,
    );
  }

  /**
   * Executes a statement, once for each set of parameters (an array of sets is an executemany).
   * Throws `ObjectNotExecutableError` for what is no statement, `DatabaseError` where the database refuses.
   */
  execute<R, F>(statement: Executable<R, F>, parameters?: StatementParameters): Result<R, F> {
    const prepared = prepareStatement(this.#context, statement, parameters);
    const { request } = prepared;
    const lastInsertIds: (number | bigint)[] = [];
    const reply = prepared.many
      ? this.runMany(request.compiled, request.parameters, lastInsertIds)
      : this.perform(request);
    return finishStatement(this.#context, prepared, reply, lastInsertIds, (sql) => this.#columnNames(sql));
  }

  /** The first column of the first row, or null where there is none. */
  scalar<F>(statement: Executable<unknown, F>, parameters?: StatementParameters): F | null {
    return this.execute(statement, parameters).scalar();
  }

  /** The first column of each row. */
  scalars<F>(statement: Executable<unknown, F>, parameters?: StatementParameters): ScalarResult<F> {
    return this.execute(statement, parameters).scalars();
  }

  /**
   * Runs a compiled statement with values as the driver takes them; rows come back as the driver gives them.
   * `sql` is the text where it differs from the compiled one: IN lists widen at execution.
   */
  run(compiled: Compiled, parameters: SqlRow, sql: string = compiled.sql): ExecutionReply {
    return this.#run(compiled, parameters, sql, false);
  }

  /** `run` of a query that has one row at most. */
  runForOne(compiled: Compiled, parameters: SqlRow): ExecutionReply {
    return this.#run(compiled, parameters, compiled.sql, true);
  }

  #run(compiled: Compiled, parameters: SqlRow, sql: string, one: boolean): ExecutionReply {
    if (this.#transaction.state !== "open") this.#transaction.enter();
    const { watch } = this.#context;
    const seen = watch.active ? watch.before(this, compiled, sql, [parameters], false) : null;
    const statement = this.#prepare(sql, parameters, seen);
    const before = compiled.effect === "other" ? this.#statusBefore() : null;
    try {
      if (statement.returnsRows) {
        const bigint = wantsBigint(compiled);
        const rows = one ? statement.one(parameters, bigint) : statement.all(parameters, bigint);
        if (seen !== null) watch.after(seen, rows.length);
        return { rows, rowCount: rows.length, lastInsertId: null };
      }
      const { rowCount, lastInsertId } = statement.run(parameters);
      if (seen !== null) watch.after(seen, rowCount);
      return { rows: NO_ROWS, rowCount, lastInsertId };
    } catch (cause) {
      throw this.#failed(cause, sql, parameters, seen);
    } finally {
      if (before !== null && this.#transaction.mustFollow(before)) this.#drive(this.#transaction.follow());
    }
  }

  /** Runs a compiled statement once for each set of values; rows of all sets come back together. */
  runMany(compiled: Compiled, sets: readonly SqlRow[], lastInsertIds?: (number | bigint)[]): ExecutionReply {
    const { sql } = compiled;
    if (compiled.effect === "other") this.#touched = true;
    if (this.#transaction.state !== "open") this.#transaction.enter();
    const { watch } = this.#context;
    const seen = watch.active ? watch.before(this, compiled, sql, sets, true) : null;
    const statement = this.#prepare(sql, sets[0] ?? [], seen);
    const allRows: SqlRow[] = [];
    let rowCount = 0;
    let lastInsertId: number | bigint | null = null;
    for (const parameters of sets) {
      try {
        if (statement.returnsRows) {
          const rows = statement.all(parameters, wantsBigint(compiled));
          for (const row of rows) allRows.push(row);
          rowCount += rows.length;
        } else {
          const reply = statement.run(parameters);
          rowCount += reply.rowCount;
          lastInsertId = reply.lastInsertId;
          lastInsertIds?.push(lastInsertId);
        }
      } catch (cause) {
        throw this.#failed(cause, sql, parameters, seen);
      }
    }
    if (seen !== null) watch.after(seen, rowCount);
    return { rows: allRows, rowCount, lastInsertId };
  }

  /** The columns of a statement that was run; null where it returns no rows. */
  #columnNames(sql: string): readonly string[] | null {
    const statement = this.#lease.driver.prepare(sql);
    return statement.returnsRows ? statement.columnNames : null;
  }

  /** A statement ready to run, with the values that it does not hold itself by name: what an `Operation` yields. */
  request(node: StatementNode, given: ParameterSet = {}): ExecutionRequest {
    return singleRequest(this.#context, compiledStatement(this.#context, node, given), given);
  }

  /** Answers a request of an `Operation`. */
  perform(request: ExecutionRequest): ExecutionReply {
    const { compiled, parameters, sql } = request;
    const [first] = parameters;
    if (parameters.length === 1 && first !== undefined) return this.run(compiled, first, sql);
    return this.runMany(compiled, parameters);
  }

  /** Runs work of several statements in this connection's transaction, which stays open. */
  runOperation<T>(operation: Operation<T>): T {
    return runSync(operation, this);
  }

  /**
   * Sets what the transactions of this connection are from now on, and returns it. Throws `ArgumentError` for an option
   * or level that there is not, `InvalidRequestError` where a transaction has begun.
   */
  executionOptions(options: TransactionOptions): this {
    checkOptionNames("executionOptions", options, TRANSACTION_OPTION_NAMES);
    this.#options = mergeOptions(this.#options, options, this.#context.dialect);
    this.#transaction.become(this.#options.isolationLevel, this.#options.readOnly);
    return this;
  }

  get dialect(): Dialect {
    return this.#context.dialect;
  }

  get inTransaction(): boolean {
    return this.#transaction.inTransaction;
  }

  /** True once the connection went back to the pool. */
  get closed(): boolean {
    return this.#transaction.state === "closed";
  }

  /** Begins a transaction on purpose. Throws `InvalidRequestError` where one has begun already. */
  begin(): Transaction {
    return new Transaction(this.#owner());
  }

  /** Sets a savepoint, beginning a transaction where there is none. */
  beginNested(): NestedTransaction {
    return new NestedTransaction(this.#owner());
  }

  /** Keeps the transaction's work; without a transaction it does nothing. */
  commit(): void {
    this.#drive(this.#transaction.commit());
  }

  /** Undoes the transaction's work; without a transaction it does nothing. */
  rollback(): void {
    this.#drive(this.#transaction.rollback());
  }

  /** Rolls back what was not committed and gives the connection back. Closing twice does nothing. */
  close(): void {
    if (this.closed) return;
    try {
      if (!this.#transaction.closeUnsent()) this.#drive(this.#transaction.close());
    } finally {
      this.#pool.release(this.#lease, this.#touched);
      this.#context.watch.hub.emit("checkin", { connection: this });
    }
  }

  [Symbol.dispose](): void {
    this.close();
  }

  [INSPECT](): string {
    return `Connection { ${this.#transaction.state === "none" ? "no transaction" : this.#transaction.state} }`;
  }

  /** The prepared statement; where it writes, the database's transaction has begun. */
  #prepare(sql: string, parameters: SqlRow, seen: StatementEvent<object> | null): SyncPreparedStatement {
    let statement: SyncPreparedStatement;
    try {
      statement = this.#lease.driver.prepare(sql);
    } catch (cause) {
      throw this.#failed(cause, sql, parameters, seen);
    }
    if (this.#transaction.state !== "open") this.#beforeOpen(!statement.readonly, sql, parameters);
    return statement;
  }

  /** Before a statement while BEGIN was not sent. */
  #beforeOpen(writes: boolean, sql: string, parameters: SqlRow): void {
    if (this.#transaction.mustOpen(writes)) {
      this.#drive(this.#transaction.open(sql, parameters));
    } else if (writes && this.#transaction.autocommit) {
      // Nobody can come between: the statement ends before anything else of this process runs.
      this.#pool.beginWriting(this.#lease);
      this.#pool.endWriting(this.#lease);
    }
  }

  #failed(cause: unknown, sql: string, parameters: SqlRow, seen: StatementEvent<object> | null): Error {
    const error = statementError(this.#context, cause, sql, parameters);
    this.#transaction.afterError(error);
    this.#context.watch.failed(this, error, seen);
    return error;
  }

  /** The database's status before text, which may be BEGIN. */
  #statusBefore(): TransactionStatus {
    this.#touched = true;
    return statusOf(this.#lease);
  }

  #owner(): { readonly control: TransactionControl; drive<T>(flow: ControlFlow<T>): T } {
    return { control: this.#transaction, drive: (flow) => this.#drive(flow) };
  }

  #drive<T>(flow: ControlFlow<T>): T {
    this.#touched = true;
    return runFlow(flow, (request) => this.#answer(request));
  }

  #answer(request: ControlRequest): null {
    if (request.kind === "lock") this.#pool.beginWriting(this.#lease);
    else this.#lease.driver.prepare(request.sql).run([]);
    return null;
  }
}

/** What a transaction sees of its connection. */
class LeaseHost implements TransactionHost {
  readonly connection: object;
  readonly #pool: Pool;
  readonly #lease: Lease;

  constructor(connection: object, pool: Pool, lease: Lease) {
    this.connection = connection;
    this.#pool = pool;
    this.#lease = lease;
  }

  status(): TransactionStatus {
    return statusOf(this.#lease);
  }

  isUsable(): boolean {
    return true;
  }

  unlock(): void {
    this.#pool.endWriting(this.#lease);
  }
}

function statusOf({ driver }: Lease): TransactionStatus {
  return driver.inTransaction ? "open" : "none";
}

/** Of columns that nobody declared every integer has to arrive whole. */
function wantsBigint(compiled: Compiled): boolean {
  return compiled.bigintRows || compiled.columns === null;
}
