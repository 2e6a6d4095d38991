// Every node of the SQL tree: types only, since they refer to one another. Nodes are made by the factories beside
// this file and never changed afterwards. `key` is interned from a node's structure: two nodes with equal keys
// compile to the same text. Bound values never enter a key.
import type { ClientValue } from "../../types/client-value.js";
import type { SqlType } from "../../types/sql-type.js";
import type { StatementOptions } from "../statement-options.js";
import type { BinaryOperator, UnaryOperator } from "../operators.js";
import type { ENTITY, RELATIONSHIP } from "./brand.js";
import type * as words from "./vocabulary.js";

export type * from "./vocabulary.js";

// ---- what rows come from

export interface TableNode extends words.NodeBase {
  readonly kind: "table";
  readonly schema: string | null;
  readonly name: string;
  readonly columns: readonly ColumnNode[];
  readonly primaryKey: readonly ColumnNode[];
  readonly foreignKeys: readonly words.ForeignKeyNode[];
}

/** A table or a subquery under another name. */
export interface AliasNode extends words.NodeBase {
  readonly kind: "alias";
  readonly name: string;
  readonly element: TableNode | SelectNode | TextNode;
  readonly columns: readonly ColumnNode[];
  /** True where the subquery may refer to the sources before it in FROM. */
  readonly lateral?: true;
  /** Which part of the table's rows is read. */
  readonly sample?: TableSample;
}

/** `TABLESAMPLE method (percent) REPEATABLE (seed)`. */
export interface TableSample {
  readonly method: "bernoulli" | "system";
  readonly percent: ExpressionNode;
  readonly seed: ExpressionNode | null;
}

/** What a CTE is, whatever it is called where it is used. */
export interface CteDefinition extends words.NodeBase {
  readonly name: string;
  readonly element: StatementNode;
  readonly recursive: boolean;
  /** Null where the database decides. */
  readonly materialized: boolean | null;
  /** The first half of a recursive CTE, to which the second half refers by the same name. */
  readonly restates: CteDefinition | null;
}

/** A use of a CTE, under its own name or another. */
export interface CteNode extends words.NodeBase {
  readonly kind: "cte";
  readonly name: string;
  readonly definition: CteDefinition;
  readonly columns: readonly ColumnNode[];
}

/** A function whose rows are read like a table's. */
export interface TableFunctionNode extends words.NodeBase {
  readonly kind: "tableFunction";
  readonly name: string;
  readonly call: ExpressionNode;
  readonly columns: readonly ColumnNode[];
  readonly ordinality: boolean;
  /** Whether the columns are named after the alias: `AS name (a, b)`. */
  readonly derived: boolean;
  /** True where the alias itself is the one column. */
  readonly scalar: boolean;
}

/** Rows of parameters as a table, for UPDATEs of many rows at once. */
export interface ValuesNode extends words.NodeBase {
  readonly kind: "values";
  readonly name: string;
  readonly columns: readonly ColumnNode[];
  readonly rows: readonly (readonly ExpressionNode[])[];
}

/**
 * Tables joined row by row and seen as one source: what a class is read from that inherits by joined tables. Its
 * columns are written as those of the tables behind them.
 */
export interface CombinedNode extends words.NodeBase {
  readonly kind: "combined";
  readonly name: string;
  /** The tables or their aliases, joined without binds. */
  readonly join: FromNode;
  readonly columns: readonly ColumnNode[];
  /** What each column is in the join. */
  readonly originals: readonly ColumnNode[];
  /** What this is another name of. */
  readonly element?: CombinedNode;
}

export interface JoinNode extends words.NodeBase {
  readonly kind: "join";
  readonly left: FromNode;
  readonly right: NamedFromNode;
  readonly on: ExpressionNode;
  readonly join: words.JoinKind;
}

/** A source of rows with a name that columns can be qualified by. */
export type NamedFromNode = TableNode | AliasNode | ValuesNode | CteNode | TableFunctionNode | CombinedNode;
export type FromNode = NamedFromNode | JoinNode;

