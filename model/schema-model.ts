// The schema model: what a database holds and how objects see it, as plain JSON-serialisable data.
// The narrow waist of the house: compiler, reflection, DDL and migrations meet here and nowhere else.
import type { ColumnType } from "./column-type.js";
import type { Expression } from "./expression.js";

export interface SchemaModel {
  /** Dialects the schema is checked against, in source order; empty means every dialect. */
  readonly dialects: readonly string[];
  readonly enums: readonly EnumModel[];
  /** In source order; `createAll` orders by dependency itself. */
  readonly tables: readonly TableModel[];
  readonly classes: readonly ClassModel[];
}

/** A table's, enum's or sequence's name as the database has it. */
export interface QualifiedName {
  readonly schema?: string;
  readonly name: string;
}

export interface EnumModel extends QualifiedName {
  /** The TypeScript union's name. */
  readonly typeName: string;
  readonly values: readonly string[];
  readonly comment?: string;
}

export interface TableModel extends QualifiedName {
  readonly columns: readonly ColumnModel[];
  readonly primaryKey?: KeyModel;
  readonly uniques: readonly KeyModel[];
  readonly checks: readonly CheckModel[];
  readonly foreignKeys: readonly ForeignKeyModel[];
  readonly indexes: readonly IndexModel[];
  readonly comment?: string;
}

export interface ColumnModel {
  readonly name: string;
  /** The code's name: what `map` says, else the camelCased name. Unique within the table. */
  readonly property: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly default?: Expression;
  /** The database numbers the rows itself; `always` refuses values from outside. */
  readonly identity?: { readonly always: boolean };
  /** SQLite's AUTOINCREMENT keyword, on top of identity. */
  readonly autoincrement?: true;
  readonly collation?: string;
  readonly comment?: string;
}

/** Names here are always present: written in the schema, or made by the naming rules. */
export interface KeyModel {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface CheckModel {
  readonly name: string;
  readonly expression: Expression;
}

export type ReferentialAction = "cascade" | "restrict" | "no action" | "set null" | "set default";

export interface ForeignKeyModel {
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: { readonly table: QualifiedName; readonly columns: readonly string[] };
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  readonly deferrable?: { readonly initiallyDeferred: boolean };
}

export interface IndexModel {
  readonly name: string;
  readonly unique: boolean;
  readonly keys: readonly IndexKeyModel[];
  readonly where?: Expression;
}

export interface IndexKeyModel {
  readonly expression: Expression;
  readonly direction?: "asc" | "desc";
  readonly nulls?: "first" | "last";
  readonly collation?: string;
}

/** A mapped class: how objects see one table. */
export interface ClassModel {
  readonly name: string;
  readonly table: QualifiedName;
  readonly relationships: readonly RelationshipModel[];
}

export type CascadeName = "save-update" | "merge" | "expunge" | "delete" | "delete-orphan" | "refresh-expire";
export type LoadStrategyName =
  "select" | "joined" | "selectin" | "subquery" | "immediate" | "raise" | "noload" | "write_only";

export interface RelationshipModel {
  readonly name: string;
  /** The target class. */
  readonly target: string;
  readonly direction: "one-to-many" | "many-to-one" | "many-to-many";
  /** True for a collection, false for a scalar (one-to-one is a one-to-many with `collection: false`). */
  readonly collection: boolean;
  /** A scalar that may be null. */
  readonly optional: boolean;
  /** `local` is a column of this class's table, `remote` of the target's or, with `secondary`, of the link table. */
  readonly pairs: readonly ColumnPair[];
  readonly secondary?: {
    readonly table: QualifiedName;
    /** `local` a column of the link table, `remote` of the target's table. */
    readonly pairs: readonly ColumnPair[];
  };
  readonly backPopulates?: string;
  /** Explicit and complete: defaults are filled in, `all` is spelled out. */
  readonly cascade: readonly CascadeName[];
  /** Columns of the target's table. */
  readonly orderBy: readonly {
    readonly column: string;
    readonly direction: "asc" | "desc";
    readonly nulls?: "first" | "last";
  }[];
  readonly lazy: LoadStrategyName;
  readonly passiveDeletes: boolean;
  readonly singleParent: boolean;
  readonly viewonly: boolean;
  readonly comment?: string;
}

export interface ColumnPair {
  readonly local: string;
  readonly remote: string;
}
