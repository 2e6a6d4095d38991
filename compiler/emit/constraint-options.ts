// What is said of constraints beside their columns, as the entries of an options object.
import type { ConstraintTiming, ForeignKeyModel, UniqueModel } from "../../model/schema-model.js";
import type { SequenceOptions } from "../../model/sequence-options.js";
import { objectLiteral, stringArray, stringLiteral } from "./literals.js";

export type OptionEntry = [name: string, code: string];

/** `name: "…"`, and when the constraint is checked, in the order in which they are read best. */
export function constraintOptions(constraint: ConstraintTiming & { readonly name: string }): OptionEntry[] {
  const { name, deferrable, notValid, notEnforced, onConflict, comment } = constraint;
  const entries: OptionEntry[] = [["name", stringLiteral(name)]];
  if (deferrable !== undefined) {
    const isDeferred = deferrable.initiallyDeferred;
    entries.push(["deferrable", objectLiteral([["initiallyDeferred", String(isDeferred)]])]);
  }
  if (notValid === true) entries.push(["notValid", "true"]);
  if (notEnforced === true) entries.push(["notEnforced", "true"]);
  if (onConflict !== undefined) entries.push(["onConflict", stringLiteral(onConflict)]);
  if (comment !== undefined) entries.push(["comment", stringLiteral(comment)]);
  return entries;
}

export function uniqueOptions(unique: UniqueModel): OptionEntry[] {
  const entries = constraintOptions(unique);
  if (unique.nullsNotDistinct === true) entries.push(["nullsNotDistinct", "true"]);
  return entries;
}

/** `name: "…"`, `onDelete: "cascade"`, … */
export function foreignKeyOptions(foreignKey: ForeignKeyModel): OptionEntry[] {
  const { onDelete, onDeleteColumns, onUpdate, match } = foreignKey;
  const [name, ...timing] = constraintOptions(foreignKey);
  const entries: OptionEntry[] = name === undefined ? [] : [name];
  if (onDelete !== undefined) entries.push(["onDelete", stringLiteral(onDelete)]);
  if (onDeleteColumns !== undefined) entries.push(["onDeleteColumns", stringArray(onDeleteColumns)]);
  if (onUpdate !== undefined) entries.push(["onUpdate", stringLiteral(onUpdate)]);
  if (match !== undefined) entries.push(["match", stringLiteral(match)]);
  return [...entries, ...timing];
}

/** What a sequence counts. */
export function sequenceOptions(options: SequenceOptions): OptionEntry[] {
  const { start, increment, minValue, maxValue, cache, cycle } = options;
  const texts = { start, increment, minValue, maxValue, cache };
  const entries = Object.entries(texts).flatMap(([name, digits]): OptionEntry[] => {
    return digits === undefined ? [] : [[name, stringLiteral(digits)]];
  });
  return cycle === true ? [...entries, ["cycle", "true"]] : entries;
}
