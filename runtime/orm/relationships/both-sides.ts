// Keeps the two sides of a relationship in step, in memory and at once: setting `address.user` puts the address into
// `user.addresses`, and so on in every direction. Each change is carried to the other side once, so cycles end here.
// Nothing here runs SQL: collections that are not loaded take the change down and merge it when they are.
import { ArgumentError, InvalidRequestError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";
import { Entity, keyOf, noteRelationshipChange, notLoaded, sessionOf } from "../entity.js";
import { nameEntity } from "../entity-text.js";
import { listenedValue, tellCollection, tellScalar } from "../events/tell-rows.js";
import { mapperOf, readField, type Relationship, writeField } from "../mapper.js";
import type { CollectionAdapter, CollectionListener } from "./collection-adapter.js";
import { loadedCollection, makeCollection } from "./containers.js";
import { identityByForeignKey } from "./foreign-key.js";
import { noteAdoption, noteRemoval } from "./orphans.js";
import { committedScalar, ensureQueue, noteCommittedScalar, parentOf, type ScalarValue } from "./state.js";

const listener: CollectionListener = {
  checkCurrent(collection) {
    refuseWhileFlushing(collection.owner);
    const { owner, relationship } = collection;
    if (loadedCollection(owner, relationship) === collection) return;
    throw new InvalidRequestError(
      `This collection no longer is ${String(relationship)}: its object was expired or refreshed since. ` +
        `Read the property '${relationship.name}' again and change that`,
    );
  },
  admit(collection, value, place) {
    const { owner, relationship } = collection;
    if (value === undefined || value === null) {
      throw new ArgumentError(
        `Element ${place} of ${String(relationship)} is ${String(value)}: ${wanted(relationship)}`,
      );
    }
    checkRelated(relationship, value);
    checkSingleParent(relationship, owner, value);
  },
  appended(collection, item) {
    const { owner, relationship } = collection;
    related(owner, relationship, item);
  },
  removed(collection, item) {
    const { owner, relationship } = collection;
    unrelated(owner, relationship, item);
  },
};

/** After `item` entered the owner's collection: the other side, the orphan rules and the session follow. */
function related(owner: Entity, relationship: Relationship, item: Entity): void {
  tellCollection("append", owner, relationship, item);
  noteRelationshipChange(owner);
  const reverse = relationship.reverse;
  if (reverse !== null) link(item, reverse, owner);
  noteAdoption(relationship, owner, item);
  cascadeInto(owner, relationship, item);
}

/** After `item` left the owner's collection. */
function unrelated(owner: Entity, relationship: Relationship, item: Entity): void {
  tellCollection("remove", owner, relationship, item);
  noteRelationshipChange(owner);
  const reverse = relationship.reverse;
  if (reverse !== null) unlink(item, reverse, owner);
  letGo(owner, relationship, item);
}

/** Relates `item` to an owner whose collection is never loaded. Its class has been checked. */
export function addUnseen(owner: Entity, relationship: Relationship, item: Entity): void {
  checkSingleParent(relationship, owner, item);
  queueAddition(owner, relationship, item);
  related(owner, relationship, item);
}

/** Ends the relation of `item` to an owner whose collection is never loaded. */
export function removeUnseen(owner: Entity, relationship: Relationship, item: Entity): void {
  queueRemoval(owner, relationship, item);
  unrelated(owner, relationship, item);
}

/** An empty collection of this instance's relationship, put in its place. */
export function openCollection(entity: Entity, relationship: Relationship): CollectionAdapter {
  return makeCollection(entity, relationship, listener);
}

/** @throws ConcurrentUseError while a flush of the object's session waits for its database */
function refuseWhileFlushing(entity: Entity): void {
  const session = sessionOf(entity);
  if (session?.isWaiting === true) session.checkChange();
}

/** Sets a scalar relationship and carries it to the other side. The value's class has been checked. */
export function setScalar(entity: Entity, relationship: Relationship, value: Entity | null): void {
  refuseWhileFlushing(entity);
  const old = replaceScalar(entity, relationship, value);
  if (old === value) return;
  const reverse = relationship.reverse;
  if (reverse !== null) {
    if (old instanceof Entity) unlink(old, reverse, entity);
    if (value !== null) link(value, reverse, entity);
  }
  if (old instanceof Entity) letGo(entity, relationship, old);
  if (value === null) return;
  noteAdoption(relationship, entity, value);
  cascadeInto(entity, relationship, value);
}

/** What listeners make of the object that a scalar is to hold. */
export function heardScalar(entity: Entity, relationship: Relationship, value: unknown): unknown {
  if (!mapperOf(entity).hasAttributeEvents) return value;
  const old = peekScalar(entity, relationship);
  return old === value ? value : listenedValue(entity, relationship.name, value, old === notLoaded ? undefined : old);
}

/** The scalar as far as it is known without SQL: from the field, or by foreign key from the identity map. */
function peekScalar(entity: Entity, relationship: Relationship): ScalarValue {
  const value = readField(entity, relationship.field);
  // A relationship's field holds nothing but what this module writes.
  if (value !== undefined) return value as Entity | null;
  if (keyOf(entity) === undefined) return null;
  return identityByForeignKey(entity, relationship) ?? notLoaded;
}

/** @throws ArgumentError unless the value is an instance of the relationship's target class. */
export function checkRelated(relationship: Relationship, value: unknown): asserts value is Entity {
  if (value instanceof Entity && mapperOf(value).isA(relationship.target)) return;
  const given = value instanceof Entity ? `a ${mapperOf(value).name}` : describeValue(value);
  throw new ArgumentError(`${String(relationship)} cannot hold ${given}: ${wanted(relationship)}`);
}

/**
 * @throws InvalidRequestError where the relationship, or its other side, allows one parent only and there is another
 */
export function checkSingleParent(relationship: Relationship, owner: Entity, item: Entity): void {
  refuseSecondParent(relationship, owner, item);
  // A scalar lets go of its former partner first, which then has no parent any more.
  if (relationship.collection && relationship.reverse !== null) {
    refuseSecondParent(relationship.reverse, item, owner);
  }
}

function refuseSecondParent(relationship: Relationship, parent: Entity, item: Entity): void {
  if (relationship.definition.singleParent !== true) return;
  const known = parentOf(item, relationship);
  if (!(known instanceof Entity) || known === parent) return;
  throw new InvalidRequestError(
    `${nameEntity(item)} belongs to ${nameEntity(known)} already, and ${String(relationship)} allows one parent only ` +
      `(single_parent): take it from there first`,
  );
}

function wanted(relationship: Relationship): string {
  return `it takes instances of ${relationship.definition.target}`;
}

/** Makes `other` related to the instance, on this side only. */
function link(entity: Entity, relationship: Relationship, other: Entity): void {
  if (relationship.collection) {
    tellCollection("append", entity, relationship, other);
    const collection = loadedCollection(entity, relationship) ?? emptyIfNew(entity, relationship);
    if (collection !== null) collection.appendQuietly(other);
    else queueAddition(entity, relationship, other);
    noteAdoption(relationship, entity, other);
    noteRelationshipChange(entity);
    return;
  }
  const old = followScalar(entity, relationship, other);
  noteAdoption(relationship, entity, other);
  const reverse = relationship.reverse;
  // Taken from someone else: the former partner or parent has to know.
  if (old instanceof Entity && old !== other && reverse !== null) unlink(old, reverse, entity);
}

/** Ends the relation to `other`, on this side only. */
function unlink(entity: Entity, relationship: Relationship, other: Entity): void {
  if (!relationship.collection) {
    const current = peekScalar(entity, relationship);
    if (current !== other && current !== notLoaded) return;
    if (current === notLoaded) noteCommittedScalar(entity, relationship, other);
    followScalar(entity, relationship, null);
    letGo(entity, relationship, other);
    return;
  }
  tellCollection("remove", entity, relationship, other);
  const collection = loadedCollection(entity, relationship);
  if (collection !== undefined) collection.removeQuietly(other);
  else queueRemoval(entity, relationship, other);
  noteRelationshipChange(entity);
  letGo(entity, relationship, other);
}

/** The same where the other side was assigned. */
function followScalar(entity: Entity, relationship: Relationship, value: Entity | null): ScalarValue {
  if (mapperOf(entity).hasAttributeEvents) {
    const old = peekScalar(entity, relationship);
    if (old !== value) tellScalar(entity, relationship, value, old === notLoaded ? undefined : old);
  }
  return replaceScalar(entity, relationship, value);
}

/** Writes a scalar and keeps what it was; returns the old value as far as it is known. */
function replaceScalar(entity: Entity, relationship: Relationship, value: Entity | null): ScalarValue {
  const old = peekScalar(entity, relationship);
  writeField(entity, relationship.field, value);
  if (old === value) return old;
  if (keyOf(entity) !== undefined && committedScalar(entity, relationship) === undefined) {
    noteCommittedScalar(entity, relationship, old);
  }
  noteRelationshipChange(entity);
  return old;
}

function emptyIfNew(entity: Entity, relationship: Relationship): CollectionAdapter | null {
  if (relationship.isWriteOnly || keyOf(entity) !== undefined) return null;
  return openCollection(entity, relationship);
}

function queueAddition(entity: Entity, relationship: Relationship, item: Entity): void {
  const queue = ensureQueue(entity, relationship);
  if (!queue.removed.delete(item)) queue.added.add(item);
}

function queueRemoval(entity: Entity, relationship: Relationship, item: Entity): void {
  const queue = ensureQueue(entity, relationship);
  // What has no row holds nothing in the database that could be taken out of it.
  if (!queue.added.delete(item) && keyOf(entity) !== undefined) queue.removed.add(item);
}

/** The save-update cascade of a change made on this side. */
function cascadeInto(entity: Entity, relationship: Relationship, item: Entity): void {
  const session = sessionOf(entity);
  if (session === null || sessionOf(item) === session) return;
  if (relationship.cascade.has("save-update")) session.cascadeInto(item);
}

/** A new object that lost its parent before it was written is not to be written at all. */
function letGo(parent: Entity, relationship: Relationship, item: Entity): void {
  if (noteRemoval(relationship, parent, item) && keyOf(item) === undefined) sessionOf(item)?.expungeOrphan(item);
}
