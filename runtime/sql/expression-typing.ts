// The public types of SQL expressions, columns, mapped classes and rows: interfaces only. The classes behind them are
// looser; the factories join the two. Kept small so that checking a query stays cheap.
import type { Decimal } from "../types/decimal.js";
import type { JsonValue } from "../types/json.js";
import type { SqlType } from "../types/sql-type.js";
import type { Instant, PlainDate, PlainDateTime, PlainTime } from "../types/temporal.js";

declare const TYPE: unique symbol;
declare const OWNER: unique symbol;
declare const NAME: unique symbol;
declare const OBJECT: unique symbol;
export declare const ROW: unique symbol;
export declare const FIRST: unique symbol;
export declare const COLUMNS: unique symbol;

/** A condition: what `where` takes, never a JavaScript boolean. */
export interface Condition {
  readonly kind: "condition";
  and(...conditions: Condition[]): Condition;
  or(...conditions: Condition[]): Condition;
  not(): Condition;
  /** The truth value `AS name` in the result. */
  label<const N extends string>(name: N): Labeled<N, boolean>;
}

/**
 * Any SQL expression whose value is a `T`; `O` names the entities whose outer join makes it null.
 * Carries no methods, so that comparing two is cheap.
 */
export interface Sql<out T, out O extends string = string> {
  readonly [TYPE]: T;
  readonly [OWNER]: O;
}

type Operand<T> = NonNullable<T> | Sql<NonNullable<T> | null>;
type NullIf<T> = null extends T ? null : never;

/** A list to be found in: values, a subquery, a select of one column, or a parameter that holds a list. */
type ListOf<T> =
  readonly NonNullable<T>[] | Subquery<T | null> | OneColumn<T | null> | Sql<readonly NonNullable<T>[] | null>;
/** A select, by its first column. */
export interface OneColumn<out T> {
  readonly [FIRST]: T;
  exists(): Condition;
}

/** A value whose SQL type its JavaScript type tells. */
export type PlainValue =
  string | number | bigint | boolean | null | Uint8Array | Decimal | PlainDate | PlainTime | PlainDateTime | Instant;

/** `string` of `"x"`: what a literal value is compared and calculated with. */
export type Widened<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends bigint
      ? bigint
      : T extends boolean
        ? boolean
        : T;

/** An argument of a function of which nothing is known. */
export type Argument = PlainValue | Sql<unknown> | Condition | Subquery<unknown> | OneColumn<unknown> | TextFragment;

/** Values that are calculated with. */
type Calculable = number | bigint | Decimal | null;
type Whole = number | bigint | null;
type Temporal = PlainDate | PlainDateTime | PlainTime | Instant | null;

/** So many units of time, each a whole number. */
export interface IntervalParts {
  readonly years?: number;
  readonly months?: number;
  readonly weeks?: number;
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
}

