// The syntax tree of names, types and expressions: readonly data with spans, what declarations are made of.
import type { Span } from "../text/span.js";

export interface Identifier {
  /**
   * Exact text, quotes and escapes resolved. Empty where the source lacks the name (a missing type, table or target):
   * the parser has reported that already, so later stages say nothing about it or what depends on it.
   */
  readonly text: string;
  readonly span: Span;
}

/** `name` or `schema.name`. */
export interface NamePath {
  readonly schema?: Identifier;
  readonly name: Identifier;
  readonly span: Span;
}

export type TypeReference = NamedTypeReference | RawTypeReference;

interface TypeSuffix {
  /** How many `[]` follow. */
  readonly dimensions: number;
  /** `?`: the column may be NULL. */
  readonly nullable: boolean;
  readonly span: Span;
}

export interface NamedTypeReference extends TypeSuffix {
  readonly kind: "type";
  /** The first of three parts: `postgresql.public.hstore`. With two, binding tells dialects from schemas. */
  readonly dialect?: Identifier;
  readonly name: NamePath;
  readonly arguments: readonly TypeArgument[];
  readonly unsigned: boolean;
}

/** A type kept as SQL: `sql:sqlite'CLOB'`. */
export interface RawTypeReference extends TypeSuffix {
  readonly kind: "rawType";
  readonly sql: RawExpression;
}

export type TypeArgument = NumberLiteral | StringLiteral | ({ readonly kind: "name" } & Identifier);

export interface StringLiteral {
  readonly kind: "string";
  readonly value: string;
  readonly span: Span;
}

export interface NumberLiteral {
  readonly kind: "number";
  /** As written, sign included. */
  readonly digits: string;
  readonly span: Span;
}

export type Expression =
  | StringLiteral
  | NumberLiteral
  | { readonly kind: "boolean"; readonly value: boolean; readonly span: Span }
  | { readonly kind: "null"; readonly span: Span }
  /** `a` or `a.b`; the current_… words too: binding tells them apart. */
  | { readonly kind: "name"; readonly path: readonly Identifier[]; readonly span: Span }
  | { readonly kind: "call"; readonly name: NamePath; readonly arguments: readonly Expression[]; readonly span: Span }
  | RawExpression
  | { readonly kind: "array"; readonly elements: readonly Expression[]; readonly span: Span }
  | { readonly kind: "parenthesized"; readonly expression: Expression; readonly span: Span }
  | { readonly kind: "unary"; readonly operator: "-" | "not"; readonly operand: Expression; readonly span: Span }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: "in";
      readonly negated: boolean;
      readonly operand: Expression;
      readonly values: readonly Expression[];
      readonly span: Span;
    }
  | {
      readonly kind: "between";
      readonly negated: boolean;
      readonly operand: Expression;
      readonly low: Expression;
      readonly high: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: "like";
      readonly negated: boolean;
      readonly operand: Expression;
      readonly pattern: Expression;
      readonly span: Span;
    }
  | { readonly kind: "isNull"; readonly negated: boolean; readonly operand: Expression; readonly span: Span }
  | {
      readonly kind: "case";
      readonly branches: readonly CaseBranch[];
      readonly otherwise?: Expression;
      readonly span: Span;
    }
  | { readonly kind: "cast"; readonly operand: Expression; readonly type: TypeReference; readonly span: Span };

export type BinaryOperator = "or" | "and" | "=" | "<>" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%" | "||";

export interface CaseBranch {
  readonly when: Expression;
  readonly then: Expression;
  readonly span: Span;
}

/** Neighbouring fences: one text, or one a dialect. */
export interface RawExpression {
  readonly kind: "raw";
  readonly variants: readonly RawVariant[];
  readonly span: Span;
}

export interface RawVariant {
  readonly dialect?: string;
  readonly sql: string;
  /** The fence's tag for `sql$tag$ … $tag$`; absent for `sql'…'`. */
  readonly fence?: string;
  readonly span: Span;
}
