// The code's names of a table's columns: what the naming rules make of each, kept apart where two would be one.
import { camelCase } from "../../model/naming.js";

/** The properties of the columns, in their order; each once. */
export function propertyNames(columns: readonly string[]): string[] {
  const wanted = columns.map(camelCase);
  const counts = new Map<string, number>();
  for (const name of wanted) counts.set(name, (counts.get(name) ?? 0) + 1);
  const taken = new Set(wanted.filter((name) => counts.get(name) === 1));
  return wanted.map((name, index) => {
    if (counts.get(name) === 1) return name;
    let free = columns[index] ?? name;
    for (let number = 2; taken.has(free); number += 1) free = `${name}${number}`;
    taken.add(free);
    return free;
  });
}
