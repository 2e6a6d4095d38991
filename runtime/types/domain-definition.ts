// What a domain says beside its name and the type it is made of.
import type { RawSql } from "./raw-sql.js";

export interface DomainDefinition {
  /** Columns of it hold no NULL. */
  readonly notNull?: boolean;
  readonly default?: string | RawSql;
  readonly collation?: string;
  /** Conditions in which the word VALUE stands for the value. */
  readonly checks?: readonly { readonly name?: string; readonly condition: string | RawSql }[];
}
