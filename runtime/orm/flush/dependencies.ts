// In which order a flush has to write: for each class one action to save its rows and one to delete them, for each
// link table one to insert and one to delete. Relationships say which comes first, and foreign keys where none does.
// Where classes wait for one another (or for themselves), their actions are split into one for each object, ordered by
// the objects' actual relations. Where the order is free, classes go by their names, objects as they were added.
import { Entity, keyOf } from "../entity.js";
import { type Mapper, mapperOf, type Relationship } from "../mapper.js";
import { identityByForeignKey } from "../relationships/foreign-key.js";
import { relationshipHistory } from "../relationships/history.js";
import {
  type ChangeSet,
  childMapper,
  type KeyCopies,
  type LinkKey,
  type LinkRows,
  type MapperChanges,
  parentMapper,
  parentSlots,
} from "./change-set.js";
import { referencesOf } from "./foreign-keys.js";
import { LateMap } from "./late-collections.js";
import { isUnchangedKey } from "./row-values.js";
import { type Edge, findCycleMembers } from "./toposort.js";
import { takenPlaces } from "./unique-keys.js";

/** Something that is done as one, before or after other things. */
export type Action =
  | {
      readonly kind: "save";
      readonly mapper: Mapper;
      readonly inserts: readonly Entity[];
      readonly updates: readonly Entity[];
    }
  | { readonly kind: "delete"; readonly mapper: Mapper; readonly entities: readonly Entity[] }
  | { readonly kind: "link"; readonly rows: LinkRows }
  | { readonly kind: "unlink"; readonly rows: LinkRows }
  | { readonly kind: "relink"; readonly key: LinkKey; readonly entities: readonly Entity[] }
  | {
      readonly kind: "post-update";
      readonly mapper: Mapper;
      readonly copies: readonly KeyCopies[];
      /** True before rows are deleted, false after they are saved. */
      readonly isRelease: boolean;
    };

/** Actions, and the order that they need. */
interface ActionGraph {
  readonly actions: readonly Action[];
  readonly edges: readonly Edge[];
  /** True where actions were split into one for each object. */
  readonly isSplit: boolean;
}

/** The actions of a change set and what each waits for. */
export function actionsOf(changes: ChangeSet): ActionGraph {
  const taken = changes.deleting.size === 0 ? [] : takenPlaces(changes);
  const whole = new ClassActions(changes);
  for (const { leaving } of taken) whole.vacate(mapperOf(leaving).root);
  const cyclic = findCycleMembers(whole.actions.length, whole.edges);
  if (cyclic.length === 0) return { actions: whole.actions, edges: whole.edges, isSplit: false };
  return splitActions(changes, whole, new Set(cyclic), taken);
}

/** One action a class and kind. */
class ClassActions {
  readonly actions: Action[] = [];
  readonly edges: Edge[] = [];
  readonly #saves = new LateMap<Mapper, number>();
  readonly #deletes = new LateMap<Mapper, number>();
  readonly #changes: ChangeSet;

  constructor(changes: ChangeSet) {
    this.#changes = changes;
    const unlinks = this.#addLinks("unlink");
    const relinks = this.#addRelinks();
    const links = this.#addLinks("link");
    const postUpdates = this.#addPostUpdates();
    const mappers = byName(changes);
    for (const { mapper, inserts, updates } of mappers) {
      if (inserts.length + updates.length > 0) {
        this.#saves.set(mapper, this.actions.length);
        this.actions.push({ kind: "save", mapper, inserts, updates });
      }
    }
    for (const { mapper, deletes } of mappers) {
      if (deletes.length > 0) {
        this.#deletes.set(mapper, this.actions.length);
        this.actions.push({ kind: "delete", mapper, entities: deletes });
      }
    }
    for (const mapper of changes.mappers.keys()) this.#orderClass(mapper);
    for (const [relationship, at] of unlinks) this.#orderUnlink(relationship, at, links.get(relationship));
    for (const [relationship, at] of links) this.#orderLink(relationship, at);
    for (const at of relinks) this.#orderRelink(at, links);
    for (const at of postUpdates) this.#orderPostUpdate(at);
    for (const [saved, changed] of changes.keySwitches.size === 0 ? [] : changes.cascadedRows()) {
      const [first, then] = [mapperOf(saved).root, mapperOf(changed).root];
      if (first !== then) this.#edge(this.#saves.get(first), this.#saves.get(then));
    }
  }