/** A SQL expression with its operators. */
export interface Expr<T, O extends string = never> extends Sql<T, O> {
  eq(value: Operand<T> | NullIf<T>): Condition;
  ne(value: Operand<T> | NullIf<T>): Condition;
  lt(value: Operand<T>): Condition;
  le(value: Operand<T>): Condition;
  gt(value: Operand<T>): Condition;
  ge(value: Operand<T>): Condition;
  isDistinctFrom(value: Operand<T> | null): Condition;
  isNotDistinctFrom(value: Operand<T> | null): Condition;
  between(low: Operand<T>, high: Operand<T>): Condition;
  notBetween(low: Operand<T>, high: Operand<T>): Condition;
  in(values: ListOf<T>): Condition;
  notIn(values: ListOf<T>): Condition;
  isNull(): Condition;
  isNotNull(): Condition;
  /** `IS TRUE` and its kin, which are never NULL. */
  is(this: Sql<boolean | null>, value: boolean | null): Condition;
  isNot(this: Sql<boolean | null>, value: boolean | null): Condition;
  like(this: Sql<string | null>, pattern: Operand<string>, options?: { escape?: string }): Condition;
  notLike(this: Sql<string | null>, pattern: Operand<string>, options?: { escape?: string }): Condition;
  ilike(this: Sql<string | null>, pattern: Operand<string>, options?: { escape?: string }): Condition;
  notIlike(this: Sql<string | null>, pattern: Operand<string>, options?: { escape?: string }): Condition;
  startsWith(this: Sql<string | null>, prefix: string): Condition;
  endsWith(this: Sql<string | null>, suffix: string): Condition;
  contains(this: Sql<string | null>, part: string): Condition;
  istartsWith(this: Sql<string | null>, prefix: string): Condition;
  iendsWith(this: Sql<string | null>, suffix: string): Condition;
  icontains(this: Sql<string | null>, part: string): Condition;
  /** By the database's own regular expressions. */
  regexpMatch(this: Sql<string | null>, pattern: Operand<string>): Condition;
  regexpReplace(this: Sql<string | null>, pattern: Operand<string>, replacement: Operand<string>): Expr<T, O>;
  /** Full text search, by the database's own `MATCH`. */
  match(this: Sql<string | null>, query: Operand<string>): Condition;
  collate(this: Sql<string | null>, collation: string): Expr<T, O>;
  plus(this: Sql<Calculable>, value: Operand<T>): Expr<T, O>;
  minus(this: Sql<Calculable>, value: Operand<T>): Expr<T, O>;
  times(this: Sql<Calculable>, value: Operand<T>): Expr<T, O>;
  /** The quotient, fraction included, also of whole numbers. */
  dividedBy(this: Sql<Calculable>, value: Operand<T>): Expr<T, O>;
  /** The quotient rounded down. */
  floorDividedBy(this: Sql<Calculable>, value: Operand<T>): Expr<T, O>;
  /** The remainder, with the sign of the dividend. */
  modulo(this: Sql<Calculable>, value: Operand<T>): Expr<T, O>;
  neg(this: Sql<Calculable>): Expr<T, O>;
  bitAnd(this: Sql<Whole>, value: Operand<T>): Expr<T, O>;
  bitOr(this: Sql<Whole>, value: Operand<T>): Expr<T, O>;
  bitXor(this: Sql<Whole>, value: Operand<T>): Expr<T, O>;
  bitNot(this: Sql<Whole>): Expr<T, O>;
  shiftLeft(this: Sql<Whole>, value: Operand<number>): Expr<T, O>;
  shiftRight(this: Sql<Whole>, value: Operand<number>): Expr<T, O>;
  concat(this: Sql<string | null>, value: Operand<string>): Expr<T, O>;
  plusInterval(this: Sql<Temporal>, interval: IntervalParts): Expr<T, O>;
  minusInterval(this: Sql<Temporal>, interval: IntervalParts): Expr<T, O>;
  /** The value at a path inside a JSON document: property names, and positions in arrays. */
  json(this: Sql<JsonValue | null>, ...path: [string | number, ...(string | number)[]]): JsonPath;
  arrayContains(this: Sql<readonly unknown[] | null>, elements: Operand<T>): Condition;
  arrayContainedBy(this: Sql<readonly unknown[] | null>, elements: Operand<T>): Condition;
  arrayOverlap(this: Sql<readonly unknown[] | null>, elements: Operand<T>): Condition;
  /** An operator that only the database knows; the symbol never comes from input. `type` says what comes back. */
  op<R = T>(symbol: string, value: unknown, type?: SqlType<R>): Expr<R, O>;
  boolOp(symbol: string, value: unknown): Condition;
  asc(): Order;
  desc(): Order;
  label<N extends string>(name: N): Labeled<N, T, O>;
}

/** A value inside a JSON document, null where there is none. */
export interface JsonPath extends Expr<JsonValue | null> {
  asText(): Expr<string | null>;
  asInteger(): Expr<number | null>;
  /** As a floating point number. */
  asNumber(): Expr<number | null>;
  asBoolean(): Expr<boolean | null>;
}

/** Where a window's frame begins and ends: rows from the current one, negative before it, null without bound. */
export type WindowBounds = readonly [start: number | null, end: number | null];

/** What `over()` takes. */
export interface WindowOptions {
  readonly partitionBy?: Sql<unknown> | readonly Sql<unknown>[];
  readonly orderBy?: OrderTerm | readonly OrderTerm[];
  readonly rows?: WindowBounds;
  readonly range?: WindowBounds;
  readonly groups?: WindowBounds;
}

/** A function's result. */
export interface FunctionExpr<T, O extends string = never> extends Expr<T, O> {
  /** As a window function: over the rows of the partition, in this order, within this frame. */
  over(window?: WindowOptions): Expr<T, O>;
  /** As an aggregate: over those rows alone that meet the conditions. */
  filter(...conditions: [WhereClause, ...WhereClause[]]): FilteredExpr<T, O>;
  /** As an ordered-set aggregate: `WITHIN GROUP (ORDER BY …)`. */
  withinGroup(...order: [OrderTerm, ...OrderTerm[]]): FilteredExpr<T, O>;
  /** As a table of one column, and that column: `select(func.call("unnest", …).columnValued("x", Integer()))`. */
  columnValued<const N extends string, V>(name: N, type: SqlType<V>): Attr<N, N, V>;
  /** As a table, by its rows: the columns by name and type. */
  tableValued<const N extends string, const C extends Readonly<Record<string, SqlType>>>(
    name: N,
    columns: C,
    options?: TableValuedOptions,
  ): Source<N, TypedSource<N, C>>;
}

