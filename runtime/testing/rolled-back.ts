// Sessions for tests that leave nothing behind: they work, commit and roll back inside an outer transaction, which is
// rolled back in the end.
import type { AsyncEngine } from "../engine/async-engine.js";
import type { Engine } from "../engine/engine.js";
import { AsyncSession, type AsyncSessionOptions } from "../orm/async-session.js";
import { Session, type SessionOptions } from "../orm/session.js";

const joined = { joinTransactionMode: "create_savepoint" } as const;

/**
 * Runs the work with a session whose commits are released savepoints: others never see them, and nothing stays.
 * @returns what the work returns
 */
export function rolledBack<T>(
  engine: Engine,
  work: (session: Session) => T,
  options: Omit<SessionOptions, "bind" | "joinTransactionMode"> = {},
): T {
  const connection = engine.connect();
  try {
    connection.begin();
    const session = new Session(connection, { ...options, ...joined });
    try {
      return work(session);
    } finally {
      session.close();
    }
  } finally {
    connection.rollback();
    connection.close();
  }
}

/** The same for asynchronous work. */
export async function rolledBackAsync<T>(
  engine: AsyncEngine,
  work: (session: AsyncSession) => T | Promise<T>,
  options: Omit<AsyncSessionOptions, "bind" | "joinTransactionMode"> = {},
): Promise<T> {
  const connection = await engine.connect();
  try {
    await connection.begin();
    const session = new AsyncSession(connection, { ...options, ...joined });
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  } finally {
    await connection.rollback();
    await connection.close();
  }
}
