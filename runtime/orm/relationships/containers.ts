// Which container a relationship's collection is, and the adapter behind any of them.
import { ArgumentError } from "../../errors/errors.js";
import type { Entity } from "../entity.js";
import { readField, type Relationship, writeField } from "../mapper.js";
import type { CollectionAdapter, CollectionListener } from "./collection-adapter.js";
import { adapterOfArray, LinkedArray } from "./linked-array.js";
import { adapterOfMap, LinkedMap } from "./linked-map.js";
import { adapterOfSet, LinkedSet } from "./linked-set.js";

/** An empty collection of this instance's relationship, put in its place. */
export function makeCollection(
  entity: Entity,
  relationship: Relationship,
  listener: CollectionListener,
): CollectionAdapter {
  const { collectionClass } = relationship.definition;
  let container: LinkedArray | LinkedSet | LinkedMap;
  if (collectionClass === undefined) container = new LinkedArray(entity, relationship, listener);
  else if (collectionClass.kind === "set") container = new LinkedSet(entity, relationship, listener);
  else container = new LinkedMap(entity, relationship, collectionClass.by, listener);
  writeField(entity, relationship.field, container);
  return adapterOf(container);
}

/** The collection that the instance holds; undefined where it is not loaded. */
export function loadedCollection(entity: Entity, relationship: Relationship): CollectionAdapter | undefined {
  const value = readField(entity, relationship.field);
  if (value instanceof LinkedArray || value instanceof LinkedSet || value instanceof LinkedMap) return adapterOf(value);
  return undefined;
}

function adapterOf(container: LinkedArray | LinkedSet | LinkedMap): CollectionAdapter {
  if (container instanceof LinkedArray) return adapterOfArray(container);
  return container instanceof LinkedSet ? adapterOfSet(container) : adapterOfMap(container);
}

/**
 * The values that a collection is assigned: those of a map, the elements of anything else.
 * @throws ArgumentError for what cannot be iterated
 */
export function assignedItems(relationship: Relationship, value: unknown): readonly unknown[] {
  if (value instanceof Map) return [...value.values()];
  if (isIterable(value)) return [...value];
  throw new ArgumentError(
    `${String(relationship)} is a collection and cannot be ${String(value)}: ` +
      `assign an array of ${relationship.definition.target}, an empty one for none`,
  );
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}