// ---- expressions

export interface ColumnNode extends words.NodeBase {
  readonly kind: "column";
  /** Null for a column that belongs to no table: it is written without a qualifier. */
  readonly table: NamedFromNode | null;
  /** The name in the database. */
  readonly name: string;
  /** The name in rows, values and parameters. */
  readonly property: string;
  /** Position in the table's columns. */
  readonly index: number;
  readonly type: SqlType;
  readonly nullable: boolean;
  readonly primaryKey: boolean;
  readonly generation: words.ColumnGeneration;
  /** What an INSERT without a value for it is given; null where nothing. */
  readonly clientDefault: ClientValue | null;
  /** What an UPDATE that does not set it sets it to; null where nothing. */
  readonly onUpdate: ClientValue | null;
}

export interface UnaryNode extends words.NodeBase {
  readonly kind: "unary";
  readonly operator: UnaryOperator;
  readonly operand: ExpressionNode;
  readonly type: SqlType;
}

export interface BinaryNode extends words.NodeBase {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  /** The escape character of a LIKE. */
  readonly escape: string | null;
  readonly type: SqlType;
}

export interface BetweenNode extends words.NodeBase {
  readonly kind: "between";
  readonly operand: ExpressionNode;
  readonly low: ExpressionNode;
  readonly high: ExpressionNode;
  readonly negated: boolean;
}

/** Conditions joined by AND or OR: always two or more. */
export interface JunctionNode extends words.NodeBase {
  readonly kind: "junction";
  readonly operator: "and" | "or";
  readonly operands: readonly ExpressionNode[];
}

export interface FunctionNode extends words.NodeBase {
  readonly kind: "function";
  readonly name: string;
  readonly operands: readonly ExpressionNode[];
  readonly distinct: boolean;
  readonly type: SqlType;
}

export interface CastNode extends words.NodeBase {
  readonly kind: "cast";
  readonly operand: ExpressionNode;
  readonly type: SqlType;
}

export interface CaseNode extends words.NodeBase {
  readonly kind: "case";
  /** What the conditions are values of, in `CASE subject WHEN value …`; null where they are conditions. */
  readonly subject: ExpressionNode | null;
  readonly whens: readonly { readonly condition: ExpressionNode; readonly result: ExpressionNode }[];
  readonly otherwise: ExpressionNode | null;
  readonly type: SqlType;
}

export interface TupleNode extends words.NodeBase {
  readonly kind: "tuple";
  readonly elements: readonly ExpressionNode[];
}

export interface ExistsNode extends words.NodeBase {
  readonly kind: "exists";
  readonly select: SelectNode;
}

/** A select in parentheses, as an operand. */
export interface SubqueryNode extends words.NodeBase {
  readonly kind: "subquery";
  readonly select: SelectNode;
  readonly type: SqlType;
}

export interface LabelNode extends words.NodeBase {
  readonly kind: "label";
  readonly name: string;
  readonly element: ExpressionNode;
}

export interface OrderNode extends words.NodeBase {
  readonly kind: "order";
  readonly element: ExpressionNode;
  readonly direction: words.OrderDirection | null;
  readonly nulls: words.NullsOrder | null;
}

/** Text with named binds: a statement by itself, or a condition inside one. */
export interface TextNode extends words.NodeBase {
  readonly kind: "text";
  /** The text between the binds: one more than there are binds. */
  readonly segments: readonly string[];
  readonly binds: readonly words.BindNode[];
  /** What the rows hold, where the programmer said it. */
  readonly columns: readonly { readonly property: string; readonly type: SqlType }[] | null;
  /** How it is to be executed; not part of the key. */
  readonly execution?: StatementOptions | null;
}

/** `operand OVER (…)`. */
export interface WindowNode extends words.NodeBase {
  readonly kind: "window";
  readonly operand: ExpressionNode;
  readonly partitionBy: readonly ExpressionNode[];
  readonly orderBy: readonly ExpressionNode[];
  readonly frame: words.WindowFrame | null;
}

