// Values that the program makes for columns whose objects say nothing of them: for new rows those of `clientDefault()`,
// for changed rows those of `onUpdate()`. Objects hold them from the flush on; SQL is read back where it is asked for.
import { clientValueNode } from "../../sql/ast/expressions.js";
import { Expression } from "../../sql/build/expression.js";
import type { ClientValue } from "../../types/client-value.js";
import { type Entity, expressionsOf, noteColumnChange, setExpression } from "../entity.js";
import { readField, type Slot, writeField } from "../mapper.js";
import { type ColumnSet, isIn, setOfSlots, union } from "./column-set.js";
import type { FlushWork } from "./flush-work.js";
import type { RowTable } from "./row-table.js";
import type { RowChange } from "./unique-keys.js";

interface FilledSlots {
  readonly inserted: readonly Slot[];
  readonly updated: readonly Slot[];
}

/** Few tables have such columns, and all are asked at every flush. */
const known = new WeakMap<RowTable, FilledSlots>();

function filledSlots(table: RowTable): FilledSlots {
  let filled = known.get(table);
  if (filled === undefined) {
    filled = {
      inserted: table.slots.filter(({ column }) => column.clientDefault !== null),
      updated: table.slots.filter(({ column }) => column.onUpdate !== null),
    };
    known.set(table, filled);
  }
  return filled;
}

/** Gives new objects what they were not given. */
export function fillNewRows(table: RowTable, entities: readonly Entity[], { record }: FlushWork): void {
  for (const slot of filledSlots(table).inserted) {
    const { column, field, index } = slot;
    const empty = entities.filter(
      (entity) => readField(entity, field) === undefined && expressionsOf(entity)?.has(index) !== true,
    );
    if (column.clientDefault === null || empty.length === 0) continue;
    for (const entity of empty) fill(entity, slot, column.clientDefault);
    record.made.push({ entities: empty, slots: [slot] });
  }
}

/** The changed rows with what every UPDATE of their table sets. */
export function fillChangedRows(table: RowTable, changes: readonly RowChange[]): readonly RowChange[] {
  const { updated } = filledSlots(table);
  if (updated.length === 0) return changes;
  return changes.map((change) => ({ ...change, columns: filledColumns(table, change, updated) }));
}

function filledColumns(table: RowTable, { entity, columns }: RowChange, slots: readonly Slot[]): ColumnSet {
  let all = columns;
  for (const slot of slots) {
    const { onUpdate } = slot.column;
    if (onUpdate === null || isIn(columns, slot.index) || expressionsOf(entity)?.has(slot.index) === true) continue;
    noteColumnChange(entity, slot.index, readField(entity, slot.field));
    fill(entity, slot, onUpdate);
    if (onUpdate.kind !== "sql") all = union(all, setOfSlots(table, [slot]));
  }
  return all;
}

function fill(entity: Entity, { column, field, index }: Slot, value: ClientValue): void {
  switch (value.kind) {
    case "value":
      return writeField(entity, field, value.value);
    case "made":
      return writeField(entity, field, value.make());
    case "sql":
      writeField(entity, field, undefined);
      return setExpression(entity, index, new Expression(clientValueNode(value, column.property, column.type)));
  }
}
