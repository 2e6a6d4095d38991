// Sets of objects that a session shows: `session.new`, `session.dirty`, `session.deleted`. Copies, which print their
// objects without any I/O.
import type { Entity } from "./entity.js";
import { mapperOf } from "./mapper.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** Objects told apart by identity, in the order in which they came. */
export class IdentitySet implements Iterable<Entity> {
  readonly #objects: ReadonlySet<Entity>;

  constructor(objects: Iterable<Entity>) {
    this.#objects = new Set(objects);
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

/** What `session.identityMap` shows: the persistent objects. */
export class IdentityMapView extends IdentitySet {
  override toString(): string {
    return `IdentityMap([${[...this].map((entity) => mapperOf(entity).describe(entity)).join(", ")}])`;
  }
}
