// A synchronous connection: what a program does with one. How statements reach the driver, `statements.ts` says.
import type { Dialect } from "../dialects/dialect.js";
import type { Pool } from "../pool/pool.js";
import type { Lease } from "../pool/pool-entry.js";
import type { StatementNode } from "../sql/ast/nodes.js";
import type { Compiled } from "../sql/compile/compiled.js";
import { rawStatement } from "../sql/compile/plain-statement.js";
import type { Executable } from "../sql/typing.js";
import type { ParameterSet, StatementParameters } from "./bind-values.js";
import { contextFor, contextOfStatement, type EngineContext } from "./context.js";
import type { ControlFlow } from "./control-flow.js";
import { type DriverParameters, driverSets } from "./driver-parameters.js";
import { checkOptionNames } from "./engine-options.js";
import type { ExecutionReply, ExecutionRequest, Operation, SqlRow } from "./execution.js";
import { finishLater, finishRaw, finishStatement, optionsOfStatement, prepareStatement } from "./execute-statement.js";
import {
  type CompleteOptions,
  mergeOptions,
  optionsOfCall,
  type StatementExecutionOptions,
  SYNC_OPTION_NAMES,
  type SyncConnectionOptions,
} from "./execution-options.js";
import type { Result, ScalarResult } from "./result.js";
import type { AnyRow } from "./row.js";
import { runSync } from "./run-operation.js";
import { statementRequest } from "./statement-request.js";
import { Statements } from "./statements.js";
import { NestedTransaction, Transaction } from "./transaction.js";
import type { TransactionControl } from "./transaction-control.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/**
 * A connection taken from the engine's pool. The first statement begins a transaction; `commit()` keeps its work, and
 * what was not committed is rolled back by `close()`, which a `using` declaration calls at the block's end.
 */
export class Connection implements Disposable {
  readonly #pool: Pool;
  readonly #lease: Lease;
  readonly #statements: Statements;
  readonly #transaction: TransactionControl;
  #context: EngineContext;
  #options: CompleteOptions;

  /** For the engine: `engine.connect()` makes connections. */
  constructor(context: EngineContext, pool: Pool, lease: Lease, options: CompleteOptions) {
    this.#options = options;
    this.#context = contextFor(context, options);
    this.#pool = pool;
    this.#lease = lease;
    this.#statements = new Statements(this.#context, this, pool, lease, options);
    this.#transaction = this.#statements.control;
  }

