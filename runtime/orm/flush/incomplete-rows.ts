// Refuses what cannot become a row before anything is sent: a new object without the parent its table asks for, and an
// object that would lose one.
import { FlushError } from "../../errors/errors.js";
import { type Entity, expressionsOf } from "../entity.js";
import { nameEntity } from "../entity-text.js";
import type { Mapper, Relationship, Slot } from "../mapper.js";
import { childMapper, childSlots } from "./change-set.js";
import { type ColumnSet, isIn, presentColumns } from "./column-set.js";

/** Foreign key columns that a row must have, each with the relationship that fills it. */
interface RequiredKey {
  readonly slot: Slot;
  readonly relationship: Relationship;
}

const requiredKeys = new WeakMap<Mapper, { readonly classes: number; readonly keys: readonly RequiredKey[] }>();

/**
 * @throws FlushError where a NOT NULL foreign key has neither a value nor a parent, or a part of the primary key is
 * missing that the database does not make
 */
export function refuseIncompleteRow(mapper: Mapper, entity: Entity): void {
  const columns = presentColumns(mapper, entity);
  for (const { slot, relationship } of requiredKeysOf(mapper)) {
    if (isGiven(entity, columns, slot)) continue;
    const { owner, name, reverse } = relationship;
    const own = mapper.isA(owner) ? name : reverse?.name;
    const way = own === undefined ? `put it into ${owner.name}.${name}` : `set '${own}'`;
    throw new FlushError(
      `${mapper.describe(entity)} has no ${own ?? relationship.owner.name}: its column ` +
        `${mapper.from.name}.${slot.column.name} is NOT NULL. Either ${way}, or set '${slot.property}'`,
    );
  }
  for (const slot of mapper.primaryKey) {
    if (slot.column.generation !== "none" || isGiven(entity, columns, slot)) continue;
    throw new FlushError(
      `${mapper.describe(entity)} has no primary key: set '${slot.property}', ` +
        `which the database does not make itself`,
    );
  }
}

function isGiven(entity: Entity, columns: ColumnSet, slot: Slot): boolean {
  return isIn(columns, slot.index) || expressionsOf(entity)?.has(slot.index) === true;
}

function requiredKeysOf(mapper: Mapper): readonly RequiredKey[] {
  const classes = mapper.registry.size;
  let known = requiredKeys.get(mapper);
  if (known === undefined || known.classes !== classes) {
    requiredKeys.set(mapper, (known = { classes, keys: findRequiredKeys(mapper) }));
  }
  return known.keys;
}

function findRequiredKeys(mapper: Mapper): RequiredKey[] {
  const keys: RequiredKey[] = [];
  for (const each of mapper.registry.values()) {
    for (const relationship of each.relationships) {
      if (relationship.definition.secondary !== undefined) continue;
      const leadsHere = each === mapper || mapper.isA(relationship.target);
      if (!leadsHere || !mapper.isA(childMapper(relationship))) continue;
      for (const slot of childSlots(relationship)) {
        const { nullable, generation } = slot.column;
        if (nullable || generation !== "none" || keys.some((key) => key.slot === slot)) continue;
        keys.push({ slot, relationship });
      }
    }
  }
  return keys;
}

/** The error for an object whose parent is deleted or lets go of it, where its foreign key must not be NULL. */
export function lostParent(relationship: Relationship, child: Entity, parent: Entity, isDeleted: boolean): FlushError {
  const slot = childSlots(relationship).find(({ column }) => !column.nullable);
  const side = relationship.direction === "many-to-one" ? relationship.reverse : relationship;
  const [childName, parentName] = [nameEntity(child), nameEntity(parent)];
  const doing = isDeleted ? `Deleting ${parentName}` : `Taking ${childName} from ${parentName}`;
  const wanted = isDeleted ? "delete" : "delete-orphan";
  const cascade = side === null ? "" : `, or give ${String(side)} the cascade '${wanted}'`;
  return new FlushError(
    `${doing} would leave ${childName} without a parent, but its column ` +
      `${childMapper(relationship).from.name}.${slot?.column.name ?? "?"} is NOT NULL: ` +
      `delete it too or give it another parent first${cascade}`,
  );
}

/** True where a child of this relationship cannot be without its parent. */
export function needsParent(relationship: Relationship): boolean {
  return childSlots(relationship).some(({ column }) => !column.nullable);
}
