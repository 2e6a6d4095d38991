// The abstract syntax tree of a `.schema` file: readonly data with spans, never annotated by later stages.
// All node types are here because they refer to one another; each option list keeps its source order.
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

/** `///` lines joined by newlines, one leading space stripped. */
export interface DocComment {
  readonly text: string;
  readonly span: Span;
}

export interface SourceUnit {
  readonly kind: "sourceUnit";
  readonly file: string;
  readonly declarations: readonly Declaration[];
  readonly span: Span;
}

export type Declaration = DialectDeclaration | ImportDeclaration | EnumDeclaration | TableDeclaration;

export interface DialectDeclaration {
  readonly kind: "dialect";
  readonly names: readonly Identifier[];
  readonly span: Span;
}

export interface ImportDeclaration {
  readonly kind: "import";
  readonly path: StringLiteral;
  readonly span: Span;
}

export interface EnumDeclaration {
  readonly kind: "enum";
  readonly name: NamePath;
  /** The TypeScript name after `as`. */
  readonly typeName?: Identifier;
  readonly values: readonly EnumValue[];
  readonly doc?: DocComment;
  readonly span: Span;
}

export interface EnumValue {
  readonly value: string;
  readonly doc?: DocComment;
  readonly span: Span;
}

export interface TableDeclaration {
  readonly kind: "table";
  readonly name: NamePath;
  /** The mapped class after `as`. */
  readonly className?: Identifier;
  readonly members: readonly TableMember[];
  readonly doc?: DocComment;
  readonly span: Span;
}

export type TableMember = ColumnMember | ConstraintMember | IndexMember | RelationshipMember;

export interface ColumnMember {
  readonly kind: "column";
  readonly name: Identifier;
  readonly type: TypeReference;
  readonly options: readonly ColumnOption[];
  readonly doc?: DocComment;
  readonly span: Span;
}

export interface TypeReference {
  readonly kind: "type";
  readonly name: NamePath;
  readonly arguments: readonly TypeArgument[];
  readonly unsigned: boolean;
  /** How many `[]` follow. */
  readonly dimensions: number;
  /** `?`: the column may be NULL. */
  readonly nullable: boolean;
  readonly span: Span;
}

export type TypeArgument = NumberLiteral | StringLiteral | ({ readonly kind: "name" } & Identifier);

export type ColumnOption =
  | ColumnConstraintOption
  | { readonly kind: "index"; readonly unique: boolean; readonly span: Span }
  | { readonly kind: "identity"; readonly always: boolean; readonly span: Span }
  | { readonly kind: "autoincrement"; readonly span: Span }
  | { readonly kind: "default"; readonly value: Expression; readonly span: Span }
  | { readonly kind: "collate"; readonly name: NamePath; readonly span: Span }
  | { readonly kind: "comment"; readonly text: StringLiteral; readonly span: Span }
  | { readonly kind: "map"; readonly name: Identifier; readonly span: Span };

/** Constraints in a column take a name, so `constraint n` is kept beside each. */
export type ColumnConstraintOption =
  | { readonly kind: "primaryKey"; readonly constraintName?: Identifier; readonly span: Span }
  | { readonly kind: "unique"; readonly constraintName?: Identifier; readonly span: Span }
  | {
      readonly kind: "check";
      readonly constraintName?: Identifier;
      readonly expression: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: "references";
      readonly constraintName?: Identifier;
      readonly reference: ReferenceClause;
      readonly span: Span;
    };

export interface ReferenceClause {
  readonly table: NamePath;
  /** Absent: the target's primary key. */
  readonly columns?: readonly Identifier[];
  readonly actions: readonly ReferenceAction[];
  readonly deferrable?: { readonly initiallyDeferred: boolean; readonly span: Span };
  /** The short form: `relationship author { … }`, with `backref posts { … }` where given. */
  readonly relationship?: InlineRelationship;
  readonly backref?: InlineRelationship;
  readonly span: Span;
}

export interface ReferenceAction {
  readonly event: "delete" | "update";
  readonly action: "cascade" | "restrict" | "no action" | "set null" | "set default";
  readonly span: Span;
}

export interface InlineRelationship {
  readonly name: Identifier;
  readonly options: readonly RelationshipOption[];
  readonly span: Span;
}

export type ConstraintMember =
  | {
      readonly kind: "primaryKeyConstraint";
      readonly constraintName?: Identifier;
      readonly columns: readonly Identifier[];
      readonly span: Span;
    }
  | {
      readonly kind: "uniqueConstraint";
      readonly constraintName?: Identifier;
      readonly columns: readonly Identifier[];
      readonly span: Span;
    }
  | {
      readonly kind: "checkConstraint";
      readonly constraintName?: Identifier;
      readonly expression: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: "foreignKeyConstraint";
      readonly constraintName?: Identifier;
      readonly columns: readonly Identifier[];
      readonly reference: ReferenceClause;
      readonly span: Span;
    };

export interface IndexMember {
  readonly kind: "indexMember";
  readonly unique: boolean;
  readonly name?: Identifier;
  readonly keys: readonly IndexKey[];
  readonly where?: Expression;
  readonly span: Span;
}

export interface IndexKey {
  readonly expression: Expression;
  readonly collation?: NamePath;
  readonly direction?: "asc" | "desc";
  readonly nulls?: "first" | "last";
  readonly span: Span;
}

export interface RelationshipMember {
  readonly kind: "relationship";
  readonly name: Identifier;
  readonly target: Identifier;
  readonly arity: "many" | "one" | "optional";
  readonly options: readonly RelationshipOption[];
  readonly doc?: DocComment;
  readonly span: Span;
}

export type RelationshipOption =
  | { readonly kind: "backPopulates"; readonly name: Identifier; readonly span: Span }
  | { readonly kind: "cascade"; readonly words: readonly Identifier[]; readonly span: Span }
  | { readonly kind: "secondary"; readonly table: NamePath; readonly span: Span }
  | { readonly kind: "foreignKeys"; readonly columns: readonly Identifier[]; readonly span: Span }
  | { readonly kind: "remoteSide"; readonly columns: readonly Identifier[]; readonly span: Span }
  | { readonly kind: "orderBy"; readonly keys: readonly IndexKey[]; readonly span: Span }
  | { readonly kind: "lazy"; readonly strategy: Identifier; readonly span: Span }
  | { readonly kind: "passiveDeletes"; readonly span: Span }
  | { readonly kind: "singleParent"; readonly span: Span }
  | { readonly kind: "viewonly"; readonly span: Span };

// ---- expressions

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
  | { readonly kind: "raw"; readonly variants: readonly RawVariant[]; readonly span: Span }
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

export interface RawVariant {
  readonly dialect?: string;
  readonly sql: string;
  /** The fence's tag for `sql$tag$ … $tag$`; absent for `sql'…'`. */
  readonly fence?: string;
  readonly span: Span;
}
