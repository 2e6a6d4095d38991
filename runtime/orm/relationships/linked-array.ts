// The list behind a to-many relationship: an array that reports what enters and leaves it.
import type { Entity } from "../entity.js";
import type { Relationship } from "../mapper.js";
import { CollectionAdapter, type CollectionListener } from "./collection-adapter.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** How a list is written: with Array's own methods, which tell nobody. */
class ListAdapter extends CollectionAdapter {
  readonly #list: Entity[];

  constructor(owner: Entity, relationship: Relationship, listener: CollectionListener, list: Entity[]) {
    super(owner, relationship, listener);
    this.#list = list;
  }

  protected override elements(): readonly unknown[] {
    return this.#list;
  }

  override fill(items: readonly Entity[]): void {
    const list = this.#list;
    for (let at = 0; at < items.length; at++) {
      const item = items[at];
      if (item !== undefined) list[at] = item;
    }
    this.settleAs(items);
  }

  protected override put(item: Entity): boolean {
    Array.prototype.push.call(this.#list, item);
    return true;
  }

  protected override take(item: Entity): void {
    const at = this.#list.indexOf(item);
    if (at >= 0) Array.prototype.splice.call(this.#list, at, 1);
  }

  protected override empty(): void {
    this.#list.length = 0;
  }
}

export let adapterOfArray: (list: LinkedArray) => CollectionAdapter;

/** The class behind `Collection`. */
export class LinkedArray extends Array<Entity> {
  #adapter: CollectionAdapter;

  /** What `map`, `filter` and `slice` give is a plain array. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  constructor(owner: Entity, relationship: Relationship, listener: CollectionListener) {
    super();
    this.#adapter = new ListAdapter(owner, relationship, listener, this);
  }

  override push(...items: Entity[]): number {
    this.#adapter.check(items, this.length);
    for (const item of items) {
      super.push(item);
      this.#adapter.entered(item);
    }
    return this.length;
  }

  override unshift(...items: Entity[]): number {
    this.#adapter.check(items, 0);
    super.unshift(...items);
    for (const item of items) this.#adapter.entered(item);
    return this.length;
  }

  override pop(): Entity | undefined {
    return this.splice(-1, 1)[0];
  }

  override shift(): Entity | undefined {
    return this.splice(0, 1)[0];
  }

  override splice(start: number, count?: number, ...items: Entity[]): Entity[] {
    this.#adapter.check(items, start);
    const toTheEnd = count === undefined && items.length === 0;
    const removed = toTheEnd ? super.splice(start) : super.splice(start, count ?? 0, ...items);
    for (const item of removed) this.#adapter.left(item);
    for (const item of items) this.#adapter.entered(item);
    return removed;
  }

  override sort(compare?: (a: Entity, b: Entity) => number): this {
    this.#adapter.reconcile();
    super.sort(compare);
    this.#adapter.reordered();
    return this;
  }

  override reverse(): this {
    this.#adapter.reconcile();
    super.reverse();
    this.#adapter.reordered();
    return this;
  }

  override fill(item: Entity, start?: number, end?: number): this {
    this.#adapter.check([item], start ?? 0);
    super.fill(item, start, end);
    this.#adapter.reconcile();
    return this;
  }

  override copyWithin(target: number, start: number, end?: number): this {
    this.#adapter.check([], 0);
    super.copyWithin(target, start, end);
    this.#adapter.reconcile();
    return this;
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

  static {
    adapterOfArray = (list) => list.#adapter;
  }
}
