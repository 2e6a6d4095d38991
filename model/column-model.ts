// One column of the schema model: what the database stores, and what the runtime does for it.
import type { ColumnType } from "./column-type.js";
import type { Expression } from "./expression.js";
import type { QualifiedName } from "./qualified-name.js";
import type { SequenceOptions } from "./sequence-options.js";

export interface ColumnModel {
  readonly name: string;
  /** The code's name: what `map` says, else the camelCased name. Unique within the table. */
  readonly property: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly default?: Expression;
  /** The database numbers the rows itself; `always` refuses values from outside. */
  readonly identity?: { readonly always: boolean; readonly sequence?: SequenceOptions };
  /** An owned sequence with a `nextval` default; named where its name is not `table_column_seq`. */
  readonly serial?: { readonly sequence?: SequenceOptions; readonly name?: QualifiedName };
  /** SQLite's AUTOINCREMENT keyword, on top of identity. */
  readonly autoincrement?: true;
  /** Computed by the database from the row's other columns. */
  readonly generated?: { readonly expression: Expression; readonly stored: boolean };
  /** Set at every UPDATE that does not set it: by the database where it can, else by the runtime. */
  readonly onUpdate?: Expression;
  /** The runtime makes the value when a row without one is inserted. */
  readonly generator?: ValueGenerator;
  /** A user's own class or codec over the stored value. */
  readonly converter?: ImportedName;
  readonly collation?: string;
  /** Loaded at first access, not with its row. */
  readonly deferred?: true;
  /** Counts the row's updates, for optimistic locking. */
  readonly version?: true;
  readonly comment?: string;
  readonly was?: string;
}

type ValueGenerator =
  { readonly kind: "uuid" | "uuid7" | "now" } | { readonly kind: "function"; readonly function: ImportedName };

/** An export of one of the user's modules; the path is relative to the schema file's folder, as written. */
export interface ImportedName {
  readonly name: string;
  readonly module: string;
  /** The schema file that says so, relative to the project's root: what `module` is relative to. */
  readonly file: string;
}
