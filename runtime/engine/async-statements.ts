// How statements of an asynchronous connection reach its driver: BEGIN before them where it is needed, those who look
// on told, errors told to the transaction.
import type { AsyncDriverConnection, AsyncExecution, AsyncReply } from "../dialects/driver.js";
import type { CallerStack } from "../pool/caller-stack.js";
import { DatabaseError, DisconnectError } from "../errors/errors.js";
import { expiredError } from "../pool/expired-error.js";
import { atMost, type Limits, NO_LIMITS, settleWithin } from "../pool/limits.js";
import type { Compiled } from "../sql/compile/compiled.js";
import type { AsyncLink } from "./async-link.js";
import type { StreamSource } from "./async-stream.js";
import { type EngineContext, originOf } from "./context.js";
import { type ControlFlow, type ControlRequest, runFlowAsync } from "./control-flow.js";
import type { StatementEvent } from "./engine-events.js";
import type { ExecutionReply, ExecutionRequest, SqlRow } from "./execution.js";
import { type CompleteOptions, limitsOf, portionSizes } from "./execution-options.js";
import { type InsertBatch, insertBatches } from "./insert-batches.js";
import { TransactionControl, type TransactionStatus } from "./transaction-control.js";
import { completeReply } from "./watch.js";

/** Milliseconds for closing the cursor of a stream that ends early. */
const STREAM_CLOSE_TIMEOUT = 5000;

/** What several executions of one statement gave. */
interface ManyReply extends ExecutionReply {
  readonly lastInsertIds: (number | bigint)[];
  readonly columnNames: readonly string[] | null;
}

/** What is sent: text and sets of values. */
type Sent = Pick<StatementEvent<object>, "sql" | "parameters">;

export class AsyncStatements {
  readonly control: TransactionControl;
  /** True once a statement of the program's was sent. */
  statementsSent = false;
  readonly #link: AsyncLink;
  readonly #connection: object;
  /** Rows were changed; others see them, or wait for them, until the transaction has ended. */
  #wrote = false;
  /** Something ran whose effects are not known: it may hold locks of the session's, for one. */
  #didUnknown = false;
  /** True while the next execution is the one that the beginning of its transaction is sent along with. */
  #opensNext = false;
  /** Where this connection began to write. */
  #writingSince: CallerStack | null = null;

  /** `connection`: who it is for those who listen. `options`: what the transactions are at first. */
  constructor(context: EngineContext, link: AsyncLink, connection: object, options: CompleteOptions) {
    const { lease, parts } = link;
    this.#link = link;
    this.#connection = connection;
    const host = {
      connection,
      status: () => lease.driver.transaction,
      isUsable: () => link.isUsable,
      takesPrelude: lease.driver.takesPrelude === true,
      unlock: () => {
        parts.writers.unlock(lease);
      },
    };
    this.control = new TransactionControl(context, host, options.isolationLevel, options.readOnly);
  }

  /** True where others may see, until the connection is clean, what is left of its transaction or on it. */
  get isSeenByOthers(): boolean {
    const { state } = this.control;
    return this.#didUnknown || (this.#wrote && state !== "none" && state !== "begun");
  }

  /** The program has the driver's own connection in hand. */
  noteUnknown(): void {
    this.#didUnknown = true;
  }

