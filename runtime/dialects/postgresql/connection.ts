// One connection to a PostgreSQL server: statements by name, rows as text, portals for streams, and a reset that leaves
// nothing of a borrower behind but the statements that this package itself prepared.
import { DisconnectError, InternalError, InvalidRequestError } from "../../errors/errors.js";
import type { AsyncDriverConnection, AsyncExecution, AsyncReply } from "../driver.js";
import { sendCancel } from "./cancel.js";
import { isConnectionLoss, isStale } from "./errors.js";
import type { PgClient, PgPackage } from "./pg-package.js";
import { PortalRows } from "./portal-rows.js";
import { type PreparedStatement, PreparedStatements } from "./prepared-statements.js";
import { asReply } from "./reply.js";
import { type QueryReply, rowQueryClass } from "./row-query.js";
import { MARK, type Mark, resetStatements } from "./session-reset.js";
import { WireMessages, type WireValue } from "./wire-messages.js";
import { wireValues } from "./wire-values.js";

const DEFINITION = /^(ALTER|CREATE|DROP) /;
const TRANSACTIONS = { I: "none", T: "open", E: "failed" } as const;
const NO_VALUES: readonly WireValue[] = [];
const NO_TEXTS: readonly string[] = [];
const ROLLBACK = "ROLLBACK";

/** What a round trip sends is gathered here and taken at once: one serves all connections. */
const messages = new WireMessages();

type TransactionStatus = AsyncDriverConnection["transaction"];

/** Who waits for an answer. */
interface Outcome<T> {
  resolve(value: T): void;
  reject(error: unknown): void;
}

export class PostgresqlConnection implements AsyncDriverConnection {
  readonly takesPrelude = true;
  readonly #client: PgClient;
  readonly #pg: PgPackage;
  readonly #RowQuery: ReturnType<typeof rowQueryClass>;
  readonly #prepares: boolean;
  /** The program's statements. */
  readonly #statements = new PreparedStatements("athanor_");
  /** Those of this package: what begins transactions and what resets. */
  readonly #own = new PreparedStatements("athanor_own_");
  /** Those that the messages being written prepare. */
  #parsing: PreparedStatement[] | null = null;
  /** The reset that others need not wait for; null while there is none. */
  #resetting: Promise<void> | null = null;
  /** Why nothing may be made of what comes back: what it was sent behind did not leave the session clean. */
  #uncleaned: DisconnectError | null = null;
  #broken = false;
  #mark: Mark = MARK.nothing;

  constructor(pg: PgPackage, client: PgClient, prepares: boolean) {
    this.#pg = pg;
    this.#client = client;
    this.#prepares = prepares;
    this.#RowQuery = rowQueryClass(pg);
    // Without a listener, a connection that dies while idle would end the process.
    client.on("error", () => {
      this.#broken = true;
    });
    client.on("end", () => {
      this.#broken = true;
    });
  }

  get serverId(): number | null {
    return this.#client.processID;
  }

