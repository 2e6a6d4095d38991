// The public types of statements: what can be chained to each, and what its rows hold. Interfaces only.
import type { SqlType } from "../types/sql-type.js";
import type { SqlDialect } from "./compile/sql-dialect.js";
import type { StatementOptions } from "./statement-options.js";
import type {
  Attr,
  Condition,
  EntityClass,
  Executable,
  Expr,
  FIRST,
  Indexed,
  Item,
  Meta,
  NameOf,
  OrderTerm,
  Owners,
  ROW,
  Rel,
  Renamed,
  Row,
  RowOf,
  Sql,
  Source,
  Subquery,
  TableLike,
  TextFragment,
  TypedSource,
  ValueOf,
  WhereClause,
  COLUMNS,
} from "./expression-typing.js";

/** What every statement can do without an engine. */
export interface Compilable {
  /** The statement as this dialect's SQL; without one, as `String(statement)` prints it. */
  compile(options?: CompileOptions): CompiledText;
  /** The SQL of the default dialect: for reading and for tests, not for a database. */
  toString(): string;
}

export interface CompileOptions {
  /** One of the dialects that this package exports. */
  readonly dialect?: { readonly sql: SqlDialect };
  /** Values inside the text: for reading and for scripts, never for execution. */
  readonly literalBinds?: boolean;
}

/** A compiled statement as people look at it. */
export interface CompiledText {
  readonly sql: string;
  /** The bound values by name. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The bound values in the order of the placeholders, as the driver would get them. */
  readonly positional: readonly unknown[];
  toString(): string;
}

/** An option for the ORM's loading, attached by `options(…)`. */
export interface LoadOption {
  readonly kind: "option";
}

/** What a join can lead to. */
export type JoinTarget<N extends string = string> = Rel<N> | EntityClass<N> | Source<N>;

export interface LockOptions {
  /** The sources whose rows are locked; all where left out. */
  readonly of?: EntityClass | Source | readonly (EntityClass | Source)[];
  /** An error instead of waiting. */
  readonly nowait?: boolean;
  /** Rows that others hold are left out. */
  readonly skipLocked?: boolean;
  /** Others may read on with a lock of the same kind. */
  readonly share?: boolean;
  readonly keyShare?: boolean;
  /** `FOR NO KEY UPDATE`. */
  readonly noKey?: boolean;
}

export interface FetchOptions {
  /** Also those that equal the last one in the order. */
  readonly withTies?: boolean;
  /** The count is a percentage. */
  readonly percent?: boolean;
}

export interface CteOptions {
  /** The CTE's second half, given by `unionAll()`, may read from the CTE itself. */
  readonly recursive?: boolean;
  /** Whether it is worked out once, by itself; the database decides where left out. */
  readonly materialized?: boolean;
}

/** What every select and set operation can do, whatever its row: `this` keeps the type. */
export interface AnyQuery extends Executable<unknown, unknown>, Compilable {
  /** A string names an item of the select list, which a `Select` checks. */
  orderBy(...expressions: (OrderTerm | string)[]): this;
  limit(count: number | null): this;
  offset(count: number | null): this;
  /** The rows from `start` to before `stop`, counted from 0. */
  slice(start: number, stop: number): this;
  /** `FETCH FIRST count ROWS`. */
  fetch(count: number, options?: FetchOptions): this;
  /** `FOR UPDATE`. */
  forUpdate(options?: LockOptions): this;
  /** Words of the database's own at the end: never from input. */
  suffixWith(text: string, dialect?: string): this;
  /** The same words, under the name that hints for the whole statement have elsewhere. */
  withStatementHint(text: string, dialect?: string): this;
  /** The statement with values for its named parameters, which an execution may still replace. */
  params(values: Readonly<Record<string, unknown>>): this;
  /** CTEs that nothing else refers to, such as an INSERT. */
  addCte(...ctes: Cte[]): this;
  /** How it is to be executed. */
  executionOptions(options: StatementOptions): this;
  /** `EXISTS (…)` over this select. */
  exists(): Condition;
}

