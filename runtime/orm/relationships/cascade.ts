// The one cascade walk: which objects an operation on one object reaches through its relationships.
import type { CascadeName } from "../../../model/class-model.js";
import { Entity } from "../entity.js";
import { mapperOf, readField, type Relationship } from "../mapper.js";
import { loadedCollection } from "./containers.js";
import { relationshipHistory } from "./history.js";

/** Cascades that follow what is in memory; the delete cascade may have to load. */
type MemoryCascade = Exclude<CascadeName, "delete" | "delete-orphan">;

/**
 * The objects that an operation on this one cascades to, each once, depth first, without itself. Loads nothing.
 * Save-update also reaches what was removed since the last flush, so that its row is updated too.
 * @param isDone true for objects to leave out, with what only they lead to
 */
export function cascaded(
  start: Entity,
  cascade: MemoryCascade,
  isDone: (entity: Entity) => boolean = () => false,
): Entity[] {
  const reached = new Set<Entity>([start]);
  const open: Iterator<Entity>[] = [neighbours(start, cascade)];
  for (let current = open.at(-1); current !== undefined; current = open.at(-1)) {
    const next = current.next();
    if (next.done === true) open.pop();
    else if (!reached.has(next.value) && !isDone(next.value)) {
      reached.add(next.value);
      open.push(neighbours(next.value, cascade));
    }
  }
  reached.delete(start);
  return [...reached];
}

function* neighbours(entity: Entity, cascade: MemoryCascade): Generator<Entity> {
  for (const relationship of mapperOf(entity).relationships) {
    if (!relationship.cascade.has(cascade)) continue;
    yield* relatedInMemory(entity, relationship);
    if (cascade === "save-update") yield* relationshipHistory(entity, relationship).removed;
  }
}

/** The related objects that are in memory; of an unloaded collection, those that wait to enter it. */
export function* relatedInMemory(entity: Entity, relationship: Relationship): Generator<Entity> {
  if (!relationship.collection) {
    const value = readField(entity, relationship.field);
    if (value instanceof Entity) yield value;
    return;
  }
  const collection = loadedCollection(entity, relationship);
  if (collection !== undefined) yield* collection.items;
  else for (const item of relationshipHistory(entity, relationship).added) if (item !== null) yield item;
}
