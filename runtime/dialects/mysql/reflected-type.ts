// The logical type of a MySQL or MariaDB column type: one that is declared in the same words, else the words
// themselves.
import type { ColumnType } from "../../../model/column-type.js";
import { rawSql } from "../../reflect/catalog-rows.js";
import { sqlTokens } from "../../reflect/sql-tokens.js";
import { MYSQL_QUOTING } from "./catalog-text.js";

/** A column type in its parts: `decimal(10,2) unsigned`. */
interface DeclaredParts {
  readonly name: string;
  readonly arguments: readonly (number | string)[];
  readonly unsigned: boolean;
  /** What else stands behind it, such as `zerofill`. */
  readonly rest: string;
}

export function declaredParts(text: string): DeclaredParts {
  const [first, ...tokens] = sqlTokens(text, MYSQL_QUOTING);
  const close = tokens.findIndex((token) => token.text === ")");
  const isSized = tokens[0]?.text === "(";
  const list = isSized ? tokens.slice(1, close) : [];
  const words = tokens.slice(isSized ? close + 1 : 0).map((token) => token.text.toLowerCase());
  return {
    name: first?.text.toLowerCase() ?? "",
    arguments: list.flatMap(({ kind, text: written, value }): (number | string)[] =>
      kind === "number" ? [Number(written)] : kind === "string" ? [value] : [],
    ),
    unsigned: words.includes("unsigned"),
    rest: words.filter((word) => word !== "unsigned").join(" "),
  };
}

/** The widths that the servers show where none was asked for. */
const SHOWN_WIDTHS: ReadonlyMap<string, readonly [signed: number, unsigned: number]> = new Map([
  ["tinyint", [4, 3]],
  ["smallint", [6, 5]],
  ["mediumint", [9, 8]],
  ["int", [11, 10]],
  ["bigint", [20, 20]],
  ["year", [4, 4]],
]);

const WHOLE_NUMBERS = { smallint: "smallint", int: "integer", bigint: "bigint" } as const;
const MARIADB_TYPES: ReadonlySet<string> = new Set(["uuid", "inet4", "inet6"]);

/** The type of anything but an enum, which has a name of its own. */
export function reflectedType(text: string): ColumnType {
  const parts = declaredParts(text);
  if (parts.rest !== "") return { kind: "raw", sql: { kind: "raw", variants: rawSql("mysql", text).variants } };
  return logicalType(parts) ?? nativeType(parts);
}

function logicalType({ name, arguments: [first, second], unsigned }: DeclaredParts): ColumnType | undefined {
  const size = typeof first === "number" ? first : undefined;
  switch (name) {
    case "tinyint":
      return size === 1 && !unsigned ? { kind: "boolean" } : undefined;
    case "smallint":
    case "int":
    case "bigint": {
      const isPlain = size === undefined || size === SHOWN_WIDTHS.get(name)?.[unsigned ? 1 : 0];
      return isPlain ? { kind: WHOLE_NUMBERS[name], ...(unsigned ? { unsigned } : {}) } : undefined;
    }
    case "float":
      return size === undefined && !unsigned ? { kind: "real" } : undefined;
    case "double":
      return size === undefined && !unsigned ? { kind: "double" } : undefined;
    case "decimal":
      if (unsigned || size === undefined) return undefined;
      return {
        kind: "numeric",
        precision: size,
        ...(typeof second === "number" && second > 0 ? { scale: second } : {}),
      };
    case "char":
    case "varchar":
    case "binary":
    case "varbinary":
      return size === undefined ? undefined : { kind: name, length: size };
    case "longtext":
      return { kind: "text" };
    case "longblob":
      return { kind: "bytes" };
    case "json":
    case "date":
      return { kind: name };
    case "time":
      return { kind: "time", ...fraction(size) };
    case "datetime":
      return { kind: "timestamp", ...fraction(size) };
    case "timestamp":
      return { kind: "timestamptz", ...fraction(size) };
    default:
      return undefined;
  }
}

/** Six digits are what is meant where nothing is said; here nothing means none. */
function fraction(size = 0): { readonly precision?: number } {
  return size === 6 ? {} : { precision: size };
}

function nativeType({ name, arguments: list, unsigned }: DeclaredParts): ColumnType {
  const isShown = list.length === 1 && list[0] === SHOWN_WIDTHS.get(name)?.[unsigned ? 1 : 0];
  return {
    kind: "native",
    dialect: MARIADB_TYPES.has(name) ? "mariadb" : "mysql",
    name,
    ...(list.length === 0 || isShown ? {} : { arguments: list }),
    ...(unsigned ? { unsigned: true } : {}),
  };
}
