// What one flush has to do, before it is known in which order: objects to insert, update and delete by class, key
// values to copy along relationships, rows of link tables. Collected once, then only read.
import type { ColumnNode, TableNode } from "../../sql/ast/nodes.js";
import { type Entity, type IdentityKey, keyOf } from "../entity.js";
import type { Mapper, Relationship, Slot } from "../mapper.js";
import { LateMap, LateSet } from "./late-collections.js";

/** The share of one class and of those that extend it. Each list is in the order in which the objects were met. */
export interface MapperChanges {
  readonly mapper: Mapper;
  readonly inserts: Entity[];
  readonly updates: Entity[];
  readonly deletes: Entity[];
}

/** Foreign keys to copy from parents, or to set to NULL where they let go; `children[n]` belongs to `parents[n]`. */
export interface KeyCopies {
  readonly relationship: Relationship;
  readonly kind: "copy" | "clear";
  readonly children: Entity[];
  readonly parents: Entity[];
}

/** Foreign keys of one class that are set by UPDATEs of their own, when all rows are there. */
interface PostUpdates {
  readonly mapper: Mapper;
  /** Sent after both sides are saved. */
  readonly afterSaves: LateMap<string, KeyCopies>;
  /** Sent before either side is deleted. */
  readonly beforeDeletes: LateMap<string, KeyCopies>;
}

/** A loaded object whose foreign key the database changes together with the key that it refers to. */
interface KeySwitch {
  readonly relationship: Relationship;
  readonly child: Entity;
  readonly parent: Entity;
}

/** Rows of one link table; `owners[n]` goes with `targets[n]`, seen from the relationship. */
export interface LinkRows {
  readonly relationship: Relationship;
  readonly inserts: LinkPairs;
  readonly deletes: LinkPairs;
}

/** Columns of a link table that hold the key of a class's objects. */
export interface LinkKey {
  readonly relationship: Relationship;
  readonly table: TableNode;
  readonly columns: readonly ColumnNode[];
  /** What they hold, in the same order. */
  readonly slots: readonly Slot[];
}

/** Pairs of objects, each pair once. */
export class LinkPairs {
  readonly owners: Entity[] = [];
  readonly targets: Entity[] = [];
  readonly #seen = new Map<Entity, Set<Entity>>();

  add(owner: Entity, target: Entity): void {
    let targets = this.#seen.get(owner);
    if (targets === undefined) this.#seen.set(owner, (targets = new Set()));
    if (targets.has(target)) return;
    targets.add(target);
    this.owners.push(owner);
    this.targets.push(target);
  }
}

/** The objects to be deleted: those that the session was told of, and those that go with them. */
class DeletedObjects {
  readonly #marked: ReadonlySet<Entity>;
  readonly #others = new LateSet<Entity>();

  constructor(marked: ReadonlySet<Entity>) {
    this.#marked = marked;
  }

  get size(): number {
    return this.#marked.size + this.#others.size;
  }

  has(entity: Entity): boolean {
    return this.#marked.has(entity) || this.#others.has(entity);
  }

  /** True for an object that was not there yet. */
  add(entity: Entity): boolean {
    return !this.#marked.has(entity) && this.#others.add(entity);
  }
}

/** The work of one flush. */
export class ChangeSet {
  readonly mappers = new LateMap<Mapper, MapperChanges>();
  readonly copies = new LateMap<Relationship, KeyCopies>();
  readonly clears = new LateMap<Relationship, KeyCopies>();
  readonly postUpdates = new LateMap<Mapper, PostUpdates>();
  readonly links = new LateMap<Relationship, LinkRows>();
  /** By the object whose key changes. */
  readonly keySwitches = new LateMap<Entity, KeySwitch[]>();
  /** Objects whose changed keys the flush has to carry over to rows of link tables. */
  readonly linkKeys = new LateMap<LinkKey, Entity[]>();
  /** Keys that rows have got in this flush, by an UPDATE or by ON UPDATE CASCADE. */
  readonly rowKeys = new LateMap<Entity, IdentityKey>();
  /** Persistent objects that are part of the flush, though perhaps without a row to write. */
  readonly updating = new LateSet<Entity>();
  readonly deleting: DeletedObjects;
  /** New objects that take over the row of a deleted one: INSERT and DELETE become one UPDATE. */
  readonly rowSwitches = new LateMap<Entity, Entity>();
  /** What the rows' updates are counted at, where this flush counted on. */
  readonly versions = new LateMap<Entity, unknown>();
  #last: MapperChanges | undefined;

  /** @param marked the objects that the session was told to delete */
  constructor(marked: ReadonlySet<Entity>) {
    this.deleting = new DeletedObjects(marked);
  }