  /**
   * Executes a statement, once for each set of parameters (an array of sets is an executemany).
   * Throws `ObjectNotExecutableError` for what is no statement, `DatabaseError` where the database refuses.
   */
  execute<R, F>(
    statement: Executable<R, F>,
    parameters?: StatementParameters,
    options?: StatementExecutionOptions,
  ): Result<R, F> {
    const { watch } = this.#context;
    const asked = watch.asked(this, { statement, parameters }, this.#options);
    const merged = this.#merged(asked.statement, options);
    const context = merged === this.#options ? this.#context : contextFor(this.#context, merged);
    const prepared = prepareStatement(context, asked.statement, asked.parameters);
    const { compiled, parameters: sets, sql = compiled.sql } = prepared.request;
    const lastInsertIds: (number | bigint)[] = [];
    const reply = prepared.many
      ? this.#statements.runMany(context, compiled, sets, lastInsertIds)
      : this.#statements.run(context, compiled, sets[0] ?? [], sql, false);
    const names = (text: string): readonly string[] | null => this.#columnNames(text, reply);
    return watch.answered(this, asked, merged, finishStatement<R, F>(context, prepared, reply, lastInsertIds, names));
  }

  /** The first column of the first row, or null where there is none. */
  scalar<F>(
    statement: Executable<unknown, F>,
    parameters?: StatementParameters,
    options?: StatementExecutionOptions,
  ): F | null {
    return this.execute(statement, parameters, options).scalar();
  }

  /** The first column of each row. */
  scalars<F>(
    statement: Executable<unknown, F>,
    parameters?: StatementParameters,
    options?: StatementExecutionOptions,
  ): ScalarResult<F> {
    return this.execute(statement, parameters, options).scalars();
  }

  /**
   * The rows of a query as the database finds them, for results too large to be held. Until the result is read to its
   * end or closed, nothing else goes on this connection.
   */
  stream<R, F>(
    statement: Executable<R, F>,
    parameters?: ParameterSet,
    options?: StatementExecutionOptions,
  ): Result<R, F> {
    const merged = this.#merged(statement, options);
    const context = merged === this.#options ? this.#context : contextFor(this.#context, merged);
    const prepared = prepareStatement(context, statement, parameters);
    const { compiled, parameters: sets, sql = compiled.sql } = prepared.request;
    const found = this.#statements.iterate(context, compiled, sets[0] ?? [], sql);
    if (found !== null) return finishLater(context, prepared, found.rows, found.columnNames);
    const reply = this.#statements.run(context, compiled, sets[0] ?? [], sql, false);
    return finishStatement(context, prepared, reply, [], () => null);
  }

  /**
   * Sends text as it is, with values for its placeholders in the driver's own style (`?`): an array, or an array of
   * arrays for an executemany. Nothing is compiled, converted or cached; the log says `[raw sql]`.
   */
  execDriverSql(sql: string, parameters?: DriverParameters, options?: StatementExecutionOptions): Result<AnyRow> {
    const { sets, many } = driverSets(sql, parameters);
    const context = contextFor(this.#context, optionsOfCall(this.#options, null, options, this.dialect));
    const compiled = rawStatement(sql, "other");
    const reply = many
      ? this.#statements.runMany(context, compiled, sets)
      : this.#statements.run(context, compiled, sets[0] ?? [], sql, false);
    return finishRaw(context, compiled, reply, this.#columnNames(sql, reply));
  }

  /**
   * Runs a compiled statement with values as the driver takes them; rows come back as the driver gives them.
   * `sql` is the text where it differs from the compiled one: IN lists widen at execution.
   */
  run(compiled: Compiled, parameters: SqlRow, sql: string = compiled.sql): ExecutionReply {
    return this.#statements.run(this.#context, compiled, parameters, sql, false);
  }

  /** `run` of a query that has one row at most. */
  runForOne(compiled: Compiled, parameters: SqlRow): ExecutionReply {
    return this.#statements.run(this.#context, compiled, parameters, compiled.sql, true);
  }

  /** Runs a compiled statement once for each set of values; rows of all sets come back together. */
  runMany(compiled: Compiled, sets: readonly SqlRow[], lastInsertIds?: (number | bigint)[]): ExecutionReply {
    return this.#statements.runMany(this.#context, compiled, sets, lastInsertIds);
  }

  /** A statement ready to run, with the values that it does not hold itself by name: what an `Operation` yields. */
  request(node: StatementNode, parameters?: StatementParameters): ExecutionRequest {
    return statementRequest(this.#context, this.#options, node, parameters);
  }

  /** Answers a request of an `Operation`. */
  perform(request: ExecutionRequest): ExecutionReply {
    const { compiled, parameters, sql = compiled.sql, options = null } = request;
    const context = contextOfStatement(this.#context, this.#options, options);
    const [first] = parameters;
    if (parameters.length === 1 && first !== undefined) {
      return this.#statements.run(context, compiled, first, sql, false);
    }
    return this.#statements.runMany(context, compiled, parameters);
  }

  /** Runs work of several statements in this connection's transaction, which stays open. */
  runOperation<T>(operation: Operation<T>): T {
    return runSync(operation, this);
  }

  /**
   * Sets options for all that this connection does from now on, and returns it. Throws `ArgumentError` for an option
   * or level that there is not, `InvalidRequestError` where a transaction has begun and is to become another.
   */
  executionOptions(options: SyncConnectionOptions): this {
    checkOptionNames("executionOptions", options, SYNC_OPTION_NAMES);
    const merged = mergeOptions(this.#options, options, this.dialect);
    if (options.isolationLevel !== undefined || options.readOnly !== undefined) {
      this.#transaction.become(merged.isolationLevel, merged.readOnly);
    }
    this.#options = merged;
    this.#context = contextFor(this.#context, merged);
    this.#transaction.context = this.#context;
    this.#context.watch.hub.emit("setConnectionExecutionOptions", { connection: this, options });
    return this;
  }

  /** The options that hold for this connection, those of the engine included. */
  getExecutionOptions(): Readonly<CompleteOptions> {
    return this.#options;
  }

  get dialect(): Dialect {
    return this.#context.dialect;
  }

  /** What the program notes on the driver's connection, for as long as that is open, whoever has it. */
  get info(): Map<unknown, unknown> {
    return this.#lease.entry.info;
  }

  /** The driver package's own connection. What is done with it is nobody's business but the program's. */
  get driverConnection(): unknown {
    this.#statements.marked = true;
    return this.#lease.driver.native;
  }

  get inTransaction(): boolean {
    return this.#transaction.inTransaction;
  }

  /** True while a savepoint of this connection's is set. */
  get inNestedTransaction(): boolean {
    return this.#transaction.lastSavepoint !== null;
  }

  /** The transaction that goes on, whoever began it; null where there is none. */
  getTransaction(): Transaction | null {
    return this.inTransaction ? new Transaction(this.#owner()) : null;
  }

  /** The savepoint that was set last; null where there is none. */
  getNestedTransaction(): NestedTransaction | null {
    const savepoint = this.#transaction.lastSavepoint;
    return savepoint === null ? null : new NestedTransaction(this.#owner(), savepoint);
  }

  /** The isolation level that was asked for; null where the database's own holds. */
  get isolationLevel(): CompleteOptions["isolationLevel"] {
    return this.#options.isolationLevel;
  }

  /** True once the connection went back to the pool. */
  get closed(): boolean {
    return this.#transaction.state === "closed";
  }

  /** True once the connection was invalidated: all that is left to do is to close it. */
  get invalidated(): boolean {
    return !this.closed && this.#lease.ended;
  }

  /** Begins a transaction on purpose. Throws `InvalidRequestError` where one has begun already. */
  begin(): Transaction {
    this.#transaction.begin();
    return new Transaction(this.#owner());
  }

  /** Sets a savepoint, beginning a transaction where there is none. */
  beginNested(): NestedTransaction {
    return new NestedTransaction(this.#owner(), this.#statements.drive(this.#transaction.beginSavepoint()));
  }

  /** Keeps the transaction's work; without a transaction it does nothing. */
  commit(): void {
    this.#statements.drive(this.#transaction.commit());
  }

  /** Undoes the transaction's work; without a transaction it does nothing. */
  rollback(): void {
    this.#statements.drive(this.#transaction.rollback());
  }

  /** Closes the driver's connection at once; `soft`: as soon as it is given back, so that nobody else gets it. */
  invalidate({ soft = false }: { readonly soft?: boolean } = {}): void {
    if (soft) this.#pool.condemn(this.#lease);
    else this.#pool.invalidate(this.#lease, null);
  }

  /** Takes the driver's connection out of the pool, for good: it is closed together with this connection. */
  detach(): void {
    this.#pool.detach(this.#lease);
  }

  /** Rolls back what was not committed and gives the connection back. Closing twice does nothing. */
  close(): void {
    if (this.closed) return;
    try {
      if (!this.#transaction.closeAtOnce(false)) this.#statements.drive(this.#transaction.close());
    } finally {
      this.#pool.release(this.#lease, this.#statements);
    }
  }

  [Symbol.dispose](): void {
    this.close();
  }

  [INSPECT](): string {
    return `Connection { ${this.#transaction.state === "none" ? "no transaction" : this.#transaction.state} }`;
  }

  /** The columns of what was run, where a listener did not make them up. */
  #columnNames(sql: string, reply: ExecutionReply & { readonly columnNames?: readonly string[] | null }) {
    return reply.columnNames === undefined ? this.#statements.columnNames(sql) : reply.columnNames;
  }

  #merged(statement: unknown, options: StatementExecutionOptions | undefined): CompleteOptions {
    const ofStatement = optionsOfStatement(statement);
    if (ofStatement === null && options === undefined) return this.#options;
    if (options !== undefined) checkOptionNames("execute", options, SYNC_OPTION_NAMES);
    return optionsOfCall(this.#options, ofStatement, options, this.dialect);
  }

  #owner(): { readonly control: TransactionControl; drive<T>(flow: ControlFlow<T>): T } {
    return { control: this.#transaction, drive: (flow) => this.#statements.drive(flow) };
  }
}
