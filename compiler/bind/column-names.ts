// The columns that a key, a foreign key or an index lists, as names and as messages show them.
import type { ColumnReference, ForeignKeySymbol } from "./symbols.js";

export function columnNames(columns: readonly ColumnReference[]): string[] {
  return columns.map(({ identifier }) => identifier.text);
}

/** `table.column`, or `table (a, b)` for several. */
export function describeForeignKey({ source, columns }: ForeignKeySymbol): string {
  const names = columnNames(columns);
  return names.length === 1 ? `${source.key}.${names[0]}` : `${source.key} (${names.join(", ")})`;
}
