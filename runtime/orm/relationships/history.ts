// What changed in one relationship of one instance since it was last in step with the database: what a flush reads.
import { Entity, keyOf, relationshipStateOf } from "../entity.js";
import { readField, type Relationship } from "../mapper.js";
import { loadedCollection } from "./containers.js";
import { committedScalar, queuedChanges } from "./state.js";

/** Related objects by what became of them. A scalar that was set to null has `added: [null]`. */
export interface RelationshipHistory {
  readonly added: readonly (Entity | null)[];
  readonly unchanged: readonly (Entity | null)[];
  readonly removed: readonly Entity[];
}

const unchangedNothing: RelationshipHistory = Object.freeze({ added: [], unchanged: [], removed: [] });

/** False where the relationship was never touched, so that its history is empty: the common case. */
export function hasHistory(entity: Entity, relationship: Relationship): boolean {
  return readField(entity, relationship.field) !== undefined || relationshipStateOf(entity) !== null;
}

/** Never loads: of a collection that is not loaded, only what the other side told is known. */
export function relationshipHistory(entity: Entity, relationship: Relationship): RelationshipHistory {
  return relationship.collection ? collectionHistory(entity, relationship) : scalarHistory(entity, relationship);
}

function collectionHistory(entity: Entity, relationship: Relationship): RelationshipHistory {
  const collection = loadedCollection(entity, relationship);
  if (collection !== undefined) {
    // What has no row has nothing in the database, also after a rollback took its row away.
    if (keyOf(entity) === undefined) return { added: [...new Set(collection.items)], unchanged: [], removed: [] };
    return collection.changes();
  }
  const queued = queuedChanges(entity, relationship);
  if (queued === null) return unchangedNothing;
  return { added: [...queued.added], unchanged: [], removed: [...queued.removed] };
}

function scalarHistory(entity: Entity, relationship: Relationship): RelationshipHistory {
  // A relationship's field holds nothing else.
  const value = readField(entity, relationship.field) as Entity | null | undefined;
  if (value === undefined) return unchangedNothing;
  const before = committedScalar(entity, relationship);
  const isNew = keyOf(entity) === undefined;
  if (before === value || (before === undefined && !isNew)) return { added: [], unchanged: [value], removed: [] };
  return { added: [value], unchanged: [], removed: before instanceof Entity ? [before] : [] };
}
