// The first step of a flush: from the session's new, changed and deleted objects to a change set. Follows relationships
// to the objects that the work reaches: children to be given a key or to lose it, orphans to be deleted, link rows.
import { FlushError, InvalidRequestError } from "../../errors/errors.js";
import { loadMissingColumns } from "../column-load.js";
import { Entity, type EntitySession, keyOf, sessionOf, statusOf, wasDeleted } from "../entity.js";
import { nameEntity } from "../entity-text.js";
import type { IdentityMap } from "../identity-map.js";
import { deleteCascade, mayCascade } from "../load/delete-cascade.js";
import { loadRelationship } from "../load/lazy-load.js";
import { type Mapper, mapperOf, readField, type Relationship } from "../mapper.js";
import { hasHistory, type RelationshipHistory, relationshipHistory } from "../relationships/history.js";
import { hasOtherParent, isOrphan } from "../relationships/orphans.js";
import type { SessionFlow } from "../session-flow.js";
import { ChangeSet, childSlots } from "./change-set.js";
import { lostParent, needsParent } from "./incomplete-rows.js";
import { followKeyChanges } from "./key-changes.js";
import { LateSet } from "./late-collections.js";
import { currentValue, keyFromFields, storedValue } from "./row-values.js";
import { unknownPlaces } from "./unique-keys.js";

/** What a session holds that is not in step with the database. */
export interface FlushSource {
  readonly session: EntitySession;
  /** In the order in which they were added. */
  readonly pending: ReadonlySet<Entity>;
  readonly modified: ReadonlySet<Entity>;
  readonly deleting: ReadonlySet<Entity>;
  identities(mapper: Mapper): IdentityMap<Entity>;
}

/** Works out what there is to do; loads relationships where a deletion or a changed key has to know them. */
export function* collectChanges(source: FlushSource): SessionFlow<ChangeSet> {
  const collector = new Collector(source);
  collector.insertPending();
  for (const entity of source.modified) {
    if (source.deleting.has(entity) || statusOf(entity) !== "persistent") continue;
    if (isOrphan(entity)) yield* collector.deleteWithCascade(entity);
    else collector.update(entity);
  }
  collector.deleteMarked();
  const { changes } = collector;
  // Most flushes write new or changed objects that nothing is related to: they pass by what is not for them.
  if (collector.hasToFollow) yield* collector.followRelationships();
  if (changes.updating.size > 0 || changes.copies.size > 0) yield* followKeyChanges(collector);
  if (collector.hasToFollow) yield* collector.followRelationships();
  collector.settleKeys();
  if (changes.deleting.size > 0) yield* loadPlaces(changes, source.session);
  return changes;
}

/** Loads what deleted rows hold under unique keys, where others may take their place. */
function* loadPlaces(changes: ChangeSet, session: EntitySession): SessionFlow<void> {
  for (const entity of unknownPlaces(changes)) {
    const mapper = mapperOf(entity);
    yield* session.routed(mapper, loadMissingColumns(entity, session.dialectOf(mapper)));
  }
}

class Collector {
  readonly changes: ChangeSet;
  readonly #source: FlushSource;
  readonly #queue: Entity[] = [];
  #followed = 0;
  /** New objects that others lead to and that are not among those to begin with. */
  readonly #inserting = new LateSet<Entity>();

  constructor(source: FlushSource) {
    this.#source = source;
    this.changes = new ChangeSet(source.deleting);
  }

  identities(mapper: Mapper): IdentityMap<Entity> {
    return this.#source.identities(mapper);
  }

  isDeleting(entity: Entity): boolean {
    return this.changes.deleting.has(entity);
  }

  insertPending(): void {
    for (const entity of this.#source.pending) this.#insert(entity);
  }

  #insert(entity: Entity): void {
    const mapper = mapperOf(entity);
    this.changes.changesOf(mapper).inserts.push(entity);
    if (mapper.hasRelated(entity)) this.#queue.push(entity);
  }

