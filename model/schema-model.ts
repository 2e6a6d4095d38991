// The schema model: what a database holds and how objects see it, as plain JSON-serialisable data.
// The narrow waist of the house: compiler, reflection, DDL and migrations meet here and nowhere else.
// Optional parts are absent where they say nothing, so that equal schemas are equal data.
import type { ClassModel } from "./class-model.js";
import type { ColumnModel } from "./column-model.js";
import type { ColumnType } from "./column-type.js";
import type { Expression, RawSql } from "./expression.js";
import type { QualifiedName } from "./qualified-name.js";
import type { SequenceOptions } from "./sequence-options.js";

export interface SchemaModel {
  /** Dialects the schema is checked against, in source order; empty means every dialect. */
  readonly dialects: readonly string[];
  readonly enums: readonly EnumModel[];
  readonly domains?: readonly DomainModel[];
  readonly sequences?: readonly SequenceModel[];
  /** In source order; `createAll` orders by dependency itself. */
  readonly tables: readonly TableModel[];
  readonly views?: readonly ViewModel[];
  /** What the language does not model, outside tables. */
  readonly objects?: readonly ObjectModel[];
  readonly classes: readonly ClassModel[];
}

export interface EnumModel extends QualifiedName {
  /** The TypeScript union's name. */
  readonly typeName: string;
  readonly values: readonly string[];
  /** Earlier names of values, for migrations: the value that has one and what it was. */
  readonly renamedValues?: readonly { readonly value: string; readonly was: string }[];
  readonly comment?: string;
  readonly was?: QualifiedName;
}

/** A domain on PostgreSQL; elsewhere its parts are spelled out at each column that has it. */
export interface DomainModel extends QualifiedName {
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly default?: Expression;
  readonly collation?: string;
  /** Their expressions name the value as the column `value`. */
  readonly checks: readonly CheckModel[];
  readonly comment?: string;
}

export interface SequenceModel extends QualifiedName {
  /** `bigint` where nothing was said. */
  readonly type: "smallint" | "integer" | "bigint";
  readonly options: SequenceOptions;
  readonly comment?: string;
}

export interface TableModel extends QualifiedName {
  readonly columns: readonly ColumnModel[];
  readonly primaryKey?: KeyModel;
  readonly uniques: readonly UniqueModel[];
  readonly checks: readonly CheckModel[];
  readonly foreignKeys: readonly ForeignKeyModel[];
  readonly indexes: readonly IndexModel[];
  /** Table elements kept as SQL (`constraint n sql:postgresql'exclude …'`). */
  readonly rawElements?: readonly RawElementModel[];
  readonly options?: readonly TableOptionsModel[];
  /** A partition: `bound` is the text after the parent's name, `columns` only what the partition adds. */
  readonly partitionOf?: { readonly parent: QualifiedName; readonly bound: RawSql };
  /** Triggers, policies and the like that belong to the table. */
  readonly objects?: readonly ObjectModel[];
  readonly comment?: string;
  readonly was?: QualifiedName;
}

/** A view: read-only, its columns typed by hand or by reflection. */
export interface ViewModel extends QualifiedName {
  readonly materialized: boolean;
  readonly columns: readonly ColumnModel[];
  readonly definition: RawSql;
  /** The mapper's key; the database knows none. */
  readonly primaryKey?: readonly string[];
  /** Of materialised views. */
  readonly indexes: readonly IndexModel[];
  readonly options?: readonly TableOptionsModel[];
  readonly comment?: string;
}

/** Something the language does not model (function, trigger, extension, policy, rule …), kept and compared as text. */
export interface ObjectModel extends QualifiedName {
  /** An open word: `function`, `trigger`, … */
  readonly type: string;
  /** The text between the parentheses after the name, as functions have; absent where there are none. */
  readonly signature?: string;
  readonly sql: RawSql;
  /** What must exist before it. */
  readonly after: readonly QualifiedName[];
}

/** Options of one dialect, each a word or `name = value` as written: `strict`, `without rowid`, `engine = InnoDB`. */
export interface TableOptionsModel {
  readonly dialect: string;
  readonly entries: readonly { readonly name: string; readonly value?: string }[];
}

/** Names here are always present: written in the schema, or made by the naming rules. */
export interface KeyModel extends ConstraintTiming {
  readonly name: string;
  readonly columns: readonly string[];
}

/** What may follow a constraint; each dialect takes some of it. */
export interface ConstraintTiming {
  readonly deferrable?: { readonly initiallyDeferred: boolean };
  readonly notValid?: true;
  readonly notEnforced?: true;
  /** SQLite's `ON CONFLICT`. */
  readonly onConflict?: "rollback" | "abort" | "fail" | "ignore" | "replace";
  readonly comment?: string;
  readonly was?: string;
}

export interface UniqueModel extends KeyModel {
  readonly nullsNotDistinct?: true;
}

export interface CheckModel extends ConstraintTiming {
  readonly name: string;
  readonly expression: Expression;
}

export type ReferentialAction = "cascade" | "restrict" | "no action" | "set null" | "set default";

export interface ForeignKeyModel extends ConstraintTiming {
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: { readonly table: QualifiedName; readonly columns: readonly string[] };
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  /** The columns that `set null` or `set default` of `onDelete` touches, where not all. */
  readonly onDeleteColumns?: readonly string[];
  readonly match?: "full";
}

export interface IndexModel {
  readonly name: string;
  readonly unique: boolean;
  readonly keys: readonly IndexKeyModel[];
  readonly where?: Expression;
  /** `btree`, where nothing is said. */
  readonly method?: string;
  /** Columns carried along without being keys. */
  readonly include?: readonly string[];
  readonly nullsNotDistinct?: true;
  readonly storage?: readonly { readonly name: string; readonly value: string }[];
  /** The only dialects that create it; absent means every one. */
  readonly only?: readonly string[];
  readonly comment?: string;
  readonly was?: string;
}

export interface IndexKeyModel {
  readonly expression: Expression;
  readonly direction?: "asc" | "desc";
  readonly nulls?: "first" | "last";
  readonly collation?: string;
  readonly operatorClass?: string;
  /** MySQL: only so many characters of the column. */
  readonly prefix?: number;
}

export interface RawElementModel {
  /** Absent for an element without a name. */
  readonly name?: string;
  readonly sql: RawSql;
}
