// Keys that change: who refers to the old key has to follow. Where the database does it (ON UPDATE CASCADE, what
// `passive_updates` says), the objects in memory learn of it; else the flush writes the new key to each of them.
import { type Entity, type IdentityKey, keyOf } from "../entity.js";
import type { IdentityMap } from "../identity-map.js";
import { loadRelationship } from "../load/lazy-load.js";
import { type Mapper, mapperOf, readField, type Relationship, type Slot, writeField } from "../mapper.js";
import type { SessionFlow } from "../session-flow.js";
import { compareKeys } from "./key-order.js";
import { linkKeysOf } from "./link-keys.js";
import { type ChangeSet, childMapper, childSlots, parentMapper, parentSlots } from "./change-set.js";
import { isUnchangedKey, keyPart, storedValue, valueNow } from "./row-values.js";

/** What the search needs of the flush that is being collected. */
interface KeyChangeTarget {
  readonly changes: ChangeSet;
  identities(mapper: Mapper): IdentityMap<Entity>;
  update(entity: Entity): void;
  isDeleting(entity: Entity): boolean;
}

/** Follows the changed keys of the objects to be updated to those that refer to them, and on from there. */
export function* followKeyChanges(target: KeyChangeTarget): SessionFlow<void> {
  const { changes } = target;
  const changing: { readonly entity: Entity; readonly slots: readonly Slot[] }[] = [];
  const known = new Set<Entity>();
  const note = (entity: Entity, slots: readonly Slot[]): void => {
    if (known.has(entity)) return;
    known.add(entity);
    changing.push({ entity, slots });
  };
  let mapper: Mapper | undefined;
  let slots: readonly Slot[] = [];
  for (const entity of changes.updating) {
    // Objects of one class mostly come one after another.
    if (mapperOf(entity) !== mapper) slots = keySlotsOf((mapper = mapperOf(entity)));
    if (!isUnchangedKey(entity, slots)) {
      note(
        entity,
        slots.filter((slot) => !isUnchangedKey(entity, [slot])),
      );
    }
  }
  // Who gets another parent gets another key where the foreign key is a part of it.
  for (const { relationship, children } of changes.copies.values()) {
    const ownKey = childSlots(relationship).filter(({ column }) => column.primaryKey);
    if (ownKey.length > 0) for (const child of children) if (keyOf(child) !== undefined) note(child, ownKey);
  }
  for (let at = 0; at < changing.length; at++) {
    const change = changing[at];
    if (change === undefined) continue;
    if (!target.isDeleting(change.entity)) noteLinkKeys(change.entity, change.slots, changes);
    for (const relationship of referringTo(mapperOf(change.entity))) {
      if (!parentSlots(relationship).some((slot) => change.slots.includes(slot))) continue;
      const children = yield* childrenOf(change.entity, relationship, target);
      // A key that holds the key changes with it.
      const ownKey = childSlots(relationship).filter(({ column }) => column.primaryKey);
      if (ownKey.length > 0) for (const child of children) note(child, ownKey);
    }
  }
}

function noteLinkKeys(entity: Entity, slots: readonly Slot[], changes: ChangeSet): void {
  for (const key of linkKeysOf(mapperOf(entity))) {
    if (!key.slots.some((slot) => slots.includes(slot))) continue;
    const entities = changes.linkKeys.get(key) ?? [];
    changes.linkKeys.set(key, entities);
    entities.push(entity);
  }
}

