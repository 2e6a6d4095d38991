// Where each constraint and index of a table is written: in its column where one column says it all, as people do, else
// as a member of its own. Lowering reads the parts in this order.
import { columnNamesIn } from "../../model/expression-parts.js";
import type {
  CheckModel,
  ForeignKeyModel,
  IndexModel,
  KeyModel,
  TableModel,
  UniqueModel,
} from "../../model/schema-model.js";

export interface ColumnParts {
  primaryKey?: KeyModel;
  unique?: UniqueModel;
  index?: IndexModel;
  readonly checks: CheckModel[];
  readonly foreignKeys: ForeignKeyModel[];
}

export interface Placement {
  /** By column name. */
  readonly columns: ReadonlyMap<string, ColumnParts>;
  readonly primaryKey?: KeyModel;
  readonly uniques: readonly UniqueModel[];
  readonly checks: readonly CheckModel[];
  readonly foreignKeys: readonly ForeignKeyModel[];
  readonly indexes: readonly IndexModel[];
}

/**
 * Places the parts of `table`. An index goes into its column only where `isMadeName` says that it needs no name
 * written: there is no place for one.
 */
export function placeParts(table: TableModel, isMadeName: (index: IndexModel) => boolean): Placement {
  const columns = new Map(
    table.columns.map(({ name }): [string, ColumnParts] => [name, { checks: [], foreignKeys: [] }]),
  );
  const only = (names: readonly string[]): ColumnParts | undefined =>
    names.length === 1 ? columns.get(names[0] ?? "") : undefined;
  const { primaryKey } = table;
  const keyIsLeft =
    primaryKey !== undefined && isLeft(primaryKey, only(primaryKey.columns), (home) => (home.primaryKey = primaryKey));
  const uniques = table.uniques.filter((unique) => {
    const home = only(unique.columns);
    return isLeft(unique, home?.unique === undefined ? home : undefined, (free) => (free.unique = unique));
  });
  const checks = table.checks.filter((check) => {
    const home = only([...new Set(columnNamesIn(check.expression))]);
    return isLeft(check, home, ({ checks: list }) => void list.push(check));
  });
  const foreignKeys = table.foreignKeys.filter((foreignKey) =>
    isLeft(foreignKey, only(foreignKey.columns), ({ foreignKeys: list }) => void list.push(foreignKey)),
  );
  const indexes = table.indexes.filter((index) => {
    const column = plainColumn(index);
    const home = column === undefined || !isMadeName(index) ? undefined : columns.get(column);
    return isLeft(index, home?.index === undefined ? home : undefined, (free) => (free.index = index));
  });
  return { columns, ...(keyIsLeft ? { primaryKey } : {}), uniques, checks, foreignKeys, indexes };
}

/** Puts `part` into the column that is its home; true where it has none there. */
function isLeft(
  part: { readonly comment?: string },
  home: ColumnParts | undefined,
  put: (home: ColumnParts) => void,
): boolean {
  // A constraint's comment has no place in a column, whose own comment it would be.
  if (home === undefined || part.comment !== undefined) return true;
  put(home);
  return false;
}

/** The column of an index that says nothing but it. */
function plainColumn(index: IndexModel): string | undefined {
  const [key, ...others] = index.keys;
  const says = Object.keys(index).filter((word) => !["name", "unique", "keys"].includes(word));
  if (key === undefined || others.length > 0 || says.length > 0) return undefined;
  const { expression, ...options } = key;
  return expression.kind === "column" && Object.keys(options).length === 0 ? expression.name : undefined;
}
