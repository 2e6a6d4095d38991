// The collection behind a to-many relationship: an array that reports what enters and leaves it. It knows nothing of
// relationships itself; whoever makes one passes the listener that keeps the other side in step.
import type { Entity } from "../entity.js";
import type { Relationship } from "../mapper.js";

/** Whoever keeps the other side of a collection in step. */
export interface CollectionListener {
  /** Throws where the collection no longer stands for its owner's relationship. */
  checkCurrent(collection: LinkedArray): void;
  /** Throws where this value cannot be an element; `place` says which element it would be. */
  admit(collection: LinkedArray, value: unknown, place: number): void;
  appended(collection: LinkedArray, item: Entity): void;
  removed(collection: LinkedArray, item: Entity): void;
}

/**
 * The related objects of a to-many relationship, in order. Reads like an array; changes made by its methods are seen by
 * the other side at once. Index assignment, `length` and sorting are for plain arrays: take `[...collection]`.
 */
export interface Collection<T> extends ReadonlyArray<T> {
  /** Appends; returns the new length. */
  push(...items: T[]): number;
  /** Puts in front; returns the new length. */
  unshift(...items: T[]): number;
  /** Removes and returns the last element. */
  pop(): T | undefined;
  /** Removes and returns the first element. */
  shift(): T | undefined;
  /** Removes `count` elements from `start` and puts others in their place; returns what was removed. */
  splice(start: number, count?: number, ...items: T[]): T[];
  /** Removes the first occurrence; false where there is none. */
  remove(item: T): boolean;
  clear(): void;
}

/** What changed in a collection since it was last in step with the database. */
interface CollectionChanges {
  readonly added: readonly Entity[];
  readonly unchanged: readonly Entity[];
  readonly removed: readonly Entity[];
}

const INSPECT = Symbol.for("nodejs.util.inspect.custom");
const nothing: readonly Entity[] = Object.freeze([]);

/** Appends without telling the listener. */
export let appendQuietly: (collection: LinkedArray, item: Entity) => void;
/** Removes the first occurrence without telling the listener; false where there is none. */
export let removeQuietly: (collection: LinkedArray, item: Entity) => boolean;
/** Appends an element that the database holds; `settle` ends the loading. */
export let appendLoaded: (collection: LinkedArray, item: Entity) => void;
/** Says that the database holds the collection as it stands. */
export let settle: (collection: LinkedArray) => void;
/** Puts other elements in place of all, as one change. */
export let replaceAll: (collection: LinkedArray, items: readonly Entity[]) => void;
/** Takes plain assignments (an index, `length`, a sort) as if they had been made by the methods. */
export let reconcile: (collection: LinkedArray) => void;
/** What changed since the collection was last in step with the database. */
export let changesOf: (collection: LinkedArray) => CollectionChanges;
export let ownerOf: (collection: LinkedArray) => Entity;
export let relationshipOf: (collection: LinkedArray) => Relationship;

/** The class behind `Collection`. */
export class LinkedArray extends Array<Entity> {
  #owner: Entity;
  #relationship: Relationship;
  #listener: CollectionListener;
  /** The elements whose entry was reported. */
  #known: Entity[] = [];
  /** The elements that the database holds; one array with `#known` until the first change. */
  #committed: readonly Entity[] = nothing;

  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  constructor(owner: Entity, relationship: Relationship, listener: CollectionListener) {
    super();
    this.#owner = owner;
    this.#relationship = relationship;
    this.#listener = listener;
  }

  override push(...items: Entity[]): number {
    this.#check(items, this.length);
    for (const item of items) {
      super.push(item);
      this.#enter(item);
    }
    return this.length;
  }

  override unshift(...items: Entity[]): number {
    this.#check(items, 0);
    super.unshift(...items);
    for (const item of items) this.#enter(item);
    return this.length;
  }

  override pop(): Entity | undefined {
    return this.splice(-1, 1)[0];
  }

