// The types of the schema language by name: which arguments each takes, and how other systems spell it.
import type { NamedKind } from "./column-type.js";

/** The arguments a type takes; where it takes none, it is a plain word. */
type TypeParameters =
  | { readonly kind: "none" }
  | { readonly kind: "length"; readonly required: boolean }
  | { readonly kind: "precision and scale" }
  | { readonly kind: "fraction digits" };

const none: TypeParameters = { kind: "none" };
const length: TypeParameters = { kind: "length", required: false };
const requiredLength: TypeParameters = { kind: "length", required: true };
const fractionDigits: TypeParameters = { kind: "fraction digits" };

/** Every type that is a word of the language. */
export const typeParameters: Readonly<Record<NamedKind, TypeParameters>> = {
  smallint: none,
  integer: none,
  bigint: none,
  real: none,
  double: none,
  numeric: { kind: "precision and scale" },
  char: length,
  varchar: length,
  text: none,
  bytes: none,
  binary: requiredLength,
  varbinary: requiredLength,
  date: none,
  time: fractionDigits,
  timestamp: fractionDigits,
  timestamptz: fractionDigits,
  boolean: none,
  uuid: none,
  json: none,
  jsonb: none,
  interval: none,
  inet: none,
  cidr: none,
  macaddr: none,
  tsvector: none,
  int4range: none,
  int8range: none,
  numrange: none,
  tsrange: none,
  tstzrange: none,
  daterange: none,
};

/** Type names in the order messages list them. */
export const typeNames: readonly string[] = Object.keys(typeParameters);

export function isTypeName(name: string): name is NamedKind {
  return Object.hasOwn(typeParameters, name);
}

/** Other systems' spellings, in lower case, and the name to write instead. */
export const foreignTypeNames: ReadonlyMap<string, string> = new Map([
  ["int", "integer"],
  ["int2", "smallint"],
  ["int4", "integer"],
  ["int8", "bigint"],
  ["tinyint", "smallint"],
  ["mediumint", "integer"],
  ["long", "bigint"],
  ["serial", "integer"],
  ["bigserial", "bigint"],
  ["smallserial", "smallint"],
  ["number", "double"],
  ["float", "double"],
  ["float4", "real"],
  ["float8", "double"],
  ["decimal", "numeric"],
  ["dec", "numeric"],
  ["money", "numeric"],
  ["bool", "boolean"],
  ["string", "text"],
  ["str", "text"],
  ["character", "char"],
  ["nchar", "char"],
  ["bpchar", "char"],
  ["nvarchar", "varchar"],
  ["varchar2", "varchar"],
  ["clob", "text"],
  ["tinytext", "text"],
  ["mediumtext", "text"],
  ["longtext", "text"],
  ["blob", "bytes"],
  ["bytea", "bytes"],
  ["tinyblob", "bytes"],
  ["mediumblob", "bytes"],
  ["longblob", "bytes"],
  ["largebinary", "bytes"],
  ["buffer", "bytes"],
  ["datetime", "timestamp"],
  ["timetz", "time"],
  ["guid", "uuid"],
]);
