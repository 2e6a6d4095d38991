// The statement by which a class's objects are read by key, with all that is to be known of it: compiled once, kept by
// the mapping.
import type { Compiled } from "../sql/compile/compiled.js";
import type { SqlDialect } from "../sql/compile/sql-dialect.js";

/** How objects of a class are read by key from one kind of database. */
export interface KeySelect {
  readonly dialect: SqlDialect;
  /** `SELECT … WHERE table.key = ?` of a whole row. */
  readonly compiled: Compiled;
  /** How each part of the key is converted; null where it passes as it is. */
  readonly encoders: readonly (((value: unknown) => unknown) | null)[];
  /** The columns whose values have to be converted on their way into an object. */
  readonly conversions: readonly { readonly at: number; readonly decode: (value: unknown) => unknown }[];
  /** Where the key stands in the row; -1 where it has several columns, or where the row says which class it is of. */
  readonly keyAt: number;
  /** True where others are loaded with an object, so that its row alone does not do. */
  readonly loadsOthers: boolean;
}
