// An asynchronous connection: the same preparing, transaction and finishing as the synchronous one, awaits between.
import type { Dialect } from "../dialects/dialect.js";
import type { AsyncLease } from "../pool/async-entry.js";
import { atMost, NO_LIMITS } from "../pool/limits.js";
import type { StatementNode } from "../sql/ast/nodes.js";
import type { Compiled } from "../sql/compile/compiled.js";
import type { Executable } from "../sql/typing.js";
import { type AsyncParts, AsyncLink } from "./async-link.js";
import { AsyncStatements } from "./async-statements.js";
import { AsyncStream } from "./async-stream.js";
import { AsyncNestedTransaction, AsyncTransaction, type AsyncTransactionOwner } from "./async-transaction.js";
import type { ParameterSet } from "./bind-values.js";
import type { EngineContext } from "./context.js";
import type { ControlFlow } from "./control-flow.js";
import { finishStatement, prepareStatement, type StatementParameters } from "./execute-statement.js";
import type { ExecutionReply, ExecutionRequest, Operation, SqlRow } from "./execution.js";
import {
  type CallOptions,
  type CompleteOptions,
  type ConnectionOptions,
  type ExecutionOptions,
  limitsOf,
  mergeOptions,
} from "./execution-options.js";
import type { Result, ScalarResult } from "./result.js";
import { runAsync } from "./run-operation.js";
import { compiledStatement, singleRequest } from "./statement-request.js";
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
  readonly #context: EngineContext;
  readonly #parts: AsyncParts;
  readonly #link: AsyncLink;
  readonly #statements: AsyncStatements;
  readonly #control: TransactionControl;
  #options: CompleteOptions;

  /** For the engine: `engine.connect()` makes connections. */
  constructor(context: EngineContext, parts: AsyncParts, lease: AsyncLease, options: CompleteOptions) {
    const link = new AsyncLink(context, parts, lease);
    this.#context = context;
    this.#parts = parts;
    this.#link = link;
    this.#options = options;
    this.#statements = new AsyncStatements(context, link, this, options);
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
      const complete = this.#merged(options);
      const prepared = prepareStatement(this.#context, statement, parameters);
      const { compiled, sql = compiled.sql, parameters: sets } = prepared.request;
      if (prepared.many) {
        const reply = await this.#statements.runMany(compiled, sets, complete);
        return finishStatement<R, F>(this.#context, prepared, reply, reply.lastInsertIds, () => reply.columnNames);
      }
      const reply = await this.#statements.runOne(compiled, sets[0] ?? [], sql, complete);
      return finishStatement<R, F>(this.#context, prepared, reply, [], () => reply.columnNames);
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
   * The rows of a query as they come, `yieldPer` at a time, read from a cursor of the database's: for `for await`.
   * Nothing is sent before the first row is asked for; until the last one is read, the connection is busy.
   */
  stream<R, F>(statement: Executable<R, F>, parameters?: ParameterSet, options?: ExecutionOptions): AsyncStream<R, F> {
    const complete = this.#merged(options);
    const prepared = prepareStatement(this.#context, statement, parameters);
    return new AsyncStream(
      this.#context,
      this.#link,
      prepared,
      this.#statements.streamSource(prepared.request, complete),
    );
  }

  /** Runs a compiled statement with values as the driver takes them; rows come back as the driver gives them. */
  run(compiled: Compiled, parameters: SqlRow, sql: string = compiled.sql): Promise<ExecutionReply> {
    return this.#link.exclusively("run()", () => this.#statements.runOne(compiled, parameters, sql, this.#options));
  }

  /** Runs a compiled statement once for each set of values; rows of all sets come back together, in their order. */
  runMany(compiled: Compiled, sets: readonly SqlRow[]): Promise<ExecutionReply> {
    return this.#link.exclusively("runMany()", () => this.#statements.runMany(compiled, sets, this.#options));
  }

  /** A statement ready to run, with the values that it does not hold itself by name: what an `Operation` yields. */
  request(node: StatementNode, given: ParameterSet = {}): ExecutionRequest {
    return singleRequest(this.#context, compiledStatement(this.#context, node, given), given);
  }

  /** Answers a request of an `Operation`. */
  perform(request: ExecutionRequest): Promise<ExecutionReply> {
    return this.#link.exclusively("perform()", () => this.#statements.perform(request, this.#options));
  }

  /** Runs work of several statements in this connection's transaction, which stays open. */
  runOperation<T>(operation: Operation<T>): Promise<T> {
    return this.#link.exclusively("runOperation()", () =>
      runAsync(operation, (request) => this.#statements.perform(request, this.#options)),
    );
  }

  get dialect(): Dialect {
    return this.#context.dialect;
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
    const merged = this.#merged(options);
    if (options.isolationLevel !== undefined || options.readOnly !== undefined) {
      this.#control.become(merged.isolationLevel, merged.readOnly);
    }
    this.#options = merged;
    return this;
  }

  /** Begins a transaction on purpose. Throws `InvalidRequestError` where one has begun already. */
  // oxlint-disable-next-line require-await -- what it throws becomes a rejection.
  async begin(): Promise<AsyncTransaction> {
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

  /** Cuts the connection at once, whatever it does; it is never used again. */
  invalidate(): void {
    this.#parts.pool.invalidate(this.#link.lease, null);
  }

  /**
   * Rolls back what was not committed and gives the connection back. Closing twice does nothing. A connection that is
   * still at work is cut off, because nobody could say what its transaction holds.
   */
  async close(): Promise<void> {
    if (this.closed) return;
    if (this.#link.isBusy) this.#parts.pool.abandon(this.#link.lease);
    try {
      const limits = atMost(NO_LIMITS, CLOSE_TIMEOUT, this.#parts.timers);
      await this.#statements.drive(this.#control.close(), limits);
    } finally {
      await this.#parts.pool.release(this.#link.lease);
      this.#context.watch.hub.emit("checkin", { connection: this });
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  [INSPECT](): string {
    return `AsyncConnection { ${this.#control.state === "none" ? "no transaction" : this.#control.state} }`;
  }

  #merged(options: ConnectionOptions | undefined): CompleteOptions {
    return options === undefined ? this.#options : mergeOptions(this.#options, options, this.#context.dialect);
  }

  #owner(): AsyncTransactionOwner {
    return {
      control: this.#control,
      drive: (method, flow, options) => this.#driveExclusively(method, flow, options),
    };
  }

  #driveExclusively<T>(method: string, flow: ControlFlow<T>, options: CallOptions | undefined): Promise<T> {
    return this.#link.exclusively(method, () =>
      this.#statements.drive(flow, limitsOf(this.#merged(options), this.#parts.timers)),
    );
  }
}
