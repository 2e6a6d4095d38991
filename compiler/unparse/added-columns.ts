// Which class of a hierarchy over one table adds which of the table's columns: they are written in that class.
import type { ClassModel } from "../../model/class-model.js";
import { type QualifiedName, qualifiedKey } from "../../model/qualified-name.js";

/** The columns that a single-table subclass has and its base has not. */
export function columnsAddedBy(mapped: ClassModel, classes: ReadonlyMap<string, ClassModel>): ReadonlySet<string> {
  if (mapped.inheritance?.kind !== "single" || mapped.columns === undefined) return new Set();
  const inherited = new Set(classes.get(mapped.inheritance.base)?.columns);
  return new Set(mapped.columns.filter((name) => !inherited.has(name)));
}

/** All columns of a table that subclasses add. */
export function addedColumns(table: QualifiedName, classes: ReadonlyMap<string, ClassModel>): ReadonlySet<string> {
  const key = qualifiedKey(table);
  const added = new Set<string>();
  for (const one of classes.values()) {
    if (qualifiedKey(one.table) !== key) continue;
    for (const name of columnsAddedBy(one, classes)) added.add(name);
  }
  return added;
}
