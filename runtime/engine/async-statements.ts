// How statements of an asynchronous connection reach its driver: BEGIN before them where it is needed, those who look
// on told, errors told to the transaction.
import type { AsyncExecution, AsyncReply } from "../dialects/driver.js";
import type { CallerStack } from "../pool/caller-stack.js";
import { DatabaseError } from "../errors/errors.js";
import { atMost, type Limits, NO_LIMITS } from "../pool/limits.js";
import type { Compiled } from "../sql/compile/compiled.js";
import type { AsyncLink } from "./async-link.js";
import type { StreamSource } from "./async-stream.js";
import type { EngineContext } from "./context.js";
import { type ControlFlow, type ControlRequest, runFlowAsync } from "./control-flow.js";
import type { StatementEvent } from "./events.js";
import type { ExecutionReply, ExecutionRequest, SqlRow } from "./execution.js";
import { type CompleteOptions, limitsOf } from "./execution-options.js";
import { type InsertBatch, insertBatches } from "./insert-batches.js";
import { TransactionControl } from "./transaction-control.js";

/** Milliseconds for closing the cursor of a stream that ends early. */
const STREAM_CLOSE_TIMEOUT = 5000;

/** What several executions of one statement gave. */
interface ManyReply extends ExecutionReply {
  readonly lastInsertIds: (number | bigint)[];
  readonly columnNames: readonly string[] | null;
}

export class AsyncStatements {
  readonly control: TransactionControl;
  /** True once a statement of the program's was sent. */
  statementsSent = false;
  readonly #context: EngineContext;
  readonly #link: AsyncLink;
  readonly #connection: object;
  /** Where this connection began to write. */
  #writingSince: CallerStack | null = null;

  /** `connection`: who it is for those who listen. `options`: what the transactions are at first. */
  constructor(context: EngineContext, link: AsyncLink, connection: object, options: CompleteOptions) {
    const { lease, parts } = link;
    this.#context = context;
    this.#link = link;
    this.#connection = connection;
    const host = {
      connection,
      status: () => lease.driver.transaction,
      isUsable: () => link.isUsable,
      unlock: () => {
        parts.writers.unlock(lease);
      },
    };
    this.control = new TransactionControl(context, host, options.isolationLevel, options.readOnly);
  }

