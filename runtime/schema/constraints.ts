// The constraints and indexes of a table, as it holds them after it was made. A null name prints without CONSTRAINT.
import type { ReferentialAction } from "../../model/schema-model.js";
import type { RawSql } from "../types/raw-sql.js";
import { type Column, describeColumn } from "./column.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** SQL that the programmer wrote: one text for every dialect, or `sql({ … })`. */
export type SqlFragment = string | RawSql;

export class PrimaryKeyConstraint {
  readonly kind = "primary key";
  readonly name: string | null;
  /** In key order. */
  readonly columns: readonly Column[];

  constructor(name: string | null, columns: readonly Column[]) {
    this.name = name;
    this.columns = columns;
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

  constructor(name: string | null, columns: readonly Column[]) {
    this.name = name;
    this.columns = columns;
  }
}

export class CheckConstraint {
  readonly kind = "check";
  readonly name: string | null;
  readonly condition: SqlFragment;

  constructor(name: string | null, condition: SqlFragment) {
    this.name = name;
    this.condition = condition;
  }
}

/** The actions of a foreign key and when it is checked. */
export interface ForeignKeyActions {
  readonly onDelete: ReferentialAction | null;
  readonly onUpdate: ReferentialAction | null;
  readonly deferrable: { readonly initiallyDeferred: boolean } | null;
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

  constructor(name: string | null, columns: readonly Column[], target: ForeignKeyTarget, actions: ForeignKeyActions) {
    this.name = name;
    this.columns = columns;
    this.target = target;
    this.actions = actions;
  }
}

export type Constraint = PrimaryKeyConstraint | UniqueConstraint | CheckConstraint | ForeignKeyConstraint;

export interface IndexPart {
  /** A column of the table, or an expression. */
  readonly expression: Column | RawSql;
  readonly direction: "asc" | "desc" | null;
  readonly nulls: "first" | "last" | null;
  readonly collation: string | null;
}

export class Index {
  readonly name: string;
  readonly unique: boolean;
  readonly parts: readonly IndexPart[];
  /** The condition of a partial index. */
  readonly where: SqlFragment | null;
  readonly table: { readonly schema: string | null; readonly name: string };

  constructor(
    name: string,
    table: Index["table"],
    parts: readonly IndexPart[],
    options: { readonly unique: boolean; readonly where: SqlFragment | null },
  ) {
    this.name = name;
    this.table = table;
    this.parts = parts;
    this.unique = options.unique;
    this.where = options.where;
  }
}