/** What every select can do, whatever its row: `this` keeps the type, so helpers can be generic over it. */
export interface AnySelect extends AnyQuery {
  where(...conditions: WhereClause[]): this;
  join(target: JoinTarget, on?: WhereClause): this;
  crossJoin(target: EntityClass | Source): this;
  selectFrom(...sources: (EntityClass | Source)[]): this;
  /** A string names an item of the select list, which a `Select` checks. */
  groupBy(...expressions: (Sql<unknown> | string)[]): this;
  having(...conditions: WhereClause[]): this;
  /** `SELECT DISTINCT`; with expressions `DISTINCT ON (…)`, PostgreSQL's. */
  distinct(...on: Sql<unknown>[]): this;
  options(...options: LoadOption[]): this;
  /** Words of the database's own after SELECT: never from input. */
  prefixWith(text: string, dialect?: string): this;
  /** Words after a source in FROM, such as an index hint: never from input. */
  withHint(source: EntityClass | Source, text: string, dialect?: string): this;
  /** Inside another statement: these sources are that statement's. */
  correlate(...sources: (EntityClass | Source)[]): this;
  correlateExcept(...sources: (EntityClass | Source)[]): this;
}

/** What is known of the rows of a select or a set operation. */
interface RowQuery<L extends readonly unknown[], X extends string> {
  readonly [ROW]: RowOf<L, X>;
  readonly [FIRST]: ValueOf<L[0], X>;
  readonly [COLUMNS]: ColumnValues<L, X>;
  /** The items of the select list by name, to be used in other clauses. */
  readonly selectedColumns: { readonly [I in keyof L & `${number}` as NameOf<L[I]>]: L[I] };
  /** As the right side of `in`. */
  subquery(): Subquery<ValueOf<L[0], X>>;
  /** As a table, with columns in `c`. */
  subquery<const N extends string>(name: N): Source<N, SelectedColumns<N, L, X>>;
  /** As a table that may refer to the sources before it in FROM. */
  lateral<const N extends string>(name: N): Source<N, SelectedColumns<N, L, X>>;
  /** `WITH name AS (…)`. */
  cte<const N extends string>(name: N, options?: CteOptions): Cte<N, SelectedColumns<N, L, X>, ColumnValues<L, X>>;
  /** As one value: NULL where it finds no row. */
  scalar(): Expr<ValueOf<L[0], X> | null>;
  scalarSubquery(): Expr<ValueOf<L[0], X> | null>;
  union(...others: [SameColumns<L, X>, ...SameColumns<L, X>[]]): Compound<L, X>;
  unionAll(...others: [SameColumns<L, X>, ...SameColumns<L, X>[]]): Compound<L, X>;
  intersect(...others: [SameColumns<L, X>, ...SameColumns<L, X>[]]): Compound<L, X>;
  intersectAll(...others: [SameColumns<L, X>, ...SameColumns<L, X>[]]): Compound<L, X>;
  except(...others: [SameColumns<L, X>, ...SameColumns<L, X>[]]): Compound<L, X>;
  exceptAll(...others: [SameColumns<L, X>, ...SameColumns<L, X>[]]): Compound<L, X>;
}

/** What items are called in rows; whole tables and classes as their columns are. */
type ItemName<L extends readonly unknown[]> = NameOf<Exclude<L[number], EntityClass>>;

type ColumnValues<L extends readonly unknown[], X extends string> = Indexed<L, X> & { readonly length: L["length"] };
/** A select with columns of the same types in the same order. */
export interface SameColumns<L extends readonly unknown[], X extends string> {
  readonly [COLUMNS]: ColumnValues<L, X>;
}

/** A SELECT of the items `L`; `X` names the entities that an outer join makes nullable. */
export interface Select<L extends readonly unknown[], X extends string = never>
  extends AnySelect, Executable<RowOf<L, X>, ValueOf<L[0], X>>, RowQuery<L, X> {
  readonly [ROW]: RowOf<L, X>;
  readonly [FIRST]: ValueOf<L[0], X>;
  /** A string names an item of the select list. */
  orderBy(...expressions: (OrderTerm | ItemName<L>)[]): this;
  groupBy(...expressions: (Sql<unknown> | ItemName<L>)[]): this;
  filterBy(values: L[0] extends { readonly $mapper: Meta<string, infer C, unknown> } ? Partial<C> : never): this;
  outerJoin<R extends string>(target: JoinTarget<R>, on?: WhereClause): Select<L, X | (R & Owners<L[number]>)>;
  fullJoin<R extends string>(target: JoinTarget<R>, on?: WhereClause): Select<L, X | R | (Owners<L[number]> & string)>;
  addColumns<M extends readonly [Item, ...Item[]]>(...items: M): Select<[...L, ...M], X>;
  withOnlyColumns<M extends readonly [Item, ...Item[]]>(...items: M): Select<M, X>;
}