  /** Objects of one hierarchy are written together: what they share comes before what each adds. */
  changesOf({ root: mapper }: Mapper): MapperChanges {
    // Objects of one class mostly come one after another.
    if (this.#last?.mapper === mapper) return this.#last;
    let changes = this.mappers.get(mapper);
    if (changes === undefined) {
      changes = { mapper, inserts: [], updates: [], deletes: [] };
      this.mappers.set(mapper, changes);
    }
    this.#last = changes;
    return changes;
  }

  copyKey(relationship: Relationship, child: Entity, parent: Entity): void {
    addPair(this.#pairs(relationship, "copy"), child, parent);
  }

  clearKey(relationship: Relationship, child: Entity, formerParent: Entity): void {
    addPair(this.#pairs(relationship, "clear"), child, formerParent);
  }

  /** Has the key of an object that is to be deleted set to NULL before any object of the two classes is. */
  releaseKey(relationship: Relationship, child: Entity): void {
    addPair(pairsOf(this.#postUpdatesOf(relationship).beforeDeletes, relationship, "clear"), child, child);
  }

  /** The key by which an object's row is found at this point of the flush. */
  rowKey(entity: Entity): IdentityKey | undefined {
    return this.rowKeys.size === 0 ? keyOf(entity) : (this.rowKeys.get(entity) ?? keyOf(entity));
  }

  /** Objects whose rows have another key once the ones before them are saved, however many keys lie between. */
  *cascadedRows(): Generator<readonly [saved: Entity, changed: Entity]> {
    for (const saved of this.keySwitches.keys()) {
      if (!this.updating.has(saved)) continue;
      const reached = new Set([saved]);
      for (const each of reached) for (const { child } of this.keySwitches.get(each) ?? []) reached.add(child);
      for (const changed of reached) if (changed !== saved) yield [saved, changed];
    }
  }

  #pairs(relationship: Relationship, kind: KeyCopies["kind"]): KeyCopies {
    if (relationship.isPostUpdate) return pairsOf(this.#postUpdatesOf(relationship).afterSaves, relationship, kind);
    const all = kind === "copy" ? this.copies : this.clears;
    let copies = all.get(relationship);
    if (copies === undefined) all.set(relationship, (copies = { relationship, kind, children: [], parents: [] }));
    return copies;
  }

  #postUpdatesOf(relationship: Relationship): PostUpdates {
    const mapper = childMapper(relationship);
    let updates = this.postUpdates.get(mapper);
    if (updates === undefined) {
      updates = { mapper, afterSaves: new LateMap(), beforeDeletes: new LateMap() };
      this.postUpdates.set(mapper, updates);
    }
    return updates;
  }

  /** A link row between two objects, noted once though both directions tell of it. */
  link(kind: "inserts" | "deletes", relationship: Relationship, owner: Entity, target: Entity): void {
    const { reverse } = relationship;
    const swapped = reverse !== null && this.links.has(reverse);
    const seenFrom = swapped ? reverse : relationship;
    let rows = this.links.get(seenFrom);
    if (rows === undefined) {
      rows = { relationship: seenFrom, inserts: new LinkPairs(), deletes: new LinkPairs() };
      this.links.set(seenFrom, rows);
    }
    if (swapped) rows[kind].add(target, owner);
    else rows[kind].add(owner, target);
  }
}

/** Keys are cleared before others are copied: who lost one parent may get another. */
function pairsOf(all: LateMap<string, KeyCopies>, relationship: Relationship, kind: KeyCopies["kind"]): KeyCopies {
  const name = `${kind} ${String(relationship)}`;
  let copies = all.get(name);
  if (copies === undefined) all.set(name, (copies = { relationship, kind, children: [], parents: [] }));
  return copies;
}

function addPair({ children, parents }: KeyCopies, child: Entity, parent: Entity): void {
  children.push(child);
  parents.push(parent);
}

/** The class whose rows hold a relationship's foreign key. Not for link tables, which hold both keys. */
export function childMapper(relationship: Relationship): Mapper {
  return relationship.direction === "many-to-one" ? relationship.owner : relationship.target;
}

/** The class whose key the foreign key names. */
export function parentMapper(relationship: Relationship): Mapper {
  return relationship.direction === "many-to-one" ? relationship.target : relationship.owner;
}

/** The foreign key's columns in the child. */
export function childSlots(relationship: Relationship): readonly Slot[] {
  return relationship.direction === "many-to-one" ? relationship.localColumns : relationship.remoteColumns;
}

/** The columns that the foreign key names in the parent. */
export function parentSlots(relationship: Relationship): readonly Slot[] {
  return relationship.direction === "many-to-one" ? relationship.remoteColumns : relationship.localColumns;
}
