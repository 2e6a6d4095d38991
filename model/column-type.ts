// The logical column types every stage and every dialect agrees on. Part of the schema model: plain data,
// no behaviour. What a type is in TypeScript and in each database is decided elsewhere from this.
import type { RawSql } from "./expression.js";

/** Whole numbers; `unsigned` is native on MySQL and a CHECK elsewhere. */
export interface IntegerType {
  readonly kind: "smallint" | "integer" | "bigint";
  readonly unsigned?: true;
}

/** Binary floating point: `real` is 32 bits, `double` 64. */
export interface FloatType {
  readonly kind: "real" | "double";
}

/** Exact decimal numbers; without precision the database's widest. */
export interface NumericType {
  readonly kind: "numeric";
  readonly precision?: number;
  readonly scale?: number;
}

/** Character strings; `length` counts characters. */
export interface CharacterType {
  readonly kind: "char" | "varchar" | "text";
  readonly length?: number;
}

/** Byte strings; `length` counts bytes. */
export interface BinaryType {
  readonly kind: "bytes" | "binary" | "varbinary";
  readonly length?: number;
}

/** Dates and times; `precision` counts digits of the second's fraction (6 when left out). */
export interface TemporalType {
  readonly kind: "date" | "time" | "timestamp" | "timestamptz";
  readonly precision?: number;
}

/** Types without parameters. */
export interface PlainType {
  readonly kind: "boolean" | "uuid" | "json" | "jsonb" | "interval" | "inet" | "cidr" | "macaddr" | "tsvector";
}

/** PostgreSQL's ranges. */
export type RangeKind = "int4range" | "int8range" | "numrange" | "tsrange" | "tstzrange" | "daterange";

export interface RangeType {
  readonly kind: RangeKind;
}

/** A declared enum, by its qualified name. */
export interface EnumType {
  readonly kind: "enum";
  readonly name: string;
}

/** A declared domain, by its qualified name. */
export interface DomainType {
  readonly kind: "domain";
  readonly name: string;
}

/** An array of any depth; the element says nothing of NULL. */
export interface ArrayType {
  readonly kind: "array";
  readonly element: ColumnType;
}

/** A type of one dialect alone, by its own name: `postgresql.hstore`, `mysql.mediumtext`, `mysql.set('a','b')`. */
export interface NativeType {
  readonly kind: "native";
  readonly dialect: string;
  /** In a schema of its own where it is not the dialect's (`postgresql."x"."t"` of an extension). */
  readonly name: string;
  readonly arguments?: readonly (number | string)[];
  readonly unsigned?: true;
}

/** A type kept as SQL, where nothing above says it. */
export interface RawType {
  readonly kind: "raw";
  readonly sql: RawSql;
}

export type ColumnType =
  | IntegerType
  | FloatType
  | NumericType
  | CharacterType
  | BinaryType
  | TemporalType
  | PlainType
  | RangeType
  | EnumType
  | DomainType
  | ArrayType
  | NativeType
  | RawType;

export type ColumnTypeKind = ColumnType["kind"];

/** The kinds that are words of the language; the others are declared by name, or made of other types. */
export type NamedKind = Exclude<ColumnTypeKind, "enum" | "domain" | "array" | "native" | "raw">;

/** A type by its word. Which parameters it takes is the caller's to know: `typeParameters`. */
export function namedType(
  kind: NamedKind,
  parameters: { readonly length?: number; readonly precision?: number } = {},
): ColumnType {
  // Sound: all of these types may have no parameters; the union is too wide for the compiler to see it.
  return { kind, ...parameters } as ColumnType;
}

/** True for whole numbers, the types that a database can count up. */
export function isInteger(type: ColumnType): type is IntegerType {
  return type.kind === "smallint" || type.kind === "integer" || type.kind === "bigint";
}
