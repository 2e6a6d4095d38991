// `expectQueries(engine, 2, work)`: a test's word on how many statements a piece of work may take.
import { EVENTS, type EventHub } from "../events/event-hub.js";
import { QueryCountError } from "../errors/errors.js";

/** A statement as the engine's event tells of it. */
interface SentStatement {
  readonly statement: { readonly sql: string };
}

interface SentEvents {
  readonly afterCursorExecute: SentStatement;
}

/** What can be counted on: an engine of either kind. */
interface CountedEngine {
  readonly [EVENTS]: { readonly events?: { readonly afterCursorExecute: unknown } };
}

/**
 * Runs the work, and fails where it did not send exactly so many statements. Transaction control does not count, an
 * executemany counts once. What asynchronous work sends is counted until its promise settles.
 * @returns what the work returns
 * @throws QueryCountError with the statements that were sent
 */
export function expectQueries<T>(engine: CountedEngine, count: number, work: () => T): T {
  // Sound: an engine's events have this one.
  const events = engine[EVENTS] as EventHub<SentEvents>;
  const sent: string[] = [];
  const note = ({ statement }: SentStatement): void => void sent.push(statement.sql);
  const check = (): void => {
    events.remove("afterCursorExecute", note);
    if (sent.length !== count) throw new QueryCountError(wrongCount(count, sent));
  };
  events.add("afterCursorExecute", note);
  let result: T;
  try {
    result = work();
  } catch (error) {
    events.remove("afterCursorExecute", note);
    throw error;
  }
  if (!(result instanceof Promise)) {
    check();
    return result;
  }
  const settled = result.then(
    (value: unknown) => {
      check();
      return value;
    },
    (error: unknown) => {
      events.remove("afterCursorExecute", note);
      throw error;
    },
  );
  // Sound: it settles as the work's own promise does.
  return settled as T;
}

function wrongCount(count: number, sent: readonly string[]): string {
  const list = sent.map((sql, at) => `\n  ${at + 1}. ${sql.replaceAll(/\s+/g, " ")}`).join("");
  return `Expected ${count} statement(s), but ${sent.length} were sent${sent.length === 0 ? "" : `:${list}`}`;
}
