// What the generated properties call when a relationship is read before it is loaded, or assigned. They return `never`
// for the reason given in `../attributes.ts`: it fits every property, and costs nothing to check.
import { ArgumentError } from "../../errors/errors.js";
import { Entity, keyOf } from "../entity.js";
import { lazyLoad, loadBeforeAssignment } from "../load/lazy-load.js";
import { mapperOf, readField, type Relationship } from "../mapper.js";
import { checkRelated, checkSingleParent, heardScalar, openCollection, setScalar } from "./both-sides.js";
import type { CollectionAdapter } from "./collection-adapter.js";
import { assignedItems, loadedCollection } from "./containers.js";
import { assignWriteOnly, writeOnlyCollection } from "./write-only-collection.js";

/**
 * The collection of a to-many relationship that is not in memory. A new object's is empty; any other is loaded, in one
 * SELECT.
 * @throws DetachedInstanceError where the object belongs to no session
 * @throws NotLoadedError where the relationship may not be loaded by access
 */
export function loadCollection(entity: Entity, index: number): never {
  const relationship = relationshipAt(entity, index);
  if (!relationship.isWriteOnly) ensureCollection(entity, relationship);
  else writeOnlyCollection(entity, relationship);
  // The generated getter knows its relationship's target; `admit` lets nothing else in.
  return readField(entity, relationship.field) as never;
}

/** Puts other objects in place of all: those that leave and those that come are told apart, and both sides follow. */
export function assignCollection(entity: Entity, index: number, value: object): void {
  const relationship = relationshipAt(entity, index);
  const items = assignedItems(relationship, value);
  if (relationship.isWriteOnly) assignWriteOnly(entity, relationship, items);
  else ensureCollection(entity, relationship).replaceAll(items);
}

/**
 * The object of a to-one relationship that is not in memory: null on a new object; from the identity map where the
 * foreign key leads to an object there; else loaded, in one SELECT.
 * @throws DetachedInstanceError where the object belongs to no session
 * @throws NotLoadedError where the relationship may not be loaded by access
 */
export function loadRelated(entity: Entity, index: number): never {
  const relationship = relationshipAt(entity, index);
  if (keyOf(entity) !== undefined) lazyLoad(entity, relationship);
  // The generated getter knows its relationship's target. What no row can have yet is null, and stays unset.
  return (readField(entity, relationship.field) ?? null) as never;
}

/** Relates the object to another one, or with null to none; the other side and the former partner follow. */
export function assignRelated(entity: Entity, index: number, given: unknown): void {
  const relationship = relationshipAt(entity, index);
  const value = given === undefined ? given : heardScalar(entity, relationship, given);
  if (value === undefined) {
    throw new ArgumentError(`Cannot assign undefined to ${String(relationship)}: assign null for no related object`);
  }
  if (value !== null) {
    checkRelated(relationship, value);
    checkSingleParent(relationship, entity, value);
  }
  learnPartner(entity, relationship);
  const reverse = relationship.reverse;
  if (value !== null && reverse !== null && !reverse.collection) learnPartner(value, reverse);
  setScalar(entity, relationship, value);
}

/** The foreign key is on the other side: who is to lose it has to be known before someone else gets it. */
function learnPartner(entity: Entity, relationship: Relationship): void {
  if (keyOf(entity) === undefined || readField(entity, relationship.field) !== undefined) return;
  if (mustKnowPartner(relationship)) loadBeforeAssignment(entity, relationship);
}

/** True for a relationship whose object has to be known before another one takes its place. */
export function mustKnowPartner({ direction, cascade }: Relationship): boolean {
  return direction !== "many-to-one" || cascade.has("delete-orphan");
}

function ensureCollection(entity: Entity, relationship: Relationship): CollectionAdapter {
  const loaded = loadedCollection(entity, relationship);
  if (loaded !== undefined) return loaded;
  if (keyOf(entity) === undefined) return openCollection(entity, relationship);
  lazyLoad(entity, relationship);
  return loadedCollection(entity, relationship) ?? openCollection(entity, relationship);
}

function relationshipAt(entity: Entity, index: number): Relationship {
  const found = mapperOf(entity).relationships[index];
  if (found !== undefined) return found;
  throw new ArgumentError(`${mapperOf(entity).name} has no relationship ${index}: run athanor generate`);
}
