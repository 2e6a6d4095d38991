// Rewrites an expression so that it reads from other sources: a condition on a class becomes one on its alias, an ORDER
// BY inside a subquery one outside it. What refers to no replaced column is the same node afterwards.
import type { ColumnNode, ExpressionNode, FromNode, MappedEntity, SelectNode } from "../sql/ast/nodes.js";
import { rewriteParts } from "../sql/ast/rewrite.js";
import { selectNode } from "../sql/ast/statements.js";
import { joinNode, originalOf } from "../sql/ast/tables.js";

/** The column to read instead; the same one where nothing replaces it. */
type ColumnAdapter = (column: ColumnNode) => ExpressionNode;

/** What stands for a class in a statement; its columns in slot order. */
export type Standing = Pick<MappedEntity, "from" | "columns">;

/** Reads the columns of a class, and of the tables behind it, from what stands for the class in a statement. */
export function standingAdapter(whole: Standing, standing: Standing): ColumnAdapter {
  if (whole.from === standing.from) return (column) => column;
  const { from } = standing;
  return (column) => {
    const at = whole.columns.findIndex((each) => each === column || originalOf(each) === column);
    if (at >= 0) return standing.columns[at] ?? column;
    // A column of the table that the class itself does not have.
    return from.kind === "alias" && column.table === whole.from ? (from.columns[column.index] ?? column) : column;
  };
}

/** Every column of the expression through the adapter. */
export function adaptColumns(node: ExpressionNode, adapt: ColumnAdapter): ExpressionNode {
  if (node.kind === "column") return adapt(node);
  return rewriteParts(node, {
    expression: (part) => adaptColumns(part, adapt),
    select: (select) => adaptSelect(select, adapt),
  });
}

function adaptSelect(select: SelectNode, adapt: ColumnAdapter): SelectNode {
  const go = (node: ExpressionNode): ExpressionNode => adaptColumns(node, adapt);
  return selectNode({
    ...partsOf(select),
    items: select.items.map((item) => (item.kind === "entity" ? item : go(item))),
    froms: select.froms.map((from) => adaptJoins(from, adapt)),
    where: select.where.map(go),
    groupBy: select.groupBy.map(go),
    having: select.having.map(go),
    orderBy: select.orderBy.map(go),
  });
}

function adaptJoins(from: FromNode, adapt: ColumnAdapter): FromNode {
  if (from.kind !== "join") return from;
  return joinNode(adaptJoins(from.left, adapt), from.right, adaptColumns(from.on, adapt), from.join);
}

/** A select's parts, to make another one of: its key is worked out anew. */
export function partsOf(select: SelectNode): Omit<SelectNode, "kind" | "key"> {
  const { items, froms, where, groupBy, having, orderBy, limit, offset, distinct, labelStyle, options } = select;
  const { extras = null } = select;
  return { items, froms, where, groupBy, having, orderBy, limit, offset, distinct, labelStyle, options, extras };
}
