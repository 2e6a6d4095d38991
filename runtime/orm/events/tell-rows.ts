// Tells who listens to classes and attributes of what happens to their objects. Where nobody listens, each call costs
// a comparison or two.
import { type Entity, sessionOf } from "../entity.js";
import { valueHeard } from "./class-events.js";
import { type Mapper, mapperOf, type Relationship } from "../mapper.js";

type RowEventName =
  "beforeInsert" | "afterInsert" | "beforeUpdate" | "afterUpdate" | "beforeDelete" | "afterDelete" | "refresh";

/** An event of each object's class; the objects are of one hierarchy. */
export function tellRows(name: RowEventName, root: Mapper, entities: readonly Entity[]): void {
  if (entities.length === 0 || !isHeard(name, root)) return;
  for (const object of entities) {
    mapperOf(object).events.emit(name, { object, session: sessionOf(object)?.face ?? object });
  }
}

function isHeard(name: RowEventName, root: Mapper): boolean {
  for (const each of root.family) if (each.events.has(name)) return true;
  return false;
}

/**
 * The value that an attribute is to take: what the listeners to its assignment make of it.
 * @param oldValue undefined where it is not known
 */
export function listenedValue(entity: Entity, property: string, value: unknown, oldValue: unknown): unknown {
  return valueHeard(mapperOf(entity).attributeEvents(property), { object: entity, value, oldValue });
}

/** An object enters or leaves a collection. */
export function tellCollection(
  name: "append" | "remove",
  owner: Entity,
  relationship: Relationship,
  item: Entity,
): void {
  if (!relationship.owner.hasAttributeEvents && !mapperOf(owner).hasAttributeEvents) return;
  mapperOf(owner).attributeEvents(relationship.name)?.emit(name, { object: owner, value: item });
}

/** A to-one relationship follows its other side. */
export function tellScalar(entity: Entity, relationship: Relationship, value: unknown, oldValue: unknown): void {
  mapperOf(entity).attributeEvents(relationship.name)?.emit("set", { object: entity, value, oldValue });
}
