// The tables that hold a class's objects: its own and, with joined inheritance, those of its bases.
import { columnNames } from "./column-names.js";
import type { BoundTable, ClassSymbol, ForeignKeySymbol, TableSymbol } from "./symbols.js";

/** The class and its bases, nearest first. */
export function withBases(symbol: ClassSymbol): ClassSymbol[] {
  return symbol.base === undefined ? [symbol] : [symbol, ...withBases(symbol.base)];
}

/** The tables whose columns an object of the class has, nearest first. */
export function tablesOfClass(symbol: ClassSymbol): TableSymbol[] {
  if (symbol.base === undefined || symbol.inheritance === "concrete") return [symbol.table];
  return [...new Set([symbol.table, ...tablesOfClass(symbol.base)])];
}

/** Whether the two stand in one line of inheritance. */
export function areRelated(one: ClassSymbol, other: ClassSymbol): boolean {
  return withBases(one).includes(other) || withBases(other).includes(one);
}

/** The foreign key by which a joined subclass's rows belong to its base's: that of its whole primary key. */
export function inheritanceKey(
  { table, base, inheritance }: ClassSymbol,
  bound: BoundTable,
): ForeignKeySymbol | undefined {
  if (inheritance !== "joined" || base === undefined || bound.symbol !== table) return undefined;
  const key = new Set(columnNames(bound.primaryKeys[0]?.columns ?? []));
  return bound.foreignKeys.find(({ target, columns }) => {
    if (target !== base.table || columns.length !== key.size) return false;
    return columns.every(({ identifier }) => key.has(identifier.text));
  });
}
