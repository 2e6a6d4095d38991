// The map behind a relationship with `collection_class map by …`: reports what enters and leaves it, and keeps each
// object under the value of its attribute.
import { ArgumentError } from "../../errors/errors.js";
import { describeValue } from "../../types/describe-value.js";
import type { Entity } from "../entity.js";
import { nameEntity } from "../entity-text.js";
import { readField, type Relationship } from "../mapper.js";
import { CollectionAdapter, type CollectionListener } from "./collection-adapter.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** How a map is written: with Map's own methods, which tell nobody. */
class MapAdapter extends CollectionAdapter {
  readonly #map: Map<unknown, Entity>;
  readonly #by: string;

  constructor(
    owner: Entity,
    relationship: Relationship,
    by: string,
    listener: CollectionListener,
    map: Map<unknown, Entity>,
  ) {
    super(owner, relationship, listener);
    this.#map = map;
    this.#by = by;
  }

  /**
   * The value that an object is kept by.
   * @throws ArgumentError where it has none
   */
  keyOf(item: Entity): unknown {
    const key = this.#knownKey(item);
    if (key !== undefined && key !== null) return key;
    throw new ArgumentError(
      `${nameEntity(item)} has no '${this.#by}', which ${String(this.relationship)} keeps its objects by: ` +
        `set it before the object is put into the collection`,
    );
  }

  /** Where an object stands, whatever its attribute says now. */
  placeOf(item: Entity): unknown {
    for (const [key, each] of this.#map) if (each === item) return key;
    return undefined;
  }

  protected override elements(): readonly unknown[] {
    return [...this.#map.values()];
  }

  protected override isInOrder(): boolean {
    // An attribute that is not loaded has not been changed either.
    for (const [key, item] of this.#map) if ((this.#knownKey(item) ?? key) !== key) return false;
    return true;
  }

  protected override putInOrder(): void {
    const entries = [...this.#map];
    this.empty();
    for (const [key, item] of entries) Map.prototype.set.call(this.#map, this.#knownKey(item) ?? key, item);
  }

  #knownKey(item: Entity): unknown {
    return readField(item, `_${this.#by}`) === undefined ? undefined : Reflect.get(item, this.#by);
  }

  protected override displacedBy(item: Entity): Entity | undefined {
    const former = this.#map.get(this.keyOf(item));
    return former === item ? undefined : former;
  }

  protected override put(item: Entity): boolean {
    const key = this.keyOf(item);
    const isNew = this.#map.get(key) !== item;
    Map.prototype.set.call(this.#map, key, item);
    return isNew;
  }

  protected override take(item: Entity): void {
    Map.prototype.delete.call(this.#map, this.placeOf(item));
  }

  protected override empty(): void {
    Map.prototype.clear.call(this.#map);
  }
}

export let adapterOfMap: (map: LinkedMap) => CollectionAdapter;

/** The class behind `MapCollection`. */
export class LinkedMap extends Map<unknown, Entity> {
  #adapter: MapAdapter;

  constructor(owner: Entity, relationship: Relationship, by: string, listener: CollectionListener) {
    super();
    this.#adapter = new MapAdapter(owner, relationship, by, listener, this);
  }

  override set(key: unknown, item: Entity): this {
    this.#adapter.check([item], this.size);
    const own = this.#adapter.keyOf(item);
    if (own !== key) {
      throw new ArgumentError(
        `${nameEntity(item)} belongs under ${describeValue(own)} in ${String(this.#adapter.relationship)}, ` +
          `not under ${describeValue(key)}: put it in with add()`,
      );
    }
    const former = this.get(key);
    if (former === item) return this;
    super.set(key, item);
    if (former !== undefined) this.#adapter.left(former);
    this.#adapter.entered(item);
    return this;
  }

  add(item: Entity): this {
    this.#adapter.check([item], this.size);
    return this.set(this.#adapter.keyOf(item), item);
  }

  override delete(key: unknown): boolean {
    this.#adapter.check([], 0);
    const item = this.get(key);
    if (item === undefined) return false;
    super.delete(key);
    this.#adapter.left(item);
    return true;
  }

  override clear(): void {
    for (const key of this.keys()) this.delete(key);
  }

  remove(item: Entity): boolean {
    return this.delete(this.#adapter.placeOf(item));
  }

  [INSPECT](depth: number, options: object, inspect: (value: unknown, options: object) => string): string {
    const name = `MapCollection(${this.size})`;
    return depth < 0 ? `[${name}]` : `${name} ${inspect(new Map(this), options)}`;
  }

  static {
    adapterOfMap = (map) => map.#adapter;
  }
}
