// A statement's rows in portions, as they arrive: the socket is paused while nobody takes them, so that no more than a
// portion or two wait in memory.
import type { SqlRow } from "../../engine/execution.js";
import { InternalError } from "../../errors/errors.js";
import { errorNumber, INTERRUPTED } from "./errors.js";
import type { Mysql2Connection, Mysql2Statement } from "./mysql2-package.js";
import { ResultFields } from "./reply.js";

interface PortionsOptions {
  readonly connection: Mysql2Connection;
  readonly statement: Mysql2Statement;
  /** How many rows the next portion has at most. */
  readonly portionSize: () => number;
  /** Asks the server to give the statement up. Rejects where it cannot be asked: then all rows are read. */
  readonly cancel: () => Promise<void>;
  /** Takes in a request to give up that came too late. */
  readonly settle: () => Promise<void>;
  readonly started: () => void;
  /** Told once, with the error if there was one. */
  readonly finished: (error: Error | null) => void;
  /** Takes what ends the wait when the connection is lost; null when there is no wait any more. */
  readonly onLoss: (lose: ((error: Error) => void) | null) => void;
}

export class RowPortions implements AsyncIterableIterator<SqlRow[]> {
  readonly #options: PortionsOptions;
  readonly #fields = new ResultFields();
  #rows: unknown[][] = [];
  #wanted = 0;
  #started = false;
  #ended = false;
  #error: Error | null = null;
  /** True once nobody wants the rows. */
  #discarding = false;
  #wake: (() => void) | null = null;

  constructor(options: PortionsOptions) {
    this.#options = options;
  }

  get columnNames(): readonly string[] {
    return this.#fields.names ?? [];
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<SqlRow[], undefined>> {
    const size = this.#options.portionSize();
    this.#wanted = size;
    if (!this.#started) this.#start();
    await this.#until(() => this.#rows.length >= size);
    if (this.#error !== null) throw this.#takeError();
    const portion = this.#rows.splice(0, size);
    if (portion.length === 0) return { done: true, value: undefined };
    this.#fields.widen(portion);
    return { done: false, value: portion };
  }

  /** Ends early: what has come already is thrown away, and the server is asked to give up what has not. */
  async return(): Promise<IteratorResult<SqlRow[], undefined>> {
    this.#rows = [];
    if (this.#started && !this.#ended) {
      this.#discarding = true;
      await this.#options.cancel().catch(() => {});
      await this.#until(() => false);
      if (this.#error === null) await this.#options.settle();
    }
    if (this.#error !== null && errorNumber(this.#error) !== INTERRUPTED) throw this.#takeError();
    this.#error = null;
    return { done: true, value: undefined };
  }

  #start(): void {
    const { connection, statement, started, onLoss } = this.#options;
    this.#started = true;
    started();
    onLoss((error) => this.#end(error));
    connection
      .execute(statement)
      .on("fields", this.#fields.take)
      .on("result", (row) => {
        if (Array.isArray(row)) this.#take(row);
      })
      .on("error", (error) => this.#end(error))
      .on("end", () => this.#end(null));
  }

  #take(row: unknown[]): void {
    if (this.#discarding) return;
    this.#rows.push(row);
    if (this.#rows.length < this.#wanted) return;
    this.#options.connection.pause();
    this.#wake?.();
  }

  #end(error: Error | null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.#options.onLoss(null);
    this.#options.finished(error);
    this.#wake?.();
  }

  /** Lets rows come until there are enough of them, or no more. */
  async #until(enough: () => boolean): Promise<void> {
    if (this.#wake !== null) throw new InternalError("two calls wait for rows of one result");
    if (enough() || this.#ended) return;
    await new Promise<void>((resolve) => {
      this.#wake = () => {
        if (!enough() && !this.#ended) return;
        this.#wake = null;
        resolve();
      };
      // Rows that wait in the driver come at once, within this call.
      this.#options.connection.resume();
    });
  }

  #takeError(): Error {
    const error = this.#error ?? new InternalError("no error to take");
    this.#error = null;
    this.#rows = [];
    return error;
  }
}
