// What names stand for: the side tables that binding fills beside the AST. Types only.
// `undefined` in place of a symbol is the error symbol: its cause is reported already, so rules skip what holds one.
import type { ColumnType } from "../../model/column-type.js";
import type { ColumnPair, RelationshipModel } from "../../model/class-model.js";
import type { QualifiedName } from "../../model/qualified-name.js";
import type {
  ClassDeclaration,
  ColumnMember,
  CompositeMember,
  ConstraintAttribute,
  DocComment,
  DomainDeclaration,
  EnumDeclaration,
  Expression,
  Identifier,
  IndexKey,
  IndexMember,
  MixinDeclaration,
  ModuleName,
  ObjectDeclaration,
  OptionsMember,
  PolymorphicIdentity,
  PropertyMember,
  ProxyMember,
  RawExpression,
  ReferenceClause,
  RelationshipOption,
  SequenceDeclaration,
  SourceUnit,
  TableDeclaration,
  TableMember,
  TypeDeclaration,
  ViewDeclaration,
} from "../syntax/ast.js";
import type { Span } from "../text/span.js";

/** A whole schema after binding: all files, every name resolved or given up. */
export interface BoundSchema {
  readonly units: readonly SourceUnit[];
  /** The target dialects, in source order; empty where the schema claims none. */
  readonly dialects: readonly string[];
  readonly enums: readonly EnumSymbol[];
  readonly aliases: readonly AliasSymbol[];
  readonly domains: readonly DomainSymbol[];
  readonly sequences: readonly SequenceSymbol[];
  readonly mixins: readonly MixinSymbol[];
  /** Outside tables. */
  readonly objects: readonly ObjectDeclaration[];
  /** Tables and views in source order, second declarations of a name included: their members are checked too. */
  readonly tables: readonly BoundTable[];
  readonly classes: readonly ClassSymbol[];
  /** Absent for relationships whose join is in doubt, which is reported already. */
  readonly joins: ReadonlyMap<RelationshipSymbol, Join>;
  tableOf(symbol: TableSymbol): BoundTable;
  /** The single-table subclasses over a table. */
  subclassesOf(table: TableSymbol): readonly ClassSymbol[];
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

/** What a type reference comes to. */
export interface ResolvedType {
  readonly type: ColumnType;
  /** The type with domains seen through: what its values are. */
  readonly storage: ColumnType;
  /** The enum that the type is, or that its elements are. */
  readonly enum?: EnumSymbol;
  readonly domain?: DomainSymbol;
  readonly converter?: ModuleName;
  /** Where what it names is declared. */
  readonly declarations: readonly Span[];
}

export interface AliasSymbol {
  readonly name: string;
  readonly declaration: TypeDeclaration;
  readonly resolved: ResolvedType | undefined;
}

export interface DomainSymbol {
  readonly name: QualifiedName;
  readonly key: string;
  readonly declaration: DomainDeclaration;
  readonly resolved: ResolvedType | undefined;
}

export interface SequenceSymbol {
  readonly name: QualifiedName;
  readonly key: string;
  readonly declaration: SequenceDeclaration;
}

export interface MixinSymbol {
  readonly name: string;
  readonly declaration: MixinDeclaration;
  readonly isUsed: boolean;
}

/** A table's or view's name and columns: what the rest of the schema can refer to. */
export interface TableSymbol {
  readonly name: QualifiedName;
  readonly key: string;
  readonly className: string | undefined;
  readonly declaration: TableDeclaration | ViewDeclaration;
  /** Its own and its mixins', without what single-table subclasses add. */
  readonly ownMembers: readonly TableMember[];
  /** What the database holds: own members and those of single-table subclasses. */
  readonly members: readonly TableMember[];
  /** By database name; the first declaration of a name wins. */
  readonly columns: ReadonlyMap<string, ColumnSymbol>;
  /** Of a partition: the columns that it has from the table it is a part of. */
  readonly parentColumns: ReadonlyMap<string, ColumnSymbol>;
}

/** A mapped class. */
export interface ClassSymbol {
  readonly name: string;
  readonly identifier: Identifier;
  readonly table: TableSymbol;
  readonly declaration: TableDeclaration | ViewDeclaration | ClassDeclaration;
  readonly base: ClassSymbol | undefined;
  /** How it relates to its base; a class without one is a root. */
  readonly inheritance: "root" | "single" | "joined" | "concrete";
  /** Its own members and its mixins'. */
  readonly members: readonly TableMember[];
  readonly polymorphicOn: readonly Extract<TableMember, { kind: "polymorphicOn" }>[];
  readonly identities: readonly PolymorphicIdentity[];
}

export interface ColumnSymbol {
  readonly name: string;
  /** `table.column`, as messages spell it. */
  readonly path: string;
  readonly property: string;
  readonly type: ColumnType | undefined;
  /** The type with domains seen through. */
  readonly storage: ColumnType | undefined;
  /** The enum that the type is, or that its elements are. */
  readonly enum: EnumSymbol | undefined;
  readonly domain: DomainSymbol | undefined;
  readonly converter: ModuleName | undefined;
  readonly nullable: boolean;
  readonly member: ColumnMember;
  /** The single-table subclass that adds it. */
  readonly addedBy: string | undefined;
  /** Where the names in its type are declared. */
  readonly typeDeclarations: readonly Span[];
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
  readonly rawElements: readonly RawElementSymbol[];
  readonly options: readonly OptionsMember[];
  readonly objects: readonly ObjectDeclaration[];
  /** Of views: the queries that `definition` gives. */
  readonly definitions: readonly RawExpression[];
  /** Of a partition: the table it is a part of, where that is known. */
  readonly parent: TableSymbol | undefined;
  /** Those of its class and of that class's single-table subclasses. */
  readonly relationships: readonly RelationshipSymbol[];
  readonly properties: readonly PropertySymbol[];
  readonly proxies: readonly ProxySymbol[];
  readonly composites: readonly CompositeSymbol[];
}

/** What every constraint has. */
export interface ConstraintSymbol {
  readonly constraintName: Identifier | undefined;
  readonly was: Identifier | undefined;
  readonly attributes: readonly ConstraintAttribute[];
  readonly doc: DocComment | undefined;
  readonly span: Span;
}

export interface KeySymbol extends ConstraintSymbol {
  readonly columns: readonly ColumnReference[];
}

export interface CheckSymbol extends ConstraintSymbol {
  readonly expression: Expression;
}

interface RawElementSymbol extends ConstraintSymbol {
  readonly sql: RawExpression;
}

/** A member that objects alone see; `ownerClass` is missing where the table is not mapped. */
interface ClassMemberSymbol<Member> {
  readonly member: Member;
  readonly owner: TableSymbol;
  readonly ownerClass: ClassSymbol | undefined;
  /** `Class.name`, as messages spell it. */
  readonly path: string;
}

export interface PropertySymbol extends ClassMemberSymbol<PropertyMember> {
  readonly resolved: ResolvedType | undefined;
}

export type ProxySymbol = ClassMemberSymbol<ProxyMember>;

export interface CompositeSymbol extends ClassMemberSymbol<CompositeMember> {
  readonly columns: readonly ColumnReference[];
}

export interface IndexSymbol {
  readonly name: Identifier | undefined;
  readonly unique: boolean;
  readonly keys: readonly IndexKey[];
  readonly where: Expression | undefined;
  /** The columns, where every key is a plain column of the table. */
  readonly columns: readonly ColumnSymbol[] | undefined;
  readonly include: readonly ColumnReference[];
  /** Clauses without names to resolve, as written. */
  readonly clauses: Pick<IndexMember, "method" | "nullsNotDistinct" | "storage" | "only" | "comment" | "was" | "doc">;
  readonly span: Span;
}

export interface ForeignKeySymbol extends ConstraintSymbol {
  readonly source: TableSymbol;
  readonly columns: readonly ColumnReference[];
  readonly target: TableSymbol | undefined;
  /** Named ones, else the target's primary key; undefined where that is missing. */
  readonly targetColumns: readonly ColumnReference[] | undefined;
  readonly reference: ReferenceClause;
}

export interface RelationshipSymbol {
  readonly name: string;
  /** `Class.name`, as messages spell it. */
  readonly path: string;
  readonly owner: TableSymbol;
  readonly ownerClass: ClassSymbol | undefined;
  /** The target's table; known too where the target of a short form has no class. */
  readonly target: TableSymbol | undefined;
  readonly targetClass: ClassSymbol | undefined;
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
  readonly primaryjoin: OptionOf<"primaryjoin"> | undefined;
  readonly secondaryjoin: OptionOf<"secondaryjoin"> | undefined;
  readonly collectionClass: OptionOf<"collectionClass"> | undefined;
  readonly passiveDeletes: OptionOf<"passiveDeletes"> | undefined;
  readonly passiveUpdates: OptionOf<"passiveUpdates"> | undefined;
  readonly postUpdate: Span | undefined;
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
