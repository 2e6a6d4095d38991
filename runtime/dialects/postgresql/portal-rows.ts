// Rows in portions, read from a portal on the server. Each portion is a round trip of its own, so that other statements
// may run between them; as a portal lives no longer than its transaction, there is always one.
import type { SqlRow } from "../../engine/execution.js";
import type { SqlType } from "../../types/sql-type.js";
import type { PgField } from "./pg-package.js";
import type { QueryReply } from "./row-query.js";
import { convertUnknown } from "./server-types.js";
import type { WireMessages, WireValue } from "./wire-messages.js";

/** One round trip; `write` leaves out SYNC. */
type RoundTrip = (write: (messages: WireMessages) => void) => Promise<QueryReply>;

interface PortalOptions {
  readonly run: RoundTrip;
  readonly sql: string;
  readonly values: readonly WireValue[];
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
    const { run, sql, values, ownTransaction, portionSize } = this.#options;
    if (ownTransaction) await this.#command("BEGIN");
    this.#state = "open";
    const reply = await run((messages) => {
      messages.parse("", sql);
      messages.bind(this.#portal, "", values);
      messages.describe(this.#portal);
      messages.execute(this.#portal, portionSize());
    });
    this.#fields = reply.fields ?? [];
    this.columnNames = this.#fields.map((field) => field.name);
    return reply;
  }

  #fetch(): Promise<QueryReply> {
    const { run, portionSize } = this.#options;
    return run((messages) => {
      messages.execute(this.#portal, portionSize());
    });
  }

  async #close(): Promise<void> {
    const { run, ownTransaction } = this.#options;
    this.#state = "ended";
    if (ownTransaction) {
      await this.#command("COMMIT");
      return;
    }
    await run((messages) => {
      messages.closePortal(this.#portal);
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
    await this.#options.run((messages) => {
      messages.command(sql);
    });
  }
}
