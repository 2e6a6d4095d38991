// A query as plain data: what the generator makes, what prints when a case fails, and what both the statement and the
// expected rows are worked out from.
import type { TableName } from "./tables.js";

/** Forms that numbers and texts have in common. */
interface Pair<V> {
  readonly kind: "coalesce" | "nullif";
  readonly first: V;
  readonly second: V;
}
interface Case<V> {
  readonly kind: "case";
  readonly when: ConditionSpec;
  readonly result: V;
  readonly otherwise: V | null;
}

export type NumberSpec =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "column"; readonly of: TableName; readonly column: "id" | "ref" | "n" }
  | { readonly kind: "plus" | "minus" | "times"; readonly left: NumberSpec; readonly right: NumberSpec }
  | { readonly kind: "modulo"; readonly left: NumberSpec; readonly by: number }
  | { readonly kind: "abs"; readonly operand: NumberSpec }
  | { readonly kind: "length"; readonly operand: TextSpec }
  | { readonly kind: "aggregate"; readonly function: "count" | "min" | "max" | "sum"; readonly where: ConditionSpec }
  | Pair<NumberSpec>
  | Case<NumberSpec>;

export type TextSpec =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "column"; readonly of: TableName; readonly column: "s" }
  | { readonly kind: "concat"; readonly left: TextSpec; readonly right: TextSpec }
  | { readonly kind: "lower" | "upper" | "trim"; readonly operand: TextSpec }
  | { readonly kind: "substr"; readonly operand: TextSpec; readonly start: number; readonly count: number | null }
  | { readonly kind: "replace"; readonly operand: TextSpec; readonly from: string; readonly to: string }
  | Pair<TextSpec>
  | Case<TextSpec>;

export const COMPARISONS = ["eq", "ne", "lt", "le", "gt", "ge"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** One type of operand, so that a text is never compared with a number. */
type Typed<V, Type extends string> =
  | {
      readonly kind: "compare";
      readonly type: Type;
      readonly operator: Comparison;
      readonly left: V;
      readonly right: V;
    }
  | { readonly kind: "isNull"; readonly type: Type; readonly operand: V; readonly negated: boolean };

export type ConditionSpec =
  | Typed<NumberSpec, "number">
  | Typed<TextSpec, "text">
  | { readonly kind: "flag"; readonly of: TableName; readonly value: boolean | null; readonly negated: boolean }
  | {
      readonly kind: "in";
      readonly operand: NumberSpec;
      readonly values: readonly number[];
      readonly negated: boolean;
    }
  | {
      readonly kind: "inText";
      readonly operand: TextSpec;
      readonly values: readonly string[];
      readonly negated: boolean;
    }
  | {
      readonly kind: "inSelect";
      readonly operand: NumberSpec;
      readonly where: ConditionSpec;
      readonly negated: boolean;
    }
  | { readonly kind: "between"; readonly operand: NumberSpec; readonly low: NumberSpec; readonly high: NumberSpec }
  | {
      readonly kind: "like";
      readonly operand: TextSpec;
      readonly pattern: readonly PatternPart[];
      readonly escape: boolean;
    }
  | { readonly kind: "ilike"; readonly operand: TextSpec; readonly pattern: readonly PatternPart[] }
  | { readonly kind: "startsWith" | "endsWith" | "contains"; readonly operand: TextSpec; readonly part: string }
  /** NULL counts as a value like others. */
  | { readonly kind: "distinctFrom"; readonly left: NumberSpec; readonly right: NumberSpec; readonly negated: boolean }
  | { readonly kind: "exists"; readonly where: ConditionSpec }
  | { readonly kind: "and" | "or"; readonly operands: readonly ConditionSpec[] }
  | { readonly kind: "not"; readonly operand: ConditionSpec };

/** A piece of a LIKE pattern; `escaped` only where the pattern has an escape. */
export type PatternPart =
  | { readonly kind: "any" }
  | { readonly kind: "one" }
  | { readonly kind: "plain" | "escaped"; readonly character: string };

export type ValueSpec =
  | { readonly type: "number"; readonly value: NumberSpec }
  | { readonly type: "text"; readonly value: TextSpec }
  /** Of a number: the fraction is kept. Only in a select list. */
  | { readonly type: "quotient"; readonly value: NumberSpec; readonly by: number }
  /** 1, 0 or NULL as the condition is true, false or unknown. */
  | { readonly type: "truth"; readonly value: ConditionSpec };

export interface JoinSpec {
  readonly outer: boolean;
  readonly on: ConditionSpec;
}

export interface OrderSpec {
  readonly value: ValueSpec;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** SELECT from `item` and perhaps `part`. */
export interface RowsSpec {
  readonly kind: "rows";
  readonly join: JoinSpec | null;
  readonly columns: readonly ValueSpec[];
  readonly where: ConditionSpec | null;
  readonly distinct: boolean;
  /** The primary keys follow, so that no two rows tie. */
  readonly order: { readonly terms: readonly OrderSpec[]; readonly limit: number; readonly offset: number } | null;
}

export const AGGREGATES = ["count", "countDistinct", "sum", "min", "max", "avg"] as const;
export type Aggregate =
  { readonly function: (typeof AGGREGATES)[number]; readonly of: NumberSpec } | { readonly function: "countRows" };

/** GROUP BY, or one group of all rows where there is no key. */
export interface GroupsSpec {
  readonly kind: "groups";
  readonly join: JoinSpec | null;
  readonly keys: readonly ("n" | "s" | "lower(s)")[];
  readonly aggregates: readonly Aggregate[];
  readonly where: ConditionSpec | null;
  readonly having: { readonly aggregate: Aggregate; readonly operator: Comparison; readonly value: number } | null;
}

export const SET_OPERATORS = ["union", "unionAll", "intersect", "except"] as const;

/** Two queries of a number and a text each, put together. */
export interface SetSpec {
  readonly kind: "set";
  readonly operator: (typeof SET_OPERATORS)[number];
  readonly left: PairSpec;
  readonly right: PairSpec;
}
export interface PairSpec {
  readonly number: NumberSpec;
  readonly text: TextSpec;
  readonly where: ConditionSpec | null;
}

/** A query as a CTE or as a subquery in FROM: how often its values occur, of those above a bound. */
export interface NestedSpec {
  readonly kind: "nested";
  readonly as: "cte" | "subquery";
  readonly query: PairSpec;
  readonly above: number;
}

export const WINDOW_FUNCTIONS = ["rowNumber", "rank", "denseRank", "count", "sum", "min", "lag", "lead"] as const;

/** A window function over the rows of `item`, beside the key. */
export interface WindowSpec {
  readonly kind: "window";
  readonly function: (typeof WINDOW_FUNCTIONS)[number];
  readonly of: NumberSpec;
  readonly partitionBy: "n" | "s" | "ref" | null;
  /** The key follows, but for `rank` and `denseRank`, where ties are the point. */
  readonly orderBy: { readonly column: "n" | "s" | "ref"; readonly descending: boolean; readonly nullsFirst: boolean };
}

export type QuerySpec = RowsSpec | GroupsSpec | SetSpec | NestedSpec | WindowSpec;
