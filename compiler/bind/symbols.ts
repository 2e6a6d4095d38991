// What names stand for: the side tables that binding fills beside the AST. Types only.
// `undefined` in place of a symbol is the error symbol: its cause is reported already, so rules skip what holds one.
import type { ColumnType } from "../../model/column-type.js";
import type { ColumnPair, RelationshipModel } from "../../model/class-model.js";
import type { QualifiedName } from "../../model/qualified-name.js";
import type {
  ColumnMember,
  DocComment,
  EnumDeclaration,
  Expression,
  Identifier,
  IndexKey,
  ReferenceClause,
  RelationshipOption,
  SourceUnit,
  TableDeclaration,
} from "../syntax/ast.js";
import type { Span } from "../text/span.js";

/** A whole schema after binding: all files, every name resolved or given up. */
export interface BoundSchema {
  readonly units: readonly SourceUnit[];
  /** The target dialects, in source order; empty where the schema claims none. */
  readonly dialects: readonly string[];
  readonly enums: readonly EnumSymbol[];
  /** In source order, second declarations of a name included: their members are checked too. */
  readonly tables: readonly BoundTable[];
  /** Absent for relationships whose join is in doubt, which is reported already. */
  readonly joins: ReadonlyMap<RelationshipSymbol, Join>;
  tableOf(symbol: TableSymbol): BoundTable;
  /** For each file, the files that declare what it names. */
  readonly uses: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface EnumSymbol {
  readonly name: QualifiedName;
  /** The qualified name as messages and map keys spell it. */
  readonly key: string;
  readonly typeName: string;
  readonly declaration: EnumDeclaration;
}

/** A table's name and columns: what the rest of the schema can refer to. */
export interface TableSymbol {
  readonly name: QualifiedName;
  readonly key: string;
  readonly className: string | undefined;
  readonly declaration: TableDeclaration;
  /** By database name; the first declaration of a name wins. */
  readonly columns: ReadonlyMap<string, ColumnSymbol>;
}

export interface ColumnSymbol {
  readonly name: string;
  /** `table.column`, as messages spell it. */
  readonly path: string;
  readonly property: string;
  readonly type: ColumnType | undefined;
  readonly enum: EnumSymbol | undefined;
  readonly nullable: boolean;
  readonly member: ColumnMember;
}

/** A column named in a key, a foreign key or a relationship's option. */
export interface ColumnReference {
  readonly identifier: Identifier;
  readonly column: ColumnSymbol | undefined;
}

/** A table with what its members mean. */
export interface BoundTable {
  readonly symbol: TableSymbol;
  /** More than one is a mistake that a rule reports; the first counts. */
  readonly primaryKeys: readonly KeySymbol[];
  readonly uniques: readonly KeySymbol[];
  readonly checks: readonly CheckSymbol[];
  readonly foreignKeys: readonly ForeignKeySymbol[];
  readonly indexes: readonly IndexSymbol[];
  readonly relationships: readonly RelationshipSymbol[];
}

export interface KeySymbol {
  readonly constraintName: Identifier | undefined;
  readonly columns: readonly ColumnReference[];
  readonly span: Span;
}

export interface CheckSymbol {
  readonly constraintName: Identifier | undefined;
  readonly expression: Expression;
  readonly span: Span;
}

export interface IndexSymbol {
  readonly name: Identifier | undefined;
  readonly unique: boolean;
  readonly keys: readonly IndexKey[];
  readonly where: Expression | undefined;
  /** The columns, where every key is a plain column of the table. */
  readonly columns: readonly ColumnSymbol[] | undefined;
  readonly span: Span;
}

export interface ForeignKeySymbol {
  readonly constraintName: Identifier | undefined;
  readonly source: TableSymbol;
  readonly columns: readonly ColumnReference[];
  readonly target: TableSymbol | undefined;
  /** Named ones, else the target's primary key; undefined where that is missing. */
  readonly targetColumns: readonly ColumnReference[] | undefined;
  readonly reference: ReferenceClause;
  readonly span: Span;
}

export interface RelationshipSymbol {
  readonly name: string;
  /** `Class.name`, as messages spell it. */
  readonly path: string;
  readonly owner: TableSymbol;
  readonly target: TableSymbol | undefined;
  readonly arity: "many" | "one" | "optional";
  readonly options: RelationshipOptions;
  /** For the short form: the foreign key whose clause declares it, and which way it is followed. */
  readonly inline: DirectPath | undefined;
  readonly doc: DocComment | undefined;
  readonly nameSpan: Span;
  readonly targetSpan: Span;
}

/** A relationship's options by name; the first of each counts. */
export interface RelationshipOptions {
  readonly backPopulates: Identifier | undefined;
  readonly cascade: OptionOf<"cascade"> | undefined;
  /** Present where `secondary` was written; its table is undefined where that name is unknown. */
  readonly secondary: { readonly table: TableSymbol | undefined; readonly span: Span } | undefined;
  readonly foreignKeys: OptionOf<"foreignKeys"> | undefined;
  readonly remoteSide: OptionOf<"remoteSide"> | undefined;
  readonly orderBy: OptionOf<"orderBy"> | undefined;
  readonly lazy: Identifier | undefined;
  readonly passiveDeletes: Span | undefined;
  readonly singleParent: Span | undefined;
  readonly viewonly: Span | undefined;
  /** As written, repetitions included. */
  readonly all: readonly RelationshipOption[];
}

export type OptionOf<Kind extends RelationshipOption["kind"]> = Extract<RelationshipOption, { kind: Kind }>;

/** One foreign key, followed from the row that holds it (many-to-one) or towards it. */
export interface DirectPath {
  readonly foreignKey: ForeignKeySymbol;
  readonly direction: "many-to-one" | "one-to-many";
}

/** How a relationship's rows are found. */
export interface Join {
  readonly direction: RelationshipModel["direction"];
  readonly pairs: readonly ColumnPair[];
  readonly secondary: { readonly table: TableSymbol; readonly pairs: readonly ColumnPair[] } | undefined;
  /** The foreign keys it follows: one, or with a secondary table this side's and then the target's. */
  readonly foreignKeys: readonly ForeignKeySymbol[];
}
