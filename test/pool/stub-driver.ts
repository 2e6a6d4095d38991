// A driver connection without a database, which fails or hangs when told to.
import type { AsyncDriverConnection, AsyncReply } from "../../runtime/dialects/driver.js";
import type { SqlRow } from "../../runtime/engine/execution.js";
import { DisconnectError } from "../../runtime/errors/errors.js";

const REPLY: AsyncReply = { rows: [], columnNames: null, rowCount: 0, lastInsertId: null, commandTag: null };

export class StubDriver implements AsyncDriverConnection {
  readonly number: number;
  takesMore = false;
  transaction: "none" | "open" | "failed" | "unknown" = "none";
  broken = false;
  /** What is told apart by tests: how it ended, what was asked of it. */
  ended: "closed" | "destroyed" | null = null;
  readonly calls: string[] = [];
  /** Calls of these names reject; calls of the others named here never settle. */
  readonly failing = new Set<string>();
  readonly hanging = new Set<string>();

  constructor(number: number) {
    this.number = number;
  }

  async execute({ sql }: { readonly sql: string }): Promise<AsyncReply> {
    await this.#call("execute");
    this.calls.push(sql);
    return REPLY;
  }

  stream(): AsyncIterableIterator<SqlRow[]> & { readonly columnNames: readonly string[] } {
    return Object.assign((async function* (): AsyncIterableIterator<SqlRow[]> {})(), { columnNames: [] });
  }

  ping(): Promise<void> {
    return this.#call("ping");
  }

  async reset(): Promise<void> {
    await this.#call("reset");
    this.transaction = "none";
  }

  cancel(): Promise<void> {
    return this.#call("cancel");
  }

  async close(): Promise<void> {
    await this.#call("close");
    this.ended = "closed";
    this.broken = true;
  }

  destroy(): void {
    this.ended ??= "destroyed";
    this.broken = true;
  }

  async #call(name: string): Promise<void> {
    this.calls.push(name);
    if (this.hanging.has(name)) await new Promise<never>(() => undefined);
    if (this.failing.has(name) || this.broken) throw new DisconnectError(`${name} failed`);
    await Promise.resolve();
  }
}