  #note({ effect, isSelfContained = false }: Compiled): void {
    if (!isSelfContained) this.#didUnknown = true;
    else if (effect === "write") this.#wrote = true;
  }

  /** How a stream of the request's rows reaches the database. */
  streamSource(
    context: EngineContext,
    { compiled, sql = compiled.sql, parameters }: ExecutionRequest,
    options: CompleteOptions,
  ): StreamSource {
    const { watch } = context;
    const values = parameters[0] ?? [];
    const sizes = portionSizes(options);
    const limits = (): Limits => limitsOf(options, this.#link.parts.timers);
    let seen: StatementEvent<object> | null = null;
    let rowCount = 0;
    return {
      open: async () => {
        const begun = this.#begin(context, compiled, sql, values, limits(), false);
        if (begun !== null) await begun;
        this.statementsSent = true;
        this.#note(compiled);
        seen = this.#before(context, compiled, sql, [values], false);
        const sent = seen ?? { sql, parameters: [values] };
        return this.#link.driver.stream(execution(compiled, sent.parameters[0] ?? [], sent.sql), sizes);
      },
      next: async (portions) => {
        try {
          const step = await this.#link.call(() => portions.next(), limits(), sql, values);
          if (step.done !== true) {
            rowCount += step.value.length;
            watch.sawRows({ rows: step.value, rowCount, columnNames: portions.columnNames });
          }
          return step;
        } catch (error) {
          const shown = seen;
          seen = null;
          throw this.#failed(context, error, shown);
        }
      },
      close: async (portions) => {
        // Not within the call's own limits: where these are what ended the stream, the cursor has to be closed as well.
        const patience = atMost(NO_LIMITS, STREAM_CLOSE_TIMEOUT, this.#link.parts.timers);
        if (this.#link.isUsable) await this.#link.call(async () => portions.return?.(), patience, sql, values);
        if (seen !== null) watch.after(seen, { rows: [], rowCount, columnNames: null });
        this.#afterStatement();
      },
    };
  }

  /** Answers a request of an `Operation`. */
  perform(
    context: EngineContext,
    { compiled, parameters, sql = compiled.sql }: ExecutionRequest,
    options: CompleteOptions,
  ): Promise<ExecutionReply> {
    const [first] = parameters;
    if (parameters.length === 1 && first !== undefined) return this.runOne(context, compiled, first, sql, options);
    return this.runMany(context, compiled, parameters, options);
  }

  /** Executes a statement once. */
  runOne(
    context: EngineContext,
    compiled: Compiled,
    parameters: SqlRow,
    sql: string,
    options: CompleteOptions,
  ): Promise<AsyncReply> {
    const limits = limitsOf(options, this.#link.parts.timers);
    const begun = this.#begin(context, compiled, sql, parameters, limits);
    const request = { compiled, sql, parameters: [parameters] };
    const work = (sent: Sent): Promise<AsyncReply> => this.#executeSent(compiled, sent, limits);
    if (begun === null) return this.#watched(context, request, false, limits, work, itself);
    return begun.then(() => this.#watched(context, request, false, limits, work, itself));
  }

  /** Executes a statement once for each set; rows of all sets come back together, in their order. */
  async runMany(
    context: EngineContext,
    compiled: Compiled,
    sets: readonly SqlRow[],
    options: CompleteOptions,
  ): Promise<ManyReply> {
    const limits = limitsOf(options, this.#link.parts.timers);
    const begun = this.#begin(context, compiled, compiled.sql, sets[0] ?? [], limits);
    if (begun !== null) await begun;
    const batches = insertBatches(compiled, sets, context.dialect, options.insertManyPageSize);
    if (batches !== null) return joined(await this.#executeBatches(context, batches, limits));
    const request = { compiled, parameters: sets };
    const work = async (sent: Sent): Promise<ManyReply> => joined(await this.#executeAll(compiled, sent, limits));
    return this.#watched(context, request, true, limits, work, (reply) => joined([reply]));
  }

  #executeSent(compiled: Compiled, { sql, parameters }: Sent, limits: Limits): Promise<AsyncReply> {
    return this.#executeOne(compiled, parameters[0] ?? [], sql, limits);
  }

  #executeOne(compiled: Compiled, values: SqlRow, sql: string, limits: Limits): Promise<AsyncReply> {
    if (this.#opensNext) return this.#executeFirst(compiled, values, sql, limits);
    return this.#link.call((driver) => driver.execute(execution(compiled, values, sql)), limits, sql, values);
  }

  /** Executes the statement that the beginning of its transaction is sent along with. */
  async #executeFirst(compiled: Compiled, values: SqlRow, sql: string, limits: Limits): Promise<AsyncReply> {
    this.#opensNext = false;
    const prelude = this.control.prelude();
    let wasSent = false;
    const send = (driver: AsyncDriverConnection): Promise<AsyncReply> => {
      wasSent = true;
      return driver.execute(execution(compiled, values, sql, prelude));
    };
    try {
      const reply = await this.#link.call(send, limits, sql, values);
      this.#opened(null);
      return reply;
    } catch (error) {
      // Where nothing is open, the next statement begins the transaction.
      if (wasSent && !(this.#link.isUsable && this.#link.driver.transaction === "none")) this.#opened(error);
      throw error;
    }
  }

  #opened(error: unknown): void {
    this.control.opened();
    // With a lost connection, all is lost that no COMMIT followed.
    if (!(error instanceof DisconnectError)) this.statementsSent = true;
  }

  async #executeAll(
    compiled: Compiled,
    { sql, parameters: sets }: Sent,
    limits: Limits,
  ): Promise<readonly AsyncReply[]> {
    const { driver } = this.#link;
    const first = sets[0] ?? [];
    if (driver.executeMany !== undefined) {
      const pipelined = driver.executeMany.bind(driver);
      return this.#link.call(() => pipelined(execution(compiled, first, sql), sets), limits, sql, first);
    }
    const replies: AsyncReply[] = [];
    for (const set of sets) replies.push(await this.#executeOne(compiled, set, sql, limits));
    return replies;
  }

  /** Each batch returns one row a set, in the order of the sets. */
  async #executeBatches(
    context: EngineContext,
    batches: readonly InsertBatch[],
    limits: Limits,
  ): Promise<readonly AsyncReply[]> {
    const replies: AsyncReply[] = [];
    for (const { compiled, values, count } of batches) {
      const request = { compiled, parameters: [values] };
      const work = (sent: Sent): Promise<AsyncReply> => this.#executeSent(compiled, sent, limits);
      const reply = await this.#watched(context, request, false, limits, work, itself);
      if (reply.rows.length !== count) throw wrongCount(reply.rows.length, count, compiled.sql);
      replies.push(reply);
    }
    return replies;
  }

  /**
   * Begins what has to have begun before the statement is sent; null where there is nothing to wait for, because it has
   * begun or is sent along. Without `ridesAlong` it is sent alone.
   */
  #begin(
    context: EngineContext,
    compiled: Compiled,
    sql: string,
    parameters: SqlRow,
    limits: Limits,
    ridesAlong = true,
  ): Promise<void> | null {
    this.#opensNext = false;
    if (this.control.state === "open") return null;
    this.control.enter();
    const writes = this.#writes(compiled, sql);
    if (this.control.mustOpen(writes)) {
      this.#opensNext = ridesAlong && this.#link.driver.takesPrelude === true;
      return this.#opensNext ? null : this.drive(this.control.open(sql, parameters), limits);
    }
    // In AUTOCOMMIT the right to write lasts as long as the statement.
    return writes && this.control.autocommit && context.dialect.transactions.oneWriter ? this.#lock(limits) : null;
  }

  async #lock(limits: Limits): Promise<void> {
    this.#writingSince = (await this.#link.parts.writers.lock(this.#link.lease, limits)) ?? this.#writingSince;
  }

  #writes({ effect }: Compiled, sql: string): boolean {
    if (effect !== "other") return effect !== "read";
    return this.#link.driver.isReadonly?.(sql) !== true;
  }

  /** What those who look on make of a statement that is about to be sent; null where nobody does. */
  #before(
    context: EngineContext,
    compiled: Compiled,
    sql: string,
    parameters: readonly SqlRow[],
    many: boolean,
  ): StatementEvent<object> | null {
    const origin = originOf(context, compiled);
    const { watch } = context;
    return watch.active ? watch.before(this.#connection, compiled, origin, sql, parameters, many) : null;
  }

  /**
   * Runs a statement in front of those who look on, then takes over what it did to the transaction. `instead` makes of
   * a listener's reply what `work` makes of the driver's.
   */
  async #watched<R extends ExecutionReply & Pick<AsyncReply, "columnNames">>(
    context: EngineContext,
    { compiled, sql = compiled.sql, parameters }: ExecutionRequest,
    many: boolean,
    limits: Limits,
    work: (sent: Sent) => Promise<R>,
    instead: (reply: AsyncReply) => R,
  ): Promise<R> {
    const seen = this.#before(context, compiled, sql, parameters, many);
    const before = this.#statusBefore(compiled);
    if (!this.#opensNext) this.statementsSent = true;
    this.#note(compiled);
    try {
      const answer = seen === null ? undefined : await this.#instead(context, seen, limits);
      const reply =
        answer === undefined
          ? await work(seen ?? { sql, parameters })
          : instead({ ...completeReply(answer), commandTag: null });
      if (seen !== null) context.watch.after(seen, reply);
      return reply;
    } catch (error) {
      throw this.#failed(context, error, seen);
    } finally {
      this.#opensNext = false;
      if (before !== null && this.control.mustFollow(before)) await this.drive(this.control.follow(), limits);
      this.#afterStatement();
    }
  }

  /** The transaction's status for a statement that may make it another; null for one that cannot. */
  #statusBefore({ effect }: Compiled): TransactionStatus | null {
    if (effect !== "other" && effect !== "define") return null;
    return this.#opensNext ? "open" : this.#link.driver.transaction;
  }

  /** What somebody answers in the driver's place, within the call's limits. */
  #instead(context: EngineContext, seen: StatementEvent<object>, limits: Limits): unknown {
    const answer = context.watch.instead(this.#link.driver, seen);
    if (!(answer instanceof Promise)) return answer;
    return settleWithin<unknown>(answer, limits, this.#link.parts.timers, (expiry) =>
      expiredError(expiry, limits, "while a listener answered in the driver's place", "unknown", { sql: seen.sql }),
    );
  }

  /** Tells of an error; the one to throw may be another, which may say that the connection is lost. */
  #failed(context: EngineContext, cause: unknown, seen: StatementEvent<object> | null): unknown {
    this.control.afterError(cause);
    const error = context.watch.failed(this.#connection, cause, seen);
    if (error !== cause && error instanceof DisconnectError) this.#link.lose(error);
    return error;
  }

  /** In AUTOCOMMIT the right to write ends with the statement. */
  #afterStatement(): void {
    if (this.control.autocommit) this.#link.parts.writers.unlock(this.#link.lease);
  }

  /** Runs a flow of the transaction. */
  drive<T>(flow: ControlFlow<T>, limits: Limits): Promise<T> {
    return runFlowAsync(flow, (request) => this.#answer(request, limits));
  }

  async #answer(request: ControlRequest, limits: Limits): Promise<string | null> {
    if (request.kind === "lock") {
      await this.#lock(limits);
      return null;
    }
    const { sql } = request;
    const reply = await this.#link.call(
      (driver) => driver.execute({ sql, parameters: [], prepare: false, bigint: false, isControl: true }),
      limits,
      sql,
      undefined,
    );
    return reply.commandTag;
  }
}

