// The words that nodes are described by, and the nodes that consist of no others.
import type { RawSql } from "../../types/raw-sql.js";
import type { SqlType } from "../../types/sql-type.js";

/** Where a column's value comes from when a statement leaves it out. `always` and `computed` refuse values. */
export type ColumnGeneration = "none" | "default" | "identity" | "always" | "computed";

export interface ForeignKeyNode {
  readonly name: string | null;
  /** Database names of this table's columns, paired with `targetColumns`. */
  readonly columns: readonly string[];
  readonly targetSchema: string | null;
  readonly targetTable: string;
  readonly targetColumns: readonly string[];
}

export type JoinKind = "inner" | "left" | "full" | "cross";

/** The parts of a point in time that `extract` knows. */
export type TemporalField =
  "year" | "quarter" | "month" | "week" | "day" | "dow" | "doy" | "hour" | "minute" | "second" | "epoch";

/** What a value inside a JSON document is read as. */
export type JsonReading = "json" | "text" | "integer" | "double" | "boolean";

export type IntervalUnit = "years" | "months" | "weeks" | "days" | "hours" | "minutes" | "seconds";

/** From `start` to `end`, as distances from the current row: negative before it, null without bound. */
export interface WindowFrame {
  readonly unit: "rows" | "range" | "groups";
  readonly start: number | null;
  readonly end: number | null;
}

export type OrderDirection = "asc" | "desc";
export type NullsOrder = "first" | "last";

/** How the select list names columns: as they are, or all of them `AS table_column`. */
export type LabelStyle = "bare" | "table-column";

export type SetOperator = "union" | "unionAll" | "intersect" | "intersectAll" | "except" | "exceptAll";

/** Words of the database's own beside a statement's keyword or at its end; for one dialect or, with null, for all. */
export interface StatementWords {
  readonly text: string;
  readonly dialect: string | null;
}

export interface NodeBase {
  readonly key: number;
}

/** A value sent beside the text. */
export interface BindNode extends NodeBase {
  readonly kind: "bind";
  /** What its name is made from: used as it is where `unique` is false, else followed by a counter. */
  readonly name: string;
  readonly unique: boolean;
  readonly type: SqlType;
  /** True for the list of an IN, which widens to one placeholder an element at execution. */
  readonly expanding: boolean;
  /** The types of a row's elements, for a list of rows. */
  readonly tuple?: readonly SqlType[];
  /** `UNSET` where the value comes with the execution. */
  readonly value: unknown;
  /** Makes the value for each set of parameters that has none. */
  readonly make?: () => unknown;
}

export interface ConstantNode extends NodeBase {
  readonly kind: "constant";
  readonly value: "null" | "star" | "true" | "false" | "default";
}

/** SQL text that the programmer vouches for. */
export interface RawNode extends NodeBase {
  readonly kind: "raw";
  readonly text: string;
  /** Where it differs by dialect. */
  readonly variants?: RawSql;
  readonly type: SqlType;
}

/** A name inside a fragment, written as the dialect quotes it. */
export interface IdentifierNode extends NodeBase {
  readonly kind: "identifier";
  readonly path: readonly string[];
}

/** A fragment in one dialect's words, or with null in those of all others: which parts stand between the segments. */
export interface FragmentForm {
  readonly dialect: string | null;
  readonly segments: readonly string[];
  readonly order: readonly number[];
}
