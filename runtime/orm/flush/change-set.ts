// What one flush has to do, before it is known in which order: objects to insert, update and delete by class, key
// values to copy along relationships, rows of link tables. Collected once, then only read.
import type { Entity } from "../entity.js";
import type { Mapper, Relationship, Slot } from "../mapper.js";

/** One class's share. Each list is in the order in which the objects were met. */
interface MapperChanges {
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

/** Rows of one link table; `owners[n]` goes with `targets[n]`, seen from the relationship. */
export interface LinkRows {
  readonly relationship: Relationship;
  readonly inserts: LinkPairs;
  readonly deletes: LinkPairs;
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

/** The work of one flush. */
export class ChangeSet {
  readonly mappers = new Map<Mapper, MapperChanges>();
  readonly copies = new Map<Relationship, KeyCopies>();
  readonly clears = new Map<Relationship, KeyCopies>();
  readonly links = new Map<Relationship, LinkRows>();
  /** Persistent objects that are part of the flush, though perhaps without a row to write. */
  readonly updating = new Set<Entity>();
  readonly deleting = new Set<Entity>();
  /** New objects that take over the row of a deleted one: INSERT and DELETE become one UPDATE. */
  readonly rowSwitches = new Map<Entity, Entity>();
  #last: MapperChanges | undefined;

  changesOf(mapper: Mapper): MapperChanges {
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
    pairsOf(this.copies, relationship, "copy").children.push(child);
    pairsOf(this.copies, relationship, "copy").parents.push(parent);
  }

  clearKey(relationship: Relationship, child: Entity, formerParent: Entity): void {
    pairsOf(this.clears, relationship, "clear").children.push(child);
    pairsOf(this.clears, relationship, "clear").parents.push(formerParent);
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

function pairsOf(all: Map<Relationship, KeyCopies>, relationship: Relationship, kind: KeyCopies["kind"]): KeyCopies {
  let copies = all.get(relationship);
  if (copies === undefined) all.set(relationship, (copies = { relationship, kind, children: [], parents: [] }));
  return copies;
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
