// What a dialect tells the SQL compiler: capabilities and a few overrides. The base compiler knows no dialect's name.
import type { SqlType, TypeCodec } from "../../types/sql-type.js";
import type { BindNode, ExpressionKind, ExpressionNode, JsonNode, NullsOrder, OrderDirection } from "../ast/nodes.js";

/** What an override writes the parts of its node with. */
export interface OperandWriter {
  /** The expression's text, without parentheses around it. */
  write(node: ExpressionNode): string;
  /** The same, in parentheses where it binds looser than `precedence` (see `PRECEDENCE`). */
  operand(node: ExpressionNode, precedence: number): string;
  /** The path of a JSON value as one parameter: `$."items"[0]`. */
  jsonPath(node: JsonNode): string;
  /** A list of values as one parameter; `encodeList` makes one value of the list's encoded elements. */
  arrayParameter(bind: BindNode, encodeList: (elements: readonly unknown[]) => unknown): string;
}

/** Writes one expression, or returns null to leave it to the base compiler. */
export type ExpressionWriter<Node extends ExpressionNode = ExpressionNode> = (
  node: Node,
  writer: OperandWriter,
) => string | null;

export type ExpressionOverrides = {
  readonly [Kind in ExpressionKind]?: ExpressionWriter<Extract<ExpressionNode, { readonly kind: Kind }>>;
};

/** LIMIT and OFFSET, one of them null perhaps; each function writes a parameter that stands for the missing one. */
interface LimitParts {
  readonly limit: string | null;
  readonly offset: string | null;
  readonly noLimit: () => string;
  readonly noOffset: () => string;
}

/** What not every database has. */
export type SqlFeature =
  | "distinctOn"
  | "exceptAll"
  | "fetch"
  | "fullJoin"
  | "grouping"
  | "intersectAll"
  | "lateral"
  | "lockOf"
  | "materialized"
  | "quantified"
  | "returningDelete"
  | "returningInsert"
  | "returningUpdate"
  | "tablesample"
  | "withinGroup";

/** `FOR UPDATE` and its kin, with the names of the sources meant. */
export interface LockParts {
  readonly strength: "update" | "noKeyUpdate" | "share" | "keyShare";
  readonly of: readonly string[];
  readonly wait: "block" | "nowait" | "skipLocked";
}

interface FetchParts {
  readonly count: string;
  readonly offset: string | null;
  readonly withTies: boolean;
  readonly percent: boolean;
}

/** Numbers of rows in one statement, by what it does. */
export interface BatchRows {
  readonly insert: readonly number[];
  readonly update: readonly number[];
  readonly delete: readonly number[];
}

export interface SqlDialect {
  readonly name: string;
  /** How the parameter with this name, `position` counted from 1, is written: `:name_1`, `?`, `$1`. */
  readonly placeholder: (name: string, position: number) => string;
  /** What follows a parameter to say its type, such as `::integer`; absent where parameters need no type. */
  readonly parameterSuffix?: (bind: BindNode) => string;
  /** The identifier as it stands in SQL, quoted where it must be. Throws `ArgumentError` for names that cannot be. */
  readonly quoteIdentifier: (name: string) => string;
  /** What a table's schema is called here, null for none; absent where it is called what the table says. */
  readonly translateSchema?: (schema: string | null) => string | null;
  /** A string as a SQL literal. */
  readonly quoteLiteral: (text: string) => string;
  readonly codecFor: (type: SqlType) => TypeCodec;
  /** The LIMIT clause, leading space or newline included. */
  readonly limitClause: (parts: LimitParts) => string;
  /** What stands between the parentheses of an IN whose list is empty. */
  readonly emptyList: string;
  /**
   * Whether rows of parameters are a `WITH name (…) AS (VALUES …)`, a `(VALUES …) AS name (…)` or, where VALUES is no
   * source, a `SELECT … UNION ALL SELECT …`.
   */
  readonly valuesForm: "with" | "derived" | "union";
  /**
   * True where the rows of one INSERT are numbered one after another and the last number is told, so that the keys of
   * many rows need no RETURNING.
   */
  readonly numbersInSequence?: true;
  /** How many rows a flush puts into one statement, most first; as few round trips as can be where absent. */
  readonly batchRows?: BatchRows;
  /**
   * How the values of one column of many rows are one parameter, an array that `unnest` makes rows of again; null for a
   * type whose values cannot be an array's. Absent where there are no arrays.
   */
  readonly columnArray?: (type: SqlType) => ((elements: readonly unknown[]) => unknown) | null;
  /** A term of ORDER BY; `term ASC NULLS LAST` where it is left out. The term may stand in the text more than once. */
  readonly orderTerm?: (term: string, direction: OrderDirection | null, nulls: NullsOrder | null) => string;
  /** True where the number of a new row is told by RETURNING alone. */
  readonly returnsKeys?: true;
  /** What functions without arguments are written as here (`now` → `CURRENT_TIMESTAMP`). */
  readonly constants: ReadonlyMap<string, string>;
  /** What functions are called here where the name is another (`aggregate_strings` → `group_concat`). */
  readonly functionNames?: ReadonlyMap<string, string>;
  /** False where LIKE without case is written over `lower()`. */
  readonly hasIlike: boolean;
  readonly overrides: ExpressionOverrides;
  /** What this database lacks, with what to write instead (or nothing); the compiler refuses it with that advice. */
  readonly lacks?: { readonly [Feature in SqlFeature]?: string };
  /** The standard's `FOR UPDATE …` where absent; an empty text where the database locks otherwise. */
  readonly lockClause?: (parts: LockParts) => string;
  /** The standard's `OFFSET … FETCH FIRST …` where absent. */
  readonly fetchClause?: (parts: FetchParts) => string;
  /** How a select with an order or limit of its own stands in a UNION; parentheses where absent. */
  readonly setMember?: "subquery";
  /** Where the CTEs of an INSERT stand; at the head where absent. */
  readonly insertCtes?: "beforeSelect";
  /** What an INSERT without columns says; `DEFAULT VALUES` where absent. */
  readonly insertDefaults?: string;
  /** Which upsert there is; `ON CONFLICT` where absent. */
  readonly upsert?: "duplicateKey";
  /** How an UPDATE reads from other tables; `FROM` where absent. */
  readonly updateFrom?: "multiTable";
  /** How a DELETE reads from other tables; `USING` where absent. */
  readonly deleteFrom?: "multiTable" | "none";
  /** `CASE` inside the aggregate where there is no `FILTER (WHERE …)`. */
  readonly filter?: "case";
  /** `GROUP BY … WITH ROLLUP` where ROLLUP is no function. */
  readonly rollup?: "with";
  /** How TRUE and FALSE are written. */
  readonly booleans?: { readonly true: string; readonly false: string };
  /** How the rows of an IN over several columns are written; `((?, ?), …)` where absent. */
  readonly rowList?: "values";
  /** A driver's value inside the text, for reading: null where the common form will do. */
  readonly literal?: (value: unknown) => string | null;
}
