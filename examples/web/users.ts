// What the web examples have in common: the sessions of requests, and what the routes do with them. No function is
// handed a session: it is the request's own, found through AsyncLocalStorage.
import {
  type AsyncEngine,
  asyncScopedSession,
  type AsyncScopedSession,
  asyncSessionmaker,
  select,
  selectinload,
} from "athanor";
import { Address, User } from "../../generated/index.js";

/** A user as the routes show one. */
export interface UserView {
  readonly id: number;
  readonly name: string;
  readonly addresses: readonly string[];
}

/** One session a request, over the engine's pool. */
export function requestSessions(engine: AsyncEngine): AsyncScopedSession {
  return asyncScopedSession(asyncSessionmaker({ bind: engine }));
}

/** The routes' own work, in the session of whoever calls. */
export class Users {
  readonly #sessions: AsyncScopedSession;

  constructor(sessions: AsyncScopedSession) {
    this.#sessions = sessions;
  }

  async add(name: string, emailAddress: string): Promise<UserView> {
    const user = new User({ name, addresses: [new Address({ emailAddress })] });
    this.#sessions.add(user);
    await this.#sessions.commit();
    return view(user);
  }

  async list(): Promise<UserView[]> {
    const users = await this.#sessions.scalars(select(User).options(selectinload(User.addresses)).orderBy(User.id));
    return users.all().map(view);
  }

  /** The user of this id; null where there is none. */
  async find(id: number): Promise<UserView | null> {
    const user = await this.#sessions.get(User, id, { options: [selectinload(User.addresses)] });
    return user === null ? null : view(user);
  }
}

function view({ id, name, addresses }: User): UserView {
  return { id, name, addresses: addresses.map(({ emailAddress }) => emailAddress) };
}
