// Rows that take each other's place under a unique key: databases look at each row as it is written, so whoever leaves
// a value has to be written before whoever takes it. Where rows swap values, one of them is set to NULL first.
import { Column } from "../../schema/column.js";
import type { Entity } from "../entity.js";
import { type Mapper, readField, type Slot } from "../mapper.js";
import { type ChangeSet, childSlots, parentSlots } from "./change-set.js";
import { type ColumnSet, isIn } from "./column-set.js";
import { currentValue, storedValue } from "./row-values.js";
import { type Edge, sortIntoLevels } from "./toposort.js";

/** An object and the columns of its row that are to be written. */
export interface RowChange {
  readonly entity: Entity;
  readonly columns: ColumnSet;
}

interface OrderedChanges {
  /** Columns that are set to NULL before anything else is written. */
  readonly vacated: readonly { readonly entity: Entity; readonly slot: Slot }[];
  /** To be written one after another. */
  readonly groups: readonly (readonly RowChange[])[];
}

/** One change takes a value that another one leaves. */
interface Succession {
  readonly leaving: number;
  readonly taking: number;
  readonly key: readonly Slot[];
}

/** The changes in an order that unique keys allow; as they came where none of them is in the way of another. */
export function orderForUniqueKeys(mapper: Mapper, changes: readonly RowChange[]): OrderedChanges {
  if (changes.length < 2) return { vacated: [], groups: [changes] };
  const successions = uniqueKeysOf(mapper).flatMap((key) => successionsOf(key, changes));
  if (successions.length === 0) return { vacated: [], groups: [changes] };
  const vacated = new Map<number, Slot | null>();
  for (;;) {
    const edges = successions
      .filter(({ leaving }) => !vacated.has(leaving))
      .map(({ leaving, taking }): Edge => [leaving, taking]);
    const sorted = sortIntoLevels(changes.length, edges);
    if (sorted.kind === "sorted") {
      return {
        vacated: [...vacated].flatMap(([at, slot]) => {
          const entity = changes[at]?.entity;
          return entity === undefined || slot === null ? [] : [{ entity, slot }];
        }),
        groups: sorted.levels.map((level) => level.flatMap((at) => changes[at] ?? [])),
      };
    }
    const first = successions.find(({ leaving }) => sorted.members.includes(leaving) && !vacated.has(leaving));
    if (first === undefined) return { vacated: [], groups: [changes] };
    // A key without a nullable column cannot be left for a while: the database has the last word.
    vacated.set(first.leaving, first.key.find(({ column }) => column.nullable) ?? null);
  }
}

function successionsOf(key: readonly Slot[], changes: readonly RowChange[]): Succession[] {
  const left = new Map<string, number>();
  changes.forEach(({ entity, columns }, at) => {
    if (!key.some(({ index }) => isIn(columns, index))) return;
    const text = keyText(key.map((slot) => storedValue(entity, slot)));
    if (text !== null) left.set(text, at);
  });
  if (left.size === 0) return [];
  return changes.flatMap(({ entity, columns }, taking) => {
    if (!key.some(({ index }) => isIn(columns, index))) return [];
    const text = keyText(key.map(({ field }) => readField(entity, field)));
    const leaving = text === null ? undefined : left.get(text);
    return leaving === undefined || leaving === taking ? [] : [{ leaving, taking, key }];
  });
}

/** A deleted object whose place under a unique key a saved one takes: its row has to go first. */
interface TakenPlace {
  readonly leaving: Entity;
  readonly taking: Entity;
}

/** The places of deleted rows that new and changed rows take; row switches see to those under the primary key. */
export function takenPlaces(changes: ChangeSet): TakenPlace[] {
  const taken: TakenPlace[] = [];
  for (const { mapper, inserts, updates, deletes } of changes.mappers.values()) {
    if (deletes.length === 0 || inserts.length + updates.length === 0) continue;
    for (const key of uniqueKeysOf(mapper).slice(1)) {
      const left = new Map<string, Entity>();
      for (const entity of deletes) {
        const text = keyText(key.map((slot) => storedValue(entity, slot)));
        if (text !== null) left.set(text, entity);
      }
      for (const taking of left.size === 0 ? [] : [...inserts, ...updates]) {
        const text = keyText(key.map((slot) => futureValue(changes, taking, slot)));
        const leaving = text === null ? undefined : left.get(text);
        if (leaving !== undefined) taken.push({ leaving, taking });
      }
    }
  }
  return taken;
}

/** The deleted objects whose places would have to be known: saved ones of their class could take them. */
export function* unknownPlaces(changes: ChangeSet): Generator<Entity> {
  for (const { mapper, inserts, updates, deletes } of changes.mappers.values()) {
    if (deletes.length === 0 || inserts.length + updates.length === 0) continue;
    const slots = uniqueKeysOf(mapper).slice(1).flat();
    for (const entity of deletes) {
      if (slots.some((slot) => storedValue(entity, slot) === undefined)) yield entity;
    }
  }
}

/** What a column will hold: the key of the parent that the object has by now, as far as it is known. */
function futureValue(changes: ChangeSet, entity: Entity, slot: Slot): unknown {
  for (const { relationship, children, parents } of changes.copies.values()) {
    const at = childSlots(relationship).indexOf(slot);
    const source = parentSlots(relationship)[at];
    const parent = parents[children.lastIndexOf(entity)];
    if (source !== undefined && parent !== undefined) return currentValue(parent, source);
  }
  return readField(entity, slot.field);
}

/** Null for a key that is not known or that NULL keeps apart from all others. */
function keyText(values: readonly unknown[]): string | null {
  if (values.some((value) => value === null || value === undefined)) return null;
  return values.map((value) => `${typeof value} ${String(value)}`).join("\u0000");
}

const uniqueKeys = new WeakMap<Mapper, readonly (readonly Slot[])[]>();

/** The columns of each key of a class's table that no two rows may share. */
function uniqueKeysOf(mapper: Mapper): readonly (readonly Slot[])[] {
  let known = uniqueKeys.get(mapper);
  if (known === undefined) uniqueKeys.set(mapper, (known = findUniqueKeys(mapper)));
  return known;
}

function findUniqueKeys(mapper: Mapper): (readonly Slot[])[] {
  const { constraints, indexes } = mapper.definition.table;
  const keys = [
    ...constraints.flatMap((each) => (each.kind === "unique" ? [each.columns.map(({ name }) => name)] : [])),
    ...indexes.flatMap(({ unique, where, parts }) => (unique && where === null ? [indexedNames(parts)] : [])),
  ];
  // A key over columns of a subclass is none of its base.
  const mapped = keys.map((names) => names.map((name) => mapper.slots.find(({ column }) => column.name === name)));
  return [mapper.primaryKey, ...mapped.filter((slots): slots is Slot[] => !slots.includes(undefined))];
}

/** The names of an index's columns; expressions among them keep rows apart that columns do not, and are left out. */
function indexedNames(parts: readonly { readonly expression: unknown }[]): string[] {
  return parts.flatMap(({ expression }) => (expression instanceof Column ? [expression.name] : []));
}
