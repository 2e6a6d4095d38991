// Association proxies on objects: what the related objects show, written through. A new value makes a new object of the
// class between, `new Class({ attribute: value })`, and relates it; removing a value takes its object away.
import { InvalidRequestError, MappingError } from "../../errors/errors.js";
import type { Entity } from "../entity.js";
import { type Mapper, mapperOf, type Relationship } from "../mapper.js";

/** What a proxy along a collection gives: what is shown now, and how to change it. */
export interface ProxyCollection<T> extends ReadonlyArray<T> {
  /** Relates new objects that show these values; returns how many there are then. */
  push(...values: T[]): number;
  /** Takes the first object that shows this value away; false where none does. */
  remove(value: T): boolean;
  /** Takes all of them away. */
  clear(): void;
}

/** What leads along the relationship, whatever kind of collection it is. */
interface Related extends Iterable<unknown> {
  push?(item: Entity): unknown;
  add?(item: Entity): unknown;
  remove?(item: Entity): boolean;
  delete?(item: Entity): boolean;
}

class ProxyArray extends Array<unknown> implements ProxyCollection<unknown> {
  readonly #entity: Entity;
  readonly #proxy: Proxied;

  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  constructor(entity: Entity, proxy: Proxied) {
    super();
    this.#entity = entity;
    this.#proxy = proxy;
    for (const each of relatedOf(entity, proxy.relationship)) super.push(Reflect.get(Object(each), proxy.attribute));
  }

  override push(...values: unknown[]): number {
    for (const value of values) {
      enter(relatedOf(this.#entity, this.#proxy.relationship), shower(this.#proxy, value));
      super.push(value);
    }
    return this.length;
  }

  remove(value: unknown): boolean {
    const related = relatedOf(this.#entity, this.#proxy.relationship);
    for (const each of related) {
      if (Reflect.get(Object(each), this.#proxy.attribute) !== value) continue;
      leave(related, each as Entity); // a collection holds objects
      super.splice(this.indexOf(value), 1);
      return true;
    }
    return false;
  }

  clear(): void {
    const related = relatedOf(this.#entity, this.#proxy.relationship);
    for (const each of Array.from(related)) leave(related, each as Entity); // as above
    this.length = 0;
  }
}

interface Proxied {
  readonly relationship: Relationship;
  readonly attribute: string;
}

/** For the getter of a proxy along a list or a set. */
export function showCollection(entity: Entity, name: string): never {
  // The generated getter knows what the far attribute is.
  return new ProxyArray(entity, proxied(mapperOf(entity), name)) as never;
}

/** For the setter of a proxy along a list or a set: objects that show a value still wanted stay. */
export function assignShown(entity: Entity, name: string, values: Iterable<unknown>): void {
  const proxy = proxied(mapperOf(entity), name);
  const wanted = [...values];
  const shown = new ProxyArray(entity, proxy);
  for (const value of shown.slice()) {
    const at = wanted.indexOf(value);
    if (at >= 0) wanted.splice(at, 1);
    else shown.remove(value);
  }
  shown.push(...wanted);
}

/** For the setter of a proxy along a to-one relationship: sets the related object, or a new one. */
export function assignThrough(entity: Entity, name: string, value: unknown): void {
  const proxy = proxied(mapperOf(entity), name);
  const { relationship, attribute } = proxy;
  const related: unknown = Reflect.get(entity, relationship.name);
  if (typeof related === "object" && related !== null) Reflect.set(related, attribute, value);
  else if (value !== null) Reflect.set(entity, relationship.name, shower(proxy, value));
}

function proxied(mapper: Mapper, name: string): Proxied {
  const definition = mapper.definition.proxies?.[name];
  if (definition === undefined) throw new MappingError(`Class ${mapper.name} has no proxy '${name}'`);
  const [relationship, attribute] = definition;
  return { relationship: mapper.relationship(relationship), attribute };
}

function relatedOf(entity: Entity, { name }: Relationship): Related {
  // The generated getter gives the collection, loaded where it has to be.
  return Reflect.get(entity, name) as Related;
}

/** A new object of the class between. */
function shower({ relationship, attribute }: Proxied, value: unknown): Entity {
  // The class is the one whose objects are made of rows: the user's own where there is one.
  const { constructor } = relationship.target.definition.create();
  return Reflect.construct(constructor, [{ [attribute]: value }]) as Entity;
}

function enter(related: Related, item: Entity): void {
  if (related.push !== undefined) related.push(item);
  else if (related.add !== undefined) related.add(item);
  else throw new InvalidRequestError("A proxy cannot enter objects into this kind of collection");
}

function leave(related: Related, item: Entity): void {
  if (related.remove !== undefined) related.remove(item);
  else related.delete?.(item);
}