  /** How a stream of the request's rows reaches the database. */
  streamSource({ compiled, sql = compiled.sql, parameters }: ExecutionRequest, options: CompleteOptions): StreamSource {
    const { watch } = this.#context;
    const values = parameters[0] ?? [];
    const limits = (): Limits => limitsOf(options, this.#link.parts.timers);
    let seen: StatementEvent<object> | null = null;
    let rowCount = 0;
    return {
      open: async () => {
        await this.#beforeStatement(compiled, sql, values, limits());
        this.statementsSent = true;
        seen = watch.active ? watch.before(this.#connection, compiled, sql, [values], false) : null;
        return this.#link.driver.stream(execution(compiled, values, sql), options.yieldPer);
      },
      next: async (portions) => {
        try {
          const step = await this.#link.call(() => portions.next(), limits(), sql, values);
          if (step.done !== true) rowCount += step.value.length;
          return step;
        } catch (error) {
          const shown = seen;
          seen = null;
          throw this.#failed(error, shown);
        }
      },
      close: async (portions) => {
        // Not within the call's own limits: where these are what ended the stream, the cursor has to be closed as well.
        const patience = atMost(NO_LIMITS, STREAM_CLOSE_TIMEOUT, this.#link.parts.timers);
        if (this.#link.isUsable) await this.#link.call(async () => portions.return?.(), patience, sql, values);
        if (seen !== null) watch.after(seen, rowCount);
        this.#afterStatement();
      },
    };
  }

  /** Answers a request of an `Operation`. */
  perform(
    { compiled, parameters, sql = compiled.sql }: ExecutionRequest,
    options: CompleteOptions,
  ): Promise<ExecutionReply> {
    const [first] = parameters;
    if (parameters.length === 1 && first !== undefined) return this.runOne(compiled, first, sql, options);
    return this.runMany(compiled, parameters, options);
  }

  /** Executes a statement once. */
  async runOne(compiled: Compiled, parameters: SqlRow, sql: string, options: CompleteOptions): Promise<AsyncReply> {
    const limits = limitsOf(options, this.#link.parts.timers);
    await this.#beforeStatement(compiled, sql, parameters, limits);
    return this.#watched({ compiled, sql, parameters: [parameters] }, false, limits, () =>
      this.#link.call((driver) => driver.execute(execution(compiled, parameters, sql)), limits, sql, parameters),
    );
  }

  /** Executes a statement once for each set; rows of all sets come back together, in their order. */
  async runMany(compiled: Compiled, sets: readonly SqlRow[], options: CompleteOptions): Promise<ManyReply> {
    const { sql } = compiled;
    const first = sets[0] ?? [];
    const limits = limitsOf(options, this.#link.parts.timers);
    await this.#beforeStatement(compiled, sql, first, limits);
    const batches = insertBatches(compiled, sets, this.#context.dialect, options.insertManyPageSize);
    if (batches !== null) return joined(await this.#executeBatches(batches, limits));
    return this.#watched({ compiled, parameters: sets }, true, limits, async () =>
      joined(await this.#executeAll(compiled, sets, limits)),
    );
  }

  async #executeAll(compiled: Compiled, sets: readonly SqlRow[], limits: Limits): Promise<readonly AsyncReply[]> {
    const { sql } = compiled;
    const { driver } = this.#link;
    const first = sets[0] ?? [];
    if (driver.executeMany !== undefined) {
      const pipelined = driver.executeMany.bind(driver);
      return this.#link.call(() => pipelined(execution(compiled, first, sql), sets), limits, sql, first);
    }
    const replies: AsyncReply[] = [];
    for (const set of sets) {
      replies.push(await this.#link.call(() => driver.execute(execution(compiled, set, sql)), limits, sql, set));
    }
    return replies;
  }

  /** Each batch returns one row a set, in the order of the sets. */
  async #executeBatches(batches: readonly InsertBatch[], limits: Limits): Promise<readonly AsyncReply[]> {
    const replies: AsyncReply[] = [];
    for (const { compiled, values, count } of batches) {
      const { sql } = compiled;
      const send = (): Promise<AsyncReply> =>
        this.#link.call((driver) => driver.execute(execution(compiled, values, sql)), limits, sql, values);
      const reply = await this.#watched({ compiled, parameters: [values] }, false, limits, send);
      if (reply.rows.length !== count) throw wrongCount(reply.rows.length, count, sql);
      replies.push(reply);
    }
    return replies;
  }

  /** Begins what has to have begun before the statement is sent. */
  async #beforeStatement(compiled: Compiled, sql: string, parameters: SqlRow, limits: Limits): Promise<void> {
    if (this.control.state === "open") return;
    this.control.enter();
    const writes = this.#writes(compiled, sql);
    if (this.control.mustOpen(writes)) await this.drive(this.control.open(sql, parameters), limits);
    else if (writes && this.control.autocommit) await this.#lockOnce(limits);
  }

  /** In AUTOCOMMIT the right to write lasts as long as the statement. */
  async #lockOnce(limits: Limits): Promise<void> {
    if (this.#context.dialect.transactions.oneWriter) await this.#lock(limits);
  }

  async #lock(limits: Limits): Promise<void> {
    this.#writingSince = (await this.#link.parts.writers.lock(this.#link.lease, limits)) ?? this.#writingSince;
  }

  #writes({ effect }: Compiled, sql: string): boolean {
    if (effect !== "other") return effect !== "read";
    return this.#link.driver.isReadonly?.(sql) !== true;
  }

  /** Runs a statement in front of those who look on, then takes over what it did to the transaction. */
  async #watched<T extends ExecutionReply>(
    { compiled, sql = compiled.sql, parameters }: ExecutionRequest,
    many: boolean,
    limits: Limits,
    work: () => Promise<T>,
  ): Promise<T> {
    const { watch } = this.#context;
    const seen = watch.active ? watch.before(this.#connection, compiled, sql, parameters, many) : null;
    const { effect } = compiled;
    const before = effect === "other" || effect === "define" ? this.#link.driver.transaction : null;
    this.statementsSent = true;
    try {
      const reply = await work();
      if (seen !== null) watch.after(seen, reply.rowCount);
      return reply;
    } catch (error) {
      throw this.#failed(error, seen);
    } finally {
      if (before !== null && this.control.mustFollow(before)) await this.drive(this.control.follow(), limits);
      this.#afterStatement();
    }
  }

  /** Tells of an error. */
  #failed(error: unknown, seen: StatementEvent<object> | null): unknown {
    this.control.afterError(error);
    this.#context.watch.failed(this.#connection, error, seen);
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
      (driver) => driver.execute({ sql, parameters: [], prepare: false, bigint: false }),
      limits,
      sql,
      undefined,
    );
    return reply.commandTag;
  }
}

function execution(compiled: Compiled, parameters: SqlRow, sql: string): AsyncExecution {
  return {
    sql,
    parameters,
    // Text of the user's and text that a list widened may never come again.
    prepare: sql === compiled.sql && (compiled.effect === "read" || compiled.effect === "write"),
    bigint: compiled.bigintRows || compiled.columns === null,
    columns: compiled.columns,
    returnsKey: compiled.returnsKey,
  };
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