/** An aggregate over those rows alone that meet the conditions. */
export interface FilterNode extends words.NodeBase {
  readonly kind: "filter";
  readonly operand: FunctionNode;
  readonly conditions: readonly ExpressionNode[];
}

/** `operand WITHIN GROUP (ORDER BY …)`. */
export interface WithinGroupNode extends words.NodeBase {
  readonly kind: "withinGroup";
  readonly operand: ExpressionNode;
  readonly orderBy: readonly ExpressionNode[];
}

export interface CollateNode extends words.NodeBase {
  readonly kind: "collate";
  readonly operand: ExpressionNode;
  readonly collation: string;
}

export interface ExtractNode extends words.NodeBase {
  readonly kind: "extract";
  readonly field: words.TemporalField;
  readonly operand: ExpressionNode;
}

/** The other side of a comparison with any or all of many values. */
export interface QuantifiedNode extends words.NodeBase {
  readonly kind: "quantified";
  readonly quantifier: "any" | "all";
  readonly operand: ExpressionNode;
}

/** A value inside a JSON document. */
export interface JsonNode extends words.NodeBase {
  readonly kind: "json";
  readonly operand: ExpressionNode;
  /** Property names, as parameters, and positions in arrays. */
  readonly legs: readonly (words.BindNode | number)[];
  /** The same legs as one parameter, a JSON path: a dialect writes either. */
  readonly path: words.BindNode;
  readonly reading: words.JsonReading;
  readonly type: SqlType;
}

/** An operator of the database's own. */
export interface OperationNode extends words.NodeBase {
  readonly kind: "operation";
  readonly symbol: string;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  readonly precedence: number;
  readonly type: SqlType;
}

/** `GROUPING SETS (…)`, `CUBE (…)`, `ROLLUP (…)`. */
export interface GroupingNode extends words.NodeBase {
  readonly kind: "grouping";
  readonly form: "sets" | "cube" | "rollup";
  readonly sets: readonly (readonly ExpressionNode[])[];
}

/** A date or a point in time, moved by so many units; the amount carries the sign. */
export interface DateShiftNode extends words.NodeBase {
  readonly kind: "dateShift";
  readonly operand: ExpressionNode;
  readonly unit: words.IntervalUnit;
  readonly amount: ExpressionNode;
  readonly type: SqlType;
}

/** An expression that counts as one of another type, without a conversion in the database. */
export interface TypedNode extends words.NodeBase {
  readonly kind: "typed";
  readonly operand: ExpressionNode;
  readonly type: SqlType;
}

/** SQL text around expressions and names of sources. */
export interface FragmentNode extends words.NodeBase {
  readonly kind: "fragment";
  /** One more than there are parts. */
  readonly segments: readonly string[];
  readonly parts: readonly (ExpressionNode | NamedFromNode | words.IdentifierNode)[];
  readonly type: SqlType;
  /** What stands in place of `segments` where dialects write differently. */
  readonly forms?: readonly words.FragmentForm[];
}

export type ExpressionNode =
  | ColumnNode
  | words.BindNode
  | words.ConstantNode
  | words.RawNode
  | UnaryNode
  | BinaryNode
  | BetweenNode
  | JunctionNode
  | FunctionNode
  | CastNode
  | CaseNode
  | TupleNode
  | ExistsNode
  | SubqueryNode
  | LabelNode
  | OrderNode
  | TextNode
  | WindowNode
  | FilterNode
  | WithinGroupNode
  | CollateNode
  | ExtractNode
  | QuantifiedNode
  | JsonNode
  | OperationNode
  | GroupingNode
  | DateShiftNode
  | TypedNode
  | FragmentNode;

export type ExpressionKind = ExpressionNode["kind"];

// ---- mapped classes, as far as SQL is concerned

/** What stands in FROM for a mapped class. */
export type EntitySource = TableNode | AliasNode | CombinedNode;

