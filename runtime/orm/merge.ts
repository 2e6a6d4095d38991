// `session.merge`: copies the state of an object from elsewhere onto the session's own object for the same row.
import { type Entity, expressionsOf, keyOf } from "./entity.js";
import { mapperOf, readField, type Relationship } from "./mapper.js";
import { keyFromFields } from "./flush/row-values.js";
import { relatedInMemory } from "./relationships/cascade.js";

/** What merging needs of a session. */
interface MergeTarget {
  /** The session's object of this key, loaded where it has to be; null where there is no such row. */
  find(entity: Entity, key: unknown): Entity | null;
  add(entity: Entity): void;
  isHere(entity: Entity): boolean;
}

/** The session's object that has the state of `given`, and of what the merge cascade reaches from it. */
export function mergeEntity(given: Entity, target: MergeTarget): Entity {
  return mergeOne(given, target, new Map());
}

function mergeOne(given: Entity, target: MergeTarget, merged: Map<Entity, Entity>): Entity {
  const known = merged.get(given);
  if (known !== undefined) return known;
  if (target.isHere(given)) {
    merged.set(given, given);
    return given;
  }
  const mapper = mapperOf(given);
  const key = keyOf(given) ?? keyFromFields(mapper, given);
  let own = key === undefined ? null : target.find(given, key);
  if (own === null) {
    own = mapper.definition.create();
    copyColumns(given, own);
    target.add(own);
  } else copyColumns(given, own);
  merged.set(given, own);
  for (const relationship of mapper.relationships) {
    if (relationship.cascade.has("merge")) mergeRelated(given, own, relationship, target, merged);
  }
  return own;
}

/** Through the properties, so that the changes are noted. */
function copyColumns(from: Entity, to: Entity): void {
  const expressions = expressionsOf(from);
  for (const { property, field, index } of mapperOf(from).slots) {
    const value = expressions?.get(index) ?? readField(from, field);
    if (value !== undefined && value !== readField(to, field)) Reflect.set(to, property, value);
  }
}

function mergeRelated(
  given: Entity,
  own: Entity,
  relationship: Relationship,
  target: MergeTarget,
  merged: Map<Entity, Entity>,
): void {
  const value = readField(given, relationship.field);
  if (value === undefined) return;
  const copies: Entity[] = [];
  for (const each of relatedInMemory(given, relationship)) copies.push(mergeOne(each, target, merged));
  Reflect.set(own, relationship.name, relationship.collection ? copies : (copies[0] ?? null));
}
