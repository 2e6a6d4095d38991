// The asynchronous half of a session: flows driven by awaiting each answer, one at a time, and access of what is not
// loaded refused.
import type { AsyncConnection } from "../engine/async-connection.js";
import type { ExecutionReply } from "../engine/execution.js";
import { runAsync } from "../engine/run-operation.js";
import { ConcurrentUseError } from "../errors/errors.js";
import type { BindOf } from "./session-connections.js";
import { SessionCore } from "./session-core.js";
import { isCall, type SessionFlow, type SessionRequest } from "./session-flow.js";

/** A call at work: its name and, unless a stream's reader decides on that, its end. */
interface Turn {
  readonly method: string;
  end: Promise<unknown> | null;
}

/** A session core over an asynchronous engine's connections. */
export class AsyncSessionCore extends SessionCore<AsyncConnection> {
  /** Null while nothing is at work. */
  #turn: Turn | null = null;

  /**
   * Drives a flow to its end, for the method named.
   * @throws ConcurrentUseError where another one is at work
   */
  async run<T>(method: string, flow: SessionFlow<T>): Promise<T> {
    const turn = this.occupy(method);
    try {
      const first = flow.next();
      // Much asks the database for nothing: to delete an object that leads to no others, for one.
      if (first.done === true) return first.value;
      const work = runAsync(flow, (request) => this.#answer(request), first);
      turn.end = work;
      return await work;
    } finally {
      this.leave(turn);
    }
  }

  /** @throws ConcurrentUseError where another method is at work */
  occupy(method: string): Turn {
    if (this.#turn !== null) {
      throw new ConcurrentUseError(
        `session.${method} was called while session.${this.#turn.method} of the same session is still at work: ` +
          "await the one before the other, or take a session each",
      );
    }
    return (this.#turn = { method, end: null });
  }

  leave(turn: Turn): void {
    if (this.#turn === turn) this.#turn = null;
  }

  /**
   * For `close()`: cuts off a call that is still at work, because nobody could say what its transaction holds, and
   * waits for its end.
   */
  async interrupt(): Promise<void> {
    const turn = this.#turn;
    if (turn === null) return;
    this.connections.cut();
    await turn.end?.catch(() => undefined);
    this.leave(turn);
  }

  /** Drives a flow of a method that is at work already. */
  drive<T>(flow: SessionFlow<T>): Promise<T> {
    return runAsync(flow, (request) => this.#answer(request));
  }

  override atAccess(_: SessionFlow<void>, refusal: () => Error): void {
    throw refusal();
  }

  async #answer(request: SessionRequest): Promise<ExecutionReply> {
    this.isWaiting = true;
    try {
      return await this.#reply(request);
    } finally {
      this.isWaiting = false;
    }
  }

  async #reply(request: SessionRequest): Promise<ExecutionReply> {
    // What a call gives is its answer; see `call`.
    if (isCall(request)) return (await request.call()) as ExecutionReply;
    // Requests are routed to nothing but binds of the session.
    const bind = (request.bind ?? this.mainBind) as BindOf<AsyncConnection>;
    const open = this.state === "active" ? this.connections.find(bind) : null;
    const connection = open ?? (await runAsync(this.connecting(bind), (inner) => this.#reply(inner)));
    return connection.perform(request);
  }
}
