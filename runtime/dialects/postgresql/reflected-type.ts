// The logical type of a PostgreSQL type: what the schema language has a word for, else the type's own name.
import type { ColumnType } from "../../../model/column-type.js";
import { qualifiedKey } from "../../../model/qualified-name.js";
import { rawSql } from "../../reflect/catalog-rows.js";

/** A type as the catalogue's questions give it. */
export interface CatalogType {
  readonly schema: string;
  readonly name: string;
  /** `b`ase, `e`num, `d`omain, `c`omposite, `r`ange … */
  readonly kind: string;
  /** -1 where there is none. */
  readonly modifier: number;
  /** As SQL, modifier included. */
  readonly text: string;
  /** Found without its schema's name. */
  readonly visible: boolean;
  readonly dimensions?: number;
  readonly element?: CatalogType | null;
}

/** `defaultSchema`: the one that the model leaves out. */
export function reflectedType(type: CatalogType, defaultSchema: string): ColumnType {
  const { element } = type;
  if (element !== undefined && element !== null) {
    let array: ColumnType = { kind: "array", element: reflectedType(element, defaultSchema) };
    for (let depth = type.dimensions ?? 1; depth > 1; depth -= 1) array = { kind: "array", element: array };
    return array;
  }
  if (type.kind === "e" || type.kind === "d") {
    const { schema, name } = type;
    return {
      kind: type.kind === "e" ? "enum" : "domain",
      name: qualifiedKey(schema === defaultSchema ? { name } : { schema, name }),
    };
  }
  return type.schema === "pg_catalog" ? systemType(type) : ownType(type);
}

const PLAIN: ReadonlyMap<string, ColumnType> = new Map([
  ["int2", { kind: "smallint" }],
  ["int4", { kind: "integer" }],
  ["int8", { kind: "bigint" }],
  ["float4", { kind: "real" }],
  ["float8", { kind: "double" }],
  ["bool", { kind: "boolean" }],
  ["text", { kind: "text" }],
  ["bytea", { kind: "bytes" }],
  ["date", { kind: "date" }],
  ["uuid", { kind: "uuid" }],
  ["json", { kind: "json" }],
  ["jsonb", { kind: "jsonb" }],
  ["inet", { kind: "inet" }],
  ["cidr", { kind: "cidr" }],
  ["macaddr", { kind: "macaddr" }],
  ["tsvector", { kind: "tsvector" }],
  ["int4range", { kind: "int4range" }],
  ["int8range", { kind: "int8range" }],
  ["numrange", { kind: "numrange" }],
  ["tsrange", { kind: "tsrange" }],
  ["tstzrange", { kind: "tstzrange" }],
  ["daterange", { kind: "daterange" }],
]);

/** The server counts its own four bytes in these lengths. */
const HEADER = 4;

function systemType(type: CatalogType): ColumnType {
  const { name, modifier, text } = type;
  const plain = PLAIN.get(name);
  if (plain !== undefined) return plain;
  const sized = modifier >= 0;
  switch (name) {
    case "varchar":
      return sized ? { kind: "varchar", length: modifier - HEADER } : { kind: "varchar" };
    case "bpchar":
      return sized ? { kind: "char", length: modifier - HEADER } : native(name);
    case "numeric":
      return sized ? numericType(modifier - HEADER, text) : { kind: "numeric" };
    case "time":
    case "timestamp":
    case "timestamptz":
      return sized ? { kind: name, precision: modifier } : { kind: name };
    case "interval":
      return sized ? rawType(text) : { kind: "interval" };
    case "timetz":
    case "bit":
    case "varbit":
      return sized ? { ...native(name), arguments: [modifier] } : name === "bit" ? rawType(text) : native(name);
    // In quotes it is another type than without.
    case "char":
      return rawType(text);
    default:
      return sized ? rawType(text) : native(name);
  }
}

/** A precision of 16 bits and a scale of 11, with a sign. */
function numericType(bits: number, text: string): ColumnType {
  const precision = (bits >> 16) & 0xffff;
  const scale = ((bits & 0x7ff) ^ 1024) - 1024;
  if (scale < 0 || scale > precision) return rawType(text);
  return { kind: "numeric", precision, ...(scale === 0 ? {} : { scale }) };
}

/** A type of an extension or of the user. */
function ownType({ schema, name, modifier, text, visible }: CatalogType): ColumnType {
  if (name.includes(".") || schema.includes(".")) return rawType(text);
  const own = native(visible ? name : `${schema}.${name}`);
  if (modifier < 0) return own;
  const [, list] = /\(([\w ,.-]+)\)$/.exec(text) ?? [];
  if (list === undefined) return rawType(text);
  return { ...own, arguments: list.split(",").map((word) => (/^\d+$/.test(word) ? Number(word) : word)) };
}

function native(name: string): Extract<ColumnType, { kind: "native" }> {
  return { kind: "native", dialect: "postgresql", name };
}

function rawType(sql: string): ColumnType {
  return { kind: "raw", sql: { kind: "raw", variants: rawSql("postgresql", sql).variants } };
}
