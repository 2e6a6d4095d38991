// A server's connection with a transaction of its own, whose answers the test decides.
import type { AsyncExecution, AsyncReply, AsyncDriverConnection } from "../../runtime/dialects/driver.js";
import type { SqlRow } from "../../runtime/engine/execution.js";

/** `silence`: no answer ever. `cut`: the connection breaks. An error: the server refuses. Else: a reply. */
export type Answer = "silence" | "cut" | Error | Partial<AsyncReply> | null;

const EMPTY: AsyncReply = { rows: [], columnNames: null, rowCount: 0, lastInsertId: null, commandTag: null };

export class ServerStub implements AsyncDriverConnection {
  readonly sent: string[] = [];
  readonly events: string[] = [];
  transaction: "none" | "open" | "failed" | "unknown" = "none";
  broken = false;
  readonly takesPrelude: boolean;
  readonly answer: (sql: string, server: ServerStub) => Answer;

  constructor(answer: (sql: string, server: ServerStub) => Answer, takesPrelude = false) {
    this.answer = answer;
    this.takesPrelude = takesPrelude;
  }

  async execute({ sql, prelude = [] }: AsyncExecution): Promise<AsyncReply> {
    await Promise.resolve();
    if (this.broken) throw new TypeError("the connection is closed");
    this.sent.push([...prelude, sql].join("; "));
    let reply: AsyncReply | Promise<AsyncReply> = EMPTY;
    for (const each of [...prelude, sql]) reply = this.#reply(each);
    return reply;
  }

  #reply(sql: string): AsyncReply | Promise<AsyncReply> {
    const answer = this.answer(sql, this);
    if (answer === "silence") return new Promise(() => undefined);
    if (answer === "cut") {
      this.broken = true;
      this.transaction = "unknown";
      // As drivers do it: without a code.
      throw new TypeError("Connection terminated unexpectedly");
    }
    if (answer instanceof Error) throw answer;
    this.#follow(sql);
    return { ...EMPTY, ...answer };
  }

  /** An answer after which the transaction takes nothing more. */
  readonly fail = (error: Error): Error => {
    this.transaction = "failed";
    return error;
  };

  #follow(sql: string): void {
    if (sql.startsWith("BEGIN")) this.transaction = "open";
    else if (sql === "COMMIT" || sql === "ROLLBACK") this.transaction = "none";
    else if (sql.startsWith("ROLLBACK TO")) this.transaction = "open";
  }

  stream(execution: AsyncExecution): AsyncIterableIterator<SqlRow[]> & { readonly columnNames: readonly string[] } {
    const portions = async function* (server: ServerStub): AsyncIterableIterator<SqlRow[]> {
      const { rows } = await server.execute(execution);
      yield rows;
    };
    return Object.assign(portions(this), { columnNames: ["x"] });
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }

  async reset(): Promise<void> {
    this.events.push("reset");
    if (this.transaction !== "none") await this.#reply("ROLLBACK");
  }

  cancel(): Promise<void> {
    this.events.push("cancel");
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.events.push("close");
    this.broken = true;
    return Promise.resolve();
  }

  destroy(): void {
    this.events.push("destroy");
    this.broken = true;
  }
}
