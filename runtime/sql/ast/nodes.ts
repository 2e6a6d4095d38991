// Every node of the SQL tree: types only, since they refer to one another. Nodes are made by the factories beside
// this file and never changed afterwards. `key` is interned from a node's structure: two nodes with equal keys
// compile to the same text. Bound values never enter a key.
import type { SqlType } from "../../types/sql-type.js";
import type { BinaryOperator, UnaryOperator } from "../operators.js";
import type { ENTITY, RELATIONSHIP } from "./brand.js";

interface NodeBase {
  readonly key: number;
}

// ---- what rows come from

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

export interface TableNode extends NodeBase {
  readonly kind: "table";
  readonly schema: string | null;
  readonly name: string;
  readonly columns: readonly ColumnNode[];
  readonly primaryKey: readonly ColumnNode[];
  readonly foreignKeys: readonly ForeignKeyNode[];
}

/** A table or a subquery under another name. */
export interface AliasNode extends NodeBase {
  readonly kind: "alias";
  readonly name: string;
  readonly element: TableNode | SelectNode | TextNode;
  readonly columns: readonly ColumnNode[];
  /** True where the subquery may refer to the sources before it in FROM. */
  readonly lateral?: true;
}

/** What a CTE is, whatever it is called where it is used. */
export interface CteDefinition extends NodeBase {
  readonly name: string;
  readonly element: StatementNode;
  readonly recursive: boolean;
  /** Null where the database decides. */
  readonly materialized: boolean | null;
  /** The first half of a recursive CTE, to which the second half refers by the same name. */
  readonly restates: CteDefinition | null;
}

/** A use of a CTE, under its own name or another. */
export interface CteNode extends NodeBase {
  readonly kind: "cte";
  readonly name: string;
  readonly definition: CteDefinition;
  readonly columns: readonly ColumnNode[];
}

/** A function whose rows are read like a table's. */
export interface TableFunctionNode extends NodeBase {
  readonly kind: "tableFunction";
  readonly name: string;
  readonly call: ExpressionNode;
  readonly columns: readonly ColumnNode[];
  readonly ordinality: boolean;
  /** Whether the columns are named after the alias: `AS name (a, b)`. */
  readonly derived: boolean;
}

/** Rows of parameters as a table, for UPDATEs of many rows at once. */
export interface ValuesNode extends NodeBase {
  readonly kind: "values";
  readonly name: string;
  readonly columns: readonly ColumnNode[];
  readonly rows: readonly (readonly ExpressionNode[])[];
}

export type JoinKind = "inner" | "left" | "full" | "cross";

export interface JoinNode extends NodeBase {
  readonly kind: "join";
  readonly left: FromNode;
  readonly right: NamedFromNode;
  readonly on: ExpressionNode;
  readonly join: JoinKind;
}

/** A source of rows with a name that columns can be qualified by. */
export type NamedFromNode = TableNode | AliasNode | ValuesNode | CteNode | TableFunctionNode;
export type FromNode = NamedFromNode | JoinNode;

// ---- expressions

export interface ColumnNode extends NodeBase {
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
  readonly generation: ColumnGeneration;
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
}

export interface ConstantNode extends NodeBase {
  readonly kind: "constant";
  readonly value: "null" | "star" | "true" | "false" | "default";
}

/** SQL text that the programmer vouches for. */
export interface RawNode extends NodeBase {
  readonly kind: "raw";
  readonly text: string;
  readonly type: SqlType;
}

export interface UnaryNode extends NodeBase {
  readonly kind: "unary";
  readonly operator: UnaryOperator;
  readonly operand: ExpressionNode;
  readonly type: SqlType;
}

export interface BinaryNode extends NodeBase {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  /** The escape character of a LIKE. */
  readonly escape: string | null;
  readonly type: SqlType;
}

export interface BetweenNode extends NodeBase {
  readonly kind: "between";
  readonly operand: ExpressionNode;
  readonly low: ExpressionNode;
  readonly high: ExpressionNode;
  readonly negated: boolean;
}

/** Conditions joined by AND or OR: always two or more. */
export interface JunctionNode extends NodeBase {
  readonly kind: "junction";
  readonly operator: "and" | "or";
  readonly operands: readonly ExpressionNode[];
}

export interface FunctionNode extends NodeBase {
  readonly kind: "function";
  readonly name: string;
  readonly operands: readonly ExpressionNode[];
  readonly distinct: boolean;
  readonly type: SqlType;
}

export interface CastNode extends NodeBase {
  readonly kind: "cast";
  readonly operand: ExpressionNode;
  readonly type: SqlType;
}

export interface CaseNode extends NodeBase {
  readonly kind: "case";
  readonly whens: readonly { readonly condition: ExpressionNode; readonly result: ExpressionNode }[];
  readonly otherwise: ExpressionNode | null;
  readonly type: SqlType;
}

