// The delete cascade: which objects go with one that is deleted. The only cascade that may have to load.
import type { Entity } from "../entity.js";
import { mapperOf, type Relationship } from "../mapper.js";
import { relatedInMemory } from "../relationships/cascade.js";
import { hasHistory, relationshipHistory } from "../relationships/history.js";
import { hasOtherParent } from "../relationships/orphans.js";
import type { SessionFlow } from "../session-flow.js";
import { loadRelationship } from "./lazy-load.js";

/** False where deleting the object deletes no other one, which is seen without a walk. */
export function mayCascade(entity: Entity): boolean {
  for (const relationship of mapperOf(entity).deleteCascades) {
    if (mustLoad(relationship) || hasHistory(entity, relationship)) return true;
  }
  return false;
}

/**
 * The objects that deleting this one deletes with it, each once, depth first, without itself. Collections that are not
 * loaded are loaded, unless the database deletes their rows itself (`passiveDeletes`).
 */
export function* deleteCascade(start: Entity): SessionFlow<Entity[]> {
  const reached = new Set<Entity>([start]);
  const open: Iterator<Entity>[] = [(yield* deletedWith(start)).values()];
  for (let current = open.at(-1); current !== undefined; current = open.at(-1)) {
    const next = current.next();
    if (next.done === true) open.pop();
    else if (!reached.has(next.value)) {
      reached.add(next.value);
      open.push((yield* deletedWith(next.value)).values());
    }
  }
  reached.delete(start);
  return [...reached];
}

function* deletedWith(entity: Entity): SessionFlow<Entity[]> {
  const related: Entity[] = [];
  for (const relationship of mapperOf(entity).deleteCascades) {
    if (mustLoad(relationship)) yield* loadRelationship(entity, relationship);
    related.push(...relatedInMemory(entity, relationship));
    // What was taken out and has found no other parent would be left with a key that leads nowhere.
    for (const item of relationship.hasForeignKey ? relationshipHistory(entity, relationship).removed : []) {
      if (!hasOtherParent(item, relationship, entity)) related.push(item);
    }
  }
  return related;
}

/** True where the database does not delete what is not loaded. */
function mustLoad({ definition: { passiveDeletes = false }, isWriteOnly }: Relationship): boolean {
  return passiveDeletes === false && !isWriteOnly;
}
