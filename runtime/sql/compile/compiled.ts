// The result of compiling a statement for one dialect: what an engine caches, prepares and runs.
import type { SqlType } from "../../types/sql-type.js";
import type { InsertNode, MappedEntity } from "../ast/nodes.js";

/** What a statement does to data; `BEGIN` and row counts depend on it. `other` is text whose effect is not known. */
export type StatementEffect = "read" | "write" | "define" | "other";

/** One placeholder of the SQL text, in text order. */
export interface ParameterSlot {
  /** Position in the statement's binds, in the order in which `collectBinds` meets them. */
  readonly bind: number;
  /** The bind's name, as in `stmt.compile().params`. */
  readonly name: string;
  /** Turns a value into what the driver takes, or throws a typed error; null where the value passes as it is. */
  readonly encode: ((value: unknown) => unknown) | null;
  /** True where the bind holds a list that widens to one placeholder an element at execution (`IN`). */
  readonly expanding: boolean;
  /** What an empty list of rows selects, as many items as a row has values; absent for lists of single values. */
  readonly rowItems?: string;
}

/** One column of the rows a statement returns. */
export interface ResultColumn {
  /** The property's name in a row. */
  readonly key: string;
  readonly type: SqlType;
  /** Turns the driver's value into the type's; null where it passes as it is. Never called with null. */
  readonly decode: ((value: unknown) => unknown) | null;
  /** What was selected, by its structural key; absent where only the text knows. */
  readonly expressionKey?: number;
}

/**
 * One item of the select list or of RETURNING, and where its columns lie in a row. A Core connection gives rows of
 * `columns` and has no use for it; a session rebuilds the entities.
 */
export type ResultItem =
  | { readonly kind: "column"; readonly key: string; readonly at: number }
  | {
      readonly kind: "entity";
      /** The entity's name in a session's row. */
      readonly key: string;
      readonly at: number;
      /** Its columns lie at `at` to `at + count - 1`, in slot order. */
      readonly count: number;
      readonly entity: MappedEntity;
    };

/** A text with placeholders for lists of these sizes, in the order of the lists; empty sizes before the first. */
export interface WidenedText {
  sizes: readonly number[];
  sql: string;
}

export interface Compiled {
  readonly sql: string;
  /**
   * The text between the parameters, one piece more than there are parameters, where a list widens at execution (see
   * `widenLists`); null where `sql` can be sent as it is.
   */
  readonly segments: readonly string[] | null;
  /** The text that was made last, where a list widens; `widenLists` alone writes it. */
  readonly widened?: WidenedText;
  /** Null where `columns` is. */
  readonly items: readonly ResultItem[] | null;
  readonly effect: StatementEffect;
  /** True where rows are all that it touches, see `isSelfContained`; absent where nobody knows. */
  readonly isSelfContained?: boolean;
  readonly parameters: readonly ParameterSlot[];
  /** Null where the statement returns no rows or where only the driver knows (text). */
  readonly columns: readonly ResultColumn[] | null;
  /** True where rows hold 64-bit integers, which the driver must then deliver as bigint. */
  readonly bigintRows: boolean;
  /** True where the one row that comes back holds the new row's number and is no row of the result. */
  readonly returnsKey?: boolean;
  /** The INSERT itself where it returns rows: what many sets of parameters are made into one statement of. */
  readonly insert?: InsertNode | null;
  /** True for text that is sent as it stands and that no cache keeps. */
  readonly raw?: true;
  /** When it was compiled and how long that took, in milliseconds of the monotonic clock: shown by echo. */
  readonly compiledAt: number;
  readonly compileTime: number;
}