/** A mapped class or an alias of one. The ORM's mappers implement it. */
export interface MappedEntity {
  readonly [ENTITY]: true;
  /** The class's name, or the alias's: the entity's name in a result row. */
  readonly name: string;
  /** From `freshKey()`: tells two mappings apart in statement keys. */
  readonly key: number;
  readonly from: EntitySource;
  /** In slot order: a select of the entity lists exactly these. */
  readonly columns: readonly ColumnNode[];
  /** Property names, in slot order. */
  readonly properties: readonly string[];
  /**
   * What rows of the source have to meet to be this class's; absent where all are. The same objects each time, by
   * which a statement that states them is known.
   */
  readonly criteria?: readonly ExpressionNode[];
  /** The same for UPDATE and DELETE, in a form that goes out with many sets of values. */
  readonly writeCriteria?: readonly ExpressionNode[];
  /** True where rows of this class, or of one that extends it, lie in several tables: a session writes each. */
  readonly isScattered?: boolean;
  /** What the rows of this class hold where an INSERT says nothing: the discriminator. */
  readonly rowDefaults?: readonly RowDefault[];
  /** Of columns that are no object but belong together: the sources that they come from. */
  readonly bundled?: readonly NamedFromNode[];
}

/** One JOIN that a relationship stands for; a many-to-many has two. */
export interface JoinStep {
  readonly right: EntitySource;
  readonly on: ExpressionNode;
}

/** What a relationship attribute is to `join`: the ORM's attribute objects implement it. */
export interface JoinableRelationship {
  [RELATIONSHIP](): RelationshipJoin;
}

export interface RelationshipJoin {
  /** What the relationship starts from: joined to where it stands in FROM, or put there. */
  readonly source: EntitySource;
  /** The joins, in order, the target last. */
  readonly steps: readonly JoinStep[];
  /** What tells the rows of the class that it starts from, and of the target's, which the last join states. */
  readonly sourceCriteria: readonly ExpressionNode[];
  readonly targetCriteria: readonly ExpressionNode[];
}

/** An entity in a select list. */
export interface EntityNode extends words.NodeBase {
  readonly kind: "entity";
  readonly entity: MappedEntity;
}

// ---- statements

export type SelectItem = ExpressionNode | EntityNode;

/** Selects put together: the statement's own items, FROM and conditions then say nothing but what its rows hold. */
export interface SetOperation {
  readonly operator: words.SetOperator;
  readonly selects: readonly SelectNode[];
}

/** `FOR UPDATE` and its kin. */
export interface LockClause {
  readonly strength: "update" | "noKeyUpdate" | "share" | "keyShare";
  /** The sources whose rows are locked; all where empty. */
  readonly of: readonly NamedFromNode[];
  readonly wait: "block" | "nowait" | "skipLocked";
}

/** `FETCH FIRST … ROWS`. */
export interface FetchClause {
  readonly count: ExpressionNode;
  readonly withTies: boolean;
  readonly percent: boolean;
}

/** A hint after a source in FROM. */
export interface TableHint extends words.StatementWords {
  readonly from: NamedFromNode;
}

/** A loader option that is about the rows of a select, wherever it stands. */
export interface RestrictingOption {
  /** The select with what the option demands written into it. */
  restrict(select: SelectNode): SelectNode;
}

/** The clauses that few selects have. */
export interface SelectExtras {
  readonly set: SetOperation | null;
  /** CTEs that nothing in the statement refers to. */
  readonly ctes: readonly CteNode[];
  readonly distinctOn: readonly ExpressionNode[];
  readonly lock: LockClause | null;
  readonly fetch: FetchClause | null;
  readonly prefixes: readonly words.StatementWords[];
  readonly suffixes: readonly words.StatementWords[];
  readonly hints: readonly TableHint[];
  /** Which sources of the statement around it are not read again; null where the compiler decides. */
  readonly correlation: { readonly except: boolean; readonly froms: readonly NamedFromNode[] } | null;
  /** How it is to be executed; not part of the key. */
  readonly execution?: StatementOptions | null;
  /** Values for named parameters, by `params()`; not part of the key. */
  readonly given?: Readonly<Record<string, unknown>>;
}

