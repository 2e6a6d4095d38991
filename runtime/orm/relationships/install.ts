// Puts what was loaded into its place: the database's rows first, then what was changed meanwhile on the other side.
import { type Entity, sessionOf } from "../entity.js";
import { type Relationship, writeField } from "../mapper.js";
import { openCollection } from "./both-sides.js";
import {
  appendLoaded,
  appendQuietly,
  type LinkedArray,
  ownerOf,
  relationshipOf,
  removeQuietly,
  settle,
} from "./collection.js";
import { watch } from "./settle.js";
import { dropQueue, queuedChanges } from "./state.js";

/** What a relationship of the instance holds in the database: for a scalar, at most one object. */
export function installLoaded(entity: Entity, relationship: Relationship, items: readonly Entity[]): void {
  if (!relationship.collection) {
    writeField(entity, relationship.field, items[0] ?? null);
    return;
  }
  const collection = openCollection(entity, relationship);
  for (const item of items) appendLoaded(collection, item);
  finishLoading(collection);
}

/** Ends the loading of a collection whose elements were appended one by one. */
export function finishLoading(collection: LinkedArray): void {
  const owner = ownerOf(collection);
  const relationship = relationshipOf(collection);
  settle(collection);
  const queue = queuedChanges(owner, relationship);
  if (queue !== null) {
    for (const item of queue.removed) removeQuietly(collection, item);
    for (const item of queue.added) if (!collection.includes(item)) appendQuietly(collection, item);
    dropQueue(owner, relationship);
  }
  const session = sessionOf(owner);
  if (session !== null) watch(session, collection);
}
