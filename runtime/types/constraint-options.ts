// What can be said of a constraint beside its columns, wherever it is written. Which database takes what, its DDL
// knows.
import type { ConstraintTiming, ReferentialAction } from "../../model/schema-model.js";

/** The name, and when the constraint is checked. */
export interface KeyOptions {
  readonly name?: string;
  /** Checked at the end of the transaction where asked for, or always with `initiallyDeferred`. */
  readonly deferrable?: boolean | { readonly initiallyDeferred: boolean };
  /** SQLite's `ON CONFLICT`. */
  readonly onConflict?: NonNullable<ConstraintTiming["onConflict"]>;
  readonly comment?: string;
}

export interface UniqueOptions extends KeyOptions {
  /** Two NULLs are the same. */
  readonly nullsNotDistinct?: boolean;
}

export interface CheckOptions extends KeyOptions {
  /** Rows that are there already are not looked at. */
  readonly notValid?: boolean;
  /** It is declared, but never checked. */
  readonly notEnforced?: boolean;
}

export interface ReferenceOptions extends CheckOptions {
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  /** The columns that `set null` or `set default` of `onDelete` touches, where not all. */
  readonly onDeleteColumns?: readonly string[];
  /** All columns are NULL or none is. */
  readonly match?: "full";
}
