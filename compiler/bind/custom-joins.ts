// Joins that `primaryjoin` and `secondaryjoin` spell out: the columns that they equate, and which of them refer.
import type { ColumnPair } from "../../model/class-model.js";
import { diagnostic } from "../diagnostics/create-diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Expression } from "../syntax/ast.js";
import { columnNames } from "./column-names.js";
import type { BoundTable, ForeignKeySymbol, Join, RelationshipSymbol } from "./symbols.js";

export type JoinSide = "this" | "other" | "link";

/** The sides whose columns a join condition may name. */
export const joinSides: readonly JoinSide[] = ["this", "other", "link"];

/** The tables of each side of a relationship. */
export interface JoinTables {
  readonly owner: readonly BoundTable[];
  readonly target: readonly BoundTable[];
  readonly link: BoundTable | undefined;
}

/** The join that a relationship with `primaryjoin` or `secondaryjoin` spells out, or why it is none. */
export function customJoin(relationship: RelationshipSymbol, tables: JoinTables): Join | Diagnostic {
  const { primaryjoin } = relationship.options;
  if (tables.link !== undefined) return linkedJoin(relationship, { ...tables, link: tables.link });
  const pairs = primaryjoin === undefined ? [] : equated(primaryjoin.expression, "this", "other");
  if (pairs.length === 0) return nothingEquated(relationship, primaryjoin?.expression, "this", "other");
  const outward = keyOver(tables.owner, tables.target, pairs);
  const inward = keyOver(tables.target, tables.owner, pairs.map(swap));
  const direction = directionOf(relationship, pairs, { outward, inward });
  if (direction === undefined) {
    return diagnostic("S5017", primaryjoin?.span ?? relationship.nameSpan, relationship.path);
  }
  const followed = direction === "many-to-one" ? outward : inward;
  return { direction, pairs, secondary: undefined, foreignKeys: followed === undefined ? [] : [followed] };
}

function linkedJoin(relationship: RelationshipSymbol, { owner, target, link }: JoinTables & { link: BoundTable }) {
  const { primaryjoin, secondaryjoin } = relationship.options;
  const near =
    primaryjoin === undefined ? pairsOfKey(link, owner).map(swap) : equated(primaryjoin.expression, "this", "link");
  if (near.length === 0) return nothingEquated(relationship, primaryjoin?.expression, "this", "link");
  const far =
    secondaryjoin === undefined ? pairsOfKey(link, target) : equated(secondaryjoin.expression, "link", "other");
  if (far.length === 0) return nothingEquated(relationship, secondaryjoin?.expression, "link", "other");
  const keys = [keyOver([link], owner, near.map(swap)), keyOver([link], target, far)];
  const foreignKeys = keys.filter((key) => key !== undefined);
  const secondary = { table: link.symbol, pairs: far };
  return { direction: "many-to-many", pairs: near, secondary, foreignKeys } satisfies Join;
}

interface Keys {
  readonly outward: ForeignKeySymbol | undefined;
  readonly inward: ForeignKeySymbol | undefined;
}

/** What `foreign_keys` says, else what the foreign keys say, else for a view-only relationship its arity. */
function directionOf(
  { options, arity }: RelationshipSymbol,
  pairs: readonly ColumnPair[],
  { outward, inward }: Keys,
): "many-to-one" | "one-to-many" | undefined {
  const byArity = arity === "many" ? "one-to-many" : "many-to-one";
  const named = options.foreignKeys?.columns.map(({ text }) => text);
  const holds = (side: keyof ColumnPair): boolean =>
    named?.every((name) => pairs.some((pair) => pair[side] === name)) === true;
  const refersOut = named === undefined ? outward !== undefined : holds("local");
  const refersIn = named === undefined ? inward !== undefined : holds("remote");
  if (refersOut && refersIn) return byArity;
  if (refersOut) return "many-to-one";
  if (refersIn) return "one-to-many";
  return options.viewonly === undefined ? undefined : byArity;
}

/** The pairs of columns that `expression` requires to be equal, of the two sides. */
function equated(expression: Expression, near: JoinSide, far: JoinSide): ColumnPair[] {
  if (expression.kind === "parenthesized") return equated(expression.expression, near, far);
  if (expression.kind !== "binary") return [];
  const { operator, left, right } = expression;
  if (operator === "and") return [...equated(left, near, far), ...equated(right, near, far)];
  if (operator !== "=") return [];
  for (const [one, other] of [
    [left, right],
    [right, left],
  ]) {
    const [local, remote] = [columnOf(one, near), columnOf(other, far)];
    if (local !== undefined && remote !== undefined) return [{ local, remote }];
  }
  return [];
}

function columnOf(expression: Expression | undefined, side: JoinSide): string | undefined {
  if (expression?.kind === "parenthesized") return columnOf(expression.expression, side);
  if (expression?.kind !== "name" || expression.path.length !== 2) return undefined;
  return expression.path[0]?.text === side ? expression.path[1]?.text : undefined;
}

/** The foreign key of one of `from`, to one of `to`, all of whose columns are paired. */
function keyOver(
  from: readonly BoundTable[],
  to: readonly BoundTable[],
  pairs: readonly ColumnPair[],
): ForeignKeySymbol | undefined {
  const targets = new Set(to.map(({ symbol }) => symbol));
  const keys = from.flatMap(({ foreignKeys }) => foreignKeys);
  return keys.find((key) => key.target !== undefined && targets.has(key.target) && isPaired(key, pairs));
}

function isPaired({ columns, targetColumns }: ForeignKeySymbol, pairs: readonly ColumnPair[]): boolean {
  const far = columnNames(targetColumns ?? []);
  return columnNames(columns).every((local, index) =>
    pairs.some((pair) => pair.local === local && pair.remote === far[index]),
  );
}

function pairsOfKey(link: BoundTable, to: readonly BoundTable[]): ColumnPair[] {
  const targets = new Set(to.map(({ symbol }) => symbol));
  const [key, ...more] = link.foreignKeys.filter(({ target }) => target !== undefined && targets.has(target));
  if (key === undefined || more.length > 0) return [];
  const far = columnNames(key.targetColumns ?? []);
  return columnNames(key.columns).map((local, index) => ({ local, remote: far[index] ?? "" }));
}

function swap({ local, remote }: ColumnPair): ColumnPair {
  return { local: remote, remote: local };
}

function nothingEquated(
  relationship: RelationshipSymbol,
  expression: Expression | undefined,
  near: JoinSide,
  far: JoinSide,
): Diagnostic {
  return diagnostic("S5016", expression?.span ?? relationship.nameSpan, relationship.path, near, far);
}
