// The contract of a SQL type: what TypeScript value it stands for and how values cross to a driver and back.
import type { ColumnType } from "../../model/column-type.js";

export interface SqlType<T = unknown> {
  /** The logical type, shared with the schema model; `null` for expressions whose type is not known. */
  readonly logical: ColumnType | { readonly kind: "null" };
  /** Two types with equal keys encode and decode alike: part of a statement's cache key. */
  readonly key: string;
  /** The values of an enum, in order. */
  readonly enumValues?: readonly string[] | undefined;
  /** What it is made of: an array's element, a domain's base, the type whose values a native or raw type has. */
  readonly inner: SqlType | undefined;
  /** True for arrays that hold NULL beside values. */
  readonly nullableElements: boolean | undefined;
  /** Never set: carries `T` to the type checker. */
  readonly value?: T;
}

/** How values of a type that change in place are copied and compared. */
export interface Mutation<T = unknown> {
  copy(value: T): T;
  equals(one: T, other: T): boolean;
}

/** Converts one non-null value. */
export type ValueConverter = (value: unknown) => unknown;

/** How one dialect stores one type. */
export interface TypeCodec {
  /** The type's name in DDL, such as `VARCHAR(30)`. */
  readonly ddl: string;
  /**
   * Checks and converts a non-null value for the driver; throws `InvalidValueError`. Null: every value passes as it is.
   * Types that decode late also take their canonical form, because an object may write back what it never read.
   */
  readonly encode: ValueConverter | null;
  /**
   * `encode` for a value that becomes a column's own, or is looked for in one: the column gives it its form, so that it
   * may be sent in a cheaper one. Absent where there is none.
   */
  readonly encodeStored?: ValueConverter;
  /** Converts a non-null driver value; null where it passes as it is. */
  readonly decode: ValueConverter | null;
  /** `decode` for rows whose integers all arrive as bigint because a neighbouring column needs it. */
  readonly decodeWide: ValueConverter | null;
  /** True where decoding costs enough that objects put it off until the value is read. */
  readonly decodeLate: boolean;
  /**
   * Only with `decodeLate`: turns a non-null driver value into the form that objects keep until it is read (canonical
   * text, or a `JsonText`); null where the driver's value is that form already. Takes bigint rows too.
   */
  readonly canonical: ValueConverter | null;
  /** True where the driver must deliver integers as bigint. */
  readonly bigint: boolean;
}