/** The objects whose rows refer to the old key; what has to become of them is noted. */
function* childrenOf(parent: Entity, relationship: Relationship, target: KeyChangeTarget): SessionFlow<Entity[]> {
  const { changes } = target;
  const isPassive = relationship.isPassiveUpdates;
  if (!isPassive) {
    const collection = relationship.direction === "one-to-many" ? relationship : relationship.reverse;
    if (collection !== null) yield* loadRelationship(parent, collection);
  }
  const old = stored(parent, parentSlots(relationship));
  const slots = childSlots(relationship);
  const children: Entity[] = [];
  for (const child of target.identities(childMapper(relationship)).values()) {
    if (compareKeys(stored(child, slots), old) !== 0) continue;
    children.push(child);
    if (isPassive) {
      const switches = changes.keySwitches.get(parent) ?? [];
      changes.keySwitches.set(parent, switches);
      switches.push({ relationship, child, parent });
    } else if (!target.isDeleting(child) && isUnchangedKey(child, slots)) {
      target.update(child);
      changes.copyKey(relationship, child, parent);
    }
  }
  return children;
}

function stored(entity: Entity, slots: readonly Slot[]): unknown[] {
  return slots.map((slot) => storedValue(entity, slot));
}

/** After an object's row got its new key: the objects whose rows the database changed with it learn of it. */
export function applyKeySwitches(changes: ChangeSet, parent: Entity): void {
  for (const { relationship, child } of changes.keySwitches.get(parent) ?? []) {
    const mapper = mapperOf(child);
    const former = changes.rowKey(child);
    const sources = parentSlots(relationship);
    childSlots(relationship).forEach((slot, at) => {
      const source = sources[at];
      const value = source === undefined ? undefined : valueNow(changes, parent, source);
      const isOwn = isUnchangedKey(child, [slot]);
      if (slot.column.primaryKey) changes.rowKeys.set(child, replacePart(mapper, changes.rowKey(child), slot, value));
      if (isOwn && readField(child, slot.field) !== undefined) writeField(child, slot.field, value);
    });
    // Who gets yet another key in this flush passes on both of them, one after the other.
    if (compareKeys(former, changes.rowKey(child)) !== 0) applyKeySwitches(changes, child);
  }
}

function replacePart(mapper: Mapper, key: IdentityKey, changed: Slot, value: unknown): IdentityKey {
  const parts = mapper.primaryKey.map((slot, at) => (slot === changed ? value : keyPart(mapper, key, at)));
  return parts.length === 1 ? parts[0] : parts;
}

/** What is known of who refers to a class, and how many classes there were when it was looked up. */
interface Referrers {
  readonly classes: number;
  readonly relationships: readonly Relationship[];
  readonly slots: readonly Slot[];
}

const referrers = new WeakMap<Mapper, Referrers>();

/** One relationship for each foreign key that refers to the class: of two directions, either. */
function referringTo(mapper: Mapper): readonly Relationship[] {
  return referrersOf(mapper).relationships;
}

/** The columns that foreign keys refer to, those of link tables as far as the flush sees to them. */
function keySlotsOf(mapper: Mapper): readonly Slot[] {
  return referrersOf(mapper).slots;
}

function referrersOf(mapper: Mapper): Referrers {
  const classes = mapper.registry.size;
  let found = referrers.get(mapper);
  if (found === undefined || found.classes !== classes) referrers.set(mapper, (found = findReferrers(mapper, classes)));
  return found;
}

function findReferrers(mapper: Mapper, classes: number): Referrers {
  const relationships: Relationship[] = [];
  for (const each of mapper.registry.values()) {
    for (const relationship of each.relationships) {
      const isMine = each === mapper || relationship.definition.target === mapper.name;
      if (!isMine || !relationship.hasForeignKey || parentMapper(relationship) !== mapper) continue;
      if (!relationships.some((other) => hasSameKey(other, relationship))) relationships.push(relationship);
    }
  }
  const slots = [
    ...relationships.flatMap((each) => parentSlots(each)),
    ...linkKeysOf(mapper).flatMap((key) => key.slots),
  ];
  return { classes, relationships, slots: [...new Set(slots)] };
}

function hasSameKey(one: Relationship, other: Relationship): boolean {
  const [slots, others] = [childSlots(one), childSlots(other)];
  return childMapper(one) === childMapper(other) && slots.every((slot) => others.includes(slot));
}
