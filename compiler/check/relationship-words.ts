// The closed word lists of relationship options, in the order that messages and models list them.
import type { CascadeName, LoadStrategyName } from "../../model/class-model.js";

export const cascadeNames: readonly CascadeName[] = [
  "save-update",
  "merge",
  "refresh-expire",
  "expunge",
  "delete",
  "delete-orphan",
];

export const loadStrategyNames: readonly LoadStrategyName[] = [
  "select",
  "joined",
  "selectin",
  "subquery",
  "immediate",
  "raise",
  "noload",
  "write_only",
];

export function isCascadeName(word: string): word is CascadeName {
  return cascadeNames.some((name) => name === word);
}

export function isLoadStrategyName(word: string): word is LoadStrategyName {
  return loadStrategyNames.some((name) => name === word);
}