  update(entity: Entity): void {
    const { updating, deleting } = this.changes;
    const status = statusOf(entity);
    if (status === "pending") {
      if (!this.#source.pending.has(entity) && this.#inserting.add(entity)) this.#insert(entity);
      return;
    }
    if (status === "deleted") throw writtenAgain(entity);
    if (deleting.size > 0 && deleting.has(entity)) return;
    if (!updating.add(entity)) return;
    const mapper = mapperOf(entity);
    this.changes.changesOf(mapper).updates.push(entity);
    if (mapper.hasRelated(entity)) this.#queue.push(entity);
  }

  delete(entity: Entity): void {
    if (this.changes.deleting.add(entity)) this.#delete(entity);
  }

  deleteMarked(): void {
    for (const entity of this.#source.deleting) this.#delete(entity);
  }

  #delete(entity: Entity): void {
    const mapper = mapperOf(entity);
    const { updates, deletes } = this.changes.changesOf(mapper);
    deletes.push(entity);
    // An orphan may have been met as a changed object first.
    if (this.changes.updating.delete(entity)) updates.splice(updates.indexOf(entity), 1);
    if (mapper.relationships.length > 0) this.#queue.push(entity);
  }

  *deleteWithCascade(entity: Entity): SessionFlow<void> {
    this.delete(entity);
    if (!mayCascade(entity)) return;
    for (const each of yield* deleteCascade(entity)) if (statusOf(each) === "persistent") this.delete(each);
  }

  /** True where objects joined the queue since it was last walked. */
  get hasToFollow(): boolean {
    return this.#followed < this.#queue.length;
  }

  /** Objects join the queue while it is walked, so it ends when a pass brings nothing new. */
  *followRelationships(): SessionFlow<void> {
    while (this.#followed < this.#queue.length) {
      const entity = this.#queue[this.#followed++];
      if (entity === undefined) continue;
      const isDeleted = this.changes.deleting.has(entity);
      for (const relationship of mapperOf(entity).relationships) {
        if (relationship.definition.viewonly === true) continue;
        if (isDeleted) {
          if (concernsDeleted(entity, relationship)) yield* this.#followDeleted(entity, relationship);
        } else if (hasHistory(entity, relationship)) yield* this.#followSaved(entity, relationship);
      }
    }
  }

  *#followSaved(entity: Entity, relationship: Relationship): SessionFlow<void> {
    const history = relationshipHistory(entity, relationship);
    if (relationship.definition.secondary !== undefined) yield* this.#linkChanges(entity, relationship, history);
    else if (relationship.direction === "many-to-one") yield* this.#parentChanges(entity, relationship, history);
    else yield* this.#childChanges(entity, relationship, history);
  }

  *#childChanges(parent: Entity, relationship: Relationship, history: RelationshipHistory): SessionFlow<void> {
    for (const child of history.added) {
      if (child === null || this.#source.deleting.has(child) || !this.#isHere(relationship, parent, child)) continue;
      this.update(child);
      this.changes.copyKey(relationship, child, parent);
    }
    for (const child of history.removed) {
      if (this.#source.deleting.has(child) || statusOf(child) !== "persistent") continue;
      if (relationship.cascade.has("delete-orphan")) {
        if (isOrphan(child)) yield* this.deleteWithCascade(child);
      } else if (!hasOtherParent(child, relationship)) this.#clearKey(relationship, child, parent);
    }
  }

  *#parentChanges(child: Entity, relationship: Relationship, history: RelationshipHistory): SessionFlow<void> {
    const [parent] = history.added;
    if (parent === undefined) return;
    if (parent !== null && this.#source.deleting.has(parent)) this.#clearKey(relationship, child, parent);
    else if (parent !== null) {
      this.#requireInSession(relationship, child, parent);
      if (keyOf(parent) === undefined) this.update(parent);
      this.changes.copyKey(relationship, child, parent);
    }
    for (const former of history.removed) {
      if (parent === null) this.#clearKey(relationship, child, former);
      const isDropped = relationship.cascade.has("delete-orphan") && statusOf(former) === "persistent";
      if (isDropped && isOrphan(former)) yield* this.deleteWithCascade(former);
    }
    // Set to null without knowing what it was: the key has to go all the same.
    if (parent === null && history.removed.length === 0 && statusOf(child) === "persistent") {
      this.#clearKey(relationship, child, child);
    }
  }

  *#linkChanges(owner: Entity, relationship: Relationship, history: RelationshipHistory): SessionFlow<void> {
    for (const target of history.added) {
      if (target === null || this.#source.deleting.has(target) || !this.#isHere(relationship, owner, target)) continue;
      this.changes.link("inserts", relationship, owner, target);
    }
    for (const target of history.removed) {
      this.#unlink(relationship, owner, target);
      const isDropped = relationship.cascade.has("delete-orphan") && statusOf(target) === "persistent";
      if (isDropped && isOrphan(target)) yield* this.deleteWithCascade(target);
    }
  }

  /** The rows of an object that an earlier flush deleted went with it. */
  #unlink(relationship: Relationship, owner: Entity, target: Entity): void {
    if (!wasDeleted(target)) this.changes.link("deletes", relationship, owner, target);
  }

