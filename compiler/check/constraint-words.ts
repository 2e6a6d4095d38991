// The closed word lists of constraints.
import type { ConstraintTiming } from "../../model/schema-model.js";

type ConflictResolution = NonNullable<ConstraintTiming["onConflict"]>;

export const conflictResolutions: readonly ConflictResolution[] = ["rollback", "abort", "fail", "ignore", "replace"];

export function isConflictResolution(word: string): word is ConflictResolution {
  return conflictResolutions.some((each) => each === word);
}
