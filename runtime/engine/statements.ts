// How statements of a synchronous connection reach its driver: BEGIN before them where it is needed, those who look on
// told, errors told to the transaction. The session calls `run` with statements that it compiled once: a hot path.
import type { SyncPreparedStatement } from "../dialects/driver.js";
import { DisconnectError } from "../errors/errors.js";
import type { CallerStack } from "../pool/caller-stack.js";
import type { Pool } from "../pool/pool.js";
import type { Lease } from "../pool/pool-entry.js";
import type { Compiled } from "../sql/compile/compiled.js";
import { type EngineContext, originOf, statementError } from "./context.js";
import { type ControlFlow, type ControlRequest, runFlow } from "./control-flow.js";
import type { StatementEvent } from "./engine-events.js";
import type { ExecutionReply, SqlRow } from "./execution.js";
import type { CompleteOptions } from "./execution-options.js";
import { TransactionControl, type TransactionHost, type TransactionStatus } from "./transaction-control.js";
import { completeReply } from "./watch.js";

const NO_ROWS: readonly SqlRow[] = [];

export class Statements implements TransactionHost {
  readonly control: TransactionControl;
  readonly takesPrelude = false;
  /** Who it is for those who listen. */
  readonly connection: object;
  readonly #pool: Pool;
  readonly #lease: Lease;
  /** False while nothing was run that can begin a transaction of the database's. */
  touched = false;
  /** False while nothing was run that can leave a mark on the connection, as text and DDL can. */
  marked = false;
  /** The statement for which the transaction is opened, or that opened it. */
  #opening = "";
  /** Where this connection began to write, kept for the pool, if that was noted. */
  writingSince: CallerStack | null = null;

  constructor(context: EngineContext, connection: object, pool: Pool, lease: Lease, options: CompleteOptions) {
    this.connection = connection;
    this.#pool = pool;
    this.#lease = lease;
    this.control = new TransactionControl(context, this, options.isolationLevel, options.readOnly);
  }

  // ---- what its transaction asks

  status(): TransactionStatus {
    return this.#lease.ended ? "unknown" : statusOf(this.#lease);
  }

  isUsable(): boolean {
    return !this.#lease.ended;
  }

  unlock(): void {
    this.#pool.endWriting(this.#lease);
  }

  // ---- statements

  /** Executes a statement once; `one` where it has one row at most. */
  run(context: EngineContext, compiled: Compiled, parameters: SqlRow, sql: string, one: boolean): ExecutionReply {
    const { control } = this;
    if (control.state !== "open") control.enter();
    const origin = originOf(context, compiled);
    const { watch } = context;
    if (watch.active) {
      const seen = watch.before(this.connection, compiled, origin, sql, [parameters], false);
      return this.#run(context, compiled, seen.parameters[0] ?? [], seen.sql, one, seen);
    }
    return this.#run(context, compiled, parameters, sql, one, null);
  }

