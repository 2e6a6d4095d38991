// Copies the keys of parents into the foreign keys of their children, right before the children's rows are written.
import { FlushError } from "../../errors/errors.js";
import { changedColumns, columnsPerWord, type Entity, keyOf, noteColumnChange } from "../entity.js";
import { nameEntity } from "../entity-text.js";
import { readField, type Relationship, type Slot, writeField } from "../mapper.js";
import { type ChangeSet, childSlots, type KeyCopies, parentSlots } from "./change-set.js";
import { valueNow } from "./row-values.js";

/** Copies or clears the keys of all pairs. */
export function copyKeys({ relationship, kind, children, parents }: KeyCopies, changes: ChangeSet): void {
  const to = childSlots(relationship);
  const from = parentSlots(relationship);
  for (let at = 0; at < to.length; at++) {
    const slot = to[at];
    const source = from[at];
    if (slot === undefined || source === undefined) continue;
    for (let pair = 0; pair < children.length; pair++) {
      const child = children[pair];
      const parent = parents[pair];
      if (child === undefined || parent === undefined) continue;
      if (kind === "clear") setKey(child, slot, null);
      else copyKey(relationship, child, slot, parent, valueNow(changes, parent, source), source);
    }
  }
}

function copyKey(
  relationship: Relationship,
  child: Entity,
  slot: Slot,
  parent: Entity,
  value: unknown,
  source: Slot,
): void {
  if (value === undefined || value === null) {
    throw new FlushError(
      `${nameEntity(parent)} has no '${source.property}' yet, which ${nameEntity(child)} needs ` +
        `for ${String(relationship)}`,
    );
  }
  const old = readField(child, slot.field);
  if (old === value) return;
  if (old !== undefined && old !== null && wasAssigned(child, slot)) {
    throw conflictingKeys(relationship, child, slot, old, parent, value);
  }
  setKey(child, slot, value);
}

/** True where the value is the user's, set since the object was last in step with its row. */
function wasAssigned(child: Entity, slot: Slot): boolean {
  if (keyOf(child) === undefined) return true;
  const word = Math.floor(slot.index / columnsPerWord);
  return (changedColumns(child, word) & (1 << (slot.index % columnsPerWord))) !== 0;
}

function setKey(child: Entity, slot: Slot, value: unknown): void {
  noteColumnChange(child, slot.index, readField(child, slot.field));
  writeField(child, slot.field, value);
}

function conflictingKeys(
  relationship: Relationship,
  child: Entity,
  slot: Slot,
  old: unknown,
  parent: Entity,
  value: unknown,
): FlushError {
  return new FlushError(
    `${nameEntity(child)} has two different parents: its '${slot.property}' was set to ${String(old)}, but ` +
      `${String(relationship)} says ${nameEntity(parent)}, whose key is ${String(value)}. Set one of them only`,
  );
}
