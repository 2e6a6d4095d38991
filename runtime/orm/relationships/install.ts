// Puts what was loaded into its place: the database's rows first, then what was changed meanwhile on the other side.
import { type Entity, sessionOf } from "../entity.js";
import { type Relationship, writeField } from "../mapper.js";
import { openCollection } from "./both-sides.js";
import { watch } from "./settle.js";
import { dropQueue, queuedChanges } from "./state.js";

/** What a relationship of the instance holds in the database: for a scalar, at most one object. */
export function installLoaded(entity: Entity, relationship: Relationship, items: readonly Entity[]): void {
  if (relationship.collection) installCollection(entity, relationship, items);
  else writeField(entity, relationship.field, items[0] ?? null);
}

function installCollection(owner: Entity, relationship: Relationship, items: readonly Entity[]): void {
  const collection = openCollection(owner, relationship);
  collection.fill(items);
  const queue = queuedChanges(owner, relationship);
  if (queue !== null) {
    for (const item of queue.removed) collection.removeQuietly(item);
    const present = new Set(collection.items);
    for (const item of queue.added) if (!present.has(item)) collection.appendQuietly(item);
    dropQueue(owner, relationship);
  }
  const session = sessionOf(owner);
  if (session !== null) watch(session, collection);
}