  *#followDeleted(entity: Entity, relationship: Relationship): SessionFlow<void> {
    const { definition, direction, cascade } = relationship;
    if (direction === "many-to-one" && definition.secondary === undefined) {
      if (relationship.isPostUpdate) yield* this.#release(entity, relationship);
      return;
    }
    if (!isLeftToDatabase(relationship)) {
      if (relationship.isWriteOnly) throw unknownCollection(relationship, entity);
      yield* loadRelationship(entity, relationship);
    }
    const history = relationshipHistory(entity, relationship);
    if (definition.secondary !== undefined) {
      for (const target of [...history.unchanged, ...history.removed]) {
        if (target !== null) this.#unlink(relationship, entity, target);
      }
      return;
    }
    if (definition.passiveDeletes === "all" && !cascade.has("delete")) return;
    for (const child of [...history.unchanged, ...history.removed]) {
      if (child === null || this.isDeleting(child)) continue;
      if (statusOf(child) !== "persistent" || hasOtherParent(child, relationship, entity)) continue;
      if (cascade.has("delete")) yield* this.deleteWithCascade(child);
      else this.#clearKey(relationship, child, entity);
    }
  }

  /** Two rows that refer to each other: the key that was set by itself goes by itself, before either row does. */
  *#release(child: Entity, relationship: Relationship): SessionFlow<void> {
    const stored = (): unknown[] => childSlots(relationship).map((slot) => storedValue(child, slot));
    if (stored().includes(undefined)) yield* loadRelationship(child, relationship);
    if (!stored().includes(null)) this.changes.releaseKey(relationship, child);
  }

  #clearKey(relationship: Relationship, child: Entity, formerParent: Entity): void {
    this.update(child);
    this.changes.clearKey(relationship, child, formerParent);
  }

  /** An object that was only related to one of the session's, and never added, is not written. */
  #isHere(relationship: Relationship, owner: Entity, related: Entity): boolean {
    if (sessionOf(related) === this.#source.session) return true;
    process.emitWarning(
      `${String(relationship)} of ${nameEntity(owner)} holds ${nameEntity(related)}, which was not added to the ` +
        `session and is not written: add it with session.add()`,
      { code: "ATHANOR_NOT_IN_SESSION" },
    );
    return false;
  }

  #requireInSession(relationship: Relationship, entity: Entity, related: Entity): void {
    if (sessionOf(related) === this.#source.session) return;
    throw new FlushError(
      `${String(relationship)} of ${nameEntity(entity)} holds ${nameEntity(related)}, which is not in this session: ` +
        `add it with session.add(), or give the relationship the cascade 'save-update'`,
    );
  }

  /** When all is known: objects that would be left without a parent they need, and rows that change hands. */
  settleKeys(): void {
    const { changes } = this;
    for (const { relationship, children, parents } of changes.clears.values()) {
      if (!needsParent(relationship)) continue;
      children.forEach((child, at) => {
        const parent = parents[at];
        if (parent === undefined || changes.deleting.has(child) || this.#getsKey(relationship, child)) return;
        throw lostParent(relationship, child, parent, changes.deleting.has(parent));
      });
    }
    for (const { mapper, inserts } of changes.mappers.values()) {
      const identities = this.#source.identities(mapper);
      if (identities.size === 0) continue;
      for (const entity of inserts)
        if (!leavesKeyToDatabase(mapper, entity)) this.#checkIdentity(mapper, entity, identities);
    }
  }

  /** True where another relationship over the same columns gives the child a parent in this flush. */
  #getsKey(relationship: Relationship, child: Entity): boolean {
    const slots = childSlots(relationship);
    for (const copies of this.changes.copies.values()) {
      if (childSlots(copies.relationship).some((slot) => slots.includes(slot)) && copies.children.includes(child)) {
        return true;
      }
    }
    return false;
  }

  #checkIdentity(mapper: Mapper, entity: Entity, identities: IdentityMap<Entity>): void {
    const key = keyFromFields(mapper, entity) ?? this.#keyFromParents(mapper, entity);
    if (key === undefined) return;
    const known = identities.get(key);
    if (known === undefined) return;
    if (this.changes.deleting.has(known)) this.changes.rowSwitches.set(entity, known);
    else {
      throw new FlushError(
        `${nameEntity(entity)} has the primary key of another object of this session, ${nameEntity(known)}: ` +
          `change that one instead, or merge with session.merge()`,
      );
    }
  }

  /** The key of an object whose key is (partly) that of its parents, as far as they have theirs. */
  #keyFromParents(mapper: Mapper, entity: Entity): unknown {
    const parts = mapper.primaryKey.map((slot) => {
      const value = readField(entity, slot.field);
      if (value !== undefined && value !== null) return value;
      for (const relationship of mapper.relationships) {
        if (relationship.direction !== "many-to-one") continue;
        const at = relationship.localColumns.indexOf(slot);
        const source = relationship.remoteColumns[at];
        const parent = readField(entity, relationship.field);
        if (source !== undefined && parent instanceof Entity) return currentValue(parent, source);
      }
      return undefined;
    });
    if (parts.includes(undefined)) return undefined;
    return parts.length === 1 ? parts[0] : parts;
  }
}

