// Finds relationships that are loaded one by one: the same attribute read on many objects, each time with a SELECT,
// where one option would have loaded it for all.
import { EVENTS, type EventHub } from "../../events/event-hub.js";
import type { SessionEvents } from "./session-events.js";

/** What was loaded one by one. */
export interface LoadPattern {
  /** As `User.addresses`. */
  readonly attribute: string;
  /** How many SELECTs that were. */
  readonly loads: number;
  /** What to add to the query that loads the objects. */
  readonly option: string;
}

/** Counts loads at access for as long as it is not stopped. */
export interface LoadWatch extends Disposable {
  /** The attributes that were loaded more than once, the most frequent first. */
  readonly patterns: readonly LoadPattern[];
  stop(): void;
  /** One line a pattern, for people. */
  toString(): string;
}

/** What can be watched: a session, a `sessionmaker`, or all sessions of a class. */
interface WatchTarget {
  readonly [EVENTS]: { readonly events?: { readonly lazyLoad: unknown } };
}

/**
 * Watches a session, the sessions of a maker, or all of a class (`Session`) for relationships that are loaded one by
 * one (the N+1 pattern). Stop it, or let a `using` variable do so.
 * @param target what `listen` takes for sessions
 */
export function watchLoads(target: WatchTarget): LoadWatch {
  const counts = new Map<string, { attribute: string; loads: number; option: string }>();
  const count = ({ attribute, option }: { readonly attribute: string; readonly option: string }): void => {
    const known = counts.get(attribute);
    if (known === undefined) counts.set(attribute, { attribute, loads: 1, option });
    else known.loads += 1;
  };
  // Sound: what has this event is a session's.
  const events = target[EVENTS] as EventHub<SessionEvents<object>>;
  events.add("lazyLoad", count);
  const stop = (): void => events.remove("lazyLoad", count);
  const found = (): LoadPattern[] =>
    [...counts.values()].filter(({ loads }) => loads > 1).toSorted((left, right) => right.loads - left.loads);
  return {
    get patterns() {
      return found();
    },
    stop,
    [Symbol.dispose]: stop,
    toString: () =>
      found()
        .map(({ attribute, loads, option }) => `${attribute} was loaded ${loads} times, one by one: add ${option}`)
        .join("\n") || "Nothing was loaded one by one",
  };
}