/** Selects put together by UNION and its kin: rows as the first one's. */
export interface Compound<L extends readonly unknown[], X extends string = never>
  extends AnyQuery, Executable<RowOf<L, X>, ValueOf<L[0], X>>, RowQuery<L, X> {
  readonly [ROW]: RowOf<L, X>;
  readonly [FIRST]: ValueOf<L[0], X>;
  /** A string names an item of the select list. */
  orderBy(...expressions: (OrderTerm | ItemName<L>)[]): this;
  /** Loader options for the ORM. */
  options(...options: LoadOption[]): this;
}

/** A CTE: a table while the statement runs. */
export interface Cte<N extends string = string, C = unknown, V = unknown> extends Source<N, C> {
  /** With another half; in a recursive one that half may read from the CTE. */
  union(...others: { readonly [COLUMNS]: V }[]): Cte<N, C, V>;
  unionAll(...others: { readonly [COLUMNS]: V }[]): Cte<N, C, V>;
  /** The same CTE under another name, to read from it twice. */
  alias<const A extends string>(name: A): Source<A, Renamed<A, C>>;
}

/** A select's named items as the columns of an alias; classes and tables as all their columns. */
export type SelectedColumns<A extends string, L extends readonly unknown[], X extends string> = {
  readonly [I in keyof L & `${number}` as L[I] extends EntityClass ? never : NameOf<L[I]>]: Attr<
    A,
    NameOf<L[I]>,
    ValueOf<L[I], X>
  >;
} & Together<WholeColumns<A, L[number], X>>;

type WholeColumns<A extends string, I, X extends string> = I extends {
  readonly $mapper: Meta<infer N, infer C, unknown>;
}
  ? { readonly [K in keyof C & string]: Attr<A, K, N extends X ? C[K] | null : C[K]> }
  : I extends Sql<unknown>
    ? never
    : I extends { readonly c: infer C }
      ? Renamed<A, C>
      : never;
