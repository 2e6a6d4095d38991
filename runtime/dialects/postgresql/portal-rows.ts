// Rows in portions, read from a portal on the server. Each portion is a round trip of its own, so that other statements
// may run between them; as a portal lives no longer than its transaction, there is always one.
import type { SqlRow } from "../../engine/execution.js";
import type { SqlType } from "../../types/sql-type.js";
import type { PgConnection, PgField } from "./pg-package.js";
import type { QueryReply, RunQuery } from "./row-query.js";
import { convertUnknown } from "./server-types.js";

interface PortalOptions {
  readonly run: RunQuery;
  readonly sql: string;
  readonly values: readonly (string | Buffer | null)[];
  readonly columns: readonly { readonly type: SqlType }[] | null;
  /** How many rows the next portion has at most. */
  readonly portionSize: () => number;
  /** True where no transaction is open: the portal then gets one, which ends with it. */
  readonly ownTransaction: boolean;
}

let portals = 0;

export class PortalRows implements AsyncIterableIterator<SqlRow[]> {
  /** Known once the first portion has arrived. */
  columnNames: readonly string[] = [];
  readonly #options: PortalOptions;
  readonly #portal: string;
  #state: "new" | "open" | "ended" = "new";
  #fields: readonly PgField[] = [];

  constructor(options: PortalOptions) {
    this.#options = options;
    portals += 1;
    this.#portal = `athanor_${String(portals)}`;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<SqlRow[]>> {
    if (this.#state === "ended") return { done: true, value: undefined };
    const { columns } = this.#options;
    let reply: QueryReply;
    try {
      reply = this.#state === "new" ? await this.#open() : await this.#fetch();
    } catch (error) {
      await this.#abandon();
      throw error;
    }
    if (!reply.suspended) await this.#close();
    if (reply.rows.length === 0) return { done: true, value: undefined };
    convertUnknown(reply.rows, this.#fields, columns);
    return { done: false, value: reply.rows };
  }

  async return(): Promise<IteratorResult<SqlRow[]>> {
    if (this.#state === "open") await this.#close();
    this.#state = "ended";
    return { done: true, value: undefined };
  }

  async #open(): Promise<QueryReply> {
    const { run, sql, values, ownTransaction } = this.#options;
    if (ownTransaction) await this.#command("BEGIN");
    this.#state = "open";
    const reply = await run({
      name: "",
      text: sql,
      values,
      write: (connection) => {
        connection.parse({ name: "", text: sql });
        connection.bind({ portal: this.#portal, statement: "", values });
        connection.describe({ type: "P", name: this.#portal });
        this.#writeFetch(connection);
      },
    });
    this.#fields = reply.fields ?? [];
    this.columnNames = this.#fields.map((field) => field.name);
    return reply;
  }

  #fetch(): Promise<QueryReply> {
    const { run, sql } = this.#options;
    return run({ name: "", text: sql, values: [], write: (connection) => this.#writeFetch(connection) });
  }

  #writeFetch(connection: PgConnection): void {
    connection.execute({ portal: this.#portal, rows: this.#options.portionSize() });
    connection.sync();
  }

  async #close(): Promise<void> {
    const { run, sql, ownTransaction } = this.#options;
    this.#state = "ended";
    if (ownTransaction) {
      await this.#command("COMMIT");
      return;
    }
    await run({
      name: "",
      text: sql,
      values: [],
      write: (connection) => {
        connection.close({ type: "P", name: this.#portal });
        connection.sync();
      },
    });
  }

  /** After an error: the error is what is told, whatever becomes of the rollback. */
  async #abandon(): Promise<void> {
    const begun = this.#state === "open";
    this.#state = "ended";
    if (!begun || !this.#options.ownTransaction) return;
    try {
      await this.#command("ROLLBACK");
    } catch {
      // The connection is gone, and the transaction with it.
    }
  }

  async #command(sql: string): Promise<void> {
    await this.#options.run({ name: "", text: sql, values: [], write: (connection) => connection.query(sql) });
  }
}
