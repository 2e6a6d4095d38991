// The set behind a relationship with `collection_class set`: reports what enters and leaves it.
import type { Entity } from "../entity.js";
import type { Relationship } from "../mapper.js";
import { CollectionAdapter, type CollectionListener } from "./collection-adapter.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** How a set is written: with Set's own methods, which tell nobody. */
class SetAdapter extends CollectionAdapter {
  readonly #set: Set<Entity>;

  constructor(owner: Entity, relationship: Relationship, listener: CollectionListener, set: Set<Entity>) {
    super(owner, relationship, listener);
    this.#set = set;
  }

  protected override elements(): readonly unknown[] {
    return [...this.#set];
  }

  protected override put(item: Entity): boolean {
    const isNew = !this.#set.has(item);
    Set.prototype.add.call(this.#set, item);
    return isNew;
  }

  protected override take(item: Entity): void {
    Set.prototype.delete.call(this.#set, item);
  }

  protected override empty(): void {
    Set.prototype.clear.call(this.#set);
  }
}

export let adapterOfSet: (set: LinkedSet) => CollectionAdapter;

/** The class behind `SetCollection`. */
export class LinkedSet extends Set<Entity> {
  #adapter: CollectionAdapter;

  constructor(owner: Entity, relationship: Relationship, listener: CollectionListener) {
    super();
    this.#adapter = new SetAdapter(owner, relationship, listener, this);
  }

  override add(item: Entity): this {
    if (this.has(item)) return this;
    this.#adapter.check([item], this.size);
    super.add(item);
    this.#adapter.entered(item);
    return this;
  }

  override delete(item: Entity): boolean {
    this.#adapter.check([], 0);
    if (!super.delete(item)) return false;
    this.#adapter.left(item);
    return true;
  }

  override clear(): void {
    for (const item of this) this.delete(item);
  }

  remove(item: Entity): boolean {
    return this.delete(item);
  }

  [INSPECT](depth: number, options: object, inspect: (value: unknown, options: object) => string): string {
    const name = `SetCollection(${this.size})`;
    return depth < 0 ? `[${name}]` : `${name} ${inspect(new Set(this), options)}`;
  }

  static {
    adapterOfSet = (set) => set.#adapter;
  }
}
