// Which columns of a table tell its rows apart, and which have an index to be found by.
import { columnNames } from "./column-names.js";
import type { BoundTable } from "./symbols.js";

type Keyed = Pick<BoundTable, "primaryKeys" | "uniques" | "indexes">;

/** True where no two rows can have the same values in `columns`: they hold all columns of some key. */
export function isUniqueIn(table: Keyed, columns: readonly string[]): boolean {
  const held = new Set(columns);
  return uniqueColumnLists(table).some((key) => key.length > 0 && key.every((name) => held.has(name)));
}

/** True where `columns` are, in any order, all the columns of some key: what a foreign key may refer to. */
export function isKeyOf(table: Keyed, columns: readonly string[]): boolean {
  const held = new Set(columns);
  return uniqueColumnLists(table).some((key) => key.length === held.size && key.every((name) => held.has(name)));
}

/** True where the first columns of a key or whole index are, in any order, `columns`. */
export function hasIndexOn(table: Keyed, columns: readonly string[]): boolean {
  const wanted = new Set(columns);
  const indexed = table.indexes.flatMap((index) =>
    index.where === undefined && index.columns !== undefined ? [index.columns.map(({ name }) => name)] : [],
  );
  return [...uniqueColumnLists(table), ...indexed].some((names) => {
    const first = names.slice(0, wanted.size);
    return first.length === wanted.size && first.every((name) => wanted.has(name));
  });
}

function uniqueColumnLists(table: Keyed): string[][] {
  const indexes = table.indexes.flatMap((index) =>
    index.unique && index.where === undefined && index.columns !== undefined
      ? [index.columns.map(({ name }) => name)]
      : [],
  );
  return [
    ...table.primaryKeys.slice(0, 1).map(({ columns }) => columnNames(columns)),
    ...table.uniques.map(({ columns }) => columnNames(columns)),
    ...indexes,
  ];
}
