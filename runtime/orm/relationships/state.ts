// What one instance remembers of its relationships beside their values: the scalars it had before the first change, and
// what was put into or taken out of collections that are not loaded. Lives in the instance; most never need it.
import { type Entity, notLoaded, relationshipStateOf, setRelationshipState } from "../entity.js";
import type { LoadTree } from "../load/load-tree.js";
import type { Relationship } from "../mapper.js";

/** A scalar relationship's value; `notLoaded` where it was overwritten before it was known. */
export type ScalarValue = Entity | null | typeof notLoaded;

/** Changes of a collection that is not loaded, told by the other side. */
interface QueuedChanges {
  readonly added: Set<Entity>;
  readonly removed: Set<Entity>;
}

class RelationshipState {
  /** By relationship index. */
  committed: Map<number, ScalarValue> | null = null;
  queued: Map<number, QueuedChanges> | null = null;
  /** The parent by relationship of the parent's, null once it let go. */
  parents: Map<Relationship, Entity | null> | null = null;
  /** What the options of the query that loaded the instance say of later access. */
  loads: LoadTree | null = null;
}

function stateOf(entity: Entity): RelationshipState | null {
  // Only this file sets it.
  return relationshipStateOf(entity) as RelationshipState | null;
}

function ensureState(entity: Entity): RelationshipState {
  let state = stateOf(entity);
  if (state === null) setRelationshipState(entity, (state = new RelationshipState()));
  return state;
}

/** The value before the first change; undefined where nothing changed. */
export function committedScalar(entity: Entity, relationship: Relationship): ScalarValue | undefined {
  return stateOf(entity)?.committed?.get(relationship.index);
}

/** Notes the value that is about to be overwritten; the first note stays. */
export function noteCommittedScalar(entity: Entity, relationship: Relationship, old: ScalarValue): void {
  const committed = (ensureState(entity).committed ??= new Map());
  if (!committed.has(relationship.index)) committed.set(relationship.index, old);
}

/** The changes waiting for an unloaded collection; null where there are none. */
export function queuedChanges(entity: Entity, relationship: Relationship): QueuedChanges | null {
  return stateOf(entity)?.queued?.get(relationship.index) ?? null;
}

/** The changes waiting for an unloaded collection, to be added to. */
export function ensureQueue(entity: Entity, relationship: Relationship): QueuedChanges {
  const queued = (ensureState(entity).queued ??= new Map());
  let changes = queued.get(relationship.index);
  if (changes === undefined) queued.set(relationship.index, (changes = { added: new Set(), removed: new Set() }));
  return changes;
}

/** Forgets what waited for one collection, which has just been loaded. */
export function dropQueue(entity: Entity, relationship: Relationship): void {
  stateOf(entity)?.queued?.delete(relationship.index);
}

/** The parent that a relationship of the parent's gave an instance; null once it let go, undefined where not known. */
export function parentOf(item: Entity, relationship: Relationship): Entity | null | undefined {
  return stateOf(item)?.parents?.get(relationship);
}

export function noteParent(item: Entity, relationship: Relationship, parent: Entity | null): void {
  (ensureState(item).parents ??= new Map()).set(relationship, parent);
}

/** What the options of the query that loaded the instance say of its relationships. */
export function rememberedLoads(entity: Entity): LoadTree | null {
  return stateOf(entity)?.loads ?? null;
}

export function rememberLoads(entity: Entity, loads: LoadTree): void {
  ensureState(entity).loads = loads;
}

/** Forgets what was before and what waits, of one relationship or of all. */
export function dropChanges(entity: Entity, relationship?: Relationship): void {
  const state = stateOf(entity);
  if (state === null) return;
  if (relationship !== undefined) {
    state.committed?.delete(relationship.index);
    state.queued?.delete(relationship.index);
  } else if (state.parents === null && state.loads === null) setRelationshipState(entity, null);
  else {
    state.committed = null;
    state.queued = null;
  }
}
