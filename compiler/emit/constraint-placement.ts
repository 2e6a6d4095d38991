// Where each key of a table is written: at its one column, or beside the columns. A column takes one of each kind.
import type { ForeignKeyModel, KeyModel, TableModel, UniqueModel } from "../../model/schema-model.js";

/** The table's constraints that are written at one column. */
export interface ColumnConstraints {
  readonly primaryKey: KeyModel | undefined;
  readonly unique: UniqueModel | undefined;
  readonly foreignKey: ForeignKeyModel | undefined;
}

interface TableConstraints {
  readonly primaryKey: KeyModel | undefined;
  readonly uniques: readonly UniqueModel[];
  readonly foreignKeys: readonly ForeignKeyModel[];
}

/** The constraints written at the column named `name`. */
export function constraintsAtColumn(table: TableModel, name: string): ColumnConstraints {
  const isHere = (key: { readonly columns: readonly string[] }) => key.columns.length === 1 && key.columns[0] === name;
  const { primaryKey } = table;
  return {
    primaryKey: primaryKey !== undefined && isHere(primaryKey) ? primaryKey : undefined,
    unique: table.uniques.find(isHere),
    foreignKey: table.foreignKeys.find(isHere),
  };
}

/** The constraints written beside the columns: all that stand at none. */
export function constraintsBesideColumns(table: TableModel): TableConstraints {
  const placed = new Set<object | undefined>(
    table.columns.flatMap((column) => Object.values(constraintsAtColumn(table, column.name))),
  );
  return {
    primaryKey: placed.has(table.primaryKey) ? undefined : table.primaryKey,
    uniques: table.uniques.filter((key) => !placed.has(key)),
    foreignKeys: table.foreignKeys.filter((key) => !placed.has(key)),
  };
}
