// A table as DDL sees it: what printing and ordering tables needs of one, whatever class it is.
import type { Column } from "./column.js";
import type { Constraint, ForeignKeyConstraint, Index, PrimaryKeyConstraint } from "./constraints.js";

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
}