export interface TupleNode extends NodeBase {
  readonly kind: "tuple";
  readonly elements: readonly ExpressionNode[];
}

export interface ExistsNode extends NodeBase {
  readonly kind: "exists";
  readonly select: SelectNode;
}

/** A select in parentheses, as an operand. */
export interface SubqueryNode extends NodeBase {
  readonly kind: "subquery";
  readonly select: SelectNode;
  readonly type: SqlType;
}

export interface LabelNode extends NodeBase {
  readonly kind: "label";
  readonly name: string;
  readonly element: ExpressionNode;
}

export type OrderDirection = "asc" | "desc";
export type NullsOrder = "first" | "last";

export interface OrderNode extends NodeBase {
  readonly kind: "order";
  readonly element: ExpressionNode;
  readonly direction: OrderDirection | null;
  readonly nulls: NullsOrder | null;
}

/** Text with named binds: a statement by itself, or a condition inside one. */
export interface TextNode extends NodeBase {
  readonly kind: "text";
  /** The text between the binds: one more than there are binds. */
  readonly segments: readonly string[];
  readonly binds: readonly BindNode[];
  /** What the rows hold, where the programmer said it. */
  readonly columns: readonly { readonly property: string; readonly type: SqlType }[] | null;
}

/** `operand OVER (…)`. */
export interface WindowNode extends NodeBase {
  readonly kind: "window";
  readonly operand: ExpressionNode;
  readonly partitionBy: readonly ExpressionNode[];
  readonly orderBy: readonly ExpressionNode[];
  readonly frame: WindowFrame | null;
}

/** From `start` to `end`, as distances from the current row: negative before it, null without bound. */
export interface WindowFrame {
  readonly unit: "rows" | "range" | "groups";
  readonly start: number | null;
  readonly end: number | null;
}

/** An aggregate over those rows alone that meet the conditions. */
export interface FilterNode extends NodeBase {
  readonly kind: "filter";
  readonly operand: FunctionNode;
  readonly conditions: readonly ExpressionNode[];
}

/** `operand WITHIN GROUP (ORDER BY …)`. */
export interface WithinGroupNode extends NodeBase {
  readonly kind: "withinGroup";
  readonly operand: ExpressionNode;
  readonly orderBy: readonly ExpressionNode[];
}

export interface CollateNode extends NodeBase {
  readonly kind: "collate";
  readonly operand: ExpressionNode;
  readonly collation: string;
}

/** The parts of a point in time that `extract` knows. */
export type TemporalField =
  | "year"
  | "quarter"
  | "month"
  | "week"
  | "day"
  | "dow"
  | "doy"
  | "hour"
  | "minute"
  | "second"
  | "epoch";

export interface ExtractNode extends NodeBase {
  readonly kind: "extract";
  readonly field: TemporalField;
  readonly operand: ExpressionNode;
}

/** The other side of a comparison with any or all of many values. */
export interface QuantifiedNode extends NodeBase {
  readonly kind: "quantified";
  readonly quantifier: "any" | "all";
  readonly operand: ExpressionNode;
}

/** What a value inside a JSON document is read as. */
export type JsonReading = "json" | "text" | "integer" | "double" | "boolean";

/** A value inside a JSON document. */
export interface JsonNode extends NodeBase {
  readonly kind: "json";
  readonly operand: ExpressionNode;
  /** Property names, as parameters, and positions in arrays. */
  readonly legs: readonly (BindNode | number)[];
  /** The same legs as one parameter, a JSON path: a dialect writes either. */
  readonly path: BindNode;
  readonly reading: JsonReading;
  readonly type: SqlType;
}

/** An operator of the database's own. */
export interface OperationNode extends NodeBase {
  readonly kind: "operation";
  readonly symbol: string;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  readonly precedence: number;
  readonly type: SqlType;
}

/** `GROUPING SETS (…)`, `CUBE (…)`, `ROLLUP (…)`. */
export interface GroupingNode extends NodeBase {
  readonly kind: "grouping";
  readonly form: "sets" | "cube" | "rollup";
  readonly sets: readonly (readonly ExpressionNode[])[];
}

export type IntervalUnit = "years" | "months" | "weeks" | "days" | "hours" | "minutes" | "seconds";

/** A date or a point in time, moved by so many units; the amount carries the sign. */
export interface DateShiftNode extends NodeBase {
  readonly kind: "dateShift";
  readonly operand: ExpressionNode;
  readonly unit: IntervalUnit;
  readonly amount: ExpressionNode;
  readonly type: SqlType;
}

/** An expression that counts as one of another type, without a conversion in the database. */
export interface TypedNode extends NodeBase {
  readonly kind: "typed";
  readonly operand: ExpressionNode;
  readonly type: SqlType;
}