export interface SelectNode extends words.NodeBase {
  readonly kind: "select";
  readonly items: readonly SelectItem[];
  /** What was given by `selectFrom` and the joins; the compiler adds every other table that is referred to. */
  readonly froms: readonly FromNode[];
  readonly where: readonly ExpressionNode[];
  readonly groupBy: readonly ExpressionNode[];
  readonly having: readonly ExpressionNode[];
  readonly orderBy: readonly ExpressionNode[];
  readonly limit: ExpressionNode | null;
  readonly offset: ExpressionNode | null;
  readonly distinct: boolean;
  readonly labelStyle: words.LabelStyle;
  /** Loader options, for the ORM; they are not part of the key. */
  readonly options: readonly object[];
  readonly extras?: SelectExtras | null;
  /** How the ORM carries it out, kept for the next time; a copy has none. */
  plan?: object | null;
}

/** What a column of an inserted row holds where neither values nor parameters say it. */
export interface RowDefault {
  readonly column: ColumnNode;
  readonly value: string | number;
}

export interface Assignment {
  readonly column: ColumnNode;
  readonly value: ExpressionNode;
}

export interface ConflictClause {
  /** Empty: any conflict. */
  readonly target: readonly ColumnNode[];
  /** Null: DO NOTHING. */
  readonly set: readonly Assignment[] | null;
  readonly where: readonly ExpressionNode[];
  /** The condition of the partial unique index that the target means. */
  readonly targetWhere?: readonly ExpressionNode[];
  /** The constraint by name, instead of its columns. */
  readonly constraint?: string;
  /** `ON DUPLICATE KEY UPDATE`: about any key, without a condition. */
  readonly anyKey?: true;
}

/** The clauses that few INSERTs, UPDATEs and DELETEs have. */
export interface WriteExtras {
  readonly ctes: readonly CteNode[];
  readonly prefixes: readonly words.StatementWords[];
  /** Other sources that an UPDATE or DELETE reads, beside those that its conditions refer to. */
  readonly froms: readonly FromNode[];
  /** Options for the ORM; not part of the key. */
  readonly options?: readonly object[];
  /** The class that is written, where its rows lie in several tables; not part of the key. */
  readonly target?: MappedEntity;
  /** How it is to be executed; not part of the key. */
  readonly execution?: StatementOptions | null;
  /** Values for named parameters, by `params()`; not part of the key. */
  readonly given?: Readonly<Record<string, unknown>>;
}

export interface InsertNode extends words.NodeBase {
  readonly kind: "insert";
  readonly table: TableNode;
  /** Null where neither `values` nor parameters said which; empty for DEFAULT VALUES. */
  readonly columns: readonly ColumnNode[] | null;
  readonly rows: readonly (readonly ExpressionNode[])[];
  /** INSERT … SELECT: then `rows` is empty. */
  readonly select: SelectNode | null;
  /** What is known of the rows beforehand; none where absent. */
  readonly defaults?: readonly RowDefault[] | undefined;
  readonly conflict: ConflictClause | null;
  readonly returning: readonly SelectItem[];
  readonly extras?: WriteExtras | null;
}

export interface UpdateNode extends words.NodeBase {
  readonly kind: "update";
  readonly table: TableNode;
  /** Null where neither `values` nor parameters said which. */
  readonly assignments: readonly Assignment[] | null;
  /** Rows of parameters to update from. */
  readonly values: ValuesNode | null;
  readonly where: readonly ExpressionNode[];
  readonly returning: readonly SelectItem[];
  readonly extras?: WriteExtras | null;
}

export interface DeleteNode extends words.NodeBase {
  readonly kind: "delete";
  readonly table: TableNode;
  readonly where: readonly ExpressionNode[];
  readonly returning: readonly SelectItem[];
  readonly extras?: WriteExtras | null;
}

export type StatementNode = SelectNode | InsertNode | UpdateNode | DeleteNode | TextNode;
export type AnyNode = ExpressionNode | EntityNode | FromNode | StatementNode | words.IdentifierNode;
