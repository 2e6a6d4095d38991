// The constraints and indexes of a table, as it holds them after it was made. A null name prints without CONSTRAINT.
import type { ConstraintTiming, ReferentialAction } from "../../model/schema-model.js";
import type { RawSql } from "../types/raw-sql.js";
import { type Column, describeColumn } from "./column.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** SQL that the programmer wrote: one text for every dialect, or `sql({ … })`. */
export type SqlFragment = string | RawSql;

/** When a constraint is checked, and what is said about it. */
export type ConstraintDetails = Omit<ConstraintTiming, "was">;

const NO_DETAILS: ConstraintDetails = {};

export class PrimaryKeyConstraint {
  readonly kind = "primary key";
  readonly name: string | null;
  /** In key order. */
  readonly columns: readonly Column[];
  readonly details: ConstraintDetails;

  constructor(name: string | null, columns: readonly Column[], details = NO_DETAILS) {
    this.name = name;
    this.columns = columns;
    this.details = details;
  }

  toString(): string {
    return `PrimaryKeyConstraint(${this.columns.map(describeColumn).join(", ")})`;
  }

  [INSPECT](): string {
    return this.toString();
  }
}

export class UniqueConstraint {
  readonly kind = "unique";
  readonly name: string | null;
  readonly columns: readonly Column[];
  /** Two NULLs are the same. */
  readonly nullsNotDistinct: boolean;
  readonly details: ConstraintDetails;

  constructor(name: string | null, columns: readonly Column[], nullsNotDistinct = false, details = NO_DETAILS) {
    this.name = name;
    this.columns = columns;
    this.nullsNotDistinct = nullsNotDistinct;
    this.details = details;
  }
}

export class CheckConstraint {
  readonly kind = "check";
  readonly name: string | null;
  readonly condition: SqlFragment;
  readonly details: ConstraintDetails;

  constructor(name: string | null, condition: SqlFragment, details = NO_DETAILS) {
    this.name = name;
    this.condition = condition;
    this.details = details;
  }
}

/** What follows REFERENCES. */
export interface ForeignKeyActions {
  readonly onDelete: ReferentialAction | null;
  readonly onUpdate: ReferentialAction | null;
  /** The columns that `set null` or `set default` of `onDelete` touches; null for all. */
  readonly onDeleteColumns: readonly string[] | null;
  readonly matchFull: boolean;
}

/** The table that a foreign key refers to, by name: it may be declared later. */
interface ForeignKeyTarget {
  readonly schema: string | null;
  readonly table: string;
  /** Database names, paired with the constraint's columns. */
  readonly columns: readonly string[];
}

export class ForeignKeyConstraint {
  readonly kind = "foreign key";
  readonly name: string | null;
  readonly columns: readonly Column[];
  readonly target: ForeignKeyTarget;
  readonly actions: ForeignKeyActions;
  readonly details: ConstraintDetails;

  constructor(
    name: string | null,
    columns: readonly Column[],
    target: ForeignKeyTarget,
    actions: ForeignKeyActions,
    details = NO_DETAILS,
  ) {
    this.name = name;
    this.columns = columns;
    this.target = target;
    this.actions = actions;
    this.details = details;
  }
}

/** A table element in SQL, such as PostgreSQL's `EXCLUDE`. */
export class RawConstraint {
  readonly kind = "raw";
  readonly name: string | null;
  readonly sql: SqlFragment;

  constructor(name: string | null, sql: SqlFragment) {
    this.name = name;
    this.sql = sql;
  }
}

export type Constraint =
  PrimaryKeyConstraint | UniqueConstraint | CheckConstraint | ForeignKeyConstraint | RawConstraint;

export interface IndexPart {
  /** A column of the table, or an expression. */
  readonly expression: Column | RawSql;
  readonly direction: "asc" | "desc" | null;
  readonly nulls: "first" | "last" | null;
  readonly collation: string | null;
  /** PostgreSQL: how the key's values are compared, `name` or `schema.name`. */
  readonly operatorClass: string | null;
  /** MySQL: only so many characters of the column. */
  readonly prefix: number | null;
}

/** What an index may be beside its keys. */
export interface IndexProperties {
  readonly unique: boolean;
  /** The condition of a partial index. */
  readonly where: SqlFragment | null;
  /** `gin`, `fulltext` …; null for the database's usual one. */
  readonly method: string | null;
  /** Columns carried along without being keys, by database name. */
  readonly include: readonly string[];
  readonly nullsNotDistinct: boolean;
  readonly storage: readonly { readonly name: string; readonly value: string }[];
  /** The only dialects that create it; null for every one. */
  readonly only: readonly string[] | null;
  readonly comment: string | null;
}

export class Index {
  readonly name: string;
  readonly unique: boolean;
  readonly parts: readonly IndexPart[];
  readonly where: SqlFragment | null;
  readonly table: { readonly schema: string | null; readonly name: string };
  readonly properties: IndexProperties;

  constructor(name: string, table: Index["table"], parts: readonly IndexPart[], properties: IndexProperties) {
    this.name = name;
    this.table = table;
    this.parts = parts;
    this.unique = properties.unique;
    this.where = properties.where;
    this.properties = properties;
  }
}
