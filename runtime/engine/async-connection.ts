// An asynchronous connection: the same preparing, transaction and finishing as the synchronous one, awaits between.
import type { Dialect } from "../dialects/dialect.js";
import type { AsyncLease } from "../pool/async-entry.js";
import { atMost, type Limits, NO_LIMITS } from "../pool/limits.js";
import type { StatementNode } from "../sql/ast/nodes.js";
import type { Compiled } from "../sql/compile/compiled.js";
import { rawStatement } from "../sql/compile/plain-statement.js";
import type { Executable } from "../sql/typing.js";
import { type AsyncParts, AsyncLink } from "./async-link.js";
import { AsyncStatements } from "./async-statements.js";
import { AsyncStream, readPortions, StatementReader, type StreamReader } from "./async-stream.js";
import { AsyncNestedTransaction, AsyncTransaction, type AsyncTransactionOwner } from "./async-transaction.js";
import type { ParameterSet, StatementParameters } from "./bind-values.js";
import { contextFor, type EngineContext } from "./context.js";
import type { ControlFlow } from "./control-flow.js";
import { type DriverParameters, driverSets } from "./driver-parameters.js";
import { finishRaw, finishStatement, optionsOfStatement, prepareStatement } from "./execute-statement.js";
import type { ExecutionReply, ExecutionRequest, Operation, SqlRow } from "./execution.js";
import {
  type CallOptions,
  type CompleteOptions,
  type ConnectionOptions,
  type ExecutionOptions,
  limitsOf,
  mergeOptions,
  optionsOfCall,
} from "./execution-options.js";
import type { Result, ScalarResult } from "./result.js";
import type { AnyRow } from "./row.js";
import { runAsync } from "./run-operation.js";
import { statementRequest } from "./statement-request.js";
import type { TransactionControl } from "./transaction-control.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** Milliseconds for the rollback of a connection that is closed. */
const CLOSE_TIMEOUT = 5000;

/**
 * A connection taken from the engine's pool. The first statement begins a transaction; `commit()` keeps its work, and
 * what was not committed is rolled back by `close()`, which an `await using` declaration calls at the block's end. One
 * call at a time: a second one before the first has settled is refused.
 */
export class AsyncConnection implements AsyncDisposable {
  readonly #parts: AsyncParts;
  readonly #link: AsyncLink;
  readonly #statements: AsyncStatements;
  readonly #control: TransactionControl;
  #context: EngineContext;
  #options: CompleteOptions;

  /** For the engine: `engine.connect()` makes connections. */
  constructor(context: EngineContext, parts: AsyncParts, lease: AsyncLease, options: CompleteOptions) {
    this.#context = contextFor(context, options);
    const link = new AsyncLink(this.#context, parts, lease);
    this.#parts = parts;
    this.#link = link;
    this.#options = options;
    this.#statements = new AsyncStatements(this.#context, link, this, options);
    this.#control = this.#statements.control;
    parts.pool.guard(this, lease);
  }

  /**
   * Executes a statement, once for each set of parameters (an array of sets is an executemany).
   * Throws `ObjectNotExecutableError` for what is no statement, `DatabaseError` where the database refuses,
   * `DeadlineExceededError` or `CancelledError` at the call's limits, `ConcurrentUseError` while another call runs.
   */
  execute<R, F>(
    statement: Executable<R, F>,
    parameters?: StatementParameters,
    options?: ExecutionOptions,
  ): Promise<Result<R, F>> {
    return this.#link.exclusively("execute()", async () => {
      const { watch } = this.#context;
      const asked = watch.asked(this, { statement, parameters }, this.#options);
      const { complete, context } = this.#callOf(asked.statement, options);
      const prepared = prepareStatement(context, asked.statement, asked.parameters);
      const { compiled, sql = compiled.sql, parameters: sets } = prepared.request;
      if (prepared.many) {
        const reply = await this.#statements.runMany(context, compiled, sets, complete);
        const names = (): readonly string[] | null => reply.columnNames;
        const result = finishStatement<R, F>(context, prepared, reply, reply.lastInsertIds, names);
        return watch.answered(this, asked, complete, result);
      }
      const reply = await this.#statements.runOne(context, compiled, sets[0] ?? [], sql, complete);
      const result = finishStatement<R, F>(context, prepared, reply, [], () => reply.columnNames);
      return watch.answered(this, asked, complete, result);
    });
  }

