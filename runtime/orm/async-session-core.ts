// The asynchronous half of a session: flows driven by awaiting each answer, one at a time, and access of what is not
// loaded refused.
import type { AsyncConnection } from "../engine/async-connection.js";
import type { ExecutionReply, ExecutionRequest } from "../engine/execution.js";
import { runAsync } from "../engine/run-operation.js";
import { ConcurrentUseError } from "../errors/errors.js";
import { keyParameters } from "./column-load.js";
import type { Entity, IdentityKey } from "./entity.js";
import { directSelect, readDirectly } from "./load/direct-get.js";
import type { KeySelect } from "./key-select.js";
import type { Mapper } from "./mapper.js";
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
  run<T>(method: string, flow: SessionFlow<T>): Promise<T> {
    let turn: Turn;
    try {
      turn = this.occupy(method);
    } catch (error) {
      // oxlint-disable-next-line prefer-promise-reject-errors -- it is one of this package's errors
      return Promise.reject(error);
    }
    const work = this.#drive(flow, turn);
    turn.end = work;
    return work;
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

  /** An object by key where one statement without anything around it will do; null where it will not. */
  getDirectly(mapper: Mapper, key: IdentityKey): Promise<Entity | null> | null {
    const { only } = this;
    if (only === null || this.objects.identities(mapper).get(key) !== undefined) return null;
    const select = directSelect(this, mapper, only.dialect.sql);
    if (select === null) return null;
    const turn = this.occupy("get()");
    const work = this.#getBy(only, mapper, select, key, turn);
    turn.end = work;
    return work;
  }

  async #getBy(
    bind: BindOf<AsyncConnection>,
    mapper: Mapper,
    select: KeySelect,
    key: IdentityKey,
    turn: Turn,
  ): Promise<Entity | null> {
    try {
      const open = this.state === "active" ? this.connections.find(bind) : null;
      const connection = open ?? (await this.connection(bind));
      const { rows } = await connection.run(select.compiled, keyParameters(mapper, select, key));
      // Somebody may have added the object while the database was asked.
      const isNew = this.objects.identities(mapper).get(key) === undefined;
      return readDirectly(this, mapper, isNew ? select : { ...select, keyAt: -1 }, key, rows);
    } finally {
      this.leave(turn);
    }
  }

  /** Closes where one connection at most has to be given back; null where it is more than that. */
  closeDirectly(): Promise<void> | null {
    const { connections } = this;
    if (this.#turn !== null || this.state === "closed" || !connections.hasOnlyOwn) return null;
    return this.#closeWith(connections.takeFirst());
  }

  async #closeWith(connection: AsyncConnection | null): Promise<void> {
    const turn = this.occupy("close()");
    try {
      if (connection !== null) await (turn.end = connection.close());
    } finally {
      this.closed("close");
      this.leave(turn);
    }
  }

  /** Drives a flow of a method that is at work already. */
  drive<T>(flow: SessionFlow<T>): Promise<T> {
    return this.#drive(flow, null);
  }

  /** `turn` ends with the flow. Here, and not in a runner of its own: each promise more is felt in a short call. */
  async #drive<T>(flow: SessionFlow<T>, turn: Turn | null): Promise<T> {
    try {
      let step = flow.next();
      while (step.done !== true) {
        let reply: ExecutionReply;
        this.isWaiting = true;
        try {
          reply = await this.#reply(step.value);
        } catch (error) {
          this.isWaiting = false;
          step = flow.throw(error);
          continue;
        }
        this.isWaiting = false;
        step = flow.next(reply);
      }
      return step.value;
    } finally {
      if (turn !== null) this.leave(turn);
    }
  }

  override atAccess(_: SessionFlow<void>, refusal: () => Error): void {
    throw refusal();
  }

  #reply(request: SessionRequest): ExecutionReply | Promise<ExecutionReply> {
    // What a call gives is its answer; see `call`.
    if (isCall(request)) return request.call() as ExecutionReply | Promise<ExecutionReply>;
    // Requests are routed to nothing but binds of the session.
    const bind = (request.bind ?? this.mainBind) as BindOf<AsyncConnection>;
    const open = this.state === "active" ? this.connections.find(bind) : null;
    return open === null ? this.#replyOf(bind, request) : open.perform(request);
  }

  /** The reply of a connection that is yet to be taken. */
  async #replyOf(bind: BindOf<AsyncConnection>, request: ExecutionRequest): Promise<ExecutionReply> {
    return (await this.connection(bind)).perform(request);
  }

  /** The connection for a bind, in the session's transaction, which begins where it has not. */
  async connection(bind: BindOf<AsyncConnection>): Promise<AsyncConnection> {
    // The usual case needs nothing but the connection.
    if ("perform" in bind || this.connections.depth > 0 || this.connections.find(bind) !== null) {
      return runAsync(this.connecting(bind), (inner) => Promise.resolve(this.#reply(inner)));
    }
    this.requireUsable();
    this.ensureBegun();
    return this.connections.own(bind, await bind.connect());
  }
}
