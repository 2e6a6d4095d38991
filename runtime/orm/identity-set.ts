// Sets of objects that a session shows: `session.new`, `session.dirty`, `session.deleted`. Copies, which print their
// objects without any I/O.
import type { Entity } from "./entity.js";
import { mapperOf } from "./mapper.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** Objects told apart by identity, in the order in which they came. */
export class IdentitySet implements Iterable<Entity> {
  readonly #source: Iterable<Entity>;
  #copy: ReadonlySet<Entity> | null = null;

  constructor(objects: Iterable<Entity>) {
    this.#source = objects;
  }

  /** Copied at first use: many ask for one thing only. */
  get #objects(): ReadonlySet<Entity> {
    return (this.#copy ??= new Set(this.#source));
  }

  get size(): number {
    return this.#objects.size;
  }

  has(object: object): boolean {
    // Membership is by identity: what is no entity is simply not in the set.
    return this.#objects.has(object as Entity);
  }

  [Symbol.iterator](): IterableIterator<Entity> {
    return this.#objects.values();
  }

  /** Such as `IdentitySet([User(id=undefined, name='squidward')])`. */
  toString(): string {
    return `IdentitySet([${[...this.#objects].map((entity) => mapperOf(entity).describe(entity)).join(", ")}])`;
  }

  [INSPECT](): string {
    return this.toString();
  }
}

/** Finds an object in memory by its class and key. */
type Lookup = (entityClass: object, key: unknown) => Entity | null;

/** What `session.identityMap` shows: the persistent objects. */
export class IdentityMapView extends IdentitySet {
  readonly #lookup: Lookup;

  constructor(objects: Iterable<Entity>, lookup: Lookup) {
    super(objects);
    this.#lookup = lookup;
  }

  /** The object of this primary key, if the session holds it now; null where it does not. Never does I/O. */
  get<E extends object>(entityClass: { readonly $mapper: object; readonly prototype: E }, key: unknown): E | null {
    // A class's identity map holds its instances only.
    return this.#lookup(entityClass, key) as E | null;
  }

  override toString(): string {
    return `IdentityMap([${[...this].map((entity) => mapperOf(entity).describe(entity)).join(", ")}])`;
  }
}
