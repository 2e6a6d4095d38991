// A relationship as SQL: the conditions that join its two sides, whatever names their tables go by in a statement.
import type { Expression } from "../../../model/expression.js";
import { binaryNode, junctionNode, orderNode } from "../../sql/ast/expressions.js";
import { MappingError } from "../../errors/errors.js";
import type {
  AliasNode,
  ColumnNode,
  ExpressionNode,
  JoinStep,
  NamedFromNode,
  OrderNode,
  TableNode,
} from "../../sql/ast/nodes.js";
import type { Standing } from "../adapt-columns.js";
import type { Relationship } from "../mapper.js";
import { joinCondition, type JoinSide } from "./join-expression.js";

/** The link table of a many-to-many. */
export function linkTable(relationship: Relationship): TableNode | null {
  return relationship.definition.secondary?.table.node ?? null;
}

/** The link table's columns: those that point at the owner, then those that point at the target. */
export function linkColumns(
  relationship: Relationship,
  link: NamedFromNode,
): { readonly toOwner: readonly ColumnNode[]; readonly toTarget: readonly ColumnNode[] } {
  const { pairs, secondary } = relationship.definition;
  return {
    toOwner: pairs.map(([, name]) => columnNamed(relationship, link, name)),
    toTarget: (secondary?.pairs ?? []).map(([name]) => columnNamed(relationship, link, name)),
  };
}

/** The columns of some slots, out of all columns of whatever stands for the class, in slot order. */
export function columnsOfSlots(
  slots: readonly { readonly index: number }[],
  columns: readonly ColumnNode[],
): readonly ColumnNode[] {
  return slots.flatMap(({ index }) => columns[index] ?? []);
}

/**
 * The joins from the owner's side to the target's, over the link table where there is one; the target is last.
 * @param owner the columns of whatever stands for the owner's class, in slot order
 */
export function joinSteps(
  relationship: Relationship,
  owner: readonly ColumnNode[],
  target: Standing,
  link: TableNode | AliasNode | null,
): JoinStep[] {
  const owners = columnsOfSlots(relationship.localColumns, owner);
  const targets = columnsOfSlots(relationship.remoteColumns, target.columns);
  const { primaryjoin = [], secondaryjoin = [] } = relationship.definition;
  const sides = { this: owner, other: target.columns, link };
  const further = (conditions: readonly Expression[]): ExpressionNode[] =>
    conditions.map((each) => joinCondition(each, (side, name) => sideColumn(relationship, sides, side, name)));
  if (link === null) {
    // The side that is referred to stands first.
    const on = relationship.direction === "many-to-one" ? allEqual(targets, owners) : allEqual(owners, targets);
    return [{ right: target.from, on: conjunction([on, ...further(primaryjoin)]) }];
  }
  const { toOwner, toTarget } = linkColumns(relationship, link);
  return [
    { right: link, on: conjunction([allEqual(owners, toOwner), ...further(primaryjoin)]) },
    { right: target.from, on: conjunction([allEqual(targets, toTarget), ...further(secondaryjoin)]) },
  ];
}

/** What the columns of each side are read from. */
interface Sides {
  readonly this: readonly ColumnNode[];
  readonly other: readonly ColumnNode[];
  readonly link: NamedFromNode | null;
}

function sideColumn(relationship: Relationship, sides: Sides, side: JoinSide, name: string): ColumnNode {
  if (side === "link" && sides.link !== null) return columnNamed(relationship, sides.link, name);
  const mapper = side === "this" ? relationship.owner : relationship.target;
  const column = (side === "this" ? sides.this : sides.other)[mapper.slotNamed(name).index];
  if (column !== undefined) return column;
  throw new MappingError(`Relationship ${String(relationship)} joins by '${side}.${name}', which is not there`);
}

/** What a join demands beside its pairs, where no row of the owner stands in the statement. */
export function furtherConditions(
  relationship: Relationship,
  target: Standing,
  link: NamedFromNode | null,
): ExpressionNode[] {
  const { primaryjoin = [], secondaryjoin = [] } = relationship.definition;
  const sides: Sides = { this: [], other: target.columns, link };
  return [...primaryjoin, ...secondaryjoin].map((each) =>
    joinCondition(each, (side, name) => sideColumn(relationship, sides, side, name)),
  );
}

/** The joins with further conditions in the last one's ON. */
export function withCriteria(steps: readonly JoinStep[], criteria: readonly ExpressionNode[]): readonly JoinStep[] {
  const last = steps.at(-1);
  if (criteria.length === 0 || last === undefined) return steps;
  return [...steps.slice(0, -1), { right: last.right, on: conjunction([last.on, ...criteria]) }];
}

/** `a = x AND b = y`, pair by pair. */
export function allEqual(left: readonly ExpressionNode[], right: readonly ExpressionNode[]): ExpressionNode {
  return conjunction(
    left.flatMap((node, index) => {
      const other = right[index];
      return other === undefined ? [] : [binaryNode("eq", node, other)];
    }),
  );
}

/** One condition of several; there is at least one. */
export function conjunction(conditions: readonly ExpressionNode[]): ExpressionNode {
  const [first] = conditions;
  if (conditions.length === 1 && first !== undefined) return first;
  return junctionNode("and", conditions);
}

/** The relationship's own ORDER BY, over the source that stands for the target. */
export function orderOf(relationship: Relationship, target: Standing): OrderNode[] {
  return (relationship.definition.orderBy ?? []).flatMap(([name, direction, nulls]) => {
    const column = target.columns[relationship.target.slotNamed(name).index];
    return column === undefined ? [] : [orderNode(column, direction === "desc" ? "desc" : null, nulls ?? null)];
  });
}

function columnNamed(relationship: Relationship, source: NamedFromNode, name: string): ColumnNode {
  const found = source.columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  throw new MappingError(
    `Relationship ${String(relationship)} uses column '${name}', which '${source.name}' does not have`,
  );
}