/** SQL text around expressions and names of sources. */
export interface FragmentNode extends NodeBase {
  readonly kind: "fragment";
  /** One more than there are parts. */
  readonly segments: readonly string[];
  readonly parts: readonly (ExpressionNode | NamedFromNode | IdentifierNode)[];
  readonly type: SqlType;
}

/** A name inside a fragment, written as the dialect quotes it. */
export interface IdentifierNode extends NodeBase {
  readonly kind: "identifier";
  readonly path: readonly string[];
}

export type ExpressionNode =
  | ColumnNode
  | BindNode
  | ConstantNode
  | RawNode
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

/** A mapped class or an alias of one. The ORM's mappers implement it. */
export interface MappedEntity {
  readonly [ENTITY]: true;
  /** The class's name, or the alias's: the entity's name in a result row. */
  readonly name: string;
  /** From `freshKey()`: tells two mappings apart in statement keys. */
  readonly key: number;
  readonly from: TableNode | AliasNode;
  /** In slot order: a select of the entity lists exactly these. */
  readonly columns: readonly ColumnNode[];
  /** Property names, in slot order. */
  readonly properties: readonly string[];
}

/** One JOIN that a relationship stands for; a many-to-many has two. */
export interface JoinStep {
  readonly right: TableNode | AliasNode;
  readonly on: ExpressionNode;
}

/** What a relationship attribute is to `join`: the ORM's attribute objects implement it. */
export interface JoinableRelationship {
  [RELATIONSHIP](): RelationshipJoin;
}

export interface RelationshipJoin {
  /** What the relationship starts from: joined to where it stands in FROM, or put there. */
  readonly source: TableNode | AliasNode;
  /** The joins, in order, the target last. */
  readonly steps: readonly JoinStep[];
}

/** An entity in a select list. */
export interface EntityNode extends NodeBase {
  readonly kind: "entity";
  readonly entity: MappedEntity;
}

// ---- statements

export type SelectItem = ExpressionNode | EntityNode;

/** How the select list names columns: as they are, or all of them `AS table_column`. */
type LabelStyle = "bare" | "table-column";

export type SetOperator = "union" | "unionAll" | "intersect" | "intersectAll" | "except" | "exceptAll";

/** Selects put together: the statement's own items, FROM and conditions then say nothing but what its rows hold. */
export interface SetOperation {
  readonly operator: SetOperator;
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

/** Words of the database's own beside a statement's keyword or at its end; for one dialect or, with null, for all. */
export interface StatementWords {
  readonly text: string;
  readonly dialect: string | null;
}

/** A hint after a source in FROM. */
export interface TableHint extends StatementWords {
  readonly from: NamedFromNode;
}

/** The clauses that few selects have. */
export interface SelectExtras {
  readonly set: SetOperation | null;
  /** CTEs that nothing in the statement refers to. */
  readonly ctes: readonly CteNode[];
  readonly distinctOn: readonly ExpressionNode[];
  readonly lock: LockClause | null;
  readonly fetch: FetchClause | null;
  readonly prefixes: readonly StatementWords[];
  readonly suffixes: readonly StatementWords[];
  readonly hints: readonly TableHint[];
  /** Which sources of the statement around it are not read again; null where the compiler decides. */
  readonly correlation: { readonly except: boolean; readonly froms: readonly NamedFromNode[] } | null;
}

export interface SelectNode extends NodeBase {
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
  readonly labelStyle: LabelStyle;
  /** Loader options, for the ORM; they are not part of the key. */
  readonly options: readonly object[];
  readonly extras?: SelectExtras | null;
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
  readonly prefixes: readonly StatementWords[];
  /** Other sources that an UPDATE or DELETE reads, beside those that its conditions refer to. */
  readonly froms: readonly FromNode[];
}

export interface InsertNode extends NodeBase {
  readonly kind: "insert";
  readonly table: TableNode;
  /** Null where neither `values` nor parameters said which; empty for DEFAULT VALUES. */
  readonly columns: readonly ColumnNode[] | null;
  readonly rows: readonly (readonly ExpressionNode[])[];
  /** INSERT … SELECT: then `rows` is empty. */
  readonly select: SelectNode | null;
  readonly conflict: ConflictClause | null;
  readonly returning: readonly SelectItem[];
  readonly extras?: WriteExtras | null;
}

export interface UpdateNode extends NodeBase {
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

export interface DeleteNode extends NodeBase {
  readonly kind: "delete";
  readonly table: TableNode;
  readonly where: readonly ExpressionNode[];
  readonly returning: readonly SelectItem[];
  readonly extras?: WriteExtras | null;
}

export type StatementNode = SelectNode | InsertNode | UpdateNode | DeleteNode | TextNode;
export type AnyNode = ExpressionNode | EntityNode | FromNode | StatementNode | IdentifierNode;
