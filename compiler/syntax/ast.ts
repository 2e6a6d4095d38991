// The abstract syntax tree of a `.schema` file: readonly data with spans, never annotated by later stages.
// Declarations and members are here because they refer to one another; each option list keeps its source order.
import type { Span } from "../text/span.js";
import type {
  Expression,
  Identifier,
  NamePath,
  NumberLiteral,
  RawExpression,
  StringLiteral,
  TypeReference,
} from "./expression-ast.js";

export type * from "./expression-ast.js";

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

export type Declaration =
  | DialectDeclaration
  | ImportDeclaration
  | EnumDeclaration
  | TypeDeclaration
  | DomainDeclaration
  | SequenceDeclaration
  | MixinDeclaration
  | TableDeclaration
  | ClassDeclaration
  | ViewDeclaration
  | ObjectDeclaration;

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
  readonly was?: NamePath;
  /** The TypeScript name after `as`. */
  readonly typeName?: Identifier;
  readonly comment?: StringLiteral;
  readonly values: readonly EnumValue[];
  readonly doc?: DocComment;
  readonly span: Span;
}

export interface EnumValue {
  readonly value: string;
  /** What it was called before. */
  readonly was?: string;
  readonly doc?: DocComment;
  readonly span: Span;
}

/** `type money = numeric(12,2)`, with `as Money from './money.ts'` a custom type. */
export interface TypeDeclaration {
  readonly kind: "typeAlias";
  readonly name: Identifier;
  readonly type: TypeReference;
  readonly converter?: ModuleName;
  readonly doc?: DocComment;
  readonly span: Span;
}

/** `Name from './module.ts'`: an export of one of the user's modules. */
export interface ModuleName {
  readonly name: Identifier;
  readonly module: StringLiteral;
  readonly span: Span;
}

export interface DomainDeclaration {
  readonly kind: "domain";
  readonly name: NamePath;
  readonly type: TypeReference;
  readonly options: readonly DomainOption[];
  readonly doc?: DocComment;
  readonly span: Span;
}

export type DomainOption = Extract<ColumnOption, { kind: "check" | "default" | "collate" | "comment" }>;

export interface SequenceDeclaration {
  readonly kind: "sequence";
  readonly name: NamePath;
  readonly type?: TypeReference;
  readonly options: readonly SequenceOption[];
  readonly comment?: StringLiteral;
  readonly doc?: DocComment;
  readonly span: Span;
}

export type SequenceOption =
  | {
      readonly kind: "start" | "increment" | "minvalue" | "maxvalue" | "cache";
      readonly value: NumberLiteral;
      readonly span: Span;
    }
  | { readonly kind: "cycle"; readonly span: Span };

export interface MixinDeclaration {
  readonly kind: "mixin";
  readonly name: Identifier;
  readonly mixins: readonly Identifier[];
  readonly members: readonly TableMember[];
  readonly doc?: DocComment;
  readonly span: Span;
}

export interface TableDeclaration {
  readonly kind: "table";
  readonly name: NamePath;
  readonly was?: NamePath;
  /** The mapped class after `as`. */
  readonly className?: Identifier;
  /** The module of the user's own class, over the generated one. */
  readonly module?: StringLiteral;
  readonly mixins: readonly Identifier[];
  /** Joined inheritance, or with `concrete` a table that holds everything itself. */
  readonly base?: BaseClause;
  readonly identity?: PolymorphicIdentity;
  readonly partitionOf?: { readonly parent: NamePath; readonly bound: RawExpression };
  readonly comment?: StringLiteral;
  readonly members: readonly TableMember[];
  readonly doc?: DocComment;
  readonly span: Span;
}

export interface BaseClause {
  readonly name: Identifier;
  readonly concrete: boolean;
  readonly span: Span;
}

export interface PolymorphicIdentity {
  readonly kind: "polymorphicIdentity";
  readonly value: StringLiteral | NumberLiteral;
  readonly span: Span;
}

/** Single-table inheritance: a class over its base's table. */
export interface ClassDeclaration {
  readonly kind: "class";
  readonly name: Identifier;
  readonly module?: StringLiteral;
  readonly mixins: readonly Identifier[];
  readonly base?: BaseClause;
  readonly identity?: PolymorphicIdentity;
  readonly members: readonly TableMember[];
  readonly doc?: DocComment;
  readonly span: Span;
}