  #addPostUpdates(): number[] {
    const added: number[] = [];
    for (const { mapper, afterSaves, beforeDeletes } of this.#changes.postUpdates.values()) {
      for (const [all, isRelease] of [[afterSaves, false] as const, [beforeDeletes, true] as const]) {
        if (all.size === 0) continue;
        added.push(this.actions.length);
        this.actions.push({ kind: "post-update", mapper, copies: [...all.values()], isRelease });
      }
    }
    return added;
  }

  #addRelinks(): number[] {
    const added: number[] = [];
    for (const [key, entities] of this.#changes.linkKeys) {
      added.push(this.actions.length);
      this.actions.push({ kind: "relink", key, entities });
    }
    return added;
  }

  #addLinks(kind: "link" | "unlink"): LateMap<Relationship, number> {
    const added = new LateMap<Relationship, number>();
    if (this.#changes.links.size === 0) return added;
    for (const rows of this.#changes.links.values()) {
      if ((kind === "link" ? rows.inserts : rows.deletes).owners.length === 0) continue;
      added.set(rows.relationship, this.actions.length);
      this.actions.push({ kind, rows });
    }
    return added;
  }

  #orderClass(mapper: Mapper): void {
    this.#edge(this.#saves.get(mapper), this.#deletes.get(mapper));
    for (const { parent, child } of referencesOf(mapper)) this.#orderRows(parent, child);
  }

  #orderRows(parent: Mapper, child: Mapper): void {
    const [saved, deleted] = [this.#saves.get(parent), this.#deletes.get(parent)];
    if (saved === undefined && deleted === undefined) return;
    this.#edge(saved, this.#saves.get(child));
    this.#edge(this.#saves.get(child), deleted);
    this.#edge(this.#deletes.get(child), deleted);
  }

  #orderPostUpdate(at: number): void {
    const action = this.actions[at];
    if (action?.kind !== "post-update") return;
    for (const { relationship } of action.copies) {
      for (const { root: mapper } of [childMapper(relationship), parentMapper(relationship)]) {
        this.#edge(this.#saves.get(mapper), at);
        this.#edge(at, this.#deletes.get(mapper));
      }
    }
  }

  #orderUnlink(relationship: Relationship, at: number, link: number | undefined): void {
    this.#edge(at, link);
    for (const { root: mapper } of [relationship.owner, relationship.target]) {
      this.#edge(at, this.#saves.get(mapper));
      this.#edge(at, this.#deletes.get(mapper));
    }
  }

  #orderLink(relationship: Relationship, at: number): void {
    for (const { root: mapper } of [relationship.owner, relationship.target]) {
      this.#edge(this.#saves.get(mapper), at);
      this.#edge(at, this.#deletes.get(mapper));
    }
  }

  /** Rows have their new keys by then, and new link rows, which may have a key that others leave, are not there yet. */
  #orderRelink(at: number, links: LateMap<Relationship, number>): void {
    for (const save of this.#saves.values()) this.#edge(save, at);
    for (const link of links.values()) this.#edge(at, link);
  }

  /** Some rows of the class have to be deleted before others are saved. */
  vacate(mapper: Mapper): void {
    this.#edge(this.#deletes.get(mapper), this.#saves.get(mapper));
  }

  #edge(first: number | undefined, then: number | undefined): void {
    if (first !== undefined && then !== undefined) this.edges.push([first, then]);
  }
}

function byName({ mappers }: ChangeSet): readonly MapperChanges[] {
  const all = [...mappers.values()];
  return all.length < 2 ? all : all.toSorted((a, b) => (a.mapper.name < b.mapper.name ? -1 : 1));
}

