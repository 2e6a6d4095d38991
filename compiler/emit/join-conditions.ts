// What the joins of a relationship demand, as expressions over columns of both sides: the pairs of columns that are
// equal, and whatever a custom join says beside them.
import type { ColumnPair, RelationshipModel } from "../../model/class-model.js";
import type { Expression } from "../../model/expression.js";

type JoinSide = Extract<Expression, { kind: "sideColumn" }>["side"];

interface FurtherConditions {
  readonly primaryjoin: readonly Expression[];
  readonly secondaryjoin: readonly Expression[];
}

/** What the custom joins demand beside the pairs that they equate. */
export function furtherConditions(relationship: RelationshipModel): FurtherConditions {
  const { pairs, secondary, primaryjoin, secondaryjoin } = relationship;
  return {
    primaryjoin: beside(primaryjoin, pairs, "this", secondary === undefined ? "other" : "link"),
    secondaryjoin: beside(secondaryjoin, secondary?.pairs ?? [], "link", "other"),
  };
}

/** All that the joins demand, the pairs first. */
export function joinConditions(relationship: RelationshipModel): Expression[] {
  const { pairs, secondary } = relationship;
  const { primaryjoin, secondaryjoin } = furtherConditions(relationship);
  return [
    ...equalities(pairs, "this", secondary === undefined ? "other" : "link"),
    ...equalities(secondary?.pairs ?? [], "link", "other"),
    ...primaryjoin,
    ...secondaryjoin,
  ];
}

function equalities(pairs: readonly ColumnPair[], near: JoinSide, far: JoinSide): Expression[] {
  return pairs.map(({ local, remote }) => ({
    kind: "comparison",
    operator: "=",
    left: { kind: "sideColumn", side: far, name: remote },
    right: { kind: "sideColumn", side: near, name: local },
  }));
}

function beside(
  join: Expression | undefined,
  pairs: readonly ColumnPair[],
  near: JoinSide,
  far: JoinSide,
): readonly Expression[] {
  if (join === undefined) return [];
  if (join.kind === "and") return join.operands.flatMap((each) => beside(each, pairs, near, far));
  if (join.kind !== "comparison" || join.operator !== "=") return [join];
  const isPair = ({ local, remote }: ColumnPair): boolean =>
    (isColumn(join.left, near, local) && isColumn(join.right, far, remote)) ||
    (isColumn(join.right, near, local) && isColumn(join.left, far, remote));
  return pairs.some(isPair) ? [] : [join];
}

function isColumn(expression: Expression, side: JoinSide, name: string): boolean {
  return expression.kind === "sideColumn" && expression.side === side && expression.name === name;
}
