// Where an instance may go from where it stands: one table of moves, in SQLAlchemy's words.
//   transient: no session, no row. pending: in a session, no row yet. persistent: in a session, has a row.
//   deleted: its DELETE was flushed, the transaction is still open. detached: has (or had) a row, no session.
import { InvalidRequestError } from "../errors/errors.js";
import {
  type Entity,
  type EntitySession,
  type EntityStatus,
  type IdentityKey,
  keyOf,
  place,
  sessionOf,
  statusOf,
} from "./entity.js";
import { nameEntity } from "./entity-text.js";
import { transitionOf } from "./events/session-events.js";

/**
 * What can happen to an instance. `undo-*` are what a rollback does to instances whose INSERT or DELETE it takes back.
 */
type InstanceEvent = "add" | "load" | "insert" | "delete" | "expunge" | "commit-delete" | "undo-insert" | "undo-delete";

export const instanceMoves: Readonly<Record<InstanceEvent, Partial<Readonly<Record<EntityStatus, EntityStatus>>>>> = {
  add: { transient: "pending", pending: "pending", persistent: "persistent", detached: "persistent" },
  load: { transient: "persistent" },
  insert: { pending: "persistent" },
  delete: { persistent: "deleted" },
  expunge: { pending: "transient", persistent: "detached", deleted: "detached" },
  "commit-delete": { deleted: "detached" },
  "undo-insert": { pending: "transient", persistent: "transient", deleted: "transient" },
  "undo-delete": { deleted: "persistent" },
};

const doings: Readonly<Record<InstanceEvent, string>> = {
  add: "added to a session",
  load: "loaded",
  insert: "inserted",
  delete: "deleted",
  expunge: "expunged",
  "commit-delete": "detached",
  "undo-insert": "made transient",
  "undo-delete": "restored",
};

/**
 * Moves an instance; keeps its key unless another is given.
 * @throws InvalidRequestError where the table has no such move.
 */
export function moveInstance(
  entity: Entity,
  event: InstanceEvent,
  session: EntitySession | null,
  key: IdentityKey | undefined = keyOf(entity),
): void {
  const from = statusOf(entity);
  const to = instanceMoves[event][from];
  if (to === undefined) throw illegalMove(entity, event, from);
  const teller = session ?? sessionOf(entity);
  place(entity, session, to, to === "transient" ? undefined : key);
  if (from !== to && teller !== null && teller.isHeard) teller.tell(transitionOf(from, to), entity);
}

/** Makes an instance one that never had a row: it belongs to no session afterwards. */
export function forgetRow(entity: Entity): void {
  place(entity, null, "transient", undefined);
}

function illegalMove(entity: Entity, event: InstanceEvent, from: EntityStatus): InvalidRequestError {
  const allowed = Object.keys(instanceMoves[event]).join(" or ");
  return new InvalidRequestError(
    `${nameEntity(entity)} is ${from} and cannot be ${doings[event]}: only ${allowed} objects can`,
  );
}