/** The graph with the actions on cycles split into one for each object. */
function splitActions(
  changes: ChangeSet,
  whole: ClassActions,
  cyclic: ReadonlySet<number>,
  taken: ReturnType<typeof takenPlaces>,
): ActionGraph {
  const actions: Action[] = [];
  const places: number[][] = [];
  const saves = new Map<Entity, number>();
  const deletes = new Map<Entity, number>();
  whole.actions.forEach((action, at) => {
    const place: number[] = [];
    places.push(place);
    if (!cyclic.has(at) || (action.kind !== "save" && action.kind !== "delete")) {
      place.push(actions.length);
      actions.push(action);
      return;
    }
    const { mapper } = action;
    const add = (its: Map<Entity, number>, entity: Entity, own: Action): void => {
      its.set(entity, actions.length);
      place.push(actions.length);
      actions.push(own);
    };
    if (action.kind === "delete") {
      for (const each of action.entities) add(deletes, each, { kind: "delete", mapper, entities: [each] });
      return;
    }
    for (const each of action.inserts) add(saves, each, { kind: "save", mapper, inserts: [each], updates: [] });
    for (const each of action.updates) add(saves, each, { kind: "save", mapper, inserts: [], updates: [each] });
  });
  const edges: Edge[] = [];
  for (const [first, then] of whole.edges) {
    if (cyclic.has(first) && cyclic.has(then)) continue;
    for (const from of places[first] ?? []) for (const to of places[then] ?? []) edges.push([from, to]);
  }
  addSaveEdges(changes, saves, edges);
  addDeleteEdges(changes, saves, deletes, edges);
  for (const { leaving, taking } of taken) {
    const [first, then] = [deletes.get(leaving), saves.get(taking)];
    if (first !== undefined && then !== undefined) edges.push([first, then]);
  }
  return { actions, edges, isSplit: true };
}

/** A new object, or one whose key changes, is saved before the objects that need its key. */
function addSaveEdges(changes: ChangeSet, saves: ReadonlyMap<Entity, number>, edges: Edge[]): void {
  for (const { relationship, children, parents } of changes.copies.values()) {
    const slots = parentSlots(relationship);
    children.forEach((child, at) => {
      const parent = parents[at];
      if (parent === undefined) return;
      const first = saves.get(parent);
      const then = saves.get(child);
      if (first === undefined || then === undefined) return;
      if (keyOf(parent) === undefined || !isUnchangedKey(parent, slots)) edges.push([first, then]);
    });
  }
  for (const [saved, changed] of changes.cascadedRows()) {
    const [first, then] = [saves.get(saved), saves.get(changed)];
    if (first !== undefined && then !== undefined) edges.push([first, then]);
  }
}

/** An object is deleted after those that refer to it are deleted, or refer to it no more. */
function addDeleteEdges(
  changes: ChangeSet,
  saves: ReadonlyMap<Entity, number>,
  deletes: ReadonlyMap<Entity, number>,
  edges: Edge[],
): void {
  const childBefore = (child: Entity, parent: Entity): void => {
    const then = deletes.get(parent);
    const first = deletes.get(child) ?? saves.get(child);
    if (first !== undefined && then !== undefined) edges.push([first, then]);
  };
  for (const entity of [...deletes.keys(), ...saves.keys()]) {
    for (const relationship of mapperOf(entity).relationships) {
      if (!relationship.hasForeignKey || relationship.isPostUpdate) continue;
      const isChild = relationship.direction === "many-to-one";
      const { unchanged, removed } = relationshipHistory(entity, relationship);
      for (const related of [...unchanged, ...removed]) {
        if (related === null) continue;
        if (isChild) childBefore(entity, related);
        else childBefore(related, entity);
      }
      // Where the relationship is not loaded, the foreign key tells.
      const parent = isChild ? identityByForeignKey(entity, relationship) : undefined;
      if (parent instanceof Entity) childBefore(entity, parent);
    }
  }
  for (const { children, parents } of changes.clears.values()) {
    children.forEach((child, at) => {
      const parent = parents[at];
      if (parent !== undefined && parent !== child) childBefore(child, parent);
    });
  }
}
