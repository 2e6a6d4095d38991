// The order in which tables can be created: what a foreign key refers to comes first, and what a table is a part of.
// Deterministic: as in SQLAlchemy, tables that could come at the same time stand in the order of their names.
import type { TableDefinition } from "./table-form.js";
import { targetKey } from "./target-name.js";

interface SortedTables<T> {
  readonly tables: readonly T[];
  /** True where tables refer to each other in a ring, so that one comes before what it refers to. */
  readonly cyclic: boolean;
}

/** Orders tables by their foreign keys among each other; keys to tables outside the list are no dependency. */
export function sortTables<T extends TableDefinition>(tables: Iterable<T>): SortedTables<T> {
  let waiting = [...tables].toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const needs = new Map(waiting.map((table) => [table.key, new Set<string>()]));
  for (const table of waiting) {
    for (const target of [...table.foreignKeys.map((foreignKey) => foreignKey.target), ...table.parents]) {
      const key = targetKey(target);
      if (key !== table.key && needs.has(key)) needs.get(table.key)?.add(key);
    }
  }
  const sorted: T[] = [];
  let cyclic = false;
  while (waiting.length > 0) {
    let next = waiting.filter((table) => needs.get(table.key)?.size === 0);
    if (next.length === 0) {
      cyclic = true;
      next = waiting.filter((table) => reachesItself(table.key, needs)).slice(0, 1);
    }
    sorted.push(...next);
    const done = new Set(next.map((table) => table.key));
    waiting = waiting.filter((table) => !done.has(table.key));
    for (const key of done) needs.delete(key);
    for (const open of needs.values()) for (const key of done) open.delete(key);
  }
  return { tables: sorted, cyclic };
}

function reachesItself(start: string, needs: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const seen = new Set<string>();
  const open = [...(needs.get(start) ?? [])];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (key === start) return true;
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...(needs.get(key) ?? []));
  }
  return false;
}
