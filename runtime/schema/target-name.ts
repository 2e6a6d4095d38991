// Dotted names as they are written in `references("schema.table.column")`: parts, with quotes where a part holds a dot.
import { qualifiedKey } from "../../model/qualified-name.js";
import { ArgumentError } from "../errors/errors.js";

const PART = /"((?:[^"]|"")+)"|([^."]+)/y;

/** The parts of a dotted name; `"a.b".c` has two. Throws `ArgumentError` where it is no such name. */
export function splitName(text: string): readonly string[] {
  const parts: string[] = [];
  PART.lastIndex = 0;
  for (;;) {
    const match = PART.exec(text);
    if (match === null) break;
    parts.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (PART.lastIndex === text.length) return parts;
    if (text[PART.lastIndex] !== ".") break;
    PART.lastIndex += 1;
  }
  throw new ArgumentError(`${JSON.stringify(text)} is no dotted name: write table.column, with "…" around odd parts.`);
}

interface TargetColumn {
  readonly schema: string | null;
  readonly table: string;
  readonly column: string;
}

/** `table.column` or `schema.table.column`. */
export function splitColumnName(text: string): TargetColumn {
  const parts = splitName(text);
  const [first, second, third] = parts;
  if (parts.length === 2 && first !== undefined && second !== undefined) {
    return { schema: null, table: first, column: second };
  }
  if (parts.length === 3 && first !== undefined && second !== undefined && third !== undefined) {
    return { schema: first, table: second, column: third };
  }
  throw new ArgumentError(`${JSON.stringify(text)} names no column: write table.column or schema.table.column.`);
}

/** The key under which a `MetaData` holds the table that a foreign key refers to. */
export function targetKey(target: { readonly schema: string | null; readonly table: string }): string {
  return tableKey(target.schema, target.table);
}

/** The key under which a `MetaData` holds a table. */
export function tableKey(schema: string | null, name: string): string {
  return qualifiedKey(schema === null ? { name } : { schema, name });
}
