// A set of a class's columns as one value that can be compared and looked up: the bit mask itself where one word of 31
// columns is enough, else the words as text.
import { columnsPerWord, type Entity } from "../entity.js";
import type { Slot } from "../mapper.js";
import type { RowTable } from "./row-table.js";

export type ColumnSet = number | string;

/** The set of the columns whose bits `wordOf` gives, word by word. */
export function columnSet(mapper: RowTable, wordOf: (word: number) => number): ColumnSet {
  if (mapper.wordCount === 1) return wordOf(0);
  return Array.from({ length: mapper.wordCount }, (_, word) => wordOf(word)).join(":");
}

/** The columns that hold a value. */
export function presentColumns(mapper: RowTable, entity: Entity): ColumnSet {
  const { definition } = mapper;
  if (mapper.wordCount === 1) return definition.present(entity, 0);
  return columnSet(mapper, (word) => definition.present(entity, word));
}

/** The bits of a set, word by word. */
export function wordsOf(columns: ColumnSet): readonly number[] {
  return typeof columns === "number" ? [columns] : columns.split(":").map(Number);
}

export function slotsIn(mapper: RowTable, columns: ColumnSet): Slot[] {
  const words = wordsOf(columns);
  return mapper.slots.filter((slot) => isInWords(words, slot.index));
}

/** True for a column whose bit is set. */
function isInWords(words: readonly number[], index: number): boolean {
  return ((words[Math.floor(index / columnsPerWord)] ?? 0) & (1 << (index % columnsPerWord))) !== 0;
}

export function isIn(columns: ColumnSet, index: number): boolean {
  if (typeof columns === "number") return (columns & (1 << index)) !== 0;
  return isInWords(wordsOf(columns), index);
}

/** The set of these slots. */
export function setOfSlots(mapper: RowTable, slots: readonly Slot[]): ColumnSet {
  return columnSet(mapper, (word) => {
    let bits = 0;
    for (const { index } of slots) {
      if (Math.floor(index / columnsPerWord) === word) bits |= 1 << (index % columnsPerWord);
    }
    return bits;
  });
}

/** Appends the values of the columns, in slot order. */
export function collectColumns(mapper: RowTable, entity: Entity, words: readonly number[], into: unknown[]): void {
  const { definition } = mapper;
  for (let word = 0; word < words.length; word++) {
    const mask = words[word];
    if (mask !== undefined && mask !== 0) definition.collect(entity, word, mask, into);
  }
}

export function isEmpty(columns: ColumnSet): boolean {
  if (typeof columns === "number") return columns === 0;
  return wordsOf(columns).every((bits) => bits === 0);
}

/** The columns of the first set that are not in the second, of the same class. */
export function without(columns: ColumnSet, others: ColumnSet): ColumnSet {
  if (typeof columns === "number" && typeof others === "number") return columns & ~others;
  const removed = wordsOf(others);
  return wordsOf(columns)
    .map((bits, word) => bits & ~(removed[word] ?? 0))
    .join(":");
}

/** The columns of either set, of the same class. */
export function union(columns: ColumnSet, others: ColumnSet): ColumnSet {
  if (typeof columns === "number" && typeof others === "number") return columns | others;
  const added = wordsOf(others);
  return wordsOf(columns)
    .map((bits, word) => bits | (added[word] ?? 0))
    .join(":");
}