/** An aggregate that can still be used as a window function. */
export interface FilteredExpr<T, O extends string = never> extends Expr<T, O> {
  over(window?: WindowOptions): Expr<T, O>;
}

export interface TableValuedOptions {
  /** `WITH ORDINALITY`: the last of the columns counts the rows. */
  readonly ordinality?: boolean;
  /** Names the columns after the alias, where the function has no names for them: `AS name (a, b)`. */
  readonly named?: boolean;
}

/** A source's columns, by their types. */
export type TypedSource<N extends string, C> = {
  readonly [K in keyof C & string]: C[K] extends SqlType<infer T> ? Attr<N, K, T> : never;
};

/** A select that yields one column, as an operand. */
export interface Subquery<out T> {
  readonly kind: "subquery";
  readonly [TYPE]: T;
}

/** An ORDER BY element. */
export interface Order {
  readonly kind: "order";
  nullsFirst(): Order;
  nullsLast(): Order;
}

/** An expression that has a name in the result. */
export interface Labeled<N extends string, T, O extends string = never> extends Expr<T, O> {
  readonly [NAME]: N;
}

/** A column of a table (`O` is the table's name) or of a mapped class (`O` is the class's). */
export interface Attr<O extends string, N extends string, T> extends Labeled<N, T, O> {
  readonly key: N;
}

/** A column of the table or class `O`, whatever its type: what loader options take. */
export interface ColumnOf<out O extends string> extends Sql<unknown, O> {
  readonly key: string;
  isNull(): Condition;
}

/** A relationship of a mapped class; `R` is the target class's name. */
export interface Rel<out R extends string = string> {
  readonly kind: "relationship";
  readonly target: R;
}

/** A relationship of the class `O`. */
export interface RelFrom<out O extends string, out R extends string> extends Rel<R> {
  readonly [OWNER]: O;
}

/** A relationship to one object. */
export interface RelOne<O extends string, N extends string, E, R extends string> extends RelFrom<O, R> {
  readonly key: N;
  readonly [OBJECT]: E;
  eq(value: E | null): Condition;
  ne(value: E | null): Condition;
  has(condition?: Condition): Condition;
  /** The same relationship, leading to an alias of its target: for joins. */
  ofType<A extends string>(alias: EntityClass<A>): RelFrom<O, A>;
  /** The same relationship, to those alone that meet the condition: in joins and in loader options. */
  and(condition: Condition): this;
}

/** A relationship to many objects. */
export interface RelMany<O extends string, N extends string, E, R extends string> extends RelFrom<O, R> {
  readonly key: N;
  readonly [OBJECT]: E;
  contains(value: E): Condition;
  any(condition?: Condition): Condition;
  /** The same relationship, leading to an alias of its target: for joins. */
  ofType<A extends string>(alias: EntityClass<A>): RelFrom<O, A>;
  /** The same relationship, to those alone that meet the condition: in joins and in loader options. */
  and(condition: Condition): this;
}

/** A proxy along a collection: an attribute `T` of what a relationship leads to. */
export interface ProxyMany<N extends string, T> {
  readonly kind: "proxy";
  readonly key: N;
  /** True where one of the related objects shows this. */
  contains(value: T): Condition;
  /** True where something related meets the condition: on the class whose objects are shown, or else between. */
  any(condition?: Condition): Condition;
}

/** A proxy along a to-one relationship. */
export interface ProxyOne<N extends string, T> {
  readonly kind: "proxy";
  readonly key: N;
  /** True where the related object shows this; with null, where there is none, too. */
  eq(value: T): Condition;
  /** True where there is a related object that shows something else. */
  ne(value: T): Condition;
  has(condition?: Condition): Condition;
}

/**
 * What a mapped class carries in `$mapper`: its name, its columns' values (for `filterBy`), its primary key
 * (for `get`), and what `insert` and `update` take.
 */
export interface Meta<out N extends string, out C, out P, out I = object, out U = object> {
  readonly name: N;
  readonly columns?: C;
  readonly primaryKeyValue?: P;
  readonly insertValues?: I;
  readonly updateValues?: U;
}

