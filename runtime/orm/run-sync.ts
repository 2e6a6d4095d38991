// `asyncSession.runSync(…)`: code written for the synchronous face, run over an asynchronous session's objects. What
// needs no database works; what would have to wait for one is refused, because nothing can wait there.
import type { AsyncConnection } from "../engine/async-connection.js";
import type { Connection } from "../engine/connection.js";
import { runSync } from "../engine/run-operation.js";
import { InvalidRequestError } from "../errors/errors.js";
import type { SessionCore } from "./session-core.js";
import type { SessionFlow } from "./session-flow.js";
import { BorrowedSession, Session } from "./session.js";
import type { SyncRunner } from "./sync-session-core.js";

/** Runs the block on a synchronous session over the same core. */
// oxlint-disable-next-line require-yield -- nothing in it may wait; as a flow it takes its turn with the others.
export function* borrowedSession<T>(
  core: SessionCore<AsyncConnection>,
  block: (session: Session) => T,
): SessionFlow<T> {
  // Sound: the connections are all that differs, and this runner hands none out.
  const borrowed = core as unknown as SessionCore<Connection>;
  const value = block(new Session(new BorrowedSession(borrowed, new RefusingRunner())));
  if (!(value instanceof Promise)) return value;
  value.catch(() => undefined);
  throw new InvalidRequestError("The block given to runSync() returned a promise: write it without async and await");
}

/** Drives flows as far as they need no database. */
class RefusingRunner implements SyncRunner {
  run<T>(flow: SessionFlow<T>): T {
    return runSync(flow, this);
  }

  perform(): never {
    throw new InvalidRequestError(
      "This call within runSync() needs the database, which only the asynchronous session can wait for: " +
        "await it there, before runSync() or after it",
    );
  }

  getDirectly(): undefined {
    return undefined;
  }

  closeDirectly(): boolean {
    return false;
  }

  connection(): never {
    return this.perform();
  }
}