  /**
   * Sends text as it is, with values for its placeholders in the driver's own style (`?` or `$1`): an array, or an
   * array of arrays for an executemany. Nothing is compiled, converted or cached; the log says `[raw sql]`.
   */
  execDriverSql(sql: string, parameters?: DriverParameters, options?: ExecutionOptions): Promise<Result<AnyRow>> {
    return this.#link.exclusively("execDriverSql()", async () => {
      const { complete, context } = this.#callOf(null, options);
      const { sets, many } = driverSets(sql, parameters);
      const compiled = rawStatement(sql, "other");
      const reply = many
        ? await this.#statements.runMany(context, compiled, sets, complete)
        : await this.#statements.runOne(context, compiled, sets[0] ?? [], sql, complete);
      return finishRaw(context, compiled, reply, reply.columnNames);
    });
  }

  /** The first column of the first row, or null where there is none. */
  async scalar<F>(
    statement: Executable<unknown, F>,
    parameters?: StatementParameters,
    options?: ExecutionOptions,
  ): Promise<F | null> {
    return (await this.execute(statement, parameters, options)).scalar();
  }

  /** The first column of each row. */
  async scalars<F>(
    statement: Executable<unknown, F>,
    parameters?: StatementParameters,
    options?: ExecutionOptions,
  ): Promise<ScalarResult<F>> {
    return (await this.execute(statement, parameters, options)).scalars();
  }

  /**
   * The rows of a query as they come, `yieldPer` at a time or, without it, more and more up to `maxRowBuffer`, read
   * from a cursor of the database's: for `for await`.
   * Nothing is sent before the first row is asked for; until the last one is read, the connection is busy.
   */
  stream<R, F>(statement: Executable<R, F>, parameters?: ParameterSet, options?: ExecutionOptions): AsyncStream<R, F> {
    return new AsyncStream(this.reader(statement, parameters, options));
  }

  /** What a stream of a statement reads. */
  reader(statement: unknown, parameters?: ParameterSet, options?: ExecutionOptions): StreamReader {
    const { complete, context } = this.#callOf(statement, options);
    const prepared = prepareStatement(context, statement, parameters);
    const source = this.#statements.streamSource(context, prepared.request, complete);
    return new StatementReader(context, this.#link, prepared, source);
  }

  /** The rows of a request as they come, as the driver gives them. */
  async *portions(request: ExecutionRequest, options?: ExecutionOptions): AsyncIterableIterator<SqlRow[]> {
    const complete = optionsOfCall(this.#options, request.options ?? null, options, this.dialect);
    const source = this.#statements.streamSource(contextFor(this.#context, complete), request, complete);
    for await (const { rows } of readPortions(this.#link, source)) yield rows;
  }

  /** Runs a compiled statement with values as the driver takes them; rows come back as the driver gives them. */
  run(compiled: Compiled, parameters: SqlRow, sql: string = compiled.sql): Promise<ExecutionReply> {
    return this.#link.exclusively("run()", () =>
      this.#statements.runOne(this.#context, compiled, parameters, sql, this.#options),
    );
  }

  /** Runs a compiled statement once for each set of values; rows of all sets come back together, in their order. */
  runMany(compiled: Compiled, sets: readonly SqlRow[]): Promise<ExecutionReply> {
    return this.#link.exclusively("runMany()", () =>
      this.#statements.runMany(this.#context, compiled, sets, this.#options),
    );
  }

  /** A statement ready to run, with the values that it does not hold itself by name: what an `Operation` yields. */
  request(node: StatementNode, parameters?: StatementParameters): ExecutionRequest {
    return statementRequest(this.#context, this.#options, node, parameters);
  }

  /** Answers a request of an `Operation`. */
  perform(request: ExecutionRequest): Promise<ExecutionReply> {
    return this.#link.exclusively("perform()", () => this.#perform(request));
  }

  /** Runs work of several statements in this connection's transaction, which stays open. */
  runOperation<T>(operation: Operation<T>): Promise<T> {
    return this.#link.exclusively("runOperation()", () => runAsync(operation, (request) => this.#perform(request)));
  }

  get dialect(): Dialect {
    return this.#context.dialect;
  }

  /** What the program notes on the driver's connection, for as long as that is open, whoever has it. */
  get info(): Map<unknown, unknown> {
    return this.#link.lease.entry.info;
  }

  /** The driver package's own connection. What is done with it is nobody's business but the program's. */
  get driverConnection(): unknown {
    this.#statements.noteUnknown();
    return this.#link.driver.native;
  }

  /** True while a savepoint of this connection's is set. */
  get inNestedTransaction(): boolean {
    return this.#control.lastSavepoint !== null;
  }

  /** The transaction that goes on, whoever began it; null where there is none. */
  getTransaction(): AsyncTransaction | null {
    return this.inTransaction ? new AsyncTransaction(this.#owner()) : null;
  }

  /** The savepoint that was set last; null where there is none. */
  getNestedTransaction(): AsyncNestedTransaction | null {
    const savepoint = this.#control.lastSavepoint;
    return savepoint === null ? null : new AsyncNestedTransaction(this.#owner(), savepoint);
  }

  /** The isolation level that was asked for; null where the database's own holds. */
  get isolationLevel(): CompleteOptions["isolationLevel"] {
    return this.#options.isolationLevel;
  }

  /** True once a statement of the program's was sent: what happened to it is not known after a disconnect. */
  get statementsSent(): boolean {
    return this.#statements.statementsSent;
  }

  get inTransaction(): boolean {
    return this.#control.inTransaction;
  }

  /** True once the connection went back to the pool. */
  get closed(): boolean {
    return this.#control.state === "closed";
  }

  /** True once the connection broke, was cut off or was invalidated: all that is left to do is to close it. */
  get invalidated(): boolean {
    return !this.closed && !this.#link.isUsable;
  }

  /**
   * Sets options for all that this connection does from now on, and returns it. Throws `ArgumentError` for an option
   * that there is not, `InvalidRequestError` where a transaction has begun and is to become another.
   */
  executionOptions(options: ConnectionOptions): this {
    const merged = mergeOptions(this.#options, options, this.dialect);
    if (options.isolationLevel !== undefined || options.readOnly !== undefined) {
      this.#control.become(merged.isolationLevel, merged.readOnly);
    }
    this.#options = merged;
    this.#context = contextFor(this.#context, merged);
    this.#control.context = this.#context;
    this.#context.watch.hub.emit("setConnectionExecutionOptions", { connection: this, options });
    return this;
  }

  /** The options that hold for this connection, those of the engine included. */
  getExecutionOptions(): Readonly<CompleteOptions> {
    return this.#options;
  }

  /** Begins a transaction on purpose. Throws `InvalidRequestError` where one has begun already. */
  // oxlint-disable-next-line require-await -- what it throws becomes a rejection.
  async begin(): Promise<AsyncTransaction> {
    this.#control.begin();
    return new AsyncTransaction(this.#owner());
  }

  /** Sets a savepoint, beginning a transaction where there is none. */
  async beginNested(options?: CallOptions): Promise<AsyncNestedTransaction> {
    const savepoint = await this.#driveExclusively("beginNested()", this.#control.beginSavepoint(), options);
    return new AsyncNestedTransaction(this.#owner(), savepoint);
  }

  /**
   * Keeps the transaction's work; without a transaction it does nothing. Throws `CommitOutcomeUnknownError` where the
   * connection was lost, or the limits were passed, before the database answered.
   */
  commit(options?: CallOptions): Promise<void> {
    return this.#driveExclusively("commit()", this.#control.commit(), options);
  }

  /** Undoes the transaction's work; without a transaction it does nothing. */
  rollback(options?: CallOptions): Promise<void> {
    return this.#driveExclusively("rollback()", this.#control.rollback(), options);
  }

  /**
   * Cuts the connection at once, whatever it does; it is never used again. `soft`: it goes on, and is closed when it is
   * given back, so that nobody else gets it.
   */
  invalidate({ soft = false }: { readonly soft?: boolean } = {}): void {
    if (soft) this.#parts.pool.condemn(this.#link.lease);
    else this.#parts.pool.invalidate(this.#link.lease, null);
  }

  /** Takes the driver's connection out of the pool, for good: it is closed together with this connection. */
  detach(): void {
    this.#parts.pool.detach(this.#link.lease);
  }

  /**
   * Rolls back what was not committed and gives the connection back. Closing twice does nothing. A connection that is
   * still at work is cut off, because nobody could say what its transaction holds. Settles when others can see that it
   * is done; what they could not have seen is undone meanwhile.
   */
  async close(): Promise<void> {
    if (this.closed) return;
    const { pool, timers } = this.#parts;
    const { lease } = this.#link;
    if (this.#link.isBusy) pool.abandon(lease);
    const waits = this.#statements.isSeenByOthers;
    try {
      const rollsBack = pool.rollsBack(lease) && !this.dialect.transactions.oneWriter;
      if (!this.#control.closeAtOnce(rollsBack)) {
        await this.#statements.drive(this.#control.close(), atMost(NO_LIMITS, CLOSE_TIMEOUT, timers));
      }
    } finally {
      const cleaned = pool.release(lease);
      if (cleaned !== null && waits) await cleaned;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  [INSPECT](): string {
    return `AsyncConnection { ${this.#control.state === "none" ? "no transaction" : this.#control.state} }`;
  }

  /** What holds for one call: the connection's options, then the statement's, then the call's. */
  #callOf(
    statement: unknown,
    options: ExecutionOptions | undefined,
  ): { readonly complete: CompleteOptions; readonly context: EngineContext } {
    const ofStatement = optionsOfStatement(statement);
    if (ofStatement === null && options === undefined) return { complete: this.#options, context: this.#context };
    const complete = optionsOfCall(this.#options, ofStatement, options, this.dialect);
    return { complete, context: contextFor(this.#context, complete) };
  }

  #perform(request: ExecutionRequest): Promise<ExecutionReply> {
    const { options = null } = request;
    const complete = options === null ? this.#options : mergeOptions(this.#options, options, this.dialect);
    return this.#statements.perform(contextFor(this.#context, complete), request, complete);
  }

  #owner(): AsyncTransactionOwner {
    return {
      control: this.#control,
      drive: (method, flow, options) => this.#driveExclusively(method, flow, options),
    };
  }

  #limits(options: CallOptions | undefined): Limits {
    return limitsOf(optionsOfCall(this.#options, null, options, this.dialect), this.#parts.timers);
  }

  #driveExclusively<T>(method: string, flow: ControlFlow<T>, options: CallOptions | undefined): Promise<T> {
    return this.#link.exclusively(method, () => this.#statements.drive(flow, this.#limits(options)));
  }
}
