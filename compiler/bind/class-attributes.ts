// What a class's objects have by name, their bases' included, and where a path along relationships leads.
import { tablesOfClass, withBases } from "./class-tables.js";
import { relationshipsOf } from "./infer-joins.js";
import type {
  BoundTable,
  ClassSymbol,
  ColumnSymbol,
  CompositeSymbol,
  PropertySymbol,
  ProxySymbol,
  RelationshipSymbol,
  TableSymbol,
} from "./symbols.js";

type TableOf = (symbol: TableSymbol) => BoundTable;

/** The columns of a class by database name: its own tables', without what its siblings add. */
export function columnsOfClass(symbol: ClassSymbol): ReadonlyMap<string, ColumnSymbol> {
  const names = new Set(withBases(symbol).map(({ name }) => name));
  const columns = new Map<string, ColumnSymbol>();
  for (const table of tablesOfClass(symbol)) {
    for (const [name, column] of table.columns) {
      const isSeen = column.addedBy === undefined || names.has(column.addedBy);
      if (isSeen && !columns.has(name)) columns.set(name, column);
    }
  }
  return columns;
}

type ClassMember = PropertySymbol | ProxySymbol | CompositeSymbol;

/** Of one of a table's lists of members, those of the class and of its bases. */
export function membersOfClass<Member extends ClassMember>(
  symbol: ClassSymbol,
  tableOf: TableOf,
  list: (table: BoundTable) => readonly Member[],
): Member[] {
  return withBases(symbol).flatMap((each) => list(tableOf(each.table)).filter(({ ownerClass }) => ownerClass === each));
}

/** Where a path leads: `end` is absent where it stops at a relationship. */
export interface FollowedPath {
  readonly relationships: readonly RelationshipSymbol[];
  readonly end?: ColumnSymbol | PropertySymbol;
}

/** Why a path leads nowhere: the part at `index` is nothing that objects of `symbol` have. */
interface LostPath {
  readonly index: number;
  readonly symbol: ClassSymbol;
}

/** Follows names of relationships and, last, the name of a column or property. */
export function followPath(
  start: ClassSymbol,
  path: readonly string[],
  tableOf: TableOf,
): FollowedPath | LostPath | undefined {
  const relationships: RelationshipSymbol[] = [];
  let symbol = start;
  for (const [index, name] of path.entries()) {
    const isLast = index === path.length - 1;
    const end = isLast ? findEnd(symbol, name, tableOf) : undefined;
    if (end !== undefined) return { relationships, end };
    const relationship = relationshipsOf(symbol, tableOf).find((each) => each.name === name);
    if (relationship === undefined) return { index, symbol };
    relationships.push(relationship);
    if (isLast) return { relationships };
    // Where the target is unknown, that is reported already.
    if (relationship.targetClass === undefined) return undefined;
    symbol = relationship.targetClass;
  }
  return undefined;
}

function findEnd(symbol: ClassSymbol, name: string, tableOf: TableOf): ColumnSymbol | PropertySymbol | undefined {
  const column = columnsOfClass(symbol).get(name);
  if (column !== undefined) return column;
  return membersOfClass(symbol, tableOf, ({ properties }) => properties).find(
    ({ member }) => member.name.text === name,
  );
}
