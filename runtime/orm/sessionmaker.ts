// Factories of sessions: one set of options for a whole program.
import { EVENTS, EventHub } from "../events/event-hub.js";
import { AsyncSession, type AsyncSessionOptions } from "./async-session.js";
import type { SessionEvents } from "./events/session-events.js";
import { Session, type SessionOptions } from "./session.js";

/** Makes sessions `S` from options `O`. */
interface Maker<S, O> {
  /** Who listens to the maker's sessions; `listen` asks. */
  readonly [EVENTS]: EventHub<SessionEvents<S>>;
  /** A session with the maker's options, or with these over them. */
  (overrides?: Partial<O>): S;
  /** Changes options of the sessions to come. */
  configure(changes: Partial<O>): void;
}

/** Makes sessions: call it, or let it run a block in a transaction of its own. */
export interface SessionMaker extends Maker<Session, SessionOptions> {
  /** Runs the block in a new session's transaction: commits when it returns, rolls back when it throws, then closes. */
  begin<T>(block: (session: Session) => T): T;
}

/** The same for asynchronous sessions. */
export interface AsyncSessionMaker extends Maker<AsyncSession, AsyncSessionOptions> {
  /** Runs the block in a new session's transaction: committed when it resolves, rolled back when it rejects. */
  begin<T>(block: (session: AsyncSession) => T | Promise<T>): Promise<T>;
}

/** A factory of sessions with these options. */
export function sessionmaker(options: SessionOptions): SessionMaker {
  const make = makerOf(options, Session[EVENTS], (complete) => new Session(complete));
  return Object.assign(make, {
    begin<T>(block: (session: Session) => T): T {
      const session = make();
      try {
        return session.begin(() => block(session));
      } finally {
        session.close();
      }
    },
  });
}

/** A factory of asynchronous sessions with these options. */
export function asyncSessionmaker(options: AsyncSessionOptions): AsyncSessionMaker {
  const make = makerOf(options, AsyncSession[EVENTS], (complete) => new AsyncSession(complete));
  return Object.assign(make, {
    async begin<T>(block: (session: AsyncSession) => T | Promise<T>): Promise<T> {
      const session = make();
      try {
        return await session.begin(() => block(session));
      } finally {
        await session.close();
      }
    },
  });
}

function makerOf<S extends { adoptEvents(events: EventHub<SessionEvents<S>>): void }, O extends object>(
  options: O,
  classEvents: EventHub<SessionEvents<S>>,
  create: (options: O) => S,
): Maker<S, O> {
  let current = options;
  const events = new EventHub(classEvents);
  const make = (overrides: Partial<O> = {}): S => {
    const session = create({ ...current, ...overrides });
    session.adoptEvents(events);
    return session;
  };
  return Object.assign(make, {
    [EVENTS]: events,
    configure(changes: Partial<O>): void {
      current = { ...current, ...changes };
    },
  });
}
