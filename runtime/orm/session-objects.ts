// The objects of one session: which are new, changed or to be deleted, and the identity map of the rest. Knows how
// objects come and go; runs no SQL.
import { ArgumentError, InvalidRequestError } from "../errors/errors.js";
import { describeValue } from "../types/describe-value.js";
import {
  Entity,
  type EntityMapping,
  type EntitySession,
  type EntityStatus,
  forgetChanges,
  type IdentityKey,
  isTouched,
  keyOf,
  sessionOf,
  Standing,
  statusOf,
} from "./entity.js";
import { nameEntity } from "./entity-text.js";
import { HandedOut } from "./handed-out.js";
import { normalKey } from "./identity-key.js";
import { IdentityMap } from "./identity-map.js";
import { moveInstance } from "./instance-states.js";
import { mapperOf } from "./mapper.js";
import { expireRelationships } from "./relationships/settle.js";

const NONE: ReadonlySet<Entity> = new Set();

/**
 * One session's objects. Sets and maps are made when there is something to put in them: most sessions read a little and
 * end.
 */
export class SessionObjects {
  readonly session: EntitySession;
  #pending: Set<Entity> | null = null;
  #modified: Set<Entity> | null = null;
  #deleting: Set<Entity> | null = null;
  #handedOut: HandedOut | null = null;
  #collections: Set<object> | null = null;
  /** Where the session's objects stand; all that are persistent stand in one place. */
  #persistent: Standing | null = null;
  #pendingPlace: Standing | null = null;
  #deletedPlace: Standing | null = null;
  /** The identity map of the class that was met first. */
  #firstClass: EntityMapping | null = null;
  #firstIdentities: IdentityMap<Entity> | null = null;
  /** Those of all classes, once there were two. */
  #identities: Map<EntityMapping, IdentityMap<Entity>> | null = null;

  constructor(session: EntitySession) {
    this.session = session;
  }

  /** In no row yet, in the order of `add`. */
  get pending(): ReadonlySet<Entity> {
    return this.#pending ?? NONE;
  }

  /** Persistent and assigned to since the last flush. */
  get modified(): ReadonlySet<Entity> {
    return this.#modified ?? NONE;
  }

  /** See `EntitySession`. */
  get collections(): ReadonlySet<object> | null {
    return this.#collections;
  }