  #run(
    context: EngineContext,
    compiled: Compiled,
    parameters: SqlRow,
    sql: string,
    one: boolean,
    seen: StatementEvent<object> | null,
  ): ExecutionReply {
    const statement = this.#prepare(context, sql, parameters, seen);
    const mayControl = compiled.effect === "other";
    if (mayControl || compiled.effect === "define") this.marked = true;
    if (mayControl) this.touched = true;
    const before = mayControl ? statusOf(this.#lease) : null;
    try {
      const instead = seen === null ? undefined : context.watch.instead(this.#lease.driver, seen);
      const reply = instead === undefined ? executed(statement, compiled, parameters, one) : completeReply(instead);
      if (seen !== null) context.watch.after(seen, withNames(reply, statement));
      return reply;
    } catch (cause) {
      throw this.#failed(context, cause, sql, parameters, seen);
    } finally {
      if (before !== null && this.control.mustFollow(before)) {
        this.#opening = sql;
        this.drive(this.control.follow());
      }
    }
  }

  /** Executes a statement once for each set of values; rows of all sets come back together. */
  runMany(
    context: EngineContext,
    compiled: Compiled,
    given: readonly SqlRow[],
    lastInsertIds?: (number | bigint)[],
  ): ExecutionReply {
    if (compiled.effect === "other") {
      this.touched = true;
      this.marked = true;
    }
    if (this.control.state !== "open") this.control.enter();
    const { watch } = context;
    const origin = originOf(context, compiled);
    const seen = watch.active ? watch.before(this.connection, compiled, origin, compiled.sql, given, true) : null;
    const { sql, parameters: sets } = seen ?? { sql: compiled.sql, parameters: given };
    const statement = this.#prepare(context, sql, sets[0] ?? [], seen);
    const instead = seen === null ? undefined : watch.instead(this.#lease.driver, seen);
    const reply =
      instead === undefined
        ? this.#executeSets(context, statement, compiled, sets, seen, lastInsertIds)
        : completeReply(instead);
    if (seen !== null) watch.after(seen, withNames(reply, statement));
    return reply;
  }

  #executeSets(
    context: EngineContext,
    statement: SyncPreparedStatement,
    compiled: Compiled,
    sets: readonly SqlRow[],
    seen: StatementEvent<object> | null,
    lastInsertIds: (number | bigint)[] | undefined,
  ): ExecutionReply {
    const allRows: SqlRow[] = [];
    let rowCount = 0;
    let lastInsertId: number | bigint | null = null;
    for (const parameters of sets) {
      try {
        const reply = executed(statement, compiled, parameters, false);
        for (const row of reply.rows) allRows.push(row);
        rowCount += reply.rowCount;
        if (reply.lastInsertId === null) continue;
        ({ lastInsertId } = reply);
        lastInsertIds?.push(reply.lastInsertId);
      } catch (cause) {
        throw this.#failed(context, cause, seen?.sql ?? compiled.sql, parameters, seen);
      }
    }
    return { rows: allRows, rowCount, lastInsertId };
  }

  /** The rows of a query one after the other, as the database finds them; null where it returns none. */
  iterate(
    context: EngineContext,
    compiled: Compiled,
    parameters: SqlRow,
    sql: string,
  ): { readonly rows: IterableIterator<SqlRow>; readonly columnNames: readonly string[] } | null {
    if (this.control.state !== "open") this.control.enter();
    const { watch } = context;
    const origin = originOf(context, compiled);
    const seen = watch.active ? watch.before(this.connection, compiled, origin, sql, [parameters], false) : null;
    const sent = { sql: seen?.sql ?? sql, parameters: seen?.parameters[0] ?? parameters };
    const statement = this.#prepare(context, sent.sql, sent.parameters, seen);
    if (!statement.returnsRows) return null;
    const rows = this.#watched(context, statement, compiled, sent, seen);
    return { rows, columnNames: statement.columnNames };
  }

  *#watched(
    context: EngineContext,
    statement: SyncPreparedStatement,
    compiled: Compiled,
    { sql, parameters }: { readonly sql: string; readonly parameters: SqlRow },
    seen: StatementEvent<object> | null,
  ): IterableIterator<SqlRow> {
    let rowCount = 0;
    let failed = true;
    try {
      for (const row of statement.iterate(parameters, wantsBigint(compiled))) {
        rowCount += 1;
        yield row;
      }
      failed = false;
    } catch (cause) {
      throw this.#failed(context, cause, sql, parameters, seen);
    } finally {
      if (!failed && seen !== null) context.watch.after(seen, { rows: NO_ROWS, rowCount, columnNames: null });
    }
  }

  /** The columns of a statement that was run; null where it returns no rows. */
  columnNames(sql: string): readonly string[] | null {
    const statement = this.#lease.driver.prepare(sql);
    return statement.returnsRows ? statement.columnNames : null;
  }

  /** The prepared statement; where it writes, the database's transaction has begun. */
  #prepare(
    context: EngineContext,
    sql: string,
    parameters: SqlRow,
    seen: StatementEvent<object> | null,
  ): SyncPreparedStatement {
    if (this.#lease.ended) throw this.#failed(context, this.#gone(), sql, parameters, seen);
    let statement: SyncPreparedStatement;
    try {
      statement = this.#lease.driver.prepare(sql);
    } catch (cause) {
      throw this.#failed(context, cause, sql, parameters, seen);
    }
    if (this.control.state !== "open") this.#beforeOpen(!statement.readonly, sql, parameters);
    return statement;
  }

  #gone(): DisconnectError {
    return new DisconnectError("this connection was closed, because it was invalidated", {
      help: "Close it and take another one with engine.connect().",
    });
  }

  /** Before a statement while BEGIN was not sent. */
  #beforeOpen(writes: boolean, sql: string, parameters: SqlRow): void {
    if (this.control.mustOpen(writes)) {
      this.#opening = sql;
      this.drive(this.control.open(sql, parameters));
    } else if (writes && this.control.autocommit) {
      // Nobody can come between: the statement ends before anything else of this process runs.
      this.#pool.beginWriting(this.#lease, sql);
      this.#pool.endWriting(this.#lease);
    }
  }

  #failed(
    context: EngineContext,
    cause: unknown,
    sql: string,
    parameters: SqlRow,
    seen: StatementEvent<object> | null,
  ): unknown {
    const error = statementError(context, cause, sql, parameters);
    this.control.afterError(error);
    return context.watch.failed(this.connection, error, seen);
  }

  drive<T>(flow: ControlFlow<T>): T {
    this.touched = true;
    return runFlow(flow, (request) => this.#answer(request));
  }

  #answer(request: ControlRequest): null {
    if (request.kind === "lock") this.writingSince = this.#pool.beginWriting(this.#lease, this.#opening);
    else this.#lease.driver.prepare(request.sql).run([]);
    return null;
  }
}

function executed(
  statement: SyncPreparedStatement,
  compiled: Compiled,
  parameters: SqlRow,
  one: boolean,
): ExecutionReply {
  if (statement.returnsRows) {
    const bigint = wantsBigint(compiled);
    const rows = one ? statement.one(parameters, bigint) : statement.all(parameters, bigint);
    return { rows, rowCount: rows.length, lastInsertId: null };
  }
  const { rowCount, lastInsertId } = statement.run(parameters);
  return { rows: NO_ROWS, rowCount, lastInsertId };
}

function withNames(
  { rows, rowCount }: ExecutionReply,
  statement: SyncPreparedStatement,
): { readonly rows: readonly SqlRow[]; readonly rowCount: number; readonly columnNames: () => readonly string[] } {
  return { rows, rowCount, columnNames: () => statement.columnNames };
}

function statusOf({ driver }: Lease): TransactionStatus {
  return driver.inTransaction ? "open" : "none";
}

/** Of columns that nobody declared every integer has to arrive whole. */
function wantsBigint(compiled: Compiled): boolean {
  return compiled.bigintRows || compiled.columns === null;
}
