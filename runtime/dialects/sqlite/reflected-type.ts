// The logical type of a declared SQLite type: one that is declared in the same words, else the words themselves.
import type { ColumnType } from "../../../model/column-type.js";
import { DeclaredType } from "../../types/declared-type.js";
import { sqliteCodec, UNTYPED } from "./types.js";

const DECLARED = /^\s*([^()]*?)\s*(?:\(\s*(-?\d+)\s*(?:,\s*(-?\d+)\s*)?\))?\s*$/;

/** The type that SQLite would declare in these words. A column without one is `untyped`. */
export function reflectedType(declared: string): ColumnType {
  if (declared.trim() === "") return { kind: "native", dialect: "sqlite", name: UNTYPED };
  const [, words = declared, first, second] = DECLARED.exec(declared) ?? [];
  const numbers = [first, second].flatMap((size) => (size === undefined ? [] : [Number(size)]));
  const candidate = candidateType(words.toLowerCase(), numbers);
  const spelled = numbers.length === 0 ? words : `${words}(${numbers.join(", ")})`;
  if (candidate !== undefined && ddlOf(candidate) === spelled.toUpperCase()) return candidate;
  const parsed = DECLARED.test(declared);
  if (!parsed) return { kind: "raw", sql: { kind: "raw", variants: [{ dialect: "sqlite", sql: declared }] } };
  const native = { kind: "native", dialect: "sqlite", name: words.toLowerCase() } as const;
  return numbers.length === 0 ? native : { ...native, arguments: numbers };
}

function ddlOf(type: ColumnType): string {
  return sqliteCodec(new DeclaredType(type, JSON.stringify(type))).ddl;
}

function candidateType(word: string, [first, second]: readonly number[]): ColumnType | undefined {
  switch (word) {
    case "integer":
    case "text":
    case "boolean":
    case "date":
      return { kind: word };
    case "real":
      return { kind: "double" };
    case "blob":
      return { kind: "bytes" };
    case "char":
    case "varchar":
      return first === undefined ? { kind: word } : { kind: word, length: first };
    case "numeric":
      if (first === undefined) return undefined;
      return { kind: "numeric", precision: first, ...(second === undefined ? {} : { scale: second }) };
    case "time":
    case "timestamp":
    case "timestamptz":
      return first === undefined ? { kind: word } : { kind: word, precision: first };
    default:
      return undefined;
  }
}