export interface ViewDeclaration {
  readonly kind: "view";
  readonly materialized: boolean;
  readonly name: NamePath;
  readonly was?: NamePath;
  readonly className?: Identifier;
  readonly module?: StringLiteral;
  readonly mixins: readonly Identifier[];
  readonly comment?: StringLiteral;
  readonly members: readonly TableMember[];
  readonly doc?: DocComment;
  readonly span: Span;
}

/** What the language does not model: kept, created and compared as text. In a table, it belongs to the table. */
export interface ObjectDeclaration {
  readonly kind: "object";
  /** An open word: `function`, `trigger`, … */
  readonly type: Identifier;
  readonly name: NamePath;
  /** What stands between the parentheses after the name, its blanks in one canonical form. */
  readonly signature?: string;
  readonly after: readonly NamePath[];
  readonly sql: RawExpression;
  readonly doc?: DocComment;
  readonly span: Span;
}

export type TableMember =
  | ColumnMember
  | ConstraintMember
  | IndexMember
  | RelationshipMember
  | PropertyMember
  | ProxyMember
  | CompositeMember
  | PolymorphicMember
  | OptionsMember
  | DefinitionMember
  | ObjectDeclaration;

/** `property name: type = expression`. */
export interface PropertyMember {
  readonly kind: "property";
  readonly name: Identifier;
  readonly type: TypeReference;
  readonly expression: Expression;
  readonly doc?: DocComment;
  readonly span: Span;
}

/** `proxy name = relationship.attribute`. */
export interface ProxyMember {
  readonly kind: "proxy";
  readonly name: Identifier;
  readonly relationship: Identifier;
  readonly attribute: Identifier;
  readonly doc?: DocComment;
  readonly span: Span;
}

/** `composite name: Class (columns) from './module.ts'`: several columns as one value. */
export interface CompositeMember {
  readonly kind: "composite";
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
  readonly value: ModuleName;
  readonly doc?: DocComment;
  readonly span: Span;
}

export type PolymorphicMember =
  { readonly kind: "polymorphicOn"; readonly column: Identifier; readonly span: Span } | PolymorphicIdentity;

/** `options sqlite { strict; without rowid }`. */
export interface OptionsMember {
  readonly kind: "options";
  readonly dialect: Identifier;
  readonly entries: readonly DialectOption[];
  readonly span: Span;
}

/** `strict`, `engine = InnoDB`, `partition by range (created_at)`. */
export interface DialectOption {
  readonly words: readonly Identifier[];
  readonly arguments?: readonly Expression[];
  readonly value?: OptionValue;
  readonly span: Span;
}

export type OptionValue = NumberLiteral | StringLiteral | ({ readonly kind: "name" } & Identifier);

/** `definition sql'…'`: the query of a view. */
export interface DefinitionMember {
  readonly kind: "definition";
  readonly sql: RawExpression;
  readonly span: Span;
}

export interface ColumnMember {
  readonly kind: "column";
  readonly name: Identifier;
  readonly type: TypeReference;
  readonly options: readonly ColumnOption[];
  readonly doc?: DocComment;
  readonly span: Span;
}

export type ColumnOption =
  | ColumnConstraintOption
  | { readonly kind: "index"; readonly unique: boolean; readonly method?: Identifier; readonly span: Span }
  | {
      readonly kind: "identity";
      readonly always: boolean;
      readonly sequence?: readonly SequenceOption[];
      readonly span: Span;
    }
  | {
      readonly kind: "serial";
      readonly name?: NamePath;
      readonly sequence?: readonly SequenceOption[];
      readonly span: Span;
    }
  | { readonly kind: "autoincrement"; readonly span: Span }
  | { readonly kind: "default"; readonly value: Expression; readonly span: Span }
  | { readonly kind: "onUpdate"; readonly value: Expression; readonly span: Span }
  /** `generate uuid()`, or with a module a function of the user's. */
  | { readonly kind: "generate"; readonly name: Identifier; readonly module?: StringLiteral; readonly span: Span }
  /** `as (expression) stored`. */
  | { readonly kind: "generated"; readonly expression: Expression; readonly stored: boolean; readonly span: Span }
  | { readonly kind: "collate"; readonly name: NamePath; readonly span: Span }
  | { readonly kind: "comment"; readonly text: StringLiteral; readonly span: Span }
  | { readonly kind: "map"; readonly name: Identifier; readonly span: Span }
  | { readonly kind: "was"; readonly name: Identifier; readonly span: Span }
  | { readonly kind: "deferred"; readonly span: Span }
  | { readonly kind: "version"; readonly span: Span };

