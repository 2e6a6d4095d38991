// A table as DDL sees it: what printing and ordering tables needs of one, whatever class it is.
import type { Column } from "./column.js";
import type { Constraint, ForeignKeyConstraint, Index, PrimaryKeyConstraint, SqlFragment } from "./constraints.js";
import type { DialectOptions } from "./extras.js";
import type { ObjectDefinition } from "./schema-objects.js";

export interface PartitionDefinition {
  readonly schema: string | null;
  readonly table: string;
  /** What follows the parent's name. */
  readonly bound: SqlFragment;
}

export interface ViewDefinition {
  readonly definition: SqlFragment;
  readonly materialized: boolean;
}

export interface TableDefinition {
  readonly name: string;
  readonly schema: string | null;
  /** `schema.name`: unique within a `MetaData`. */
  readonly key: string;
  readonly columns: readonly Column[];
  /** Without columns where the table has no primary key. */
  readonly primaryKey: PrimaryKeyConstraint;
  /** All but the primary key, in the order of the DDL. */
  readonly constraints: readonly Exclude<Constraint, { readonly kind: "primary key" }>[];
  readonly foreignKeys: readonly ForeignKeyConstraint[];
  readonly indexes: readonly Index[];
  readonly comment: string | null;
  /** What CREATE TABLE says after the columns, by dialect. */
  readonly options: Readonly<Record<string, DialectOptions>>;
  /** The table of which this one is a partition. */
  readonly partition: PartitionDefinition | null;
  /** The tables that it has columns from: of a partition, or where it inherits. */
  readonly parents: readonly { readonly schema: string | null; readonly table: string }[];
  /** Triggers, policies and the like. */
  readonly objects: readonly ObjectDefinition[];
  /** What makes it a view. */
  readonly view: ViewDefinition | null;
}
