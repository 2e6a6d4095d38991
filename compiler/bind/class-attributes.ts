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

/** Asked for every path: worked out once a class, when all of them are bound. */
const knownColumns = new WeakMap<ClassSymbol, ReadonlyMap<string, ColumnSymbol>>();
const knownAttributes = new WeakMap<ClassSymbol, ReadonlyMap<string, RelationshipSymbol | PropertySymbol>>();

/** The columns of a class by database name: its own tables', without what its siblings add. */
export function columnsOfClass(symbol: ClassSymbol): ReadonlyMap<string, ColumnSymbol> {
  const known = knownColumns.get(symbol);
  if (known !== undefined) return known;
  const names = new Set(withBases(symbol).map(({ name }) => name));
  const columns = new Map<string, ColumnSymbol>();
  for (const table of tablesOfClass(symbol)) {
    for (const [name, column] of table.columns) {
      const isSeen = column.addedBy === undefined || names.has(column.addedBy);
      if (isSeen && !columns.has(name)) columns.set(name, column);
    }
  }
  knownColumns.set(symbol, columns);
  return columns;
}

/** Relationships and properties of a class by name, its bases' included; the nearest of a name. */
function attributesOfClass(
  symbol: ClassSymbol,
  tableOf: TableOf,
): ReadonlyMap<string, RelationshipSymbol | PropertySymbol> {
  const known = knownAttributes.get(symbol);
  if (known !== undefined) return known;
  const attributes = new Map<string, RelationshipSymbol | PropertySymbol>();
  const add = (name: string, attribute: RelationshipSymbol | PropertySymbol): void => {
    if (!attributes.has(name)) attributes.set(name, attribute);
  };
  for (const property of membersOfClass(symbol, tableOf, ({ properties }) => properties)) {
    add(property.member.name.text, property);
  }
  for (const relationship of relationshipsOf(symbol, tableOf)) add(relationship.name, relationship);
  knownAttributes.set(symbol, attributes);
  return attributes;
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
    const end = isLast ? columnsOfClass(symbol).get(name) : undefined;
    if (end !== undefined) return { relationships, end };
    const attribute = attributesOfClass(symbol, tableOf).get(name);
    if (attribute === undefined) return { index, symbol };
    if ("member" in attribute) return isLast ? { relationships, end: attribute } : { index, symbol };
    relationships.push(attribute);
    if (isLast) return { relationships };
    // Where the target is unknown, that is reported already.
    if (attribute.targetClass === undefined) return undefined;
    symbol = attribute.targetClass;
  }
  return undefined;
}
