// Orphans: objects that a parent with the delete-orphan cascade has let go. Where the relationship has a scalar on the
// other side, that scalar tells; where it has none, the instance remembers its parent.
import { Entity, keyOf } from "../entity.js";
import { type Mapper, mapperOf, readField, type Relationship } from "../mapper.js";
import { committedScalar, noteParent, parentOf } from "./state.js";

/** The delete-orphan relationships that lead to a class, and how many classes were known when they were looked up. */
const orphaning = new WeakMap<Mapper, { readonly classes: number; readonly relationships: readonly Relationship[] }>();

/** True where a parent that deletes its orphans has let go of the persistent instance, and it has no new one. */
export function isOrphan(entity: Entity): boolean {
  if (keyOf(entity) === undefined) return false;
  for (const relationship of orphaningRelationships(mapperOf(entity))) if (wasLetGo(entity, relationship)) return true;
  return false;
}

function wasLetGo(entity: Entity, relationship: Relationship): boolean {
  const { reverse } = relationship;
  if (reverse === null || reverse.collection) return parentOf(entity, relationship) === null;
  return readField(entity, reverse.field) === null && committedScalar(entity, reverse) instanceof Entity;
}

/** True where the child says by itself, or it is remembered, that it has a parent other than `except`. */
export function hasOtherParent(child: Entity, relationship: Relationship, except: Entity | null = null): boolean {
  const { reverse } = relationship;
  const hasScalar = reverse !== null && !reverse.collection;
  const parent = hasScalar ? readField(child, reverse.field) : parentOf(child, relationship);
  return parent instanceof Entity && parent !== except;
}

/** Remembers an instance's new parent, where nothing else does. */
export function noteAdoption(relationship: Relationship, parent: Entity, item: Entity): void {
  if (remembersParent(relationship)) noteParent(item, relationship, parent);
}

/** Remembers that a parent let go of an instance; true where that leaves it without one. */
export function noteRemoval(relationship: Relationship, parent: Entity, item: Entity): boolean {
  const deletesOrphans = relationship.cascade.has("delete-orphan");
  if (!remembersParent(relationship)) {
    if (!deletesOrphans) return false;
    const reverse = relationship.reverse;
    return reverse === null || !(readField(item, reverse.field) instanceof Entity);
  }
  const known = parentOf(item, relationship);
  if (known instanceof Entity && known !== parent) return false;
  noteParent(item, relationship, null);
  return deletesOrphans;
}

function remembersParent(relationship: Relationship): boolean {
  if (relationship.definition.singleParent === true) return true;
  if (!relationship.cascade.has("delete-orphan")) return false;
  const reverse = relationship.reverse;
  return reverse === null || reverse.collection;
}

function orphaningRelationships(mapper: Mapper): readonly Relationship[] {
  const classes = mapper.registry.size;
  let found = orphaning.get(mapper);
  if (found === undefined || found.classes !== classes) {
    const relationships = [...mapper.registry.values()]
      .flatMap((each) => each.relationships)
      .filter((each) => each.definition.target === mapper.name && each.cascade.has("delete-orphan"));
    orphaning.set(mapper, (found = { classes, relationships }));
  }
  return found.relationships;
}
