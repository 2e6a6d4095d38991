// Factories of sessions: one set of options for a whole program, and one session for each scope of it.
import { AsyncLocalStorage } from "node:async_hooks";
import { InvalidRequestError } from "../errors/errors.js";
import { Session, type SessionOptions } from "./session.js";

/** Makes sessions: call it, or let it run a block in a transaction of its own. */
export interface SessionMaker {
  /** A session with the maker's options, or with these over them. */
  (overrides?: Partial<SessionOptions>): Session;
  /** Runs the block in a new session's transaction: commits when it returns, rolls back when it throws, then closes. */
  begin<T>(block: (session: Session) => T): T;
  /** Changes options of the sessions to come. */
  configure(changes: Partial<SessionOptions>): void;
}

/** A factory of sessions with these options. */
export function sessionmaker(options: SessionOptions): SessionMaker {
  let current = options;
  const make = (overrides: Partial<SessionOptions> = {}): Session => new Session({ ...current, ...overrides });
  return Object.assign(make, {
    begin<T>(block: (session: Session) => T): T {
      const session = make();
      try {
        return session.begin(() => block(session));
      } finally {
        session.close();
      }
    },
    configure(changes: Partial<SessionOptions>): void {
      current = { ...current, ...changes };
    },
  });
}

/** What one scope holds. */
interface Scope {
  session: Session | undefined;
}

/** One session for each scope that `run` opens, and one for what runs outside of any. */
export class ScopedSession {
  readonly #maker: SessionMaker;
  readonly #scopes = new AsyncLocalStorage<Scope>();
  readonly #outside: Scope = { session: undefined };

  constructor(maker: SessionMaker) {
    this.#maker = maker;
  }

  /** The current scope's session, made when it is first asked for. */
  get session(): Session {
    const scope = this.#current;
    return (scope.session ??= this.#maker());
  }

  /** True where the current scope has a session already. */
  get hasSession(): boolean {
    return this.#current.session !== undefined;
  }

  /** Opens a scope for the block and everything that it awaits; its session is closed at the end. */
  run<T>(block: (session: Session) => T): T {
    const scope: Scope = { session: undefined };
    return this.#scopes.run(scope, () => {
      let value: T;
      try {
        value = block(this.session);
      } catch (error) {
        close(scope);
        throw error;
      }
      if (isPromise(value)) return settle(value, scope);
      close(scope);
      return value;
    });
  }

  /** Closes the current scope's session; the next use makes another one. */
  remove(): void {
    close(this.#current);
  }

  /**
   * Changes options of the sessions to come.
   * @throws InvalidRequestError where the current scope has its session already
   */
  configure(changes: Partial<SessionOptions>): void {
    if (this.hasSession) throw new InvalidRequestError("This scope has its session already: remove() it first");
    this.#maker.configure(changes);
  }

  get #current(): Scope {
    return this.#scopes.getStore() ?? this.#outside;
  }
}

/** Sessions by scope: `scoped.run(() => …)` opens a request's scope, `scoped.session` is its session. */
export function scopedSession(maker: SessionMaker): ScopedSession {
  return new ScopedSession(maker);
}

function close(scope: Scope): void {
  scope.session?.close();
  scope.session = undefined;
}

function isPromise<T>(value: T): value is T & Promise<unknown> {
  return value instanceof Promise;
}

/** The same promise, fulfilled once the scope's session is closed. */
function settle<T extends Promise<unknown>>(value: T, scope: Scope): T {
  // `finally` gives a promise of the same value.
  return value.finally(() => close(scope)) as T;
}
