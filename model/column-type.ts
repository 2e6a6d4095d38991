// The logical column types every stage and every dialect agrees on. Part of the schema model: plain data,
// no behaviour. What a type is in TypeScript and in each database is decided elsewhere from this.

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

/** A declared enum, by its qualified name. */
export interface EnumType {
  readonly kind: "enum";
  readonly name: string;
}

export type ColumnType =
  IntegerType | FloatType | NumericType | CharacterType | BinaryType | TemporalType | PlainType | EnumType;

export type ColumnTypeKind = ColumnType["kind"];

/** True for whole numbers, the types that a database can count up. */
export function isInteger(type: ColumnType): type is IntegerType {
  return type.kind === "smallint" || type.kind === "integer" || type.kind === "bigint";
}