/** A mapped class, recognised by its static `$mapper`; its instances' type is `prototype`. */
export interface EntityClass<
  out N extends string = string,
  out C = unknown,
  out P = unknown,
  out I = unknown,
  out U = unknown,
> {
  readonly $mapper: Meta<N, C, P, I, U>;
  readonly prototype: object;
}

/** What rows are read from: a table, an alias, a subquery, a CTE; `C` holds its columns by property. */
export interface Source<out N extends string = string, out C = unknown> {
  readonly name: N;
  readonly c: C;
}

/** A table, which is written to as well; `I` and `U` are what `insert` and `update` take. */
export interface TableLike<
  out N extends string = string,
  out C = unknown,
  out I = unknown,
  out U = unknown,
> extends Source<N, C> {
  readonly kind: "table";
  readonly insertValues?: I;
  readonly updateValues?: U;
}

/** What a select list may hold. */
export type Item = Sql<unknown> | EntityClass | Source;

export type NameOf<I> = I extends { readonly $mapper: { readonly name: infer N extends string } }
  ? N
  : I extends { readonly [NAME]: infer N extends string }
    ? N
    : never;
export type ValueOf<I, X extends string> = I extends {
  readonly $mapper: { readonly name: infer N };
  readonly prototype: infer E;
}
  ? N extends X
    ? E | null
    : E
  : I extends Sql<infer T, infer O>
    ? [O & X] extends [never]
      ? T
      : T | null
    : never;
type Named<L extends readonly unknown[], X extends string> = {
  readonly [I in keyof L & `${number}` as NameOf<L[I]>]: ValueOf<L[I], X>;
};
export type Indexed<L extends readonly unknown[], X extends string> = {
  readonly [I in keyof L & `${number}`]: ValueOf<L[I], X>;
};

/** A result row: by position, by name, iterable. */
export type Row<V, N> = V & N & { [Symbol.iterator](): IterableIterator<V[keyof V]>; toJSON(): object };
export type RowOf<L extends readonly unknown[], X extends string> = L[number] extends EntityClass | Sql<unknown>
  ? Row<Indexed<L, X>, Named<L, X>>
  : TableRow<ColumnsIn<L[number]>>;

/** A row of whole tables' columns, by name: which position a column has is not in the types. */
type TableRow<C> = Row<
  { readonly [position: number]: unknown },
  { readonly [K in keyof C as C[K] extends Sql<unknown> ? K : never]: C[K] extends Sql<infer T> ? T : never }
>;
type ColumnsIn<I> = I extends EntityClass | Sql<unknown> ? unknown : I extends { readonly c: infer C } ? C : unknown;

export type Owners<I> = I extends { readonly $mapper: { readonly name: infer N } }
  ? N
  : I extends Sql<unknown, infer O>
    ? O
    : never;

/** Anything `execute` takes: `R` is the row, `F` its first column. */
export interface Executable<out R, out F> {
  readonly [ROW]: R;
  readonly [FIRST]: F;
}

/** What `where` and `having` take. */
export type WhereClause = Condition | TextFragment;

/** `text(…)` used inside a statement. */
export interface TextFragment {
  readonly kind: "text";
}

/** What ORDER BY takes. */
export type OrderTerm = Order | Sql<unknown> | TextFragment;

/** A source's columns, as those of its alias. */
export type Renamed<N extends string, C> = {
  readonly [K in keyof C & string as C[K] extends Sql<unknown> ? K : never]: C[K] extends Sql<infer T>
    ? Attr<N, K, T>
    : never;
};

/** Several expressions as one operand. */
export interface Tuple<L extends readonly Sql<unknown>[]> extends Sql<TupleValues<L>> {
  eq(other: Tuple<L>): Condition;
  ne(other: Tuple<L>): Condition;
  in(rows: readonly TupleValues<L>[] | TupleQuery<L>): Condition;
  notIn(rows: readonly TupleValues<L>[] | TupleQuery<L>): Condition;
}
/** A select with as many columns, of the same types or null. */
interface TupleQuery<L extends readonly Sql<unknown>[]> {
  readonly [COLUMNS]: {
    readonly [I in keyof L & `${number}`]: L[I] extends Sql<infer T> ? T | null : never;
  } & { readonly length: L["length"] };
}
type TupleValues<L extends readonly Sql<unknown>[]> = {
  readonly [I in keyof L]: L[I] extends Sql<infer T> ? NonNullable<T> : never;
};
