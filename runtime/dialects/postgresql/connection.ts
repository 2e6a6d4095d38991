// One connection to a PostgreSQL server: statements by name, rows as text, portals for streams, and a reset that leaves
// nothing of a borrower behind but the statements that this package itself prepared.
import { InternalError, InvalidRequestError } from "../../errors/errors.js";
import type { AsyncDriverConnection, AsyncExecution, AsyncReply } from "../driver.js";
import { sendCancel } from "./cancel.js";
import { isConnectionLoss, sqlState } from "./errors.js";
import type { PgClient, PgConnection, PgField, PgPackage } from "./pg-package.js";
import { PortalRows } from "./portal-rows.js";
import { type PreparedStatement, PreparedStatements } from "./prepared-statements.js";
import { type QueryMessages, type QueryReply, rowQueryClass, type RunQuery } from "./row-query.js";
import { convertUnknown } from "./server-types.js";
import { SessionReset } from "./session-reset.js";
import { wireValues } from "./wire-values.js";

const DEFINITION = /^(ALTER|CREATE|DROP) /;
const TRANSACTIONS = { I: "none", T: "open", E: "failed" } as const;

export class PostgresqlConnection implements AsyncDriverConnection {
  readonly #client: PgClient;
  readonly #pg: PgPackage;
  readonly #run: RunQuery;
  readonly #prepared: PreparedStatements;
  readonly #prepares: boolean;
  readonly #sessionReset: SessionReset;
  #broken = false;
  /** True once anything ran that a borrower may have left its mark with. */
  #used = false;

  constructor(pg: PgPackage, client: PgClient, prepares: boolean) {
    this.#pg = pg;
    this.#client = client;
    this.#prepares = prepares;
    this.#sessionReset = new SessionReset(prepares);
    this.#prepared = new PreparedStatements(client.connection);
    this.#run = this.#makeRun(rowQueryClass(pg));
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

  get transaction(): "none" | "open" | "failed" | "unknown" {
    const status = this.#broken ? null : this.#client.getTransactionStatus();
    return status === null ? "unknown" : TRANSACTIONS[status];
  }

  get broken(): boolean {
    return this.#broken;
  }

  async execute(execution: AsyncExecution): Promise<AsyncReply> {
    const { sql, parameters } = execution;
    checkText(sql);
    const values = wireValues(parameters);
    this.#used = true;
    if (!this.#prepares || !execution.prepare) {
      const reply = await this.#run({ name: "", text: sql, values, write: writeUnnamed });
      this.#follow(reply.commandTag);
      return asReply(reply, reply.fields, execution);
    }
    const statement = this.#prepared.get(sql);
    const inTransaction = this.transaction !== "none";
    try {
      return await this.#runPrepared(statement, values, execution);
    } catch (error) {
      if (!isStale(error)) throw error;
      this.#prepared.forget(statement);
      // In a transaction, which has failed now, nothing can be repeated.
      if (inTransaction) throw error;
    }
    return this.#runPrepared(this.#prepared.get(sql), values, execution);
  }

  get native(): unknown {
    this.#used = true;
    return this.#client;
  }

  stream({ sql, parameters, columns = null }: AsyncExecution, portionSize: () => number): PortalRows {
    checkText(sql);
    this.#used = true;
    return new PortalRows({
      run: this.#run,
      sql,
      values: wireValues(parameters),
      columns,
      portionSize,
      ownTransaction: this.transaction === "none",
    });
  }

  async ping(): Promise<void> {
    await this.#simple("");
  }

  async reset(): Promise<void> {
    const { transaction } = this;
    if (!this.#used && transaction === "none") return;
    let reply: QueryReply;
    try {
      reply = await this.#resetSession(transaction !== "none");
    } catch (error) {
      // Somebody got rid of the prepared statements without our seeing it.
      if (!isStale(error)) throw error;
      this.#sessionReset.forget();
      reply = await this.#resetSession(true);
    }
    this.#sessionReset.succeeded();
    if (reply.rows.some((row) => row[1] === "t")) {
      await this.#simple("DEALLOCATE ALL");
      this.#forgetPrepared();
    }
    this.#used = false;
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

  #makeRun(RowQuery: ReturnType<typeof rowQueryClass>): RunQuery {
    return (messages) =>
      new Promise((resolve, reject) => {
        const query = new RowQuery(messages);
        query.callback = (error, reply) => {
          if (reply !== null) {
            resolve(reply);
            return;
          }
          if (isConnectionLoss(error)) this.#broken = true;
          // Sound: what pg hands over is an Error; anything else becomes one.
          reject(error instanceof Error ? error : new InternalError(String(error)));
        };
        this.#client.query(query);
      });
  }

  /** Keeps what is known of prepared statements in step with what a statement may have done to them. */
  #follow(commandTag: string | null): void {
    if (commandTag === "DEALLOCATE ALL" || commandTag === "DISCARD ALL") this.#forgetPrepared();
    // Plans over a changed table could return other columns, which the server would refuse, in a transaction for good.
    else if (commandTag !== null && DEFINITION.test(commandTag)) this.#prepared.forgetAll();
  }

  async #runPrepared(
    statement: PreparedStatement,
    values: QueryMessages["values"],
    execution: AsyncExecution,
  ): Promise<AsyncReply> {
    const prepared = this.#prepared;
    const reply = await this.#run({
      name: statement.name,
      text: statement.text,
      values,
      write(connection) {
        prepared.closeForgotten();
        if (!prepared.isParsed(statement)) connection.parse({ name: statement.name, text: statement.text });
        connection.bind({ portal: "", statement: statement.name, values });
        // A named statement's columns never change: the server refuses to run it instead.
        if (statement.fields === undefined) connection.describe({ type: "P", name: "" });
        connection.execute({ portal: "", rows: 0 });
        connection.sync();
      },
    });
    if (statement.fields === undefined) statement.fields = reply.fields;
    return asReply(reply, statement.fields, execution);
  }

  #forgetPrepared(): void {
    this.#prepared.clear();
    this.#sessionReset.forget();
  }

  #resetSession(rollback: boolean): Promise<QueryReply> {
    const write = (connection: PgConnection): void => this.#sessionReset.write(connection, rollback);
    return this.#run({ name: "", text: "", values: [], write });
  }

  #simple(text: string): Promise<QueryReply> {
    return this.#run({ name: "", text, values: [], write: writeSimple });
  }
}