  get transaction(): TransactionStatus {
    // What pg knows is how it was before.
    if (this.#resetting !== null && !this.#broken) return "none";
    const status = this.#broken ? null : this.#client.getTransactionStatus();
    return status === null ? "unknown" : TRANSACTIONS[status];
  }

  get broken(): boolean {
    return this.#broken;
  }

  execute(execution: AsyncExecution): Promise<AsyncReply> {
    if (this.#resetting !== null && !mayFollowReset(execution)) {
      return this.#resetting.then(() => this.execute(execution));
    }
    return new Promise((resolve, reject) => {
      this.#execute(execution, { resolve, reject }, false);
    });
  }

  get native(): unknown {
    this.#mark = MARK.anything;
    return this.#client;
  }

  stream({ sql, parameters, columns = null }: AsyncExecution, portionSize: () => number): PortalRows {
    checkText(sql);
    this.#mark = MARK.anything;
    return new PortalRows({
      run: (write) => this.#run(write),
      sql,
      values: wireValues(parameters),
      columns,
      portionSize,
      ownTransaction: this.transaction === "none",
    });
  }

  async ping(): Promise<void> {
    await this.#run((to) => {
      to.command("");
    });
  }

  /** True while a reset is under way whose answer calls for nothing more. */
  get takesMore(): boolean {
    return this.#resetting !== null;
  }

  reset(): Promise<void> {
    const { transaction } = this;
    const mark = this.#mark;
    if (mark === MARK.nothing && transaction === "none") return Promise.resolve();
    if (mark === MARK.anything) return this.#resetWhole(transaction);
    return this.#resetMeanwhile(mark, transaction !== "none");
  }

  /** A reset after which nothing of what the server has prepared is sure. */
  async #resetWhole(transaction: TransactionStatus): Promise<void> {
    let reply: QueryReply;
    try {
      reply = await this.#resetSession(MARK.anything, transaction !== "none");
    } catch (error) {
      // Somebody got rid of the prepared statements without our seeing it.
      if (!isStale(error)) throw error;
      this.#own.clear();
      reply = await this.#resetSession(MARK.anything, true);
    }
    if (reply.rows.some((row) => row[1] === "t")) {
      await this.#run((to) => {
        to.command("DEALLOCATE ALL");
      });
      this.#forgetPrepared();
    }
    this.#mark = MARK.nothing;
  }

  /** A reset that the next borrower need not wait for: what it sends in this turn even goes in the same write. */
  #resetMeanwhile(mark: Mark, rollback: boolean): Promise<void> {
    const { stream } = this.#client.connection;
    stream.cork();
    process.nextTick(() => {
      stream.uncork();
    });
    this.#mark = MARK.nothing;
    this.#resetting = new Promise((resolve, reject) => {
      this.#writeReset(mark, rollback);
      this.#send(
        () => {
          this.#resetting = null;
          resolve();
        },
        (cause) => {
          // At once, before the answer to what was sent behind it is read.
          this.#uncleaned = new DisconnectError("the connection could not be cleaned after its last use", { cause });
          this.destroy();
          reject(cause);
        },
      );
    });
    return this.#resetting;
  }

  async cancel(): Promise<void> {
    const { processID, secretKey } = this.#client;
    if (this.#broken || processID === null || secretKey === null) return;
    await sendCancel(this.#pg, this.#client, processID, secretKey);
  }

  async close(): Promise<void> {
    this.#broken = true;
    await this.#client.end();
  }

  destroy(): void {
    this.#broken = true;
    this.#client.connection.stream.destroy();
  }

  // ---- statements

  /** `isRepeated`: sent once more, because the server has forgotten what was prepared. */
  #execute(execution: AsyncExecution, outcome: Outcome<AsyncReply>, isRepeated: boolean): void {
    const { sql, prepare, prelude = NO_TEXTS, isControl = false } = execution;
    checkText(sql);
    const values = wireValues(execution.parameters);
    const statement = this.#prepares && prepare ? this.#statements.get(sql) : unnamed(sql);
    const isBehindReset = this.#resetting !== null;
    const isFirst = prelude.length > 0 || this.transaction === "none";
    messages.clear();
    // The transaction has just failed, and holds nothing but this statement.
    if (isRepeated && this.transaction !== "none") messages.command(ROLLBACK);
    for (const text of prelude) this.#write(this.#ownStatement(text), NO_VALUES, false);
    // A named statement's columns never change: the server refuses to run it instead.
    this.#write(statement, values, !isControl && statement.fields === undefined);
    // Only as long as there is something to be ahead of: programs may use pg in ways that its pipeline has not.
    if (isBehindReset) this.#client.pipeline = true;
    this.#send(
      (reply) => {
        if (isBehindReset) this.#client.pipeline = false;
        if (this.#uncleaned !== null) {
          outcome.reject(this.#uncleaned);
          return;
        }
        if (statement.fields === undefined) statement.fields = reply.fields;
        this.#follow(reply.commandTag, execution);
        outcome.resolve(asReply(reply, statement.fields, execution));
      },
      (error) => {
        if (isBehindReset) this.#client.pipeline = false;
        if (!isControl) this.#raiseMark(markOf(execution, this.transaction === "none"));
        const stale = isStale(error);
        if (stale) {
          this.#statements.forget(statement);
          // It may have been one of the prelude.
          this.#own.forgetAll();
        }
        // In a transaction that holds more than this statement, which has failed now, nothing can be repeated.
        if (stale && isFirst && !isRepeated) this.#execute(execution, outcome, true);
        else outcome.reject(this.#uncleaned ?? error);
      },
    );
  }

  /** Statements in one round trip; `write` leaves out SYNC. */
  #run(write: (to: WireMessages) => void): Promise<QueryReply> {
    if (this.#resetting !== null) return this.#resetting.then(() => this.#run(write));
    return new Promise((resolve, reject) => {
      messages.clear();
      write(messages);
      this.#send(resolve, reject);
    });
  }

  #resetSession(mark: Mark, rollback: boolean): Promise<QueryReply> {
    return new Promise((resolve, reject) => {
      this.#writeReset(mark, rollback);
      this.#send(resolve, reject);
    });
  }

  #writeReset(mark: Mark, rollback: boolean): void {
    messages.clear();
    // By its name only where nothing can have made the server forget it: it must not fail.
    if (rollback && mark === MARK.anything) messages.command(ROLLBACK);
    else if (rollback) this.#write(this.#ownStatement(ROLLBACK), NO_VALUES, false);
    for (const text of resetStatements(mark)) this.#write(this.#ownStatement(text), NO_VALUES, false);
  }

  #ownStatement(text: string): PreparedStatement {
    return this.#prepares ? this.#own.get(text) : unnamed(text);
  }

  /** Writes the messages that execute a statement, and prepare it where the server does not know it. */
  #write(statement: PreparedStatement, values: readonly WireValue[], describes: boolean): void {
    const { name } = statement;
    if (!statement.parsed) {
      messages.parse(name, statement.text);
      if (name !== "") {
        // Taken back where the round trip fails.
        statement.parsed = true;
        (this.#parsing ??= []).push(statement);
      }
    }
    messages.bind("", name, values);
    if (describes) messages.describe("");
    messages.execute("", 0);
  }

  /** Sends what was written. */
  #send(replied: (reply: QueryReply) => void, failed: (error: Error) => void): void {
    const parsing = this.#parsing;
    this.#parsing = null;
    this.#statements.closeForgotten(messages);
    this.#own.closeForgotten(messages);
    messages.sync();
    const fail = (error: unknown): void => {
      if (isConnectionLoss(error)) this.#broken = true;
      // Nobody knows which of them the server has come to.
      for (const statement of parsing ?? []) this.#forget(statement);
      failed(error instanceof Error ? error : new InternalError(String(error)));
    };
    this.#client.query(new this.#RowQuery(messages.take(), replied, fail));
  }

  #forget(statement: PreparedStatement): void {
    this.#statements.forget(statement);
    this.#own.forget(statement);
  }

  /** Keeps what is known of the session in step with what a statement did to it. */
  #follow(commandTag: string | null, execution: AsyncExecution): void {
    if (execution.isControl === true) {
      if (commandTag === "COMMIT" && this.#mark === MARK.locks) this.#mark = MARK.settings;
      return;
    }
    this.#raiseMark(markOf(execution, this.transaction === "none"));
    if (execution.isCompiled === true || commandTag === null) return;
    if (commandTag === "DEALLOCATE ALL" || commandTag === "DISCARD ALL") this.#forgetPrepared();
    // Plans over a changed table could return other columns, which the server would refuse, in a transaction for good.
    else if (DEFINITION.test(commandTag)) this.#statements.forgetAll();
  }

  #raiseMark(mark: Mark): void {
    if (mark > this.#mark) this.#mark = mark;
  }

  #forgetPrepared(): void {
    this.#statements.clear();
    this.#own.clear();
    this.#client.connection.parsedStatements = {};
  }
}

/** True where all that comes of it goes with the connection: nothing but its COMMIT could keep it. */
function mayFollowReset({ prelude = NO_TEXTS, isCompiled = false }: AsyncExecution): boolean {
  return isCompiled && prelude.length > 0;
}

/** What an execution may have left. `isKept`: no transaction is open that could be rolled back. */
function markOf({ isCompiled = false }: AsyncExecution, isKept: boolean): Mark {
  if (!isCompiled) return MARK.anything;
  return isKept ? MARK.settings : MARK.locks;
}

function unnamed(text: string): PreparedStatement {
  return { name: "", text, parsed: false, fields: undefined };
}

function checkText(sql: string): void {
  if (sql.includes("\0")) throw new InvalidRequestError("the statement holds a NUL character, which no SQL text may");
}
