// Expressions of the schema language (CHECK, DEFAULT, index keys, ORDER BY) as the schema model keeps them:
// a closed union of plain data that each dialect prints in its own words.

/** A value written in the schema. Numbers keep their digits, so they are strings here. */
export type Literal =
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "number"; readonly digits: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" };

/** Values the database's clock gives; they take no parentheses. */
export type CurrentValueName = "current_date" | "current_time" | "current_timestamp" | "localtimestamp";

export type AggregateName = "count" | "sum" | "min" | "max" | "avg";

export type ComparisonOperator = "=" | "<>" | "<" | "<=" | ">" | ">=";
export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "||";

/** SQL kept word for word: one text for all dialects, or one a dialect. */
export interface RawSql {
  readonly kind: "raw";
  /** In source order; `dialect` absent marks the fallback. */
  readonly variants: readonly { readonly dialect?: string; readonly sql: string }[];
}

export type Expression =
  | Literal
  | RawSql
  | { readonly kind: "column"; readonly name: string }
  /** Only in properties: a column or property reached along to-one relationships. */
  | { readonly kind: "path"; readonly relationships: readonly string[]; readonly name: string }
  /** Only in properties: an aggregate over a to-many relationship; `name` absent counts the rows. */
  | {
      readonly kind: "aggregate";
      readonly function: AggregateName;
      readonly relationships: readonly string[];
      readonly name?: string;
    }
  /** Only in joins of relationships: a column of this class's table, of the target's or of the link table. */
  | { readonly kind: "sideColumn"; readonly side: "this" | "other" | "link"; readonly name: string }
  | { readonly kind: "array"; readonly elements: readonly Expression[] }
  | { readonly kind: "current"; readonly name: CurrentValueName }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: "negate"; readonly operand: Expression }
  | {
      readonly kind: "arithmetic";
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "comparison";
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "and" | "or"; readonly operands: readonly Expression[] }
  | { readonly kind: "not"; readonly operand: Expression }
  | {
      readonly kind: "in";
      readonly negated: boolean;
      readonly operand: Expression;
      readonly values: readonly Expression[];
    }
  | {
      readonly kind: "between";
      readonly negated: boolean;
      readonly operand: Expression;
      readonly low: Expression;
      readonly high: Expression;
    }
  | { readonly kind: "like"; readonly negated: boolean; readonly operand: Expression; readonly pattern: Expression }
  | { readonly kind: "isNull"; readonly negated: boolean; readonly operand: Expression }
  | {
      readonly kind: "case";
      readonly branches: readonly { readonly when: Expression; readonly then: Expression }[];
      readonly otherwise?: Expression;
    }
  | { readonly kind: "cast"; readonly operand: Expression; readonly type: string };