function asReply(
  { rows, commandTag }: QueryReply,
  fields: readonly PgField[] | null,
  { columns = null, returnsKey = false }: AsyncExecution,
): AsyncReply {
  if (fields !== null) convertUnknown(rows, fields, columns);
  const rowCount = countOf(commandTag);
  if (returnsKey) return { rows: [], columnNames: null, rowCount, lastInsertId: keyOf(rows), commandTag };
  return {
    rows,
    columnNames: fields === null ? null : namesOf(fields),
    rowCount,
    lastInsertId: null,
    commandTag,
  };
}

function writeUnnamed(connection: PgConnection, { text, values }: QueryMessages): void {
  connection.parse({ name: "", text });
  connection.bind({ portal: "", statement: "", values });
  connection.describe({ type: "P", name: "" });
  connection.execute({ portal: "", rows: 0 });
  connection.sync();
}

/** Several statements in one message; texts of this package's own only. */
function writeSimple(connection: PgConnection, { text }: QueryMessages): void {
  connection.query(text);
}

function checkText(sql: string): void {
  if (sql.includes("\0")) throw new InvalidRequestError("the statement holds a NUL character, which no SQL text may");
}

/** True where the name is not known to the server any more, or stands for a plan that no longer fits its tables. */
function isStale(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== "0A000") return state === "26000";
  // The routine is the same in every language of messages.
  return error instanceof Error && "routine" in error && error.routine === "RevalidateCachedQuery";
}

const names = new WeakMap<readonly PgField[], readonly string[]>();

function namesOf(fields: readonly PgField[]): readonly string[] {
  let found = names.get(fields);
  if (found === undefined) {
    found = fields.map((field) => field.name);
    names.set(fields, found);
  }
  return found;
}

function keyOf(rows: readonly (readonly unknown[])[]): number | bigint | null {
  const key = rows[0]?.[0];
  return typeof key === "number" || typeof key === "bigint" ? key : null;
}

/** The number at the end of `UPDATE 3` or `INSERT 0 5`. */
function countOf(commandTag: string | null): number {
  if (commandTag === null) return 0;
  const count = Number(commandTag.slice(commandTag.lastIndexOf(" ") + 1));
  return Number.isNaN(count) ? 0 : count;
}
