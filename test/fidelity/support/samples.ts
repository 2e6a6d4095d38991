// The form of the tables of values: what each type is given, and what each database makes of it.
import type { ColumnBuilder } from "athanor";
import type { DatabaseKind } from "../../support/databases/databases.js";

/** What a database does with a value that it does not keep as it is. */
export type Deviation =
  /** A typed error, before anything is changed. */
  | { readonly refused: string }
  /** Another value comes back; `why` says what in the database makes it so. */
  | { readonly becomes: unknown; readonly why: string };

export interface Sample {
  readonly value: unknown;
  readonly unless: Partial<Readonly<Record<DatabaseKind, Deviation>>>;
}

/** One column type with the values that are tried on it. */
export interface TypeSamples {
  /** As the type is written. */
  readonly name: string;
  readonly type: ColumnBuilder<unknown>;
  readonly kept: readonly Sample[];
  /** Refused by every database. */
  readonly refused: readonly unknown[];
  /** Databases whose `=` does not compare such values; they are then written and read alone. */
  readonly incomparable?: readonly DatabaseKind[];
  /** Databases without the type, which refuse to make the table. */
  readonly missing?: readonly DatabaseKind[];
}

/** Samples that every database keeps as they are. */
export function kept(...values: readonly unknown[]): Sample[] {
  return values.map((value) => ({ value, unless: {} }));
}

/** A sample that some databases do not keep. */
export function keptUnless(value: unknown, unless: Sample["unless"]): Sample {
  return { value, unless };
}
