// The moments at which relationships and database come into step: before a flush (plain JavaScript changes are found),
// after it (what is, is what the database holds), and at expiry (nothing is known any more).
import { type Entity, type EntitySession, sessionOf } from "../entity.js";
import { mapperOf, type Relationship, writeField } from "../mapper.js";
import type { CollectionAdapter } from "./collection-adapter.js";
import { loadedCollection } from "./containers.js";
import { dropChanges } from "./state.js";

/** Has a session look at this collection before each flush. */
export function watch(session: EntitySession, collection: CollectionAdapter): void {
  session.watch(collection);
}

/**
 * Finds what plain JavaScript did to collections (an index, `length`, a sort) and carries it to the other sides.
 * Objects may become dirty and new ones may enter the session by it.
 * @param objects the session's; what cascades in meanwhile is among its pending instances
 */
export function reconcileCollections(session: EntitySession, objects: { readonly pending: Iterable<Entity> }): void {
  for (const collection of session.collections ?? []) {
    // Sound: `watch` puts nothing else there.
    const { owner, relationship } = collection as CollectionAdapter;
    const current = sessionOf(owner) === session ? loadedCollection(owner, relationship) : undefined;
    if (current === collection) current.reconcile();
    else session.unwatch(collection);
  }
  for (const entity of objects.pending) {
    for (const relationship of mapperOf(entity).relationships) {
      if (!relationship.collection) continue;
      loadedCollection(entity, relationship)?.reconcile();
    }
  }
}

/** After a flush: what the instance's relationships hold is what the database holds. */
export function settleRelationships(entity: Entity): void {
  const session = sessionOf(entity);
  for (const relationship of mapperOf(entity).relationships) {
    if (!relationship.collection) continue;
    const collection = loadedCollection(entity, relationship);
    if (collection === undefined) continue;
    collection.settle();
    if (session !== null) watch(session, collection);
  }
  dropChanges(entity);
}

/** Unloads the instance's relationships, or those named, and forgets their changes. */
export function expireRelationships(entity: Entity, names?: ReadonlySet<string>): void {
  for (const relationship of mapperOf(entity).relationships) {
    if (names === undefined || names.has(relationship.name)) expireRelationship(entity, relationship);
  }
}

function expireRelationship(entity: Entity, relationship: Relationship): void {
  writeField(entity, relationship.field, undefined);
  dropChanges(entity, relationship);
}
