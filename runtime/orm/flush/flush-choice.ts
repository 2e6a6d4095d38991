// `session.flush([objects])`: what of a session's work belongs to some of its objects. Theirs, and that of new objects
// whose relation to them changed, because neither row could be written right without the other's.
import { type Entity, statusOf } from "../entity.js";
import { mapperOf } from "../mapper.js";
import { relationshipHistory } from "../relationships/history.js";
import type { FlushSource } from "./collect.js";

/** The chosen objects' share. */
export function chosenForFlush(source: FlushSource, chosen: Iterable<Entity>): FlushSource {
  const reached = new Set(chosen);
  // A set that is added to while it is walked is walked to its new end.
  for (const entity of reached) {
    for (const related of changedRelations(entity)) if (isWaiting(source, related)) reached.add(related);
  }
  const among = (entities: ReadonlySet<Entity>): Set<Entity> =>
    new Set([...entities].filter((entity) => reached.has(entity)));
  return {
    session: source.session,
    pending: among(source.pending),
    modified: among(source.modified),
    deleting: among(source.deleting),
    identities: (mapper) => source.identities(mapper),
  };
}

function* changedRelations(entity: Entity): Generator<Entity> {
  const mapper = mapperOf(entity);
  if (!mapper.hasRelated(entity)) return;
  for (const relationship of mapper.relationships) {
    const { added, removed } = relationshipHistory(entity, relationship);
    for (const each of added) if (each !== null) yield each;
    yield* removed;
  }
}

function isWaiting({ pending, modified, deleting }: FlushSource, entity: Entity): boolean {
  return statusOf(entity) === "pending" ? pending.has(entity) : modified.has(entity) || deleting.has(entity);
}
