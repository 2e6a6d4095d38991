// One session for each scope of a program, such as a request: found through AsyncLocalStorage, so that no function has
// to be handed it. A scoped session has the methods of the session itself.
import { AsyncLocalStorage } from "node:async_hooks";
import { InvalidRequestError } from "../errors/errors.js";
import type { AsyncSession } from "./async-session.js";
import type { Session } from "./session.js";
import type { AsyncSessionMaker, SessionMaker } from "./sessionmaker.js";

/** What a scope needs of a session. */
interface Closable {
  close(): void | Promise<void>;
}

/** What a registry needs of a maker. */
interface Factory<S, O> {
  (overrides?: Partial<O>): S;
  configure(changes: Partial<O>): void;
}

/** What one scope holds. */
interface Scope<S> {
  session: S | undefined;
}

/** One session for each scope that `run` opens, and one for what runs outside of any. */
export class SessionRegistry<S extends Closable, O> {
  readonly #maker: Factory<S, O>;
  readonly #scopes = new AsyncLocalStorage<Scope<S>>();
  readonly #outside: Scope<S> = { session: undefined };

  /** For `scopedSession` and `asyncScopedSession`. */
  constructor(maker: Factory<S, O>) {
    this.#maker = maker;
  }

  /** The current scope's session, made when it is first asked for. */
  get session(): S {
    const scope = this.#current;
    return (scope.session ??= this.#maker());
  }

  /** True where the current scope has a session already. */
  get hasSession(): boolean {
    return this.#current.session !== undefined;
  }

  /** Opens a scope for the block and everything that it awaits; its session is closed at the end. */
  run<T>(block: (session: S) => T): T {
    const scope: Scope<S> = { session: undefined };
    return this.#scopes.run(scope, () => {
      let value: T;
      try {
        value = block(this.session);
      } catch (error) {
        void close(scope);
        throw error;
      }
      if (isPromise(value)) return settle(value, scope);
      void close(scope);
      return value;
    });
  }

  /** Closes the current scope's session; the next use makes another one. */
  remove(): ReturnType<S["close"]> {
    // Without a session there is nothing to close, or to wait for.
    return close(this.#current) as ReturnType<S["close"]>;
  }

  /**
   * Changes options of the sessions to come.
   * @throws InvalidRequestError where the current scope has its session already
   */
  configure(changes: Partial<O>): void {
    if (this.hasSession) throw new InvalidRequestError("This scope has its session already: remove() it first");
    this.#maker.configure(changes);
  }

  get #current(): Scope<S> {
    return this.#scopes.getStore() ?? this.#outside;
  }
}

/** What a scoped session hands on to its scope's session: calls. */
const calls = [
  "add",
  "addAll",
  "delete",
  "expunge",
  "expungeAll",
  "expire",
  "expireAll",
  "refresh",
  "load",
  "merge",
  "has",
  "get",
  "getOne",
  "execute",
  "scalars",
  "scalar",
  "query",
  "connection",
  "getBind",
  "isModified",
  "flush",
  "explainFlush",
  "begin",
  "beginNested",
  "noAutoflush",
  "commit",
  "rollback",
  "close",
  "reset",
] as const satisfies readonly (keyof Session & keyof AsyncSession)[];
/** … and properties. */
const properties = [
  "new",
  "dirty",
  "deleted",
  "identityMap",
  "info",
  "bind",
  "inTransaction",
] as const satisfies readonly (keyof Session & keyof AsyncSession)[];

type HandedOn = (typeof calls)[number] | (typeof properties)[number];

/** A registry that can be used as if it were its scope's session. */
export type ScopedSession = SessionRegistry<Session, Parameters<SessionMaker["configure"]>[0]> &
  Pick<Session, HandedOn>;

/** The same for asynchronous sessions. */
export type AsyncScopedSession = SessionRegistry<AsyncSession, Parameters<AsyncSessionMaker["configure"]>[0]> &
  Pick<AsyncSession, HandedOn>;

for (const name of calls) {
  Object.defineProperty(SessionRegistry.prototype, name, {
    value(this: SessionRegistry<Closable, unknown>, ...given: unknown[]): unknown {
      const method: unknown = Reflect.get(this.session, name);
      return typeof method === "function" ? Reflect.apply(method, this.session, given) : undefined;
    },
  });
}
for (const name of properties) {
  Object.defineProperty(SessionRegistry.prototype, name, {
    get(this: SessionRegistry<Closable, unknown>): unknown {
      return Reflect.get(this.session, name);
    },
  });
}

/** Sessions by scope: `scoped.run(() => …)` opens a request's scope, `scoped.add(…)` and so on are its session's. */
export function scopedSession(maker: SessionMaker): ScopedSession {
  // Sound: the prototype was given what is handed on, above.
  return new SessionRegistry(maker) as unknown as ScopedSession;
}

/** The same for asynchronous sessions; `remove()` and the end of `run()` wait for the session to be closed. */
export function asyncScopedSession(maker: AsyncSessionMaker): AsyncScopedSession {
  // As above.
  return new SessionRegistry(maker) as unknown as AsyncScopedSession;
}

/** What `close()` gave: nothing, or a promise. */
function close<S extends Closable>(scope: Scope<S>): void | Promise<void> {
  const { session } = scope;
  scope.session = undefined;
  return session?.close();
}

function isPromise<T>(value: T): value is T & Promise<unknown> {
  return value instanceof Promise;
}

/** The same promise, fulfilled once the scope's session is closed. */
function settle<T extends Promise<unknown>, S extends Closable>(value: T, scope: Scope<S>): T {
  // `finally` gives a promise of the same value.
  return value.finally(() => close(scope)) as T;
}