type Together<U> = [U] extends [never]
  ? unknown
  : (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void
    ? I
    : never;

/** What can be inserted into, updated and deleted from. */
export type DmlTarget = EntityClass | TableLike;

type TableValues<C> = {
  readonly [K in keyof C as C[K] extends Sql<unknown> ? K : never]?: C[K] extends Sql<infer T> ? T | Sql<T> : never;
};
/** A generated table states what it takes; of one written by hand, every column may be left out. */
type StatedOr<V, C> = unknown extends V ? TableValues<C> : V;
export type InsertValues<T> = T extends { readonly $mapper: Meta<string, unknown, unknown, infer I> }
  ? I
  : T extends TableLike<string, infer C, infer I>
    ? StatedOr<I, C>
    : never;
export type UpdateValues<T> = T extends { readonly $mapper: Meta<string, unknown, unknown, object, infer U> }
  ? U
  : T extends TableLike<string, infer C, unknown, infer U>
    ? StatedOr<U, C>
    : never;

/** What INSERT, UPDATE and DELETE can do alike. */
interface AnyWrite extends Compilable {
  /** Words of the database's own after the keyword, such as `OR REPLACE`: never from input. */
  prefixWith(text: string, dialect?: string): this;
  /** The statement with values for its named parameters, which an execution may still replace. */
  params(values: Readonly<Record<string, unknown>>): this;
  /** CTEs at the statement's head. */
  addCte(...ctes: Cte[]): this;
  /** How it is to be executed. */
  executionOptions(options: StatementOptions): this;
}

/** A write with RETURNING; `L` holds its items. */
interface ReturningQuery<L extends readonly unknown[]> {
  /** The rows that come back, as a CTE; PostgreSQL. */
  cte<const N extends string>(name: N): Cte<N, SelectedColumns<N, L, never>>;
}

export interface Insert<T, R = never, F = never, L extends readonly unknown[] = []>
  extends Executable<R, F>, AnyWrite, ReturningQuery<L> {
  readonly [ROW]: R;
  readonly [FIRST]: F;
  /** The row or rows. Without it, every column is a parameter, and execution takes one set of them or many. */
  values(values: InsertValues<T> | readonly InsertValues<T>[]): this;
  /** INSERT … SELECT: the select's columns go to these columns, in order. */
  fromSelect(columns: readonly InsertColumn<T>[], select: AnyQuery): this;
  /** SQLite and PostgreSQL. */
  onConflictDoNothing(conflict?: ConflictTarget<T>): this;
  /** SQLite and PostgreSQL. */
  onConflictDoUpdate(conflict: ConflictUpdate<T>): this;
  /** MySQL and MariaDB; `inserted(column)` is the value that was to be inserted. */
  onDuplicateKeyUpdate(values: UpdateValues<T>): this;
  returning<M extends readonly [Item, ...Item[]]>(...items: M): Insert<T, RowOf<M, never>, ValueOf<M[0], never>, M>;
}

/** A column that is written: its property's name, or the column or attribute itself. */
type InsertColumn<T> = (keyof InsertValues<T> & string) | Sql<unknown>;

interface ConflictTarget<T> {
  /** The columns of the unique key that the conflict is about; any key where left out. */
  readonly target?: readonly InsertColumn<T>[];
  /** The condition of the partial unique index that is meant. */
  readonly targetWhere?: WhereClause;
  /** The constraint by name, instead of its columns; PostgreSQL. */
  readonly constraint?: string;
}

interface ConflictUpdate<T> extends ConflictTarget<T> {
  /** The new values; `excluded(column)` is the value that was to be inserted. */
  readonly set: UpdateValues<T>;
  readonly where?: WhereClause;
}

export interface Update<T, R = never, F = never, L extends readonly unknown[] = []>
  extends Executable<R, F>, AnyWrite, ReturningQuery<L> {
  readonly [ROW]: R;
  readonly [FIRST]: F;
  where(...conditions: WhereClause[]): this;
  values(values: UpdateValues<T>): this;
  /** Options for the ORM: `withLoaderCriteria(…)`, as far as a session executes it. */
  options(...options: LoadOption[]): this;
  /** Other sources that it reads, beside those that its conditions refer to. */
  from(...sources: (EntityClass | Source)[]): this;
  returning<M extends readonly [Item, ...Item[]]>(...items: M): Update<T, RowOf<M, never>, ValueOf<M[0], never>, M>;
}

export interface Delete<R = never, F = never, L extends readonly unknown[] = []>
  extends Executable<R, F>, AnyWrite, ReturningQuery<L> {
  readonly [ROW]: R;
  readonly [FIRST]: F;
  where(...conditions: WhereClause[]): this;
  /** Options for the ORM: `withLoaderCriteria(…)`, as far as a session executes it. */
  options(...options: LoadOption[]): this;
  /** Other sources that it reads, beside those that its conditions refer to; not on SQLite. */
  using(...sources: (EntityClass | Source)[]): this;
  returning<M extends readonly [Item, ...Item[]]>(...items: M): Delete<RowOf<M, never>, ValueOf<M[0], never>, M>;
}

type TypedColumns<C> = { [K in keyof C]: C[K] extends SqlType<infer T> ? T : never };

/** SQL text with `:name` binds; `R` is what a row holds. */
export interface Text<R>
  extends Executable<Row<{ readonly [position: number]: R[keyof R] }, R>, R[keyof R]>, Compilable {
  readonly kind: "text";
  /** The same text with these values for its binds. */
  bindparams(values: Readonly<Record<string, unknown>>): Text<R>;
  /** How it is to be executed. */
  executionOptions(options: StatementOptions): this;
  /** The types of the columns that come back, by name and in their order: rows are then converted by them. */
  columns<const C extends Readonly<Record<string, SqlType>>>(types: C): TypedText<C>;
}

/** Text whose columns are known: it can stand in FROM. */
export interface TypedText<C> extends Text<TypedColumns<C>> {
  bindparams(values: Readonly<Record<string, unknown>>): TypedText<C>;
  subquery<const N extends string>(name: N): Source<N, TypedSource<N, C>>;
  cte<const N extends string>(name: N, options?: CteOptions): Cte<N, TypedSource<N, C>>;
}

/** SQL text around values and expressions: an expression, a condition, an order. */
export interface Fragment<T> extends Expr<T>, TextFragment {
  readonly kind: "text";
}