/** What every constraint may have: a name, the name it had before, and words after it. */
export interface ConstraintParts {
  readonly constraintName?: Identifier;
  readonly was?: Identifier;
  readonly attributes: readonly ConstraintAttribute[];
  readonly span: Span;
}

/** Words after a constraint; which of them a constraint takes depends on its kind and on the dialect. */
export type ConstraintAttribute =
  | { readonly kind: "deferrable"; readonly initiallyDeferred: boolean; readonly span: Span }
  | { readonly kind: "notValid" | "notEnforced" | "nullsNotDistinct"; readonly span: Span }
  | { readonly kind: "onConflict"; readonly resolution: Identifier; readonly span: Span }
  /** Of table members alone: in a column the option is the column's. */
  | { readonly kind: "comment"; readonly text: StringLiteral; readonly span: Span };

/** Constraints in a column. */
export type ColumnConstraintOption = ConstraintParts &
  (
    | { readonly kind: "primaryKey" }
    | { readonly kind: "unique" }
    | { readonly kind: "check"; readonly expression: Expression }
    | { readonly kind: "references"; readonly reference: ReferenceClause }
    | { readonly kind: "rawElement"; readonly sql: RawExpression }
  );

export interface ReferenceClause {
  readonly table: NamePath;
  /** Absent: the target's primary key. */
  readonly columns?: readonly Identifier[];
  readonly actions: readonly ReferenceAction[];
  readonly match?: { readonly full: boolean; readonly span: Span };
  /** The short form: `relationship author { … }`, with `backref posts { … }` where given. */
  readonly relationship?: InlineRelationship;
  readonly backref?: InlineRelationship;
  readonly span: Span;
}

export interface ReferenceAction {
  readonly event: "delete" | "update";
  readonly action: "cascade" | "restrict" | "no action" | "set null" | "set default";
  /** `set null (a)`: the columns it touches, where not all. */
  readonly columns?: readonly Identifier[];
  readonly span: Span;
}

export interface InlineRelationship {
  readonly name: Identifier;
  readonly options: readonly RelationshipOption[];
  readonly span: Span;
}

export type ConstraintMember = ConstraintParts & { readonly doc?: DocComment } & (
    | { readonly kind: "primaryKeyConstraint"; readonly columns: readonly Identifier[] }
    | { readonly kind: "uniqueConstraint"; readonly columns: readonly Identifier[] }
    | { readonly kind: "checkConstraint"; readonly expression: Expression }
    | {
        readonly kind: "foreignKeyConstraint";
        readonly columns: readonly Identifier[];
        readonly reference: ReferenceClause;
      }
    /** A table element kept as SQL: `constraint no_overlap sql:postgresql'exclude …'`. */
    | { readonly kind: "rawElement"; readonly sql: RawExpression }
  );

export interface IndexMember {
  readonly kind: "indexMember";
  readonly unique: boolean;
  readonly name?: Identifier;
  readonly was?: Identifier;
  readonly keys: readonly IndexKey[];
  readonly method?: Identifier;
  readonly include?: readonly Identifier[];
  readonly nullsNotDistinct?: boolean;
  readonly storage?: readonly StorageParameter[];
  readonly where?: Expression;
  /** The only dialects that create it. */
  readonly only?: readonly Identifier[];
  readonly comment?: StringLiteral;
  readonly doc?: DocComment;
  readonly span: Span;
}

export interface StorageParameter {
  readonly name: Identifier;
  readonly value: OptionValue;
  readonly span: Span;
}

export interface IndexKey {
  readonly expression: Expression;
  readonly collation?: NamePath;
  readonly operatorClass?: NamePath;
  readonly prefix?: NumberLiteral;
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
  | { readonly kind: "primaryjoin"; readonly expression: Expression; readonly span: Span }
  | { readonly kind: "secondaryjoin"; readonly expression: Expression; readonly span: Span }
  | {
      readonly kind: "collectionClass";
      readonly name: Identifier;
      /** The column that `map by` names. */
      readonly by?: Identifier;
      readonly span: Span;
    }
  | { readonly kind: "passiveDeletes"; readonly all: boolean; readonly span: Span }
  | { readonly kind: "passiveUpdates"; readonly value: boolean; readonly span: Span }
  | { readonly kind: "postUpdate"; readonly span: Span }
  | { readonly kind: "singleParent"; readonly span: Span }
  | { readonly kind: "viewonly"; readonly span: Span };
