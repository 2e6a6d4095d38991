// The synchronous half of a session: flows driven in place, and the short ways of single statements, which need none.
import type { Connection } from "../engine/connection.js";
import type { ExecutionReply } from "../engine/execution.js";
import { runSync } from "../engine/run-operation.js";
import { ArgumentError } from "../errors/errors.js";
import { keyParameters } from "./column-load.js";
import type { Entity, IdentityKey } from "./entity.js";
import { directSelect, readDirectly } from "./load/direct-get.js";
import { isExpired } from "./load/get-entity.js";
import { type Mapper, mapperOf } from "./mapper.js";
import type { BindOf } from "./session-connections.js";
import { SessionCore } from "./session-core.js";
import { isCall, type SessionFlow, type SessionRequest } from "./session-flow.js";

/** How a synchronous session reaches its database. */
export interface SyncRunner {
  /** Drives a flow to its end. */
  run<T>(flow: SessionFlow<T>): T;
  /** Answers one request. */
  perform(request: SessionRequest): ExecutionReply;
  /** An object by key where one statement without anything around it will do; undefined where it will not. */
  getDirectly(mapper: Mapper, key: IdentityKey): Entity | null | undefined;
  /** Closes the session where one connection has to be given back at most; false where it is more than that. */
  closeDirectly(): boolean;
  connection(bind?: BindOf<Connection>): Connection;
}

/** For plain JavaScript: TypeScript does not let it come to that. */
function asynchronousBind(): ArgumentError {
  return new ArgumentError("Session takes what createEngine() makes; for an asynchronous engine use AsyncSession");
}

/** A session core over an engine's connections. */
export class SyncSessionCore extends SessionCore<Connection> implements SyncRunner {
  connection(bind: BindOf<Connection> = this.mainBind): Connection {
    const open = this.connections.find(bind);
    if (open !== null && this.state === "active") return open;
    return "perform" in bind || this.connections.depth > 0 ? this.run(this.connecting(bind)) : this.#connect(bind);
  }

  #connect(bind: Exclude<BindOf<Connection>, Connection>): Connection {
    this.requireUsable();
    this.ensureBegun();
    const connection = bind.connect();
    if (connection instanceof Promise) throw asynchronousBind();
    return this.connections.own(bind, connection);
  }

  perform(request: SessionRequest): ExecutionReply {
    // What a call gives is its answer; see `call`.
    if (isCall(request)) return request.call() as ExecutionReply;
    // Requests are routed to nothing but binds of the session.
    return this.connection(request.bind as BindOf<Connection> | undefined).perform(request);
  }

  run<T>(flow: SessionFlow<T>): T {
    return runSync(flow, this);
  }

  override atAccess(work: SessionFlow<void>): void {
    this.run(work);
  }

  closeDirectly(): boolean {
    const { connections } = this;
    if (this.state === "closed" || !connections.hasOnlyOwn) return false;
    try {
      connections.takeFirst()?.close();
    } finally {
      this.closed("close");
    }
    return true;
  }

  getDirectly(mapper: Mapper, key: IdentityKey): Entity | null | undefined {
    const known = this.objects.identities(mapper).get(key);
    if (known !== undefined) {
      if (!mapperOf(known).isA(mapper)) return null;
      return this.objects.deleting.has(known) || !isExpired(mapperOf(known), known) ? known : undefined;
    }
    const { only } = this;
    const select = only === null ? null : directSelect(this, mapper, only.dialect.sql);
    if (only === null || select === null) return undefined;
    const { rows } = this.connection(only).runForOne(select.compiled, keyParameters(mapper, select, key));
    return readDirectly(this, mapper, select, key, rows);
  }
}
