// The events of a session, by name: what listeners are given, and what they may answer. `S` is the session's face.
import { type Answerable, EventHub } from "../../events/event-hub.js";
import type { StatementParameters } from "../../engine/bind-values.js";
import type { LoadOption } from "../../sql/typing.js";

/** Where an object stands, in the words of `EntityStatus`. */
type Standing = "transient" | "pending" | "persistent" | "deleted" | "detached";

/** Something that happens to a session. */
interface SessionEvent<S> {
  readonly session: S;
}

/** Something that happens to one object of a session. */
interface ObjectEvent<S> extends SessionEvent<S> {
  readonly object: object;
}

/** A flush that is about to begin, or at work. */
interface FlushEvent<S> extends SessionEvent<S> {
  /** The objects that `flush(objects)` was told; null for all. */
  readonly objects: readonly object[] | null;
}

/** A statement that is executed in place of what was to be. */
export interface StatementInstead {
  readonly statement?: unknown;
  /** Added to the statement where it is a select, an UPDATE or a DELETE: `withLoaderCriteria(…)` for one. */
  readonly options?: readonly LoadOption[] | undefined;
  readonly parameters?: StatementParameters | undefined;
}

/** A statement that the program gave to the session, or that loads a relationship or an object by its key. */
interface SessionExecuteEvent<S> extends SessionEvent<S>, Answerable<StatementInstead> {
  readonly statement: unknown;
  readonly parameters: StatementParameters | undefined;
  /** True where it loads related objects, at once or at access. */
  readonly isRelationshipLoad: boolean;
}

/** An UPDATE or DELETE with a condition, which no flush sends. */
interface BulkWriteEvent<S> extends SessionEvent<S> {
  readonly statement: unknown;
  /** The rows that it met. */
  readonly rowCount: number;
}

/** Changes of an object's standing, such as `pendingToPersistent`. */
type Transition = `${Standing}To${Capitalize<Standing>}`;

/** What can be listened to on a session, on a `sessionmaker`, and on all sessions. */
export type SessionEvents<S> = Readonly<Record<Transition, ObjectEvent<S>>> & {
  /** A transaction has begun; no statement was sent yet. */
  readonly afterBegin: SessionEvent<S>;
  /** Before the flush that a commit begins with. */
  readonly beforeCommit: SessionEvent<S>;
  readonly afterCommit: SessionEvent<S>;
  /** The whole transaction was rolled back. */
  readonly afterRollback: SessionEvent<S>;
  /** A transaction or a savepoint was rolled back, by the program or because a flush failed. */
  readonly afterSoftRollback: SessionEvent<S>;
  /** Before the plan is made: objects may still be added, changed and deleted. */
  readonly beforeFlush: FlushEvent<S>;
  /** The statements are sent; objects stand as before yet. */
  readonly afterFlush: FlushEvent<S>;
  /** The objects are in step with their rows. */
  readonly afterFlushPostExec: FlushEvent<S>;
  /** Before a statement is executed; the answer may be another one, or options for it. */
  readonly beforeExecute: SessionExecuteEvent<S>;
  readonly afterBulkUpdate: BulkWriteEvent<S>;
  readonly afterBulkDelete: BulkWriteEvent<S>;
  readonly beforeAttach: ObjectEvent<S>;
  readonly afterAttach: ObjectEvent<S>;
  /** A relationship of one object is loaded because it was read: what a query could have loaded for all objects. */
  readonly lazyLoad: ObjectEvent<S> & {
    /** As `User.addresses`. */
    readonly attribute: string;
    /** The option that loads it with the objects. */
    readonly option: string;
  };
  /** An object was made from a row. */
  readonly loadedAsPersistent: ObjectEvent<S>;
};

/** The events that are about the transaction. */
export type TransactionEventName =
  "afterBegin" | "beforeCommit" | "afterCommit" | "afterRollback" | "afterSoftRollback";

export type FlushEventName = "beforeFlush" | "afterFlush" | "afterFlushPostExec";

/** What a session tells before its face says who listens. */
export const nobody = new EventHub<SessionEvents<object>>();

/** The events that are about one object. */
export type ObjectEventName = Transition | "beforeAttach" | "afterAttach" | "loadedAsPersistent";

/** By where an object stood and where it stands. */
const transitions = new Map<Standing, Map<Standing, Transition>>();

/** The name of the event that an object's move is. */
export function transitionOf(from: Standing, to: Standing): Transition {
  let moves = transitions.get(from);
  if (moves === undefined) transitions.set(from, (moves = new Map()));
  let name = moves.get(to);
  if (name === undefined) {
    // Capitalising one of the five words gives what the type says.
    name = `${from}To${to[0]?.toUpperCase() ?? ""}${to.slice(1)}` as Transition;
    moves.set(to, name);
  }
  return name;
}