  override shift(): Entity | undefined {
    return this.splice(0, 1)[0];
  }

  override splice(start: number, count?: number, ...items: Entity[]): Entity[] {
    this.#check(items, start);
    const toTheEnd = count === undefined && items.length === 0;
    const removed = toTheEnd ? super.splice(start) : super.splice(start, count ?? 0, ...items);
    for (const item of removed) this.#leave(item);
    for (const item of items) this.#enter(item);
    return removed;
  }

  remove(item: Entity): boolean {
    const at = this.indexOf(item);
    if (at < 0) return false;
    this.splice(at, 1);
    return true;
  }

  clear(): void {
    this.splice(0);
  }

  [INSPECT](depth: number, options: object, inspect: (value: unknown, options: object) => string): string {
    const name = `Collection(${this.length})`;
    return depth < 0 ? `[${name}]` : `${name} ${inspect([...this], options)}`;
  }

  #check(items: readonly Entity[], place: number): void {
    this.#listener.checkCurrent(this);
    for (let at = 0; at < items.length; at++) this.#listener.admit(this, items[at], place + at);
  }

  #enter(item: Entity): void {
    this.#ownKnown().push(item);
    this.#listener.appended(this, item);
  }

  #leave(item: Entity): void {
    // A second occurrence keeps the object related.
    if (this.#forget(item) && !this.#known.includes(item)) this.#listener.removed(this, item);
  }

  #forget(item: Entity): boolean {
    const at = this.#known.lastIndexOf(item);
    if (at < 0) return false;
    this.#ownKnown().splice(at, 1);
    return true;
  }

  #ownKnown(): Entity[] {
    if (this.#known === this.#committed) this.#known = this.#known.slice();
    return this.#known;
  }

  #inStep(): boolean {
    const known = this.#known;
    if (known.length !== this.length) return false;
    for (let at = 0; at < known.length; at++) if (known[at] !== this[at]) return false;
    return true;
  }

  #reconcile(): void {
    if (this.#inStep()) return;
    // Holes and foreign values that plain JavaScript put in are refused here, by index.
    for (let at = 0; at < this.length; at++) this.#listener.admit(this, this[at], at);
    const before = new Set(this.#known);
    const after = new Set(this);
    this.#known = this.slice();
    for (const item of before) if (!after.has(item)) this.#listener.removed(this, item);
    for (const item of after) if (!before.has(item)) this.#listener.appended(this, item);
  }

  #changes(): CollectionChanges {
    if (this.#known === this.#committed) return { added: nothing, unchanged: this.#known, removed: nothing };
    const before = new Set(this.#committed);
    const now = new Set(this.#known);
    const added: Entity[] = [];
    const unchanged: Entity[] = [];
    for (const item of now) (before.has(item) ? unchanged : added).push(item);
    return { added, unchanged, removed: [...before].filter((item) => !now.has(item)) };
  }

  static {
    appendQuietly = (collection, item) => {
      Array.prototype.push.call(collection, item);
      collection.#ownKnown().push(item);
    };
    removeQuietly = (collection, item) => {
      const at = collection.indexOf(item);
      if (at >= 0) Array.prototype.splice.call(collection, at, 1);
      return collection.#forget(item);
    };
    appendLoaded = (collection, item) => {
      Array.prototype.push.call(collection, item);
    };
    settle = (collection) => {
      collection.#known = collection.slice();
      collection.#committed = collection.#known;
    };
    replaceAll = (collection, items) => {
      collection.#check(items, 0);
      collection.length = 0;
      for (const item of items) Array.prototype.push.call(collection, item);
      collection.#reconcile();
    };
    reconcile = (collection) => {
      collection.#reconcile();
    };
    changesOf = (collection) => collection.#changes();
    ownerOf = (collection) => collection.#owner;
    relationshipOf = (collection) => collection.#relationship;
  }
}
