// What every collection keeps beside its elements: whose it is, which entries were reported to the other side, and what
// the database holds. The containers (array, set, map) differ in how an element is put in, taken out and found.
import { Entity } from "../entity.js";
import type { Relationship } from "../mapper.js";

/** Whoever keeps the other side of a collection in step. */
export interface CollectionListener {
  /** Throws where the collection no longer stands for its owner's relationship. */
  checkCurrent(collection: CollectionAdapter): void;
  /** Throws where this value cannot be an element; `place` says which element it would be. */
  admit(collection: CollectionAdapter, value: unknown, place: number): asserts value is Entity;
  appended(collection: CollectionAdapter, item: Entity): void;
  removed(collection: CollectionAdapter, item: Entity): void;
}

/** What changed in a collection since it was last in step with the database. */
interface CollectionChanges {
  readonly added: readonly Entity[];
  readonly unchanged: readonly Entity[];
  readonly removed: readonly Entity[];
}

/** As `slice` of an array of a class of its own is slow. */
function copyOf(elements: readonly Entity[]): Entity[] {
  const copy: Entity[] = [];
  for (let at = 0; at < elements.length; at++) {
    const element = elements[at];
    if (element !== undefined) copy.push(element);
  }
  return copy;
}

const nothing: readonly Entity[] = Object.freeze([]);

/** The bookkeeping of one collection; each shape of container has its own way to write without anyone being told. */
export abstract class CollectionAdapter {
  readonly owner: Entity;
  readonly relationship: Relationship;
  readonly #listener: CollectionListener;
  /** The elements whose entry was reported. */
  #known: Entity[] = [];
  /** The elements that the database holds; one array with `#known` until the first change. */
  #committed: readonly Entity[] = nothing;

  constructor(owner: Entity, relationship: Relationship, listener: CollectionListener) {
    this.owner = owner;
    this.relationship = relationship;
    this.#listener = listener;
  }

  /** The elements as they stand, in order; plain JavaScript may have put anything among them. */
  protected abstract elements(): readonly unknown[];
  /** False where it is there already and cannot be there twice. */
  protected abstract put(item: Entity): boolean;
  protected abstract take(item: Entity): void;
  protected abstract empty(): void;

  /** The element whose place this one takes. */
  protected displacedBy(_item: Entity): Entity | undefined {
    return undefined;
  }

  /** False where an element stands where it does not belong. */
  protected isInOrder(): boolean {
    return true;
  }

  /** Moves each element to where it belongs. */
  protected putInOrder(): void {
    // A list and a set have no places of their own.
  }

  /** Throws where one of the values may not enter, or the collection is no longer its owner's. */
  check(values: readonly unknown[], place: number): asserts values is readonly Entity[] {
    this.#listener.checkCurrent(this);
    for (let at = 0; at < values.length; at++) this.#listener.admit(this, values[at], place + at);
  }

  /** After an element was put in. */
  entered(item: Entity): void {
    this.#ownKnown().push(item);
    this.#listener.appended(this, item);
  }

  /** After an element was taken out. A second occurrence keeps the object related. */
  left(item: Entity): void {
    if (this.#forget(item) && !this.#known.includes(item)) this.#listener.removed(this, item);
  }

  /** After the elements were put into another order. */
  reordered(): void {
    this.#known = copyOf(this.#elements());
  }

  /** The objects that it holds now. */
  get items(): readonly Entity[] {
    return this.elements().filter((each) => each instanceof Entity);
  }

  /** Puts an element in because the other side says so. */
  appendQuietly(item: Entity): void {
    const former = this.displacedBy(item);
    if (this.put(item)) this.#ownKnown().push(item);
    if (former !== undefined) this.left(former);
  }

  /** Takes an element out, wherever it is, because the other side says so. */
  removeQuietly(item: Entity): void {
    while (this.#forget(item)) this.take(item);
  }

  /** Puts in the elements that the database holds, in their order; there are none yet. `items` is kept. */
  fill(items: readonly Entity[]): void {
    for (const item of items) this.put(item);
    this.settle();
  }

  /** `settle`, where it is known which elements stand there. */
  protected settleAs(items: readonly Entity[]): void {
    this.#committed = items;
    // Sound: while the two are one array it is not written to; see `#ownKnown`.
    this.#known = items as Entity[];
  }

  /** Says that the database holds the collection as it stands. */
  settle(): void {
    this.settleAs(copyOf(this.#elements()));
  }

  /** Puts other elements in place of all, as one change: what stays is not reported. */
  replaceAll(values: readonly unknown[]): void {
    this.check(values, 0);
    this.empty();
    for (const item of values) this.put(item);
    this.reconcile();
  }

  /** Takes plain changes (an index, `length`) as if they had been made by the methods. */
  reconcile(): void {
    if (this.#isInStep()) return;
    const elements = this.elements();
    // Holes and foreign values that plain JavaScript put in are refused here, by index.
    for (let at = 0; at < elements.length; at++) this.#listener.admit(this, elements[at], at);
    const before = new Set(this.#known);
    if (!this.isInOrder()) this.putInOrder();
    this.#known = copyOf(this.#elements());
    const after = new Set(this.#known);
    for (const item of before) if (!after.has(item)) this.#listener.removed(this, item);
    for (const item of after) if (!before.has(item)) this.#listener.appended(this, item);
  }

  /** What changed since the collection was last in step with the database. */
  changes(): CollectionChanges {
    if (this.#known === this.#committed) return { added: nothing, unchanged: this.#known, removed: nothing };
    const before = new Set(this.#committed);
    const now = new Set(this.#known);
    const added: Entity[] = [];
    const unchanged: Entity[] = [];
    for (const item of now) (before.has(item) ? unchanged : added).push(item);
    return { added, unchanged, removed: [...before].filter((item) => !now.has(item)) };
  }

  #elements(): readonly Entity[] {
    // Whatever else may be among them was refused by `admit`.
    return this.elements() as readonly Entity[];
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

  #isInStep(): boolean {
    const known = this.#known;
    const elements = this.elements();
    if (known.length !== elements.length || !this.isInOrder()) return false;
    for (let at = 0; at < known.length; at++) if (known[at] !== elements[at]) return false;
    return true;
  }
}
