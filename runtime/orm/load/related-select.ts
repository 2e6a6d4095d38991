// The SELECTs of related objects: of one owner, for access (`WHERE ? = address.user_id`), and of many, for select-in
// loading (`WHERE address.user_id IN (…)`).
import { binaryNode, bindNode, junctionNode, listBindNode } from "../../sql/ast/expressions.js";
import type { ColumnNode, ExpressionNode, FromNode, SelectItem, SelectNode } from "../../sql/ast/nodes.js";
import { bareSelect, selectNode } from "../../sql/ast/statements.js";
import { aliasNode, entityNode, joinNode } from "../../sql/ast/tables.js";
import { partsOf } from "../adapt-columns.js";
import type { Relationship } from "../mapper.js";
import { leadsToPrimaryKey } from "../relationships/foreign-key.js";
import {
  allEqual,
  columnsOfSlots,
  conjunction,
  joinSteps,
  linkColumns,
  linkTable,
  orderOf,
} from "../relationships/join-conditions.js";

/** The owner's values of a relationship's local columns, in the order of its pairs. */
export type OwnerKey = readonly unknown[];

/** The related objects of one owner. */
export function selectOfOne(relationship: Relationship, key: OwnerKey): SelectNode {
  const target = relationship.target.from;
  const remote = columnsOfSlots(relationship.remoteColumns, target.columns);
  const link = linkTable(relationship);
  if (link === null) {
    // By primary key the column stands first, as in a refresh; else the parameter.
    const where = leadsToPrimaryKey(relationship)
      ? allEqual(remote, bindsOf(remote, key))
      : allEqual(bindsOf(remote, key), remote);
    return relatedSelect(relationship, [], [], [where]);
  }
  const { toOwner, toTarget } = linkColumns(relationship, link);
  const where = [allEqual(bindsOf(toOwner, key), toOwner), allEqual(remote, toTarget)];
  return relatedSelect(relationship, [], [target, link], where);
}

/** The related objects of many owners, and where in their rows the owner's key stands. */
export function selectOfMany(
  relationship: Relationship,
  keys: readonly OwnerKey[],
): { readonly select: SelectNode; readonly keyAt: readonly number[] } {
  const target = relationship.target.from;
  const link = linkTable(relationship);
  if (link === null) {
    const remote = columnsOfSlots(relationship.remoteColumns, target.columns);
    const select = relatedSelect(relationship, [], [], [isAmong(remote, keys)]);
    return { select, keyAt: remote.map((column) => column.index) };
  }
  const linkAlias = aliasNode(link, `${link.name}_1`);
  const { toOwner } = linkColumns(relationship, linkAlias);
  const froms = joinSteps(relationship, relationship.owner.columns, target, linkAlias)
    .slice(1)
    .map((step) => joinNode(linkAlias, step.right, step.on, "inner"));
  const select = relatedSelect(relationship, toOwner, froms, [isAmong(toOwner, keys)]);
  return { select, keyAt: toOwner.map((_, index) => index) };
}

function relatedSelect(
  relationship: Relationship,
  columns: readonly ColumnNode[],
  froms: readonly FromNode[],
  where: readonly ExpressionNode[],
): SelectNode {
  const items: SelectItem[] = [...columns, entityNode(relationship.target)];
  return selectNode({
    ...partsOf(bareSelect(items)),
    froms,
    where: where.flatMap((node) => (node.kind === "junction" && node.operator === "and" ? node.operands : [node])),
    orderBy: orderOf(relationship, relationship.target.from),
    labelStyle: "table-column",
  });
}

function bindsOf(columns: readonly ColumnNode[], values: OwnerKey): ExpressionNode[] {
  return columns.map((column, index) => bindNode("param", column.type, values[index]));
}

/** `column IN (…)`; for a composite key `a = ? AND b = ? OR …`, which every database knows. */
function isAmong(columns: readonly ColumnNode[], keys: readonly OwnerKey[]): ExpressionNode {
  const [column] = columns;
  if (columns.length === 1 && column !== undefined) {
    return binaryNode(
      "in",
      column,
      listBindNode(
        "primary_keys",
        column.type,
        keys.map(([value]) => value),
      ),
    );
  }
  const each = keys.map((key) => allEqual(columns, bindsOf(columns, key)));
  return each.length === 1 ? conjunction(each) : junctionNode("or", each);
}