  watch(collection: object): void {
    (this.#collections ??= new Set()).add(collection);
  }

  unwatch(collection: object): void {
    this.#collections?.delete(collection);
  }

  /** To be deleted by the next flush. */
  get deleting(): ReadonlySet<Entity> {
    return this.#deleting ?? NONE;
  }

  standing(status: EntityStatus): Standing {
    if (status === "persistent") return (this.#persistent ??= new Standing(this.session, status));
    if (status === "pending") return (this.#pendingPlace ??= new Standing(this.session, status));
    if (status === "deleted") return (this.#deletedPlace ??= new Standing(this.session, status));
    return new Standing(this.session, status);
  }

  noteModified(entity: Entity): void {
    (this.#modified ??= new Set()).add(entity);
  }

  forgetModified(entity: Entity): void {
    this.#modified?.delete(entity);
  }

  handOut(entity: Entity, index: number, value: object): void {
    const slot = mapperOf(entity).slots[index];
    if (slot?.mutation === undefined || slot.mutation === null) return;
    (this.#handedOut ??= new HandedOut(this.session)).keep(entity, slot, slot.mutation, value);
  }

  /** Finds what changed in place since it was read. */
  noteChangesInPlace(): void {
    this.#handedOut?.noteChanges();
  }

  noteDeleting(entity: Entity): void {
    (this.#deleting ??= new Set()).add(entity);
  }

  /** True where a flush would find nothing. */
  get isClean(): boolean {
    return this.pending.size === 0 && this.modified.size === 0 && this.deleting.size === 0;
  }

  /** The persistent objects of one class and of those that share its keys. */
  identities({ root: mapping }: EntityMapping): IdentityMap<Entity> {
    if (this.#firstClass === mapping && this.#firstIdentities !== null) return this.#firstIdentities;
    let identities = this.#identities?.get(mapping);
    if (identities === undefined) this.#keep(mapping, (identities = new IdentityMap()));
    return identities;
  }

  #keep(mapping: EntityMapping, identities: IdentityMap<Entity>): void {
    if (this.#firstClass === null || this.#firstIdentities === null) {
      this.#firstClass = mapping;
      this.#firstIdentities = identities;
      return;
    }
    this.#identities ??= new Map([[this.#firstClass, this.#firstIdentities]]);
    this.#identities.set(mapping, identities);
  }

  #allIdentities(): Iterable<IdentityMap<Entity>> {
    if (this.#identities !== null) return this.#identities.values();
    return this.#firstIdentities === null ? [] : [this.#firstIdentities];
  }

  /** All persistent objects, class by class. */
  *persistent(): Generator<Entity> {
    for (const identities of this.#allIdentities()) yield* identities.values();
  }

  /** The objects changed since the last flush that are not to be deleted. */
  *dirty(): Generator<Entity> {
    for (const entity of this.modified) if (!this.deleting.has(entity)) yield entity;
  }

  has(entity: Entity): boolean {
    return sessionOf(entity) === this.session && statusOf(entity) !== "deleted";
  }

  /** Takes one object in, without its relations. False where it was here already. */
  add(entity: Entity): boolean {
    const holder = sessionOf(entity);
    if (holder !== null && holder !== this.session) {
      throw new InvalidRequestError(
        `${nameEntity(entity)} belongs to another session already: expunge it there first, or take a copy with merge()`,
      );
    }
    this.#deleting?.delete(entity);
    const status = statusOf(entity);
    if (holder === this.session && status !== "deleted") return false;
    if (status === "detached") this.#checkPlace(entity);
    this.session.tell("beforeAttach", entity);
    moveInstance(entity, "add", this.session, this.#keyHere(entity));
    this.session.tell("afterAttach", entity);
    if (status === "transient") (this.#pending ??= new Set()).add(entity);
    else {
      this.identities(mapperOf(entity)).set(keyOf(entity), entity);
      if (isTouched(entity)) this.noteModified(entity);
    }
    return true;
  }

  /** The key as rows of this session's database have it. */
  #keyHere(entity: Entity): IdentityKey | undefined {
    const key = keyOf(entity);
    if (key === undefined) return undefined;
    const mapper = mapperOf(entity);
    return normalKey(mapper, key, this.session.dialectOf(mapper));
  }

  #checkPlace(entity: Entity): void {
    const known = this.identities(mapperOf(entity)).get(this.#keyHere(entity));
    if (known === undefined || known === entity) return;
    throw new InvalidRequestError(
      `${nameEntity(entity)} cannot be added: this session holds another object for the same row. ` +
        `Use that one, or copy this one onto it with session.merge()`,
    );
  }

  /** Lets one object go, without its relations. */
  expunge(entity: Entity): void {
    this.#pending?.delete(entity);
    this.#modified?.delete(entity);
    this.#deleting?.delete(entity);
    if (statusOf(entity) === "persistent") this.identities(mapperOf(entity)).delete(keyOf(entity), entity);
    moveInstance(entity, "expunge", null);
  }

  /** Unloads an object's columns and relationships and forgets its changes. */
  expire(entity: Entity): void {
    const mapper = mapperOf(entity);
    mapper.definition.expire(entity);
    if (mapper.relationships.length > 0) expireRelationships(entity);
    forgetChanges(entity);
    this.#modified?.delete(entity);
    if (mapper.events.has("expire")) mapper.events.emit("expire", { object: entity });
  }

  /** After a flush of some objects: what is in step by now. */
  settleFlushed(): void {
    for (const entity of this.pending) if (statusOf(entity) !== "pending") this.#pending?.delete(entity);
    for (const entity of this.modified) if (!isTouched(entity)) this.#modified?.delete(entity);
    for (const entity of this.deleting) if (statusOf(entity) !== "persistent") this.#deleting?.delete(entity);
    this.#handedOut?.settle();
  }

  /** After a flush: everything is in step. */
  settle(): void {
    this.#pending = null;
    this.#modified = null;
    this.#deleting = null;
    this.#handedOut?.settle();
  }

  /** Lets every object go. */
  clear(): void {
    // One by one where somebody wants to know of each.
    if (this.session.tells("persistentToDetached")) {
      for (const entity of this.persistent()) moveInstance(entity, "expunge", null);
    } else if (this.#persistent !== null) {
      this.#persistent.session = null;
      this.#persistent.status = "detached";
      this.#persistent = null;
    }
    // The maps themselves stay: readers of rows hold them.
    for (const identities of this.#allIdentities()) identities.clear();
    for (const entity of this.pending) moveInstance(entity, "expunge", null);
    this.#handedOut = null;
    this.#collections = null;
    this.settle();
  }
}

/** @throws ArgumentError for what is no instance of a mapped class. */
export function checkEntity(value: unknown, method: string): asserts value is Entity {
  if (value instanceof Entity) return;
  throw new ArgumentError(`session.${method}() takes an instance of a mapped class, got ${describeValue(value)}`);
}