/** True where deleting the object changes what is related by the relationship, or has to look whether it does. */
function concernsDeleted(entity: Entity, relationship: Relationship): boolean {
  const { definition, direction } = relationship;
  if (direction === "many-to-one" && definition.secondary === undefined) return relationship.isPostUpdate;
  return !isLeftToDatabase(relationship) || hasHistory(entity, relationship);
}

/** True where what is not loaded of a deleted object's relationship is seen to by ON DELETE. */
function isLeftToDatabase({ definition: { passiveDeletes = false } }: Relationship): boolean {
  return passiveDeletes !== false;
}

function leavesKeyToDatabase(mapper: Mapper, entity: Entity): boolean {
  return mapper.primaryKey.some(
    ({ column, field }) => column.generation !== "none" && readField(entity, field) === undefined,
  );
}

function unknownCollection(relationship: Relationship, owner: Entity): InvalidRequestError {
  return new InvalidRequestError(
    `Deleting ${nameEntity(owner)} has to know what is in ${String(relationship)}, which is never loaded ` +
      `(write_only): let the database do it (ON DELETE CASCADE or SET NULL) and say passive_deletes on it`,
  );
}

function writtenAgain(entity: Entity): FlushError {
  return new FlushError(
    `${nameEntity(entity)} was deleted by an earlier flush of this transaction and is related to another object ` +
      `since: make it a new object with makeTransient(), or relate it before it is deleted (reading what is not ` +
      `loaded flushes)`,
  );
}