function execution(compiled: Compiled, parameters: SqlRow, sql: string, prelude?: readonly string[]): AsyncExecution {
  const isCompiled = compiled.effect === "read" || compiled.effect === "write";
  return {
    sql,
    parameters,
    // Text of the user's and text that a list widened may never come again.
    prepare: isCompiled && sql === compiled.sql,
    isCompiled,
    bigint: compiled.bigintRows || compiled.columns === null,
    columns: compiled.columns,
    returnsKey: compiled.returnsKey,
    prelude,
  };
}

function itself<T>(value: T): T {
  return value;
}

/** The replies to one statement's executions as one. */
function joined(replies: readonly AsyncReply[]): ManyReply {
  const rows: SqlRow[] = [];
  const lastInsertIds: (number | bigint)[] = [];
  let rowCount = 0;
  for (const reply of replies) {
    for (const row of reply.rows) rows.push(row);
    rowCount += reply.rowCount;
    if (reply.lastInsertId !== null) lastInsertIds.push(reply.lastInsertId);
  }
  const columnNames = replies[0]?.columnNames ?? null;
  return { rows, rowCount, lastInsertId: lastInsertIds.at(-1) ?? null, lastInsertIds, columnNames };
}

function wrongCount(rows: number, sets: number, sql: string): DatabaseError {
  return new DatabaseError(`the database returned ${String(rows)} rows for ${String(sets)} that were inserted`, {
    sql,
    help: "A trigger or a rule leaves some out: insert one set at a time (insertManyPageSize: 1).",
  });
}
